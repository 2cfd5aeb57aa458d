/**
 * @import { Report, Series } from "./read-data.js"
 * @import { Shading } from "./shading.js"
 * @import { Slice } from "../slice.ts"
 * @import { Colours } from "./theme.js"
 * @import { ValueMarks } from "./value-marks.js"
 */
import { formatCompact, formatNumber, formatPercent } from "../format.ts";
import { format, points, quiet, roundNumbers, seconds } from "./drawing.js";
import { plotLayer } from "./plot-layer.js";
import { stopLines } from "./stop-lines.js";
import { fade, plotColour } from "./theme.js";

/**
 * A series of the chart library: its kind, its options in the colours of the day, and its points.
 *
 * @typedef {object} Part
 * @property {"Candlestick" | "Line" | "Baseline" | "Area" | "Histogram"} kind
 * @property {(colours: Colours) => object} options
 * @property {(slice: Slice) => { time: import("lightweight-charts").UTCTimestamp }[]} points
 * @property {Shading | ValueMarks} [painter]   draws what no series of the library can
 */

/**
 * What the legend shows and hides as one.
 *
 * @typedef {object} Layer
 * @property {string} label
 * @property {keyof Colours} colour
 * @property {string} pane
 * @property {boolean} shown
 * @property {readonly Part[]} parts
 * @property {(slice: Slice, point: number) => string} text   its value at a point of a slice
 * @property {string} [style]   of a plot, for its sign in the legend
 */

/**
 * A strip of the chart with a vertical scale of its own, in order from the top.
 *
 * @typedef {object} PaneKind
 * @property {string} name
 * @property {number} height   in pixels, where there is room
 * @property {string | undefined} [title]   as the program calls it
 */

/**
 * @param {Report} report
 * @returns {readonly PaneKind[]}
 */
export function panesOf({ series }) {
  const below = [...new Set(series.map(({ pane }) => pane))].filter((pane) => pane > 0).sort((a, b) => a - b);
  return [
    { name: "price", height: 400 },
    ...below.map((pane) => ({
      name: seriesPane(pane),
      height: 110,
      title: series.find((each) => each.pane === pane)?.look?.pane ?? undefined,
    })),
    { name: "equity", height: 170 },
    { name: "drawdown", height: 110 },
  ];
}

const seriesPane = (/** @type {number} */ pane) => (pane === 0 ? "price" : `series ${pane}`);

/**
 * Everything that is drawn, in the order in which it is laid on: first the candles, which never go away.
 *
 * @param {Report} report
 * @returns {readonly Layer[]}
 */
export function layersOf(report) {
  const { volume, hold } = report;
  return [
    candles(report),
    ...(volume === null ? [] : [volumeLayer]),
    ...report.series.map((series, i) => {
      const colour = seriesColours[i % seriesColours.length];
      const pane = seriesPane(series.pane);
      return series.look === null
        ? seriesLayer(series, i, pane, colour)
        : plotLayer({ ...series, look: series.look }, i, pane, plotColour(series.look.color) ?? colour);
    }),
    ...(report.stop === null ? [] : [stopLayer(report)]),
    ...(hold === null ? [] : [holdLayer(report, hold)]),
    equity(report),
    drawdown(),
  ];
}

/**
 * @param {Report} report
 * @returns {Layer}
 */
function candles({ low, priceDecimals }) {
  const belowZero = low.some((value) => value < 0);
  return {
    label: "Candles",
    colour: "ink",
    pane: "price",
    shown: true,
    parts: [
      {
        kind: "Candlestick",
        options: ({ up, down }) => ({
          ...quiet,
          // Room for the volume may reach below zero, where no price is.
          ...format(
            (value) => formatNumber(value, priceDecimals),
            priceDecimals,
            (values) => roundNumbers(values).map((text, i) => (values[i] < 0 && !belowZero ? "" : text)),
          ),
          upColor: up,
          wickUpColor: up,
          borderUpColor: up,
          downColor: down,
          wickDownColor: down,
          borderDownColor: down,
        }),
        points: (slice) =>
          Array.from(slice.time, (time, i) => ({
            time: seconds(time),
            open: slice.open[i],
            high: slice.high[i],
            low: slice.low[i],
            close: slice.close[i],
          })),
      },
    ],
    text: (slice, i) =>
      Object.entries({ O: slice.open, H: slice.high, L: slice.low, C: slice.close })
        .map(([letter, column]) => `${letter} ${formatNumber(column[i], priceDecimals)}`)
        .join("  "),
  };
}

/** Volume has no scale of its own, and is drawn by `VolumeBars`. @type {Layer} */
const volumeLayer = {
  label: "Volume",
  colour: "muted",
  pane: "price",
  shown: true,
  parts: [],
  text: ({ volume }, i) => formatCompact(volume?.[i] ?? NaN),
};

const seriesColours = /** @type {const} */ ([
  "series-1",
  "series-2",
  "series-3",
  "series-4",
  "series-5",
  "series-6",
]);

/**
 * @param {Series} series
 * @param {number} place   of the series in the report
 * @param {string} pane
 * @param {keyof Colours} colour
 * @returns {Layer}
 */
function seriesLayer({ name, shown, decimals }, place, pane, colour) {
  const text = (/** @type {number} */ value) => formatNumber(value, decimals);
  return {
    label: name,
    colour,
    pane,
    shown,
    parts: [
      {
        kind: "Line",
        options: (colours) => ({
          ...quiet,
          ...format(text, decimals),
          color: colours[colour],
          lineWidth: 1.5,
        }),
        points: ({ time, series }) => points(time, series[place]),
      },
    ],
    text: ({ series }, i) => text(series[place][i]),
  };
}

/**
 * @param {Report} report
 * @returns {Layer}
 */
function stopLayer({ priceDecimals }) {
  const text = (/** @type {number} */ value) => formatNumber(value, priceDecimals);
  return {
    label: "Stop",
    colour: "loss",
    pane: "price",
    shown: true,
    parts: [
      {
        kind: "Line",
        // The painter draws; the series makes room for it on the scale.
        options: () => ({
          ...quiet,
          ...format(text, priceDecimals),
          lineVisible: false,
          crosshairMarkerVisible: false,
        }),
        points: ({ time, stop }) => (stop === null ? [] : points(time, stop)),
        painter: stopLines(),
      },
    ],
    text: ({ stop }, i) => text(stop?.[i] ?? NaN),
  };
}

/**
 * @param {Report} report
 * @param {Float64Array} hold
 * @returns {Layer}
 */
function holdLayer(report, hold) {
  const text = (/** @type {number} */ value) => formatNumber(value, report.moneyDecimals);
  // A share that went up tenfold would press the account into a straight line: then it may leave the pane.
  const beyond = spread(hold) > 6 * spread(report.equity) && spread(report.equity) > 0;
  return {
    label: "Buy and hold",
    colour: "hold",
    pane: "equity",
    shown: true,
    parts: [
      {
        kind: "Line",
        options: (colours) => ({
          ...quiet,
          ...format(text, report.moneyDecimals),
          color: colours.hold,
          lineWidth: 1.5,
          ...(beyond && { autoscaleInfoProvider: () => null }),
        }),
        points: (slice) => points(slice.time, slice.hold ?? slice.close),
      },
    ],
    text: (slice, i) => text(slice.hold?.[i] ?? NaN) + (beyond ? " (leaves the scale)" : ""),
  };
}

/** @param {Float64Array} values */
function spread(values) {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return highest - lowest;
}

/**
 * @param {Report} report
 * @returns {Layer}
 */
function equity({ moneyDecimals }) {
  const text = (/** @type {number} */ value) => formatNumber(value, moneyDecimals);
  return {
    label: "Equity",
    colour: "equity",
    pane: "equity",
    shown: true,
    parts: [
      {
        // What the account went through within each point.
        kind: "Candlestick",
        options: (colours) => ({
          ...quiet,
          ...format(text, moneyDecimals),
          upColor: colours.equity,
          borderVisible: false,
          wickVisible: false,
        }),
        points: ({ time, equityLow, equityHigh }) =>
          equityLow === null || equityHigh === null
            ? []
            : Array.from(time, (at, i) => ({
                time: seconds(at),
                open: equityLow[i],
                high: equityHigh[i],
                low: equityLow[i],
                close: equityHigh[i],
              })),
      },
      {
        kind: "Line",
        options: (colours) => ({
          ...quiet,
          ...format(text, moneyDecimals),
          color: colours.equity,
          lineWidth: 2,
        }),
        points: (slice) => points(slice.time, slice.equity),
      },
    ],
    text: ({ equity, equityLow, equityHigh }, i) =>
      equityLow === null || equityHigh === null
        ? text(equity[i])
        : `${text(equity[i])} (${text(equityLow[i])} to ${text(equityHigh[i])})`,
  };
}

/** @returns {Layer} */
function drawdown() {
  return {
    label: "Drawdown",
    colour: "loss",
    pane: "drawdown",
    shown: true,
    parts: [
      {
        kind: "Baseline",
        options: ({ loss }) => ({
          ...quiet,
          ...format(formatPercent, 4, roundDepths),
          baseValue: { type: "price", price: 0 },
          bottomLineColor: loss,
          bottomFillColor1: fade(loss, 0.12),
          bottomFillColor2: fade(loss, 0.3),
          lineWidth: 1,
        }),
        points: (slice) => points(slice.time, slice.drawdown),
      },
    ],
    text: (slice, i) => formatPercent(slice.drawdown[i]),
  };
}

/** There is nothing above a new high. @param {readonly number[]} values */
const roundDepths = (values) =>
  roundNumbers(values.map((value) => value * 100)).map((text, i) => (values[i] > 0 ? "" : `${text}%`));
