import { sessionsPerYear } from "./calendar.js";
import { curveOf, valuesAt, valuesOf, type Curve } from "./curve.js";
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
    sessionClose: withFirst(
      benchmark.open[0],
      Float64Array.from(sessionEnds, (end) => benchmark.close[end]),
    ),
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
  const sessionEquity = withFirst(initialCapital, valuesAt(value, sessionEnds));
  return { trades, equity, heldBars, timeWeighted: value, externalFlows, initialCapital, sessionEquity };
}

const asIfWithout = (flows: readonly BookedFlow[], equity: Curve): Curve =>
  flows.length === 0 ? equity : curveOf(timeWeighted(valuesOf(equity), flows));

function withFirst(first: number, others: Float64Array): Float64Array {
  const values = new Float64Array(others.length + 1);
  values[0] = first;
  values.set(others, 1);
  return values;
}
