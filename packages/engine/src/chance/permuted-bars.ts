import type { Bars } from "../bars.js";
import { shuffled } from "../shuffled.js";
import { barsFromMoves, checkTogether, movesOf } from "./moves.js";

export interface PermutedBarsOptions {
  /** The first bar that may change; the warm-up before it stays. 1 where not given: only the first bar stays. */
  readonly from?: number;
  /**
   * Of each bar, whose place it may take: only bars with the same number change places, such as those of the same time
   * of day. All with all where not given.
   */
  readonly kinds?: ArrayLike<number>;
}

/**
 * Bars of a market without order in time, with everything else as it was: what the bars did is put in another order,
 * each as likely as any other, and prices are built up from it anew. What happened within a bar (high, low and close
 * from its open, and its volume) stays together; gaps from one close to the next open are put in an order of their
 * own. So the first price and the last close stay, trend and spread of the moves too, and what is gone is whatever a
 * signal could foresee.
 *
 * Several markets are put in the same order, so that what happened in them at the same time stays together.
 *
 * Clusters of quiet and wild times are gone as well: a system that lives on them alone will look better than chance.
 * Prices are not rounded to ticks.
 *
 * @param markets  with bars at the same times and positive prices
 * @param random   a seeded generator
 * @throws BitFeverError BF5124 for markets that do not fit together or cannot be permuted
 * @source Masters 2020, "Permutation and Randomization Tests for Trading System Development", on permuting bars
 */
export function permutedBars(
  markets: readonly Bars[],
  random: () => number,
  { from = 1, kinds }: PermutedBarsOptions = {},
): Bars[] {
  if (markets.length === 0) return [];
  checkTogether(markets, from);
  const [gaps, bodies] = [0, 1].map(() => order(from, markets[0].length, kinds, random));
  return markets.map((bars) => barsFromMoves(movesOf(bars), from, gaps, bodies));
}

/** The bars `[from, to)` in another order, those of each kind on the places of that kind. */
function order(
  from: number,
  to: number,
  kinds: ArrayLike<number> | undefined,
  random: () => number,
): Int32Array {
  const places = new Map<number, number[]>();
  for (let i = from; i < to; i++) {
    const kind = kinds?.[i] ?? 0;
    const known = places.get(kind);
    if (known === undefined) places.set(kind, [i]);
    else known.push(i);
  }
  const taken = new Int32Array(to - from);
  for (const each of places.values())
    shuffled(each, random).forEach((bar, i) => (taken[each[i] - from] = bar));
  return taken;
}
