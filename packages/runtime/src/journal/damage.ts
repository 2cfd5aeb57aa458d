/** Where a journal stops being what was written, and what became of the rest. */
export interface JournalDamage {
  readonly segment: string;
  /** Of the segment, at which the first line begins that is not good. */
  readonly byte: number;
  /**
   * `torn`: a line without its end, as a crash leaves it. `checksum`: bytes are others than were written. `sequence`: a good line
   * that does not belong there, since one is missing, doubled or moved.
   */
  readonly reason: "torn" | "checksum" | "sequence";
  /** The last good record; 0 for none. */
  readonly lastGood: number;
  /** All that lies behind it, in later segments too. */
  readonly bytes: number;
  /** Whole records among them whose checksum carries on from the line before: what a person may still read. */
  readonly recordsBehind: number;
  /** The files in which what was cut off is kept; none where the journal was only read. */
  readonly keptIn: readonly string[];
}

/** A snapshot that is not used, and why. */
export interface PassedOver {
  readonly snapshot: string;
  /**
   * `checksum`: bytes are others than were written. `version`: of another BitFever. `past`: it follows records that are not
   * those of this journal, or not any more.
   */
  readonly reason: "checksum" | "version" | "past";
}

const words: Readonly<Record<JournalDamage["reason"], string>> = {
  torn: "was not written to its end",
  checksum: "is not what was written",
  sequence: "does not belong there: a line is missing, doubled or moved",
};

/** A sentence for people. */
export function damageText({ lastGood, ...damage }: JournalDamage): string {
  const { segment, byte, reason, bytes, recordsBehind, keptIn } = damage;
  const where = `what follows record ${lastGood}, in ${segment} from byte ${byte} on, ${words[reason]}`;
  const what = `${bytes} bytes with ${recordsBehind} whole record${recordsBehind === 1 ? "" : "s"}`;
  return keptIn.length === 0
    ? `${where}; ${what} are not read`
    : `${where}; ${what} were cut off and are kept in ${keptIn.join(", ")}`;
}
