/**
 * What can be wrong with a bar. `refused` kinds stop strict reading, and cost the bar in lenient reading; `note` kinds
 * are told and change nothing.
 */
export const defectKinds = {
  newestFirst: { code: "BF4020", severity: "refused", title: "the newest bar is first" },
  raggedRow: { code: "BF4021", severity: "refused", title: "more or fewer cells than the header" },
  unreadableTime: { code: "BF4022", severity: "refused", title: "no readable time" },
  skippedTime: { code: "BF4023", severity: "refused", title: "a time the clocks of the zone never showed" },
  missingPrice: { code: "BF4024", severity: "refused", title: "a missing price" },
  unreadableNumber: { code: "BF4025", severity: "refused", title: "a cell that is no number" },
  commaInNumber: { code: "BF4026", severity: "refused", title: "a comma in a number" },
  infiniteNumber: { code: "BF4027", severity: "refused", title: "an infinite number" },
  zeroPrice: { code: "BF4028", severity: "refused", title: "a price of zero" },
  priceOrder: { code: "BF4029", severity: "refused", title: "a high or low that another price passes" },
  negativeVolume: { code: "BF4030", severity: "refused", title: "a negative volume" },
  outOfOrder: { code: "BF4031", severity: "refused", title: "a time out of order" },
  duplicateTime: { code: "BF4032", severity: "refused", title: "a time that came before" },
  gap: { code: "BF4040", severity: "note", title: "gaps" },
  negativePrice: { code: "BF4041", severity: "note", title: "prices below zero" },
} as const;

export type DefectKind = keyof typeof defectKinds;

/** Something wrong with a bar, or worth knowing of a file. */
export interface Defect {
  readonly kind: DefectKind;
  readonly code: string;
  /** Counted from 1: the line of a text file (of the unpacked text, header included), else the row. */
  readonly line: number;
  /** As read, milliseconds since 1970 UTC; NaN where it could not be. */
  readonly time: number;
  /** As read; NaN where absent or no number. */
  readonly values: {
    readonly open: number;
    readonly high: number;
    readonly low: number;
    readonly close: number;
    readonly volume: number;
  };
  /** One sentence without the name of the file: `line 14, 2020-01-31: the high 10.2 is below the close 10.4`. */
  readonly message: string;
  /** Whether the bar is not in the result. */
  readonly dropped: boolean;
  /** How many bars it speaks of: 1, except for newest first and for notes, where the rest of it is about one of them. */
  readonly count: number;
}
