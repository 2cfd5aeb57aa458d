import type { Backtest } from "./backtest.js";
import { jsonText } from "./json-text.js";
import { sessionEquity } from "./session-equity.js";

/**
 * The text that `bf backtest --json` writes of a run: the result, and the account at the ends of sessions.
 *
 * @example
 * writeFileSync("result.json", backtestJson(await backtest(strategy, bars, { ambiguityBand: true })));
 */
export const backtestJson = (run: Backtest): string =>
  jsonText({ ...run.result, equity: sessionEquity(run) });
