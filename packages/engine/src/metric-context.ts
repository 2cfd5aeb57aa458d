import { sessionsPerYear as sessionsOf } from "./calendar.js";
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
    Partial<Pick<MetricContext, "externalFlows" | "benchmark" | "ranges">>,
  sessionEnds: Int32Array,
): MetricContext {
  const { bars, benchmark = bars, ranges, initialCapital, externalFlows = [], trials } = run;
  const sessionClose = withFirst(
    benchmark.open[0],
    Float64Array.from(sessionEnds, (end) => benchmark.close[end]),
  );
  const market = {
    bars,
    ranges,
    benchmark,
    sessionEnds,
    sessionClose,
    sessionsPerYear: sessionsOf(bars),
    trials,
  };
  return accountOn(market, record, { initialCapital, externalFlows });
}

/** What is the same for all runs over the same bars. */
type MarketPart = Pick<
  MetricContext,
  "bars" | "ranges" | "benchmark" | "sessionEnds" | "sessionClose" | "sessionsPerYear" | "trials"
>;

/** What metrics look at, for a run over bars of which a context is known. */
export function accountOn(
  { bars, ranges, benchmark, sessionEnds, sessionClose, sessionsPerYear, trials }: MarketPart,
  { trades, equity, heldBars }: PerformanceRecord,
  { initialCapital, externalFlows }: Pick<MetricContext, "initialCapital" | "externalFlows">,
): MetricContext {
  const value = asIfWithout(externalFlows, equity);
  // All spelled out: a context that is spread from another is of a shape of its own, which makes each metric look for all that
  // it reads.
  return {
    bars,
    ranges,
    benchmark,
    sessionEnds,
    sessionClose,
    sessionsPerYear,
    trials,
    trades,
    equity,
    heldBars,
    timeWeighted: value,
    externalFlows,
    initialCapital,
    sessionEquity: withFirst(initialCapital, value.valuesAt(sessionEnds)),
  };
}

const asIfWithout = (flows: readonly BookedFlow[], equity: Curve): Curve =>
  flows.length === 0 ? equity : curveOf(timeWeighted(valuesOf(equity), flows));

function withFirst(first: number, others: Float64Array): Float64Array {
  const values = new Float64Array(others.length + 1);
  values[0] = first;
  values.set(others, 1);
  return values;
}
