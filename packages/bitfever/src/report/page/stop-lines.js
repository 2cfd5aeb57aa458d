import { ValueMarks } from "./value-marks.js";

/**
 * Where a stop stood: a level as wide as its bar. A stepped line of the chart library would rise from the stop of one
 * trade to that of the next.
 */
export const stopLines = () =>
  new ValueMarks(
    ({ stop }) => stop ?? new Float64Array(),
    1.5,
    (context, x, y, half) => {
      context.moveTo(x - half, y);
      context.lineTo(x + half, y);
    },
  );
