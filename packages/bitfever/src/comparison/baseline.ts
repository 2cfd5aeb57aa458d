import type { BacktestResult, ReportedTrade } from "@bitfever/engine";
import { tradeLine } from "../trade-line.js";
import type { Allowance } from "./allowance.js";
import { differenceCell, valueCell } from "./cells.js";
import { compareResults, type ComparedMetric, type Comparison } from "./compare.js";

/** A metric held against what it was. */
export interface HeldMetric {
  readonly metric: ComparedMetric;
  readonly allowance: Allowance;
  readonly passed: boolean;
  /** What was found, as a clause. */
  readonly found: string;
}

/** A run held against an earlier one, its baseline. */
export interface HeldRun {
  readonly comparison: Comparison;
  readonly held: readonly HeldMetric[];
  /** What of the list of trades is another, in lines; null where nothing is, or the bars are others. */
  readonly trades: readonly string[] | null;
}

/**
 * Holds a run against an earlier one. A metric that is no longer known has failed; one that was not known before has not.
 */
export function holdAgainst(
  baseline: BacktestResult,
  result: BacktestResult,
  allowances: readonly Allowance[],
): HeldRun {
  const comparison = compareResults([baseline, result], ["baseline", "now"]);
  return {
    comparison,
    held: allowances.map((each) => hold(each, comparison, result)),
    trades: differentTrades(baseline, result),
  };
}

/** A metric that is told of beside a baseline. */
export interface MetricBeside {
  readonly metric: ComparedMetric;
  /** What became of it; undefined where nobody asks. */
  readonly held: HeldMetric | undefined;
}

/** The metrics that are judged, and beside them those of the given names. */
export function metricsBeside(
  { comparison, held }: HeldRun,
  shown: readonly string[],
): readonly MetricBeside[] {
  const judged = new Map(held.map((each) => [each.allowance.metric.name, each]));
  return comparison.metrics
    .map((metric) => ({ metric, held: judged.get(metric.name) }))
    .filter(({ metric, held: own }) => own !== undefined || shown.includes(metric.name));
}

function hold(allowance: Allowance, { metrics }: Comparison, result: BacktestResult): HeldMetric {
  const { metric: wanted } = allowance;
  const metric = metrics.find(({ name }) => name === wanted.name) ?? {
    ...wanted,
    ...{ values: [null, null], differences: [null, null] },
  };
  const [before, now] = metric.values;
  const told = (passed: boolean, found: string): HeldMetric => ({ metric, allowance, passed, found });
  const { name } = wanted;
  if (before === null) return told(true, `${name} of the baseline is not known`);
  const was = valueCell(metric, 0);
  if (now === null) return told(false, `${name} is unknown: ${result.metricReasons[name]}; it was ${was}`);
  const worse = wanted.better === "higher" ? before - now : now - before;
  const change = worse === 0 ? "as before" : `${differenceCell(metric, 1)} from ${was}`;
  return told(worse <= allowance.of(before), `${name} is ${valueCell(metric, 1)}, ${change}`);
}

/** As many trades as show what has become of them; after one that is another, all that follow may be. */
const mostShown = 3;

/** The first trades that are others, as a difference of two texts; of other bars all would be. */
function differentTrades(baseline: BacktestResult, result: BacktestResult): readonly string[] | null {
  if (baseline.data.hash !== result.data.hash) return null;
  const [before, now] = [baseline, result].map(({ trades }) => trades.map(lineOf));
  const places = Array.from({ length: Math.max(before.length, now.length) }, (_, i) => i);
  const others = places.filter((i) => before[i] !== now[i]);
  if (others.length === 0) return null;
  const shown = others
    .slice(0, mostShown)
    .flatMap((i) => [
      `@@ trade ${i + 1} @@`,
      ...(i < before.length ? [`- ${before[i]}`] : []),
      ...(i < now.length ? [`+ ${now[i]}`] : []),
    ]);
  const more = others.length - mostShown;
  return more > 0 ? [...shown, `@@ and ${more} more @@`] : shown;
}

const lineOf = (trade: ReportedTrade): string => tradeLine(trade).replaceAll("T00:00:00Z", "");
