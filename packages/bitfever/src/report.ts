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

/** A backtest as Markdown, without HTML: headline, warnings, years. For a comment of CI. */
export const reportMarkdown = ({ result, curves }: Pick<Backtest, "result" | "curves">, bars: Bars): string =>
  renderMarkdown({ result, curves, bars });

/** Account and drawdown as an SVG picture, 600 pixels wide, light and dark as the reader's system is. */
export const reportSvg = ({ result, curves }: Pick<Backtest, "result" | "curves">, bars: Bars): string =>
  renderSvg({ result, curves, bars });

/**
 * Switched systems as one HTML file that opens offline: the account beside one that is never switched, each system and
 * its shadow, chance, choices, trades, metrics.
 */
export const portfolioHtml = ({ result, curves }: Portfolio): string =>
  renderPortfolio({ result, curves, generator: `BitFever ${version}` });

/** Switched systems as Markdown, without HTML: verdict, headline, each system. For a comment of CI. */
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
 */
export const walkHtml = (result: WalkResult, options: Pick<SearchPageOptions, "programText"> = {}): string =>
  renderWalk(result, options, `BitFever ${version}`);
