import { formatNumber, sensibleDecimals } from "../format.ts";

// What every series of the chart library is given: its points, and how its values are written.

/** Options of a series that does not call for attention. */
export const quiet = { lastValueVisible: false, priceLineVisible: false, crosshairMarkerRadius: 3 };

/** The chart library counts time in seconds. */
export const seconds = (/** @type {number} */ time) =>
  /** @type {import("lightweight-charts").UTCTimestamp} */ (time / 1000);

/**
 * The values that are there.
 *
 * @param {Float64Array} time
 * @param {Float64Array} values
 */
export function points(time, values) {
  const made = [];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) made.push({ time: seconds(time[i]), value: values[i] });
  }
  return made;
}

/**
 * How values are written at the crosshair, and at the ticks of the scale: those are round, and need fewer decimals.
 *
 * @param {(value: number) => string} formatter
 * @param {number} decimals
 * @param {(values: readonly number[]) => string[]} [ticks]
 */
export const format = (formatter, decimals, ticks = roundNumbers) => ({
  priceFormat: { type: "custom", formatter, tickmarksFormatter: ticks, minMove: 10 ** -decimals },
});

/** @param {readonly number[]} values */
export function roundNumbers(values) {
  const decimals = sensibleDecimals([Float64Array.from(values)], 12, 0);
  return values.map((value) => formatNumber(value, decimals));
}
