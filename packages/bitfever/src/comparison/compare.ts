import { metrics, type BacktestResult, type Metric } from "@bitfever/engine";
import { intervalName } from "@bitfever/lang";

export type FactValue = string | number | boolean | null;

/** Something that is not the same in all runs. */
export interface Difference {
  readonly of: "program" | "data" | "parameter" | "setting";
  readonly name: string;
  /** Of each run; null where it has none. */
  readonly values: readonly FactValue[];
}

/** A metric of several results side by side. */
export interface ComparedMetric extends Pick<Metric, "name" | "title" | "unit" | "better"> {
  /** Of each run; null where it cannot be told. */
  readonly values: readonly (number | null)[];
  /** Of each run from the first; null where one of the two cannot be told. */
  readonly differences: readonly (number | null)[];
}

/** Runs side by side: plain data, the machine-readable answer of `bf compare --json`. */
export interface Comparison {
  readonly schema: "bitfever/comparison@1";
  /** What the runs are called, each by another name. */
  readonly runs: readonly string[];
  /** What a careful reader wants to know before comparing the numbers. */
  readonly cautions: readonly string[];
  readonly differences: readonly Difference[];
  /** Every metric that some run has. */
  readonly metrics: readonly ComparedMetric[];
}

/**
 * Results of backtests side by side, the first being what the others are compared with.
 *
 * @param results  two or more
 * @param names    what to call them; by default `A`, `B` and so on
 * @example
 * const one = await backtest(strategy, bars);
 * const other = await backtest(strategy, bars, { settings: { commission: 0.001 } });
 * console.log(compareResults([one.result, other.result], ["free", "with commission"]).differences);
 */
export function compareResults(
  results: readonly BacktestResult[],
  names: readonly string[] = results.map((_, i) => String.fromCharCode(65 + i)),
): Comparison {
  const differences = differencesOf(results);
  return {
    schema: "bitfever/comparison@1",
    runs: names,
    cautions: cautionsOf(results),
    differences,
    metrics: comparedMetrics(results),
  };
}

/** Every metric that some of the results have. */
export const comparedMetrics = (
  results: readonly Pick<BacktestResult, "metrics">[],
): readonly ComparedMetric[] => [...metrics.values()].flatMap((metric) => compared(metric, results));

function compared(
  { name, title, unit, better }: Metric,
  results: readonly Pick<BacktestResult, "metrics">[],
): readonly ComparedMetric[] {
  const values = results.map((each) => each.metrics[name] ?? null);
  if (values.every((value) => value === null)) return [];
  const [first] = values;
  const differences = values.map((value) => (value === null || first === null ? null : value - first));
  return [{ name, title, unit, better, values, differences }];
}

function cautionsOf(results: readonly BacktestResult[]): readonly string[] {
  const differs = (of: (result: BacktestResult) => unknown): boolean => new Set(results.map(of)).size > 1;
  const said: string[] = [];
  if (differs(({ data }) => data.hash)) {
    said.push(
      "The runs are on different data: what differs in the numbers may come from the data, not from the strategy.",
    );
  } else if (!differs(({ program }) => program.hash) && !differs(({ settingsHash }) => settingsHash)) {
    said.push("Program, data, parameters and settings are the same: these are the same run.");
  }
  if (differs(({ counts }) => counts.closeFills > 0)) {
    said.push("Only some of the runs have fills at the close that decided them, which nobody can have.");
  }
  if (results.some(({ metrics: found }) => (found["trades"] ?? 0) < 30)) {
    said.push("Some of the runs have fewer than 30 closed trades: much of what they show is chance.");
  }
  return said;
}

function differencesOf(results: readonly BacktestResult[]): readonly Difference[] {
  const rows = (
    of: Difference["of"],
    facts: (result: BacktestResult) => Readonly<Record<string, FactValue>>,
  ) => {
    const told = results.map(facts);
    const names = new Set(told.flatMap((each) => Object.keys(each)));
    return [...names].flatMap((name) => {
      const values = told.map((each) => each[name] ?? null);
      return values.every((value) => value === values[0]) ? [] : [{ of, name, values }];
    });
  };
  return [
    ...rows("program", ({ program }) => ({ name: program.name, hash: program.hash })),
    ...rows("data", ({ data }) => ({
      symbol: data.symbol,
      interval: data.intervalMs === 0 ? null : intervalName(data.intervalMs),
      ...{ bars: data.bars, from: data.from, to: data.to, hash: data.hash },
    })),
    ...rows("parameter", ({ params }) => params),
    ...rows("setting", ({ settings }) => settings),
  ];
}
