import { barsBetweenRebuilds } from "./rebuild.js";
/** In the state stand how many values were seen, their sum and the next slot; after them the last values, a ring. */
const first = 3;

/** The state of a simple average of values that stand in no column; filled with zeros, it starts anew. */
export const startMean = (length: number): Float64Array => new Float64Array(first + length);

/** Takes one more value; NaN until the window is full. The order of additions is that of `sma`. */
export function addToMean(mean: Float64Array, value: number): number {
  const length = mean.length - first;
  // As an integer: the remainder of a float below would cost more than all the rest.
  const seen = (mean[0] + 1) | 0;
  const sum = mean[1] + value;
  const slot = mean[2] | 0;
  const oldest = slot + 1 < length ? slot + 1 : 0;
  mean[first + slot] = value;
  mean[0] = seen;
  mean[1] = sum;
  mean[2] = oldest;
  if (seen < length) return NaN;
  // A running sum drifts; from time to time it is added up anew.
  mean[1] = seen % barsBetweenRebuilds === 0 ? sumWithout(mean, oldest) : sum - mean[first + oldest];
  return sum / length;
}

function sumWithout(mean: Float64Array, oldest: number): number {
  const length = mean.length - first;
  let sum = 0;
  for (let k = 1; k < length; k++) sum += mean[first + ((oldest + k) % length)];
  return sum;
}
