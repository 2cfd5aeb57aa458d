import { sessionsPerYear } from "./calendar.js";
import { curveOf, valuesOf, type Curve } from "./curve.js";
import type { MetricContext } from "./metric.js";
import type { PerformanceRecord } from "./performance-record.js";
import { timeWeighted, type BookedFlow } from "./time-weighted.js";

/**
 * What metrics look at, for a run whose sessions end with these bars.
 *
 * @param sessionEnds  the last bar of each session
 */
export function metricContext(
  record: PerformanceRecord,
  run: Pick<MetricContext, "bars" | "initialCapital" | "trials"> &
    Partial<Pick<MetricContext, "externalFlows" | "benchmark">>,
  sessionEnds: Int32Array,
): MetricContext {
  const { bars, benchmark = bars, initialCapital, externalFlows = [] } = run;
  return {
    ...accountPart(record, { initialCapital, externalFlows, sessionEnds }),
    ...{ bars, benchmark, sessionEnds, trials: run.trials, sessionsPerYear: sessionsPerYear(bars) },
    sessionClose: withFirst(benchmark.open[0], sessionEnds, (end) => benchmark.close[end]),
  };
}

/** The part of a context that another run over the same bars has otherwise. */
export function accountPart(
  { trades, equity, heldBars }: PerformanceRecord,
  {
    initialCapital,
    externalFlows,
    sessionEnds,
  }: Pick<MetricContext, "initialCapital" | "externalFlows" | "sessionEnds">,
): Omit<MetricContext, "bars" | "benchmark" | "sessionsPerYear" | "sessionClose" | "sessionEnds" | "trials"> {
  const value = asIfWithout(externalFlows, equity);
  const sessionEquity = withFirst(initialCapital, sessionEnds, (bar) => value.valueAt(bar));
  return { trades, equity, heldBars, timeWeighted: value, externalFlows, initialCapital, sessionEquity };
}

const asIfWithout = (flows: readonly BookedFlow[], equity: Curve): Curve =>
  flows.length === 0 ? equity : curveOf(timeWeighted(valuesOf(equity), flows));

function withFirst(first: number, ends: Int32Array, of: (bar: number) => number): Float64Array {
  const values = new Float64Array(ends.length + 1);
  values[0] = first;
  for (let i = 0; i < ends.length; i++) values[i + 1] = of(ends[i]);
  return values;
}
