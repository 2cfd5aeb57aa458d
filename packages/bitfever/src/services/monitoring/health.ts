import { accessSync, constants, statfsSync } from "node:fs";
import type { AccountState } from "../../trading/account-state.js";
import { durationText } from "../duration.js";

/** What speaks against it; empty where all is well. */
export type Complaints = readonly string[];

/** With less room than this nothing is begun that must be kept, in bytes. */
const leastRoom = 16 * 2 ** 20;

/** Why a journal could not be written: rights, a disk that can only be read, one that is full. */
export function journalComplaints(folder: string | undefined): Complaints {
  if (folder === undefined) return [];
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < leastRoom ? ["the disk of the journal is full"] : [];
  } catch (error) {
    return [`the journal cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`];
  }
}

/**
 * Why an account would not trade as it should, though its process lives: it does not know that its positions are those of the venue, its
 * feeds are silent, or something has halted it. What an operator has asked for is as it should be.
 *
 * @param staleAfter  how long after it was due a bar is missed, in milliseconds; null for never
 */
export function readinessComplaints(
  { time, isSettled, holds, state, feeds }: AccountState,
  now: number,
  staleAfter: number | null,
  startedAt: number,
): Complaints {
  const stopped = holds.filter((each) => each.by !== "operator" && each.state === "halted");
  const late = feeds.flatMap(({ symbol, nextCloseAt }) => {
    const lateMs = nextCloseAt === null ? -Infinity : now - Math.max(nextCloseAt, startedAt);
    return staleAfter !== null && lateMs > staleAfter ? [{ symbol, lateMs }] : [];
  });
  const [first] = late;
  const others = late.length > 1 ? ` and of ${late.length - 1} more` : "";
  return [
    ...(time === null ? ["no bar was heard of yet"] : []),
    ...(isSettled ? [] : ["positions and orders are not known to be those of the venue"]),
    ...(state === "halted" ? stopped.map(({ reason }) => `halted: ${reason}`) : []),
    ...(first === undefined
      ? []
      : [`bars of ${first.symbol}${others} are missing for ${durationText(first.lateMs)}`]),
  ];
}
