import { BitFeverError } from "@bitfever/lang";
import type { PassedOver } from "./damage.js";
import { isOfJournals, segmentFiles, snapshotFiles } from "./names.js";
import { checkSnapshots } from "./snapshots.js";
import type { JournalStore } from "./store.js";
import { survey, type Survey } from "./survey.js";

/** What stands in a journal, and which of its snapshots are good. */
export interface Examined extends Survey {
  readonly id: string;
  /** The first record that is there, or would be. */
  readonly first: number;
  /** Numbers of the records that they follow, smallest first. */
  readonly goodSnapshots: readonly number[];
  readonly passedOver: readonly PassedOver[];
}

/**
 * @param id  of a journal whose first line was never finished
 * @throws BitFeverError BF5160 where there is no journal, BF5162 to BF5164 as `survey` does
 */
export function examined(store: JournalStore, id?: string): Examined {
  if (!isJournal(store)) throw missing(store);
  const found = survey(store, snapshotFiles.numbersIn(store.list()));
  const header = found.segments[0]?.header;
  const journal = header?.journal ?? id;
  if (journal === undefined) throw missing(store);
  const { good, passedOver } = checkSnapshots(store, { journal, checksums: found.checksums });
  return { ...found, id: journal, first: (header?.follows ?? 0) + 1, goodSnapshots: good, passedOver };
}

/** @throws BitFeverError BF5162 where other files are than those of a journal */
export function isJournal(store: JournalStore): boolean {
  const names = store.list();
  if (segmentFiles.numbersIn(names).length > 0) return true;
  const stranger = names.find((each) => !isOfJournals(each));
  if (stranger === undefined) return false;
  throw new BitFeverError("BF5162", `${store.place} is no journal: there is ${stranger} in it`, {
    hint: "give the folder of a journal, or the name of a folder that is not there yet",
  });
}

export const missing = (store: JournalStore): BitFeverError =>
  new BitFeverError("BF5160", `there is no journal in ${store.place}`, { hint: "check the path" });
