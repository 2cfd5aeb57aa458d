/**
 * @import { Layer, Part } from "./layers.js"
 * @import { Series } from "./read-data.js"
 * @import { Colours } from "./theme.js"
 */
import { formatNumber } from "../format.ts";
import { crosses } from "./crosses.js";
import { format, points, quiet, seconds } from "./drawing.js";
import { Shading } from "./shading.js";
import { fade } from "./theme.js";

/** @typedef {Series & { look: NonNullable<Series["look"]> }} PlottedSeries */

/**
 * What the program plots, drawn as it says.
 *
 * @param {PlottedSeries} series
 * @param {number} place   of the series in the report
 * @param {string} pane
 * @param {keyof Colours} colour
 * @returns {Layer}
 */
export function plotLayer({ name, look, isCondition, shown, decimals }, place, pane, colour) {
  const text = (/** @type {number} */ value) => formatNumber(value, decimals);
  const common = { ...quiet, ...format(text, decimals) };
  return {
    label: name,
    colour,
    style: look.style,
    pane,
    shown,
    parts: [partOf(look, place, colour, common)],
    text: ({ series }, i) => {
      const value = series[place][i];
      return isCondition && !Number.isNaN(value) ? String(value !== 0) : text(value);
    },
  };
}

/** The library's `LineType.WithSteps`. */
const withSteps = 1;

/** Wider than this hides what it marks. */
const mostWidth = 12;

/**
 * @param {PlottedSeries["look"]} look
 * @param {number} place
 * @param {keyof Colours} colour
 * @param {object} common   options of every style
 * @returns {Part}
 */
function partOf(look, place, colour, common) {
  const width = Math.min(mostWidth, look.width);
  const line = { ...common, lineWidth: width + 0.5 }; // one pixel alone is hardly seen between candles
  const unseen = { ...common, lineVisible: false, crosshairMarkerVisible: false };
  switch (look.style) {
    case "line":
    case "step":
      return {
        kind: "Line",
        options: (colours) => ({
          ...line,
          color: colours[colour],
          ...(look.style === "step" && { lineType: withSteps }),
        }),
        points: ({ time, series }) => broken(time, series[place], { color: "transparent" }),
      };
    case "area":
      return {
        kind: "Area",
        options: (colours) => ({
          ...line,
          lineColor: colours[colour],
          topColor: fade(colours[colour], 0.4),
          bottomColor: fade(colours[colour], 0.06),
        }),
        points: ({ time, series }) =>
          broken(time, series[place], {
            lineColor: "transparent",
            topColor: "transparent",
            bottomColor: "transparent",
          }),
      };
    case "histogram":
      return {
        kind: "Histogram",
        options: (colours) => ({ ...common, color: fade(colours[colour], 0.75) }),
        points: ({ time, series }) => points(time, series[place]),
      };
    case "dots":
      return {
        kind: "Line",
        options: (colours) => ({
          ...common,
          color: colours[colour],
          lineVisible: false,
          pointMarkersVisible: true,
          pointMarkersRadius: width + 1,
        }),
        points: ({ time, series }) => points(time, series[place]),
      };
    case "cross":
      return {
        kind: "Line",
        options: () => unseen,
        points: ({ time, series }) => points(time, series[place]),
        painter: crosses(place, width),
      };
    case "background":
      return {
        kind: "Line",
        // It stands for the whole height: no scale has to make room for it.
        options: () => ({ ...unseen, autoscaleInfoProvider: () => null }),
        points: ({ time, series }) => points(time, series[place]),
        painter: new Shading(place),
      };
  }
}

/**
 * The values that are there, with no line across those that are not: a point carries the look of the way to the next.
 *
 * @param {Float64Array} time
 * @param {Float64Array} values
 * @param {object} gap
 */
function broken(time, values, gap) {
  const made = [];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    const isLast = i + 1 < values.length && Number.isNaN(values[i + 1]);
    made.push({ time: seconds(time[i]), value: values[i], ...(isLast && gap) });
  }
  return made;
}
