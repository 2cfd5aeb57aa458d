import type { BacktestCurves, BacktestResult, Bars, Metric } from "@bitfever/engine";
import { alertsSection } from "./alerts-section.js";
import { basisSection } from "./basis.js";
import { distributionSection } from "./breakdown.js";
import { cashFlowsSection } from "./cash-flows-section.js";
import { chartData } from "./chart-data.js";
import { chartLibrary, type ChartLibrary } from "./chart-library.js";
import { chartSection } from "./chart-section.js";
import { formatInterval, formatNumber, formatTime, type TimePrecision } from "./format.js";
import { headline } from "./headline.js";
import { drawdownsSection } from "./drawdowns-section.js";
import { embedJson, html, nothing, type Markup } from "./html.js";
import { limitsSection } from "./limits-section.js";
import { metricsSection } from "./metric-table.js";
import { metricTexts } from "./metric-text.js";
import { monthsSection } from "./months.js";
import { notices } from "./notices.js";
import {
  linkIf,
  pageHead,
  pageScriptElement,
  sectionLinks,
  themeButton,
  type SectionLink,
} from "./page-head.js";
import { pageScript } from "./page.generated.js";
import { programSection } from "./program.js";
import { regimesSection } from "./regimes-section.js";
import { resamplingSection } from "./resampling-section.js";
import { rollingSection } from "./rolling-section.js";
import { tradesSection } from "./trades-section.js";

export interface ReportInput {
  readonly result: BacktestResult;
  /** The bars the run was over: as many as the curves have values. */
  readonly bars: Bars;
  readonly curves: BacktestCurves;
  /** What to show of the result's metrics, in the order of reading. */
  readonly metrics: readonly Metric[];
  readonly programText?: string | undefined;
  /** What made the page, with its version: `bitfever 1.0.0`. */
  readonly generator: string;
}

/**
 * A backtest as one HTML file that opens offline: charts, trades, metrics, and what they rest on.
 *
 * The same input gives the same text. Above 500,000 bars the chart shows groups of bars, and says so.
 */
export function renderReport(input: ReportInput): string {
  const { result, bars, curves, metrics, programText, generator } = input;
  checkLengths(bars, curves);
  const { data, leftOut } = chartData(result, bars, curves);
  const library = chartLibrary();
  const { name } = result.program;
  const textOf = metricTexts(result, metrics, data.moneyDecimals);

  return html`<!doctype html>
    <html lang="en">
      ${pageHead(`${name} · ${result.data.symbol} · backtest`, generator)}
      <body>
        <a class="skip" href="#chart-area">Skip to the chart</a>
        ${header(result, data.precision, programText !== undefined)}
        <main>
          ${headline(textOf, metrics)} ${notices(result, data.group, leftOut)}
          ${chartSection(result.data.symbol)}
          ${tradesSection(result.trades.some(({ symbol }) => symbol !== undefined) ? "Symbol" : null)}
          ${distributionSection(result.trades, data.moneyDecimals)}
          ${monthsSection(bars.time, curves.timeWeighted ?? curves.equity)}
          ${drawdownsSection(
            bars.time,
            curves.timeWeighted ?? curves.equity,
            Number(result.settings["initial_capital"]),
            data.precision,
          )}
          ${rollingSection(curves.rolling, bars)} ${regimesSection(result.regimes)}
          ${metricsSection(textOf, metrics)}
          ${result.cashFlows === undefined ? nothing : cashFlowsSection(result, data.precision)}
          ${result.resampling === null ? nothing : resamplingSection(result.resampling)}
          ${result.limits.length === 0 ? nothing : limitsSection(result.limits)}
          ${result.alerts.length === 0 ? nothing : alertsSection()} ${basisSection(result, data.precision)}
          ${programText === undefined ? nothing : programSection(programText)}
        </main>
        ${footer(generator, library)}
        <div id="tip" class="bubble" aria-hidden="true" hidden></div>
        <script type="application/json" id="report-data">
          ${embedJson(data)}
        </script>
        ${pageScriptElement(library.script)} ${pageScriptElement(pageScript)}
      </body>
    </html> `.markup;
}

function header(
  { program, data, counts, limits, alerts, resampling, cashFlows }: BacktestResult,
  precision: TimePrecision,
  hasProgram: boolean,
): Markup {
  const [from, to] = [data.from, data.to].map((iso) => formatTime(Date.parse(iso), precision));
  const links: readonly SectionLink[] = [
    ["chart", "Chart"],
    ["trades", "Trades"],
    ["distribution", "Returns"],
    ["months", "Months"],
    ["drawdowns", "Drawdowns"],
    ["rolling", "Rolling"],
    ["regimes", "Markets"],
    ["metrics", "Metrics"],
    ...linkIf(cashFlows !== undefined, "cash-flows", "Cash flows"),
    ...linkIf(resampling !== null, "resampling", "Drawn anew"),
    ...linkIf(limits.length > 0, "limits", "Limits"),
    ...linkIf(alerts.length > 0, "alerts", "Alerts"),
    ["basis", "Basis"],
    ...linkIf(hasProgram, "program", "Program"),
  ];
  return html`<header class="top">
    <div>
      <h1><bdi>${program.name}</bdi></h1>
      <p class="about">
        <strong><bdi>${data.symbol}</bdi></strong>
        ${data.intervalMs === 0 ? nothing : html`<span>${formatInterval(data.intervalMs)}</span>`}
        <span
          ><time datetime="${data.from}">${from}</time> to
          <time datetime="${data.to}">${to}</time>${precision === "day" ? nothing : " UTC"}</span
        >
        <span>${formatNumber(data.bars, 0)} ${data.bars === 1 ? "bar" : "bars"}</span>
        ${counts.closeFills === 0 ? nothing : html`<span class="caution">fills at the close</span>`}
      </p>
    </div>
    ${themeButton} ${sectionLinks(links)}
  </header>`;
}

function footer(generator: string, { version, copyright, licence }: ChartLibrary): Markup {
  return html`<footer>
    <p>
      Made by ${generator}. A backtest tells what would have happened under its assumptions; it promises
      nothing.
    </p>
    <p>
      Charts: TradingView Lightweight Charts™ ${version}. ${copyright}
      <a href="https://www.tradingview.com/" rel="noreferrer">https://www.tradingview.com/</a>
    </p>
    <details>
      <summary>Licence of the chart library</summary>
      <pre class="scroll" tabindex="0">${licence}</pre>
    </details>
  </footer>`;
}

function checkLengths(bars: Bars, curves: BacktestCurves): void {
  const columns = [
    ["equity", curves.equity] as const,
    ...curves.series.map(({ name, values }) => [name, values] as const),
  ];
  for (const [name, values] of columns) {
    if (values.length === bars.length) continue;
    throw new Error(`report: ${name} has ${values.length} values for ${bars.length} bars`);
  }
}
