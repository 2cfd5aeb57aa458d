import type { Desk } from "../desk/desk.js";
import { replay, type Onlooker, type Replayed } from "./replay.js";
import type { DeskLog, DeskRecord } from "./runner.js";

/**
 * Brings a new desk to where an old one was when its process ended. What that had decided last and not kept is kept now and
 * not sent: nobody knows what became of it, like of all that was on its way, until the venue says so. Only who looks on hears
 * of it: a venue in the same process, which has nothing on its way.
 *
 * @param records  what was kept after the state that the desk has now
 */
export function recover(
  desk: Desk,
  records: Iterable<DeskRecord>,
  log: DeskLog,
  onlooker: Onlooker = {},
): Replayed {
  const replayed = replay(desk, records, onlooker);
  const { unkept } = replayed;
  if (unkept.length > 0) {
    log.append({ out: unkept });
    onlooker.asked?.(unkept);
  }
  return replayed;
}
