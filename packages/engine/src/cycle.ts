import { once } from "@bitfever/lang";
import { cycleOf, smoothedOf, wholeCycleOf } from "./hilbert.js";

/* What is read off the dominant cycle once its length is known: where in it the price stands, and the trend without it. */

const longestCycle = 50;
const degreesPerRadian = 45 / Math.atan(1);
export const radiansPerDegree = 1 / degreesPerRadian;

/** Sine and cosine of every step of a cycle of n bars, from n * (n - 1) / 2 on: a hundred calls less per bar. */
const tables = once(() => {
  const sines = new Float64Array((longestCycle * (longestCycle + 1)) / 2);
  const cosines = new Float64Array(sines.length);
  for (let bars = 1, k = 0; bars <= longestCycle; bars++) {
    for (let step = 0; step < bars; step++, k++) {
      const angle = (step * (Math.atan(1) * 8)) / bars;
      sines[k] = Math.sin(angle);
      cosines[k] = Math.cos(angle);
    }
  }
  return { sines, cosines };
});

/** Of the state: the phase, where the next smoothed price goes; then the last 64 of these, a ring. */
const phase = 0;
const slot = 1;
const ring = 2;
const ringLength = 64;

/** The state of the phase; filled with zeros, it starts anew. */
export const startPhase = (): Float64Array => new Float64Array(ring + ringLength);

/** The phase in degrees, below or at 315, after a bar that the transform has taken. */
export function advancePhase(state: Float64Array, hilbert: Float64Array): number {
  const newest = state[slot];
  state[slot] = (newest + 1) & (ringLength - 1);
  state[ring + newest] = smoothedOf(hilbert);
  const bars = wholeCycleOf(hilbert);
  const table = (bars * (bars - 1)) / 2;
  const { sines, cosines } = tables();
  let real = 0;
  let imaginary = 0;
  for (let k = 0; k < bars; k++) {
    const value = state[ring + ((newest - k) & (ringLength - 1))];
    real += sines[table + k] * value;
    imaginary += cosines[table + k] * value;
  }
  let degrees = state[phase];
  if (imaginary !== 0) degrees = Math.atan(real / imaginary) * degreesPerRadian;
  else if (real < 0) degrees -= 90;
  else if (real > 0) degrees += 90;
  degrees += 90;
  // The smoothed price lags by one bar.
  degrees += 360 / cycleOf(hilbert);
  if (imaginary < 0) degrees += 180;
  if (degrees > 315) degrees -= 360;
  state[phase] = degrees;
  return degrees;
}

/** How many bars back `advanceTrendline` reads. */
export const trendlineLookback = longestCycle - 1;

/** The state of the trendline: its last three averages, newest first. Filled with zeros, it starts anew. */
export const startTrendline = (): Float64Array => new Float64Array(3);

/** The average of one whole cycle, in which the cycle vanishes; and of the last four of these, weighted. */
export function advanceTrendline(
  state: Float64Array,
  hilbert: Float64Array,
  source: Float64Array,
  i: number,
): number {
  const bars = wholeCycleOf(hilbert);
  let average = 0;
  for (let k = 0; k < bars; k++) average += source[i - k];
  if (bars > 0) average /= bars;
  const trendline = (4 * average + 3 * state[0] + 2 * state[1] + state[2]) / 10;
  state[2] = state[1];
  state[1] = state[0];
  state[0] = average;
  return trendline;
}
