import type { KernelState } from "./kernel.js";

/* How many bars ago the extreme of a moving window was met, the newest of equal ones; the way of `sliding.ts`. */

/** Beside the values of a chunk the places in it: of the value itself, or of the extreme of the last ones. */
export interface SlidingAge extends KernelState {
  at: number;
  best: number;
  bestPlace: number;
  kept: Float64Array;
  places: Float64Array;
}

export const startSlidingAge = (length: number): SlidingAge => ({
  at: 0,
  best: NaN,
  bestPlace: 0,
  kept: new Float64Array(length),
  places: new Float64Array(length),
});

/** Takes a value and says how many bars ago the largest of the last `length` was; while there are fewer, anything. */
export function slideAgeOfHighest(sliding: SlidingAge, value: number): number {
  const { at, kept, places } = sliding;
  if (at === 0 || value >= sliding.best) {
    sliding.best = value;
    sliding.bestPlace = at;
  }
  kept[at] = value;
  places[at] = at;
  const { best, bestPlace } = sliding;
  if (at + 1 < kept.length) {
    sliding.at = at + 1;
    return kept[at + 1] > best ? at + kept.length - places[at + 1] : at - bestPlace;
  }
  for (let k = at - 1; k >= 0; k--) {
    if (kept[k + 1] < kept[k]) continue;
    kept[k] = kept[k + 1];
    places[k] = places[k + 1];
  }
  sliding.at = 0;
  return at - bestPlace;
}

/** The same of the smallest, in a window of its own. */
export const slideAgeOfLowest = (sliding: SlidingAge, value: number): number =>
  slideAgeOfHighest(sliding, -value);
