import { BitFeverError } from "@bitfever/lang";
import type { JournalDamage, PassedOver } from "./damage.js";
import { examined } from "./examined.js";
import { recordsOf, type JournalRecord } from "./records.js";
import { stateOf, type JournalSnapshot } from "./snapshots.js";
import type { JournalStore } from "./store.js";

/** A journal as it is read. */
export interface JournalReader {
  /** What it was called when it began. */
  readonly id: string;
  /** The first record that is there, or would be; more than 1 where somebody has taken away the oldest segments. */
  readonly first: number;
  /** The last record; 0 for none. */
  readonly last: number;
  readonly damage: JournalDamage | undefined;
  readonly passedOver: readonly PassedOver[];
  /** The newest that is good. */
  readonly newestSnapshot: JournalSnapshot | undefined;
  /**
   * The records from one on up to the last there is now, read a piece at a time.
   *
   * @param from  the first when left out
   * @throws BitFeverError BF5164 for records that are not there any more
   */
  records(from?: number): Generator<JournalRecord, void, void>;
  close(): void;
}

/**
 * Reads a journal that somebody else may be writing: changes nothing, and keeps nobody out.
 *
 * @throws BitFeverError BF5160 where there is none, BF5162 for what is no journal, BF5163 for one of another version, BF5164 where its
 *   first line is damaged, BF5165 where it cannot be read
 */
export function readJournal(store: JournalStore): JournalReader {
  const { id, first, last, damage, passedOver, goodSnapshots, segments } = examined(store);
  const known = segments.map(({ name, header }) => ({ name, follows: header.follows }));
  return {
    ...{ id, first, last, passedOver },
    damage: damage && { ...damage, keptIn: [] },
    get newestSnapshot() {
      const newest = goodSnapshots.at(-1);
      return newest === undefined ? undefined : stateOf(store, newest);
    },
    records: (from = first) => recordsOf(store, known, checkedStart(store, from, first), last),
    close: () => {
      store.close();
    },
  };
}

/** @throws BitFeverError BF5164 for a record before the first */
export function checkedStart(store: JournalStore, from: number, first: number): number {
  if (from >= first) return from;
  throw new BitFeverError("BF5164", `${store.place} begins with record ${first}, and ${from} is asked for`, {
    hint: "bring back the older segments that were taken away",
  });
}
