import { metrics, type Bars } from "@bitfever/engine";
import type { Backtest } from "./backtest.js";
import type { Portfolio } from "./portfolio/portfolio.js";
import { portfolioText } from "./portfolio-report/markdown.js";
import { renderPortfolio } from "./portfolio-report/page.js";
import { renderMarkdown } from "./report/markdown.js";
import { renderReport } from "./report/report.js";
import { renderSvg } from "./report/svg.js";
import type { StudyResult } from "./optimize/study-result.js";
import type { WalkResult } from "./optimize/walk-result.js";
import { renderStudy, type SearchPageOptions } from "./search-report/study-page.js";
import { renderWalk } from "./search-report/walk-page.js";
import { version } from "./version.js";

/**
 * A backtest as one HTML file that opens offline: candles with entries and exits, equity, drawdown, trades, metrics.
 *
 * @param programText  shown on the page when given
 * @example
 * await writeFile("report.html", reportHtml(await backtest(strategy, bars), bars));
 */
export function reportHtml(
  { result, curves }: Pick<Backtest, "result" | "curves">,
  bars: Bars,
  programText?: string,
): string {
  return renderReport({
    result,
    curves,
    bars,
    metrics: [...metrics.values()],
    programText,
    generator: `BitFever ${version}`,
  });
}

/**
 * A backtest as Markdown, without HTML: headline, warnings, years. For a comment of CI.
 *
 * @example
 * console.log(reportMarkdown(await backtest(strategy, bars), bars));
 */
export const reportMarkdown = ({ result, curves }: Pick<Backtest, "result" | "curves">, bars: Bars): string =>
  renderMarkdown({ result, curves, bars });

/**
 * Account and drawdown as an SVG picture, 600 pixels wide, light and dark as the reader's system is.
 *
 * @example
 * await writeFile("account.svg", reportSvg(await backtest(strategy, bars), bars));
 */
export const reportSvg = ({ result, curves }: Pick<Backtest, "result" | "curves">, bars: Bars): string =>
  renderSvg({ result, curves, bars });

/**
 * Switched systems as one HTML file that opens offline: the account beside one that is never switched, each system and
 * its shadow, chance, choices, trades, metrics.
 *
 * @example
 * const system = { name: "trend", strategy, bars, filter: { name: "average", sessions: 20 } };
 * await writeFile("portfolio.html", portfolioHtml(await backtestPortfolio([system])));
 */
export const portfolioHtml = ({ result, curves }: Portfolio): string =>
  renderPortfolio({ result, curves, generator: `BitFever ${version}` });

/**
 * Switched systems as Markdown, without HTML: verdict, headline, each system. For a comment of CI.
 *
 * @example
 * const system = { name: "trend", strategy, bars, filter: { name: "average", sessions: 20 } };
 * console.log(portfolioMarkdown(await backtestPortfolio([system])));
 */
export const portfolioMarkdown = ({ result, curves }: Portfolio): string => portfolioText(result, curves);

/**
 * A search as one HTML file that opens offline: verdict, how much of the best is luck, heat map, slices, parallel coordinates and a list of
 * all trials, which are linked.
 *
 * @example
 * const result = await optimize(strategy, bars).result;
 * await writeFile("study.html", studyHtml(result));
 */
export const studyHtml = (result: StudyResult, options: SearchPageOptions = {}): string =>
  renderStudy(result, options, `BitFever ${version}`);

/**
 * A walk-forward as one HTML file that opens offline: verdict, the account out of sample with its windows, what each chose and came to, and
 * how far its parameters wandered.
 *
 * @example
 * const result = await walkForward(searched, bars, { train: 400, test: 200, trials: 5 }).result;
 * await writeFile("walk.html", walkHtml(result));
 */
export const walkHtml = (result: WalkResult, options: Pick<SearchPageOptions, "programText"> = {}): string =>
  renderWalk(result, options, `BitFever ${version}`);

/** What there is a page of. */
export type Reported = Backtest | Portfolio | StudyResult | WalkResult;

/**
 * A result as one HTML file that opens offline, whatever it is of: a run, switched systems, a search, a walk-forward.
 *
 * @param of       what `backtest`, `backtestPortfolio`, or the `result` of `optimize` and `walkForward` gave
 * @param options  `programText` is shown on the page
 * @returns the text of the page
 * @example
 * const page = report(await backtest(strategy, bars));
 * console.log(page.startsWith("<!doctype html>"));
 */
export function report(of: Reported, options: Pick<SearchPageOptions, "programText"> = {}): string {
  if ("bars" in of) return reportHtml(of, of.bars, options.programText);
  if ("curves" in of) return portfolioHtml(of);
  return of.schema === "bitfever/walk@1" ? walkHtml(of, options) : studyHtml(of, options);
}
