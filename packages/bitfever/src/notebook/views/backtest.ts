import { metrics, type BacktestResult } from "@bitfever/engine";
import type { Backtest } from "../../backtest.js";
import { formatInterval, formatNumber, formatPlain } from "../../report/format.js";
import { headlineNumbers } from "../../report/headline.js";
import { html, nothing, type Markup } from "../../report/html.js";
import { metricTexts } from "../../report/metric-text.js";
import { noticesOf } from "../../report/notices.js";
import { renderSvg } from "../../report/svg.js";
import { decimalsOfMoney } from "../../report/chart-data.js";
import { has } from "../../has.js";
import { candlePicture } from "../pictures/candles.js";
import { windowOf } from "../pictures/window.js";
import { pictureWidth } from "../pictures/width.js";
import { tiles } from "../table.js";
import { defineView, htmlPart, isOfSchema, svgPart } from "../view.js";

const isResult = (value: unknown): value is BacktestResult => isOfSchema(value, "bitfever/backtest@1");

/** A run: its numbers with what to know before believing them, the account, and the last trades among their candles. */
export const backtest = defineView({
  name: "a backtest",
  recognise: (value): value is Backtest =>
    has(value, "result") && isResult(value.result) && has(value, "curves") && has(value, "bars"),
  parts: (run, options) => {
    const { result, curves, bars } = run;
    const account = svgPart(renderSvg(run, pictureWidth));
    const numbers = htmlPart(numbersOf(result, decimalsOfMoney(curves.equity)));
    // A universe has no candles of its own: its bars are an index of its members.
    if (result.data.symbols !== undefined) return [numbers, account];
    const candles = candlePicture({
      ...{ bars, window: windowOf(bars, options), trades: result.trades, stop: curves.stop },
      columns: options.columns ?? curves.series,
    });
    return [numbers, account, svgPart(candles)];
  },
});

/** What a run came to, without its curves. */
export const backtestResult = defineView({
  name: "the result of a backtest",
  recognise: isResult,
  parts: (result) => [htmlPart(numbersOf(result, 2))],
});

function numbersOf(result: BacktestResult, moneyDecimals: number): Markup {
  const textOf = metricTexts(result, [...metrics.values()], moneyDecimals);
  const shown = headlineNumbers.map(({ name, label, beside, besideLabel }) => {
    const small = textOf(beside);
    return {
      ...{ label, ...textOf(name) },
      ...(small.reason === undefined && { beside: `${besideLabel} ${small.text}` }),
    };
  });
  const said = noticesOf(result);
  return html`<h4>${result.program.name} · ${result.data.symbol}</h4>
    <p>${aboutOf(result)}</p>
    ${tiles(shown)}
    ${
      said.length === 0
        ? nothing
        : html`<ul>
            ${said.map(({ kind, text }) => html`<li class="${kind}"><strong>${kind === "warning" ? "Warning" : "Note"}</strong> ${text}</li>`)}
          </ul>`
    }`;
}

function aboutOf({ data, params, warmup }: BacktestResult): string {
  const given = Object.entries(params).map(
    ([name, value]) => `${name} ${typeof value === "number" ? formatPlain(value) : String(value)}`,
  );
  const interval = data.intervalMs === 0 ? "" : ` of ${formatInterval(data.intervalMs)}`;
  return [
    `${formatNumber(data.bars, 0)} bars${interval}`,
    `${data.from.slice(0, 10)} to ${data.to.slice(0, 10)}`,
    `warm-up ${formatNumber(warmup, 0)} bars`,
    ...given,
  ].join("  ·  ");
}
