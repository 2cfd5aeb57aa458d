/**
 * The part of a bar's volume that counts as bought (positive) or sold (negative), by where in its range it closed: all
 * of it at the high, none in the middle. A bar without a range counts as neither; NaN where a value is missing.
 */
export function accumulated(high: number, low: number, close: number, volume: number): number {
  const range = high - low;
  if (range > 0) return ((close - low - (high - close)) / range) * volume;
  return range + close + volume === range + close + volume ? 0 : NaN;
}
