import type { ReportedTrade } from "@bitfever/engine";
import { html, nothing, trusted, type Markup } from "../../report/html.js";
import { pixels, type ChartPlace } from "../../report/line-chart.js";

export interface Candles {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/** A candle for each place from 0 on: one path for those that rose, and one for those that fell. */
export function candleMarks({ open, high, low, close }: Candles, { x, y }: ChartPlace): Markup {
  const room = x(1) - x(0);
  const width = Math.max(1, Math.min(9, 0.7 * room));
  const paths = { up: "", down: "" };
  for (let i = 0; i < close.length; i++) {
    if (Number.isNaN(close[i])) continue;
    const middle = x(i + 0.5);
    const [top, bottom] = [y(Math.max(open[i], close[i])), y(Math.min(open[i], close[i]))];
    const [left, right] = [middle - width / 2, middle + width / 2].map(pixels);
    const body = `M${left} ${pixels(top)}H${right}V${pixels(Math.max(bottom, top + 1))}H${left}Z`;
    const wick = `M${pixels(middle)} ${pixels(y(high[i]))}V${pixels(y(low[i]))}`;
    paths[close[i] >= open[i] ? "up" : "down"] += wick + body;
  }
  return html`${(["up", "down"] as const).map((way) =>
    paths[way] === "" ? nothing : html`<path class="candles ${way}" d="${trusted(paths[way])}" />`,
  )}`;
}

/** Entries and exits of the trades that lie among the candles, and a line from one to the other. */
export function tradeMarks(
  trades: readonly ReportedTrade[],
  { from, to, size }: { readonly from: number; readonly to: number; readonly size: number },
  { high, low }: Candles,
  { x, y }: ChartPlace,
): Markup {
  const candleOf = (bar: number): number => Math.floor((bar - from) / size);
  const isSeen = (bar: number | null): bar is number => bar !== null && bar >= from && bar < to;
  const joins: Markup[] = [];
  const marks: Markup[] = [];
  for (const { side, entryBar, entryPrice, exitBar, exitPrice, profit } of trades) {
    const tone = profit >= 0 ? "gain" : "loss";
    if (isSeen(entryBar) && isSeen(exitBar) && exitPrice !== null) {
      const [a, b] = [x(candleOf(entryBar) + 0.5), x(candleOf(exitBar) + 0.5)].map(pixels);
      const d = `M${a} ${pixels(y(entryPrice))}L${b} ${pixels(y(exitPrice))}`;
      joins.push(html`<path class="line joined ${tone}" d="${trusted(d)}" />`);
    }
    if (isSeen(entryBar)) {
      const candle = candleOf(entryBar);
      const middle = x(candle + 0.5);
      const [tip, down] = side === "long" ? [y(low[candle]) + 3, 9] : [y(high[candle]) - 3, -9];
      const d = `M${pixels(middle)} ${pixels(tip)}l5.5 ${down}h-11z`;
      marks.push(html`<path class="mark ${side}" d="${trusted(d)}" />`);
    }
    if (isSeen(exitBar) && exitPrice !== null) {
      const [middle, height] = [x(candleOf(exitBar) + 0.5), y(exitPrice)].map(pixels);
      const d = `M${middle} ${height}m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z`;
      marks.push(html`<path class="mark ${tone}" d="${trusted(d)}" />`);
    }
  }
  return html`${joins}${marks}`;
}
