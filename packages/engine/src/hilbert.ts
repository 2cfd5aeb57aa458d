import { barsBetweenRebuilds } from "./rebuild.js";

/*
 * Ehlers's Hilbert transform, on which all cycle indicators stand: it splits the price, smoothed and rid of its trend,
 * into a part in phase with the cycle and one a quarter of a cycle behind, and measures from how fast the two turn how
 * long the dominant cycle is. The filters adapt to the length found, which is why this is a recurrence from the first
 * bar on: how long ago it began matters less and less, and never quite nothing.
 *
 * The order of operations is TA-Lib's. It keeps even and odd bars apart, since every tap of the filters lies an even
 * number of bars back; rings of the last 8 values give the same sums.
 */

/** Of the state: places of single numbers, then of the rings. */
const seen = 0;
const smoothingSum = 1;
const smoothingWeighted = 2;
const oldestSmoothed = 3;
const smoothed = 4;
const quadrature = 5;
const inPhase = 6;
const quadratureAveraged = 7;
const inPhaseAveraged = 8;
const real = 9;
const imaginary = 10;
const period = 11;
const periodSmoothed = 12;
const smoothedRing = 16;
const detrendedRing = 24;
const quadratureRing = 32;
const inPhaseRing = 40;
const size = 48;

const degreesPerRadian = 45 / Math.atan(1);

/** Bars that only smooth the price, before the transform begins: TA-Lib has two counts, by indicator. */
export const shortStart = { quietBars: 12, warmup: 32 } as const;
export const longStart = { quietBars: 37, warmup: 63 } as const;

/** How many bars back `advanceHilbert` reads. */
export const hilbertLookback = 3;

/** Filled with zeros, it starts anew. */
export const startHilbert = (): Float64Array => new Float64Array(size);

/** The price, smoothed over four bars. */
export const smoothedOf = (state: Float64Array): number => state[smoothed];
export const inPhaseOf = (state: Float64Array): number => state[inPhase];
export const quadratureOf = (state: Float64Array): number => state[quadrature];
/** Bars of the dominant cycle, from 0 just after the start to 50. */
export const cycleOf = (state: Float64Array): number => state[periodSmoothed];
/** The same in whole bars. */
export const wholeCycleOf = (state: Float64Array): number => Math.trunc(state[periodSmoothed] + 0.5);

/** Takes the value of bar `i`, and says how many bars it has seen; a bar without a value starts anew and is none. */
export function advanceHilbert(
  state: Float64Array,
  source: Float64Array,
  i: number,
  quietBars: number,
): number {
  const value = source[i];
  if (value !== value) {
    state.fill(0);
    return 0;
  }
  const count = ++state[seen];
  smooth(state, source, i, count);
  if (count > quietBars) transform(state, count & 7);
  return count;
}

/** A weighted average of four bars, kept as two running sums. */
function smooth(state: Float64Array, source: Float64Array, i: number, count: number): void {
  const value = source[i];
  const weight = count < 4 ? count : 4;
  const sum = state[smoothingSum] + value - state[oldestSmoothed];
  const weighted = state[smoothingWeighted] + value * weight;
  state[smoothingSum] = sum;
  if (count < 4) {
    state[smoothingWeighted] = weighted;
    return;
  }
  state[oldestSmoothed] = source[i - 3];
  state[smoothed] = weighted * 0.1;
  state[smoothingWeighted] = weighted - sum;
  // A running sum drifts; from time to time both are added up anew.
  if (count % barsBetweenRebuilds === 0) {
    state[smoothingSum] = source[i - 3] + source[i - 2] + source[i - 1] + value;
    state[smoothingWeighted] = source[i - 2] + source[i - 1] * 2 + value * 3;
  }
}

function transform(state: Float64Array, at: number): void {
  const gain = 0.075 * state[period] + 0.54;
  state[smoothedRing + at] = state[smoothed];
  const detrended = quarterTurn(state, smoothedRing, at) * gain;
  state[detrendedRing + at] = detrended;
  // The filter itself lags by three bars, and so must what is to be in phase with it.
  const phase = state[detrendedRing + ((at + 5) & 7)];
  const quarter = quarterTurn(state, detrendedRing, at) * gain;
  state[inPhase] = phase;
  state[quadrature] = quarter;
  state[inPhaseRing + at] = phase;
  state[quadratureRing + at] = quarter;
  const phaseAhead = quarterTurn(state, inPhaseRing, at) * gain;
  const quarterAhead = quarterTurn(state, quadratureRing, at) * gain;

  const quarterBefore = state[quadratureAveraged];
  const phaseBefore = state[inPhaseAveraged];
  const quarterNow = 0.2 * (quarter + phaseAhead) + 0.8 * quarterBefore;
  const phaseNow = 0.2 * (phase - quarterAhead) + 0.8 * phaseBefore;
  state[quadratureAveraged] = quarterNow;
  state[inPhaseAveraged] = phaseNow;
  state[real] = 0.2 * (phaseNow * phaseBefore + quarterNow * quarterBefore) + 0.8 * state[real];
  state[imaginary] = 0.2 * (phaseNow * quarterBefore - quarterNow * phaseBefore) + 0.8 * state[imaginary];
  state[period] = nextPeriod(state[period], state[real], state[imaginary]);
  state[periodSmoothed] = 0.33 * state[period] + 0.67 * state[periodSmoothed];
}

/** Turns the newest value of a ring by a quarter of a cycle. */
function quarterTurn(state: Float64Array, ring: number, at: number): number {
  return (
    0 -
    0.0962 * state[ring + ((at + 2) & 7)] +
    0.0962 * state[ring + at] -
    0.5769 * state[ring + ((at + 4) & 7)] +
    0.5769 * state[ring + ((at + 6) & 7)]
  );
}

/** From the angle turned in a bar; within 6 and 50 bars, and not far from the last one. */
function nextPeriod(before: number, real: number, imaginary: number): number {
  let next = before;
  if (imaginary !== 0 && real !== 0) next = 360 / (Math.atan(imaginary / real) * degreesPerRadian);
  if (next > 1.5 * before) next = 1.5 * before;
  if (next < 0.67 * before) next = 0.67 * before;
  if (next < 6) next = 6;
  else if (next > 50) next = 50;
  return 0.2 * next + 0.8 * before;
}
