/**
 * @import { Crosses } from "./crosses.js"
 * @import { Report, Series } from "./read-data.js"
 * @import { Shading } from "./shading.js"
 * @import { Colours } from "./theme.js"
 */
import { formatCompact, formatNumber, formatPercent } from "../format.ts";
import { format, points, quiet, roundNumbers, seconds } from "./drawing.js";
import { plotLayer } from "./plot-layer.js";
import { fade, plotColour } from "./theme.js";

/**
 * A series of the chart library: its kind, its options in the colours of the day, and its points.
 *
 * @typedef {object} Part
 * @property {"Candlestick" | "Line" | "Baseline" | "Area" | "Histogram"} kind
 * @property {(colours: Colours) => object} options
 * @property {() => { time: import("lightweight-charts").UTCTimestamp }[]} points
 * @property {Shading | Crosses} [painter]   draws what no series of the library can
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
 * @property {(candle: number) => string} text   its value at a candle
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
    ...(volume === null ? [] : [volumeLayer(volume)]),
    ...report.series.map((series, i) => {
      const colour = seriesColours[i % seriesColours.length];
      const pane = seriesPane(series.pane);
      return series.look === null
        ? seriesLayer(report, series, pane, colour)
        : plotLayer(report, { ...series, look: series.look }, pane, plotColour(series.look.color) ?? colour);
    }),
    ...(hold === null ? [] : [holdLayer(report, hold)]),
    equity(report),
    drawdown(report),
  ];
}

/**
 * @param {Report} report
 * @returns {Layer}
 */
function candles(report) {
  const { time, open, high, low, close, priceDecimals } = report;
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
        points: () =>
          Array.from(time, (_, i) => ({
            time: seconds(time[i]),
            open: open[i],
            high: high[i],
            low: low[i],
            close: close[i],
          })),
      },
    ],
    text: (i) =>
      Object.entries({ O: open, H: high, L: low, C: close })
        .map(([letter, column]) => `${letter} ${formatNumber(column[i], priceDecimals)}`)
        .join("  "),
  };
}

/**
 * Volume has no scale of its own, and is drawn by `VolumeBars`.
 *
 * @param {Float64Array} volume
 * @returns {Layer}
 */
const volumeLayer = (volume) => ({
  label: "Volume",
  colour: "muted",
  pane: "price",
  shown: true,
  parts: [],
  text: (i) => formatCompact(volume[i]),
});

const seriesColours = /** @type {const} */ ([
  "series-1",
  "series-2",
  "series-3",
  "series-4",
  "series-5",
  "series-6",
]);

/**
 * @param {Report} report
 * @param {Series} series
 * @param {string} pane
 * @param {keyof Colours} colour
 * @returns {Layer}
 */
function seriesLayer(report, { name, shown, decimals, values }, pane, colour) {
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
        points: () => points(report.time, values),
      },
    ],
    text: (candle) => text(values[candle]),
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
        points: () => points(report.time, hold),
      },
    ],
    text: (i) => text(hold[i]) + (beyond ? " (leaves the scale)" : ""),
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
function equity(report) {
  const { time, equityLow, equityHigh, moneyDecimals } = report;
  const text = (/** @type {number} */ value) => formatNumber(value, moneyDecimals);
  /** @type {Part} */
  const line = {
    kind: "Line",
    options: (colours) => ({ ...quiet, ...format(text, moneyDecimals), color: colours.equity, lineWidth: 2 }),
    points: () => points(time, report.equity),
  };
  const label = "Equity";
  const colour = /** @type {const} */ ("equity");
  const common = { label, colour, pane: "equity", shown: true };
  if (equityLow === null || equityHigh === null) {
    return { ...common, parts: [line], text: (i) => text(report.equity[i]) };
  }
  /** What the account went through within each candle. @type {Part} */
  const span = {
    kind: "Candlestick",
    options: (colours) => ({
      ...quiet,
      ...format(text, moneyDecimals),
      upColor: colours.equity,
      borderVisible: false,
      wickVisible: false,
    }),
    points: () =>
      Array.from(time, (_, i) => ({
        time: seconds(time[i]),
        open: equityLow[i],
        high: equityHigh[i],
        low: equityLow[i],
        close: equityHigh[i],
      })),
  };
  return {
    ...common,
    parts: [span, line],
    text: (i) => `${text(report.equity[i])} (${text(equityLow[i])} to ${text(equityHigh[i])})`,
  };
}

/**
 * @param {Report} report
 * @returns {Layer}
 */
function drawdown(report) {
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
        points: () => points(report.time, report.drawdown),
      },
    ],
    text: (i) => formatPercent(report.drawdown[i]),
  };
}

/** There is nothing above a new high. @param {readonly number[]} values */
const roundDepths = (values) =>
  roundNumbers(values.map((value) => value * 100)).map((text, i) => (values[i] > 0 ? "" : `${text}%`));
