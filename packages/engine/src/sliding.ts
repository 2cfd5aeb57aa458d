import type { KernelState } from "./kernel.js";

/*
 * The extreme of a moving window, at the same cost whatever the values (van Herk 1992, Gil and Werman 1993): values come
 * in chunks as long as the window, which so always consists of the first values of one chunk and the last of the one
 * before. A chunk that is complete is turned into the extremes of its last values.
 */

/**
 * `kept` holds the chunk that is coming up to `at`, behind it the extremes of the last values of the one before. Where
 * `at` is set to 0 all is forgotten: the next full window is one of `length` values from there.
 */
export interface Sliding extends KernelState {
  at: number;
  /** The extreme of the chunk that is coming. */
  best: number;
  kept: Float64Array;
}

export const startSliding = (length: number): Sliding => ({
  at: 0,
  best: NaN,
  kept: new Float64Array(length),
});

/** Takes a value and says which of the last `length` is the largest; while there are fewer, anything. */
export function slideHighest(sliding: Sliding, value: number): number {
  const { at, kept } = sliding;
  const best = at === 0 || value > sliding.best ? value : sliding.best;
  kept[at] = value;
  sliding.best = best;
  if (at + 1 < kept.length) {
    sliding.at = at + 1;
    const before = kept[at + 1];
    return before > best ? before : best;
  }
  for (let k = at - 1; k >= 0; k--) if (kept[k + 1] > kept[k]) kept[k] = kept[k + 1];
  sliding.at = 0;
  return best;
}

/** The same of the smallest, in a window of its own. */
export const slideLowest = (sliding: Sliding, value: number): number => -slideHighest(sliding, -value);
