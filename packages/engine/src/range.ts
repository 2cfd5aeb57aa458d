import type { KernelState } from "./kernel.js";

/** What is kept for the highest high and the lowest low of the last bars: `Sliding` for both of them at once. */
export interface Range extends KernelState {
  /** Bars seen since the last without a value, no more than the length. */
  seen: number;
  at: number;
  /** In place of the first value of the chunk, which is never asked for again, its extreme so far. */
  tops: Float64Array;
  bottoms: Float64Array;
}

/*
 * Without a branch, since which one is larger is anyone's guess, and to guess wrong costs more than to multiply. For
 * finite numbers only, which those of bars are.
 */

function larger(a: number, b: number): number {
  const isFirst = Number(a > b);
  return a * isFirst + b * (1 - isFirst);
}

function smaller(a: number, b: number): number {
  const isFirst = Number(a < b);
  return a * isFirst + b * (1 - isFirst);
}

export const startRange = (length: number): Range => ({
  seen: 0,
  at: 0,
  tops: new Float64Array(length),
  bottoms: new Float64Array(length),
});

/** Where a value lies in a range, 100 at its top; 0 at its bottom, and where there is no range. */
export function placeInRange(value: number, top: number, bottom: number): number {
  const step = (top - bottom) / 100;
  return step === 0 ? 0 : (value - bottom) / step;
}

/**
 * Writes where the close lies in the range of the last bars, NaN until there are enough. A bar without high, low or
 * close starts the window anew.
 */
export function advancePlace(
  state: Range,
  [high, low, close]: readonly Float64Array[],
  out: Float64Array,
  from: number,
  to: number,
): void {
  const { tops, bottoms } = state;
  const length = tops.length;
  let { seen, at } = state;
  let top = tops[0];
  let bottom = bottoms[0];
  for (let i = from; i < to; i++) {
    const above = high[i];
    const below = low[i];
    const present = above + below + close[i];
    if (present !== present) {
      out[i] = NaN;
      seen = at = 0;
      continue;
    }
    tops[at] = above;
    bottoms[at] = below;
    top = at === 0 ? above : larger(above, top);
    bottom = at === 0 ? below : smaller(below, bottom);
    at++;
    if (seen < length) seen++;
    if (at < length) {
      out[i] =
        seen < length ? NaN : placeInRange(close[i], larger(tops[at], top), smaller(bottoms[at], bottom));
      continue;
    }
    out[i] = placeInRange(close[i], top, bottom);
    for (let k = length - 2; k > 0; k--) {
      tops[k] = larger(tops[k], tops[k + 1]);
      bottoms[k] = smaller(bottoms[k], bottoms[k + 1]);
    }
    at = 0;
  }
  state.seen = seen;
  state.at = at;
  tops[0] = top;
  bottoms[0] = bottom;
}
