/* Wilder's directional movement of one bar against the one before; NaN where either lacks a value. */

type Column = Float64Array;

/** How far the high rose, where it rose more than the low fell; otherwise 0. */
export function upwardMovement(high: Column, low: Column, bar: number): number {
  const up = high[bar] - high[bar - 1];
  const down = low[bar - 1] - low[bar];
  if (up + down !== up + down) return NaN;
  return up > 0 && up > down ? up : 0;
}

/** How far the low fell, where it fell more than the high rose; otherwise 0. */
export function downwardMovement(high: Column, low: Column, bar: number): number {
  const up = high[bar] - high[bar - 1];
  const down = low[bar - 1] - low[bar];
  if (up + down !== up + down) return NaN;
  return down > 0 && down > up ? down : 0;
}

/** The bar's range, widened to the previous close where there was a gap. */
export function trueRange(high: Column, low: Column, close: Column, bar: number): number {
  const previous = close[bar - 1];
  return Math.max(high[bar] - low[bar], Math.abs(previous - high[bar]), Math.abs(previous - low[bar]));
}

/**
 * Wilder's running total: a plain sum of the first `length - 1` values, from then on each bar takes away one part in
 * `length` before it adds its own. `seen` is the number of values before this one.
 */
export const wilderTotal = (total: number, value: number, seen: number, length: number): number =>
  seen < length - 1 ? total + value : total - total / length + value;

/** What `directionalIndex` keeps: how many movements it has seen (no more than `length`), and three running totals. */
export const startDirectionalIndex = (): Float64Array => new Float64Array(4);

/**
 * The difference of the two directional indicators as a percentage of their sum, 0 where nothing has moved. NaN on a
 * bar without a value, which leaves the totals as they were, and before the first `length` movements.
 */
export function directionalIndex(
  totals: Float64Array,
  length: number,
  high: Column,
  low: Column,
  close: Column,
  bar: number,
): number {
  const up = upwardMovement(high, low, bar);
  const down = downwardMovement(high, low, bar);
  const width = trueRange(high, low, close, bar);
  if (up + width !== up + width) return NaN;
  const seen = totals[0];
  const plus = (totals[1] = wilderTotal(totals[1], up, seen, length));
  const minus = (totals[2] = wilderTotal(totals[2], down, seen, length));
  const range = (totals[3] = wilderTotal(totals[3], width, seen, length));
  if (seen < length) totals[0]++;
  if (totals[0] < length) return NaN;
  if (range === 0) return 0;
  const plusIndicator = 100 * (plus / range);
  const minusIndicator = 100 * (minus / range);
  const sum = minusIndicator + plusIndicator;
  return sum === 0 ? 0 : 100 * (Math.abs(minusIndicator - plusIndicator) / sum);
}
