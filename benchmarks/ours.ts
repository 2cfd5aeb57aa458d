import { readFileSync } from "node:fs";
import { specialise } from "@bitfever/lang";
import {
  catalogue,
  computeMetrics,
  defaultSettings,
  fieldsOf,
  metricContext,
  onlyTrial,
  sessionEnds,
  type Bars,
  type MetricValues,
} from "@bitfever/engine";
import { backtest, finish, timingFor, type BacktestRun } from "@bitfever/runtime";
import { backtest as backtestInLibrary, compile, type Strategy } from "bitfever";
import { side, type ComparedTrade, type Side } from "./side.js";

/**
 * A program of `programs/`, compiled.
 *
 * @param ranges  of its parameters, where they are to be others: `5..54 step 1`
 */
export function programOf(name: string, ranges: Readonly<Record<string, string>> = {}): Strategy {
  let text = readFileSync(new URL(`../programs/${name}.bf`, import.meta.url), "utf8");
  for (const [parameter, range] of Object.entries(ranges)) {
    const [first] = range.split("..");
    text = text.replace(new RegExp(`(param ${parameter}: \\w+ =) .*`), `$1 ${first} in ${range}`);
  }
  return compile({ name: `${name}.bf`, text });
}

interface OurRun {
  readonly run: BacktestRun;
  readonly metrics: MetricValues;
}

/**
 * A compiled program, ready to run over bars with default settings: from their columns to trades, equity, position and all
 * metrics.
 */
function ourRun({ program }: Strategy, bars: Bars): () => OurRun {
  const plan = specialise(program, catalogue);
  const settings = defaultSettings;
  const { symbol, intervalMs } = bars;
  return () => {
    const timing = timingFor(plan, settings, intervalMs);
    const fields = fieldsOf(bars, timing);
    const run = finish(backtest({ plan, symbol, settings, fields, intervalMs }));
    const context = metricContext(
      run.record,
      { bars, initialCapital: settings.initial_capital, trials: onlyTrial },
      sessionEnds(bars.time, timing),
    );
    return { run, metrics: computeMetrics(context) };
  };
}

export const ours = (program: Strategy, bars: Bars): Side =>
  side("BitFever", {
    prepare: () => ourRun(program, bars),
    run: (run) => run(),
    outcome: ({ run: { trades }, metrics: { values } }) => ({
      trades: trades.map((each) => compared(each, each)),
      netProfit: values.net_profit,
      metrics: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? NaN])),
    }),
  });

/**
 * `backtest` as users call it. It does more: hashes of bars, program and settings, rolling figures, regimes, and a trade list with times as
 * texts.
 */
export const librarySide = (program: Strategy, bars: Bars): Side =>
  side("BitFever, `backtest()` of the library", {
    prepare: () => program,
    run: async (strategy) => (await backtestInLibrary(strategy, bars)).result,
    outcome: ({ trades, metrics }) => ({
      netProfit: metrics.net_profit,
      trades: trades.map((each) => compared(each, each)),
    }),
  });

const compared = (
  { entryBar, entryPrice }: Pick<ComparedTrade, "entryBar" | "entryPrice">,
  { exitBar, exitPrice }: { readonly exitBar: number | null; readonly exitPrice: number | null },
): ComparedTrade => ({ entryBar, entryPrice, exitBar: exitBar ?? -1, exitPrice: exitPrice ?? NaN });
