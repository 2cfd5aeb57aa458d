import type { KernelState } from "./kernel.js";
import { rise } from "./rise.js";

/* Wilder's directional movement of one bar against the one before; NaN where either lacks a value. */

type Column = Float64Array;

/** A movement where it went up, and further than the other one; otherwise 0. */
const leading = (movement: number, other: number): number => rise(movement) * Number(movement > other);

/** How far the high rose, where it rose more than the low fell; otherwise 0. */
export function upwardMovement(high: Column, low: Column, bar: number): number {
  const up = high[bar] - high[bar - 1];
  const down = low[bar - 1] - low[bar];
  if (up + down !== up + down) return NaN;
  return leading(up, down);
}

/** How far the low fell, where it fell more than the high rose; otherwise 0. */
export function downwardMovement(high: Column, low: Column, bar: number): number {
  const up = high[bar] - high[bar - 1];
  const down = low[bar - 1] - low[bar];
  if (up + down !== up + down) return NaN;
  return leading(down, up);
}

/** The bar's range, widened to the previous close where there was a gap. */
export function trueRange(high: Column, low: Column, close: Column, bar: number): number {
  const previous = close[bar - 1];
  const top = high[bar];
  const bottom = low[bar];
  const present = previous + top + bottom;
  if (present !== present) return NaN;
  // `Math.max` would ask for NaN and for the sign of zeros each time.
  return (top > previous ? top : previous) - (bottom < previous ? bottom : previous);
}

/**
 * Wilder's running total: a plain sum of the first `length - 1` values, from then on each bar takes away one part in
 * `length` before it adds its own. `seen` is the number of values before this one.
 */
export const wilderTotal = (total: number, value: number, seen: number, length: number): number =>
  seen < length - 1 ? total + value : total - total / length + value;

/** What the directional movement index keeps: how many movements it has seen, and the running totals both ways. */
export interface Directional extends KernelState {
  seen: number;
  plus: number;
  minus: number;
}

export const startDirectional = (): Directional => ({ seen: 0, plus: 0, minus: 0 });

/**
 * Writes the difference of the two totals as a percentage of their sum, 0 where nothing has moved; the true range, by
 * which both would be divided first, cancels. NaN on a bar without a value, which leaves the totals as they were, and
 * before the first `length` movements.
 */
export function advanceDirectionalIndex(
  state: Directional,
  length: number,
  [high, low, close]: readonly Column[],
  out: Column,
  from: number,
  to: number,
): void {
  const weight = 1 / length;
  let { seen, plus, minus } = state;
  for (let i = from; i < to; i++) {
    const up = high[i] - high[i - 1];
    const down = low[i - 1] - low[i];
    const present = up + down + close[i - 1];
    if (present !== present) {
      out[i] = NaN;
      continue;
    }
    if (seen >= length - 1) {
      plus -= plus * weight;
      minus -= minus * weight;
    }
    plus += leading(up, down);
    minus += leading(down, up);
    if (seen < length) seen++;
    const sum = plus + minus;
    out[i] = seen < length ? NaN : sum === 0 ? 0 : 100 * (Math.abs(minus - plus) / sum);
  }
  state.seen = seen;
  state.plus = plus;
  state.minus = minus;
}
