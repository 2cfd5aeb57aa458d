import type { Bars, ReportedTrade } from "@bitfever/engine";
import { grouped, firstOf, highestOf, lastKnownOf, lastOf, lowestOf } from "../../report/candles.js";
import {
  formatCompact,
  formatInterval,
  formatNumber,
  formatTime,
  timePrecision,
} from "../../report/format.js";
import { kindOf } from "../../report/days-figure.js";
import { chartHeight, lineChart, rangeOf, type ChartLine, type ChartPane } from "../../report/line-chart.js";
import { pictureSvg } from "../../report/picture.js";
import { placeSeries } from "../../report/series-panes.js";
import { candleMarks, tradeMarks, type Candles } from "./marks.js";
import { ordinalTicks } from "./ordinal-ticks.js";
import { pictureWidth } from "./width.js";
import type { Window } from "./window.js";

/** A column to be drawn over the candles or below them, where its values fit. */
export interface DrawnColumn {
  readonly name: string;
  readonly unit: string;
  /** One value for each bar. */
  readonly values: Float64Array;
}

export interface CandlePicture {
  readonly bars: Bars;
  readonly window: Window;
  readonly columns?: readonly DrawnColumn[];
  /** The stop that protects the position in each bar. */
  readonly stop?: Float64Array | null;
  readonly trades?: readonly ReportedTrade[];
}

/** With more than so many, several bars make one candle. */
const mostCandles = 260;
const heights = { price: 300, below: 110 };

/** Candles side by side, with what lies over them, what lies below, and the trades among them. */
export function candlePicture({
  bars,
  window,
  columns = [],
  stop = null,
  trades = [],
}: CandlePicture): string {
  const { from, to } = window;
  const size = Math.ceil((to - from) / mostCandles);
  const cut = (values: Float64Array, pick = lastOf): Float64Array =>
    grouped(values.subarray(from, to), size, pick);
  const candles: Candles = {
    open: cut(bars.open, firstOf),
    high: cut(bars.high, highestOf),
    low: cut(bars.low, lowestOf),
    close: cut(bars.close),
  };
  const count = candles.close.length;
  // The middle of each candle.
  const time = Float64Array.from({ length: count }, (_, i) => i + 0.5);
  const places = placeSeries(columns, bars.close);
  const lines = columns.map(({ name, values }, i): ChartLine => {
    return { name, kind: kindOf(i), time, values: cut(values, lastKnownOf) };
  });
  const protecting = stop === null ? [] : [stopLine(cut(stop, lastKnownOf), time)];
  const over = [...lines.filter((_, i) => places[i].pane === 0), ...protecting];
  const panes: ChartPane[] = [
    {
      height: heights.price,
      text: formatNumber,
      // Its own name, for a line of which nothing is drawn.
      lines: [{ name: `${bars.symbol}, price`, kind: "hold", time: [], values: [] }, ...over],
      range: rangeOf([{ values: candles.low }, { values: candles.high }, ...over]),
      behind: (place) => candleMarks(candles, place),
      front: (place) => tradeMarks(trades, { from, to, size }, candles, place),
    },
  ];
  for (const pane of new Set(places.map((each) => each.pane))) {
    if (pane === 0) continue;
    const own = lines.filter((_, i) => places[i].pane === pane);
    const isLarge = own.some(({ values }) => Array.from(values).some((value) => Math.abs(value) >= 10_000));
    panes.push({ height: heights.below, text: isLarge ? formatCompact : formatNumber, lines: own });
  }
  const times = cut(bars.time, firstOf);
  const end = bars.time[to - 1] + bars.intervalMs;
  return pictureSvg({
    title: titleOf(bars),
    lines: [spanText(bars, window, size), ...marksText(trades, window)],
    width: pictureWidth,
    height: chartHeight(panes),
    inside: lineChart({
      title: titleOf(bars),
      ...{ width: pictureWidth, from: 0, to: count, panes },
      ticks: ordinalTicks(times, end, 9),
    }),
  });
}

const titleOf = ({ symbol, intervalMs }: Bars): string =>
  intervalMs === 0 ? symbol : `${symbol} · ${formatInterval(intervalMs)}`;

function spanText({ time, intervalMs, length }: Bars, { from, to }: Window, size: number): string {
  const precision = timePrecision(intervalMs, time[0]);
  const [first, last] = [time[from], time[to - 1]].map((each) => formatTime(each, precision));
  const span = `${first} to ${last}${precision === "day" ? "" : " UTC"}`;
  const part =
    to - from === length
      ? `${formatNumber(length, 0)} bars`
      : `${formatNumber(to - from, 0)} of ${formatNumber(length, 0)} bars`;
  return `${span}  ·  ${part}${size > 1 ? `, ${size} to a candle` : ""}`;
}

function marksText(trades: readonly ReportedTrade[], { from, to }: Window): readonly string[] {
  const seen = trades.filter(({ entryBar, exitBar }) => entryBar < to && (exitBar ?? to) >= from);
  if (seen.length === 0) return [];
  const sides = (["long", "short"] as const).filter((side) => seen.some((each) => each.side === side));
  const entries = sides.map((side) => (side === "long" ? "▲ bought" : "▼ sold short"));
  return [
    [...entries, "◆ closed, joined to its entry: green where it earned, red where it lost"].join("  ·  "),
  ];
}

const stopLine = (values: Float64Array, time: Float64Array): ChartLine => ({
  ...{ name: "Stop", kind: "hold joined", time, values, isStep: true },
});
