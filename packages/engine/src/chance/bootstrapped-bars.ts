import { BitFeverError } from "@bitfever/lang";
import type { Bars } from "../bars.js";
import { drawInBlocks, usualBlock } from "../stationary-blocks.js";
import { barsFromMoves, checkTogether, movesOf } from "./moves.js";

export interface BootstrappedBarsOptions {
  /** Mean length of a block, in bars; the cube root of their number where not given. */
  readonly meanBlock?: number;
  /** The first bar that may change; 1 where not given: only the first bar stays. */
  readonly from?: number;
}

/**
 * Bars of another history that the same market might have had: the old one is cut into blocks of random length, which
 * are drawn with putting back. Within a block all stays as it was, so that what hangs together for less than a block
 * (momentum, quiet and wild times) is kept. Trend and last price differ from draw to draw.
 *
 * Several markets take the same blocks, so that what happened in them at the same time stays together. Prices are not
 * rounded to ticks, and blocks begin at any time of day.
 *
 * @param markets  with bars at the same times and positive prices
 * @param random   a seeded generator
 * @throws BitFeverError BF5124 for markets that do not fit together or cannot be drawn, BF5125 for a length of blocks
 * that is none
 * @source Politis & Romano 1994, "The Stationary Bootstrap", Journal of the American Statistical Association 89
 */
export function bootstrappedBars(
  markets: readonly Bars[],
  random: () => number,
  { from = 1, meanBlock }: BootstrappedBarsOptions = {},
): Bars[] {
  if (markets.length === 0) return [];
  checkTogether(markets, from);
  const count = markets[0].length - from;
  const mean = meanBlock ?? usualBlock(count);
  if (!(mean >= 1 && mean <= count))
    throw new BitFeverError("BF5125", `blocks of ${mean} bars cannot be drawn from ${count}`, {
      hint: "take a mean length from 1 up to the number of bars that may change",
    });
  const places = drawInBlocks(count, mean, random).map((place) => place + from);
  return markets.map((bars) => barsFromMoves(movesOf(bars), from, places, places));
}
