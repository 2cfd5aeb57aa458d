import type { ColumnId } from "./column.js";

/** A program that is worked out for each symbol of a universe, with one account for all. */
export interface PlannedUniverse {
  /** Null takes all symbols of the data. */
  readonly symbols: readonly string[] | null;
  readonly rebalances: readonly PlannedRebalance[];
}

/** What to hold of the universe, and how much of each. */
export interface PlannedRebalance {
  readonly tag: string;
  /** Acts on the bar with which a bar of this clock closes, such as `1mo`; null acts on every bar. */
  readonly every: string | null;
  /** The same for all members, so any of them can be asked; null always holds. */
  readonly when: ColumnId | null;
  readonly holds: readonly PlannedHold[];
  /** `equal` shares, shares in proportion to a value (`by`), or shares of equity as they are given (`at`). */
  readonly weight: { readonly kind: "equal" } | { readonly kind: "by" | "at"; readonly column: ColumnId };
  /** The most of equity that one member may be; null is all of it. */
  readonly cap: number | null;
  /** A share that would change by less stays as it is. */
  readonly band: number;
}

export interface PlannedHold {
  readonly side: "long" | "short";
  readonly order: "top" | "bottom";
  /** Null holds each that the filter lets through. */
  readonly count: number | null;
  readonly by: ColumnId | null;
  readonly where: ColumnId | null;
}
