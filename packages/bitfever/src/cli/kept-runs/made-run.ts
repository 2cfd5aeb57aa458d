import type { BacktestResult } from "@bitfever/engine";
import type { Backtest } from "../../backtest.js";
import { writtenResult } from "../../backtest-json.js";
import { csv, equityCsv, ordersCsv, tradesCsv } from "../../tables.js";

/** What people and machines are told of a run; all that is kept of it. */
export interface MadeRun {
  /** With the account at the ends of sessions. */
  readonly result: BacktestResult;
  readonly texts: Readonly<Partial<Record<RunText, string>>>;
}

/** Makes a text of a run; the program is that of its page. */
const writers = {
  trades: ({ result }: Backtest) => tradesCsv(result),
  orders: (run: Backtest) => ordersCsv(run),
  equity: (run: Backtest) => equityCsv(run),
  alerts: ({ result }: Backtest) =>
    csv(
      ["time", "text"],
      result.alerts.map(({ time, text }) => [time, text]),
    ),
  report: async (run: Backtest, programText: string) =>
    (await import("../../report.js")).reportHtml(run, run.bars, programText),
  markdown: async (run: Backtest) => (await import("../../report.js")).reportMarkdown(run, run.bars),
  svg: async (run: Backtest) => (await import("../../report.js")).reportSvg(run, run.bars),
};

/** A text that is made of a run, called as the option that asks for it. */
export type RunText = keyof typeof writers;
export const runTexts = Object.keys(writers) as readonly RunText[];

/** Makes of a run what was asked for. */
export async function makeRun(
  run: Backtest,
  wanted: readonly RunText[],
  programText: string,
): Promise<MadeRun> {
  const texts: Partial<Record<RunText, string>> = {};
  for (const each of wanted) texts[each] = await writers[each](run, programText);
  return { result: writtenResult(run), texts };
}
