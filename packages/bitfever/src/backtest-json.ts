import type { BacktestResult } from "@bitfever/engine";
import type { Backtest } from "./backtest.js";
import { jsonText } from "./json-text.js";
import { sessionEquity } from "./session-equity.js";

/** The result of a run as it is written: with the account at the ends of sessions. */
export const writtenResult = (run: Backtest): BacktestResult => ({
  ...run.result,
  equity: sessionEquity(run),
});

/**
 * The text that `bf backtest --json` writes of a run: the result, and the account at the ends of sessions.
 *
 * @example
 * await writeFile("result.json", backtestJson(await backtest(strategy, bars, { ambiguityBand: true })));
 */
export const backtestJson = (run: Backtest): string => jsonText(writtenResult(run));
