import type { BacktestResult } from "@bitfever/engine";
import type { Backtest } from "./backtest.js";
import { jsonText } from "./json-text.js";
import { sessionEquity } from "./session-equity.js";

/** The result of a run as it is written: with the account at the ends of sessions. What it computes when it is asked for it still does. */
export const writtenResult = (run: Backtest): BacktestResult =>
  Object.defineProperties({} as BacktestResult, {
    ...Object.getOwnPropertyDescriptors(run.result),
    equity: { value: sessionEquity(run), enumerable: true },
  });

/**
 * The text that `bf backtest --json` writes of a run: the result, and the account at the ends of sessions.
 *
 * @example
 * await writeFile("result.json", backtestJson(await backtest(strategy, bars, { ambiguityBand: true })));
 */
export const backtestJson = (run: Backtest): string => jsonText(writtenResult(run));
