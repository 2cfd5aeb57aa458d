import { metrics, type Bars } from "@bitfever/engine";
import type { Backtest } from "./backtest.js";
import { renderReport } from "./report/report.js";
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
