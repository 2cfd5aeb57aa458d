import { ValueMarks } from "./value-marks.js";

/**
 * Upright crosses at the values of a series: the chart library has none.
 *
 * @param {number} place   of the series in the report
 * @param {number} width
 */
export function crosses(place, width) {
  const arm = 3 + width;
  return new ValueMarks(
    ({ series }) => series[place],
    width + 0.5,
    (context, x, y) => {
      context.moveTo(x - arm, y);
      context.lineTo(x + arm, y);
      context.moveTo(x, y - arm);
      context.lineTo(x, y + arm);
    },
  );
}
