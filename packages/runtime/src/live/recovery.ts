import type { Desk } from "../desk/desk.js";
import { replay, type DeskRecord, type Replayed } from "./replay.js";
import type { DeskLog } from "./runner.js";

/**
 * Brings a new desk to where an old one was when its process ended. What that had decided last and not kept is kept now and
 * not sent: nobody knows what became of it, like of all that was on its way, until the venue says so.
 *
 * @param records  what was kept after the state that the desk has now
 */
export function recover(desk: Desk, records: Iterable<DeskRecord>, log: DeskLog): Replayed {
  const replayed = replay(desk, records);
  if (replayed.unkept.length > 0) log.commands(replayed.unkept);
  return replayed;
}
