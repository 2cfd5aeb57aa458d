import type { ComparedTrade, Outcome, Side } from "./side.js";

/** How far a side agrees with ours. */
export interface Agreement {
  /** Trades of both that have the same entry and exit bar and the same prices. */
  readonly same: number;
  /** All trades that either has. */
  readonly all: number;
}

/** Relative to the larger of the two and, of money, of the capital. */
const tolerance = 1e-9;
const capital = 100_000;
/** Of a side that trades a little otherwise, so many must still be the same trades. */
const leastShare = 0.8;

/**
 * Compares what a side came to with ours: bars to the bar, prices, the net profit and all metrics to a billionth part.
 *
 * @throws Error for a side that differs and has no reason to
 */
export function agree(ours: Outcome, { name, differs }: Side, theirs: Outcome): Agreement {
  const byEntry = new Map(ours.trades.map((each) => [each.entryBar, each]));
  const same = theirs.trades.filter((each) => {
    const mine = byEntry.get(each.entryBar);
    return mine !== undefined && isSame(mine, each);
  }).length;
  const all = ours.trades.length + theirs.trades.length - same;
  if (same < leastShare * all) throw new Error(`${name}: only ${same} of ${all} trades are the same`);
  if (differs !== undefined) return { same, all };
  if (same < all)
    throw new Error(`${name}: only ${same} of ${all} trades are the same, for no stated reason`);
  const profits = [ours.netProfit, theirs.netProfit].map((each) => each ?? NaN);
  if (!isNear(profits[0], profits[1], capital))
    throw new Error(`${name}: a net profit of ${profits[1]}, ours is ${profits[0]}`);
  if (theirs.metrics === undefined) return { same, all };
  for (const [metric, value] of Object.entries(ours.metrics ?? {}))
    if (!isNear(value, theirs.metrics[metric], 1e-6))
      throw new Error(`${name}: ${metric} is ${theirs.metrics[metric]}, ours is ${value}`);
  return { same, all };
}

const isSame = (a: ComparedTrade, b: ComparedTrade): boolean =>
  a.exitBar === b.exitBar && isNear(a.entryPrice, b.entryPrice) && isNear(a.exitPrice, b.exitPrice);

const isNear = (a: number, b: number, least = 0): boolean =>
  Number.isNaN(a) || Number.isNaN(b)
    ? Number.isNaN(a) && Number.isNaN(b)
    : Math.abs(a - b) <= tolerance * Math.max(least, Math.abs(a), Math.abs(b));
