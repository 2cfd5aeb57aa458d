import type { Matching } from "@bitfever/engine";
import type { Session } from "../session.js";

/** A member of a universe, as far as bars may pass it by. */
interface Resting {
  readonly session: Session;
  readonly venue: Matching;
  readonly momentOf: Int32Array;
  readonly prepared: number;
  told: number;
  asleepUntil: number;
}

/**
 * Lets the bars of a member pass that change nothing, up to a moment at which it is asked in any case; whether there were
 * any. The bar it wakes on is told as any other: nothing of those before it is missed.
 */
export function letPass(member: Resting, until: number): boolean {
  const { session, venue, momentOf, prepared, told } = member;
  if (session.hearsAll || !venue.isQuiet) return false;
  let bar = told;
  while (bar < prepared && momentOf[bar] < until && !session.mayEnterOn(bar)) bar++;
  if (bar === told) return false;
  member.told = bar;
  member.asleepUntil = momentOf[bar] ?? Infinity;
  session.passTo(bar);
  return true;
}

/** For each moment the first after it at which something is rebalanced; how many moments there are where nothing is. */
export function nextDue(
  rebalances: readonly { readonly isDue: (moment: number) => boolean }[],
  moments: number,
): Int32Array {
  const next = new Int32Array(moments);
  let due = moments;
  for (let moment = moments - 1; moment >= 0; moment--) {
    next[moment] = due;
    if (rebalances.some(({ isDue }) => isDue(moment))) due = moment;
  }
  return next;
}
