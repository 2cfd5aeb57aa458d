import type { KernelState } from "./kernel.js";
import { roundingNoise } from "./statistics.js";

/**
 * Sums over the last values of a pair, as distances from a reference near them: what is left of a difference of large
 * squares would be rounding. Every `length` values they are added up anew from a new reference, so nothing drifts.
 */
export interface PairMoments extends KernelState {
  seen: number;
  xs: Float64Array;
  ys: Float64Array;
  /** The references of x and y, then the sums of x, y, x², xy and y². */
  sums: Float64Array;
}

/** Means, and means of products of distances from them. */
interface Moments {
  x: number;
  y: number;
  xx: number;
  xy: number;
  yy: number;
}

export const startPairMoments = (length: number): PairMoments => ({
  seen: 0,
  xs: new Float64Array(length),
  ys: new Float64Array(length),
  sums: new Float64Array(7),
});

/** Takes one more pair into the moments; false until the window is full. A pair that lacks a value starts it anew. */
export function addPair(state: PairMoments, x: number, y: number, moments: Moments): boolean {
  const { xs, ys, sums } = state;
  const length = xs.length;
  if (x + y !== x + y) {
    state.seen = 0;
    return false;
  }
  const slot = state.seen % length;
  const isFull = state.seen >= length;
  if (slot > 0 && isFull) add(sums, xs[slot], ys[slot], -1);
  xs[slot] = x;
  ys[slot] = y;
  state.seen++;
  if (slot === 0) {
    sums.fill(0);
    sums[0] = x;
    sums[1] = y;
    const count = Math.min(state.seen, length);
    for (let k = 0; k < count; k++) add(sums, xs[k], ys[k], 1);
  } else add(sums, x, y, 1);
  if (state.seen < length) return false;
  const meanX = sums[2] / length;
  const meanY = sums[3] / length;
  moments.x = sums[0] + meanX;
  moments.y = sums[1] + meanY;
  moments.xx = varianceOf(sums[4] / length, meanX, moments.x);
  moments.xy = sums[5] / length - meanX * meanY;
  moments.yy = varianceOf(sums[6] / length, meanY, moments.y);
  return true;
}

export const noMoments = (): Moments => ({ x: 0, y: 0, xx: 0, xy: 0, yy: 0 });

/** Exactly 0 where only rounding is left: of the difference of squares, or of the numbers themselves. */
function varianceOf(square: number, mean: number, magnitude: number): number {
  const variance = square - mean * mean;
  return variance > Math.max(1e-13 * square, (roundingNoise * magnitude) ** 2) ? variance : 0;
}

function add(sums: Float64Array, x: number, y: number, sign: 1 | -1): void {
  const dx = x - sums[0];
  const dy = y - sums[1];
  sums[2] += sign * dx;
  sums[3] += sign * dy;
  sums[4] += sign * dx * dx;
  sums[5] += sign * dx * dy;
  sums[6] += sign * dy * dy;
}
