import { sessionsPerYear } from "./calendar.js";
import type { MetricContext } from "./metric.js";
import { timeWeighted } from "./time-weighted.js";

/**
 * What metrics look at, for a run whose sessions end with these bars.
 *
 * @param sessionEnds  the last bar of each session
 */
export function metricContext(
  run: Pick<MetricContext, "bars" | "equity" | "position" | "initialCapital" | "trades" | "trials"> &
    Partial<Pick<MetricContext, "externalFlows" | "benchmark">>,
  sessionEnds: Int32Array,
): MetricContext {
  const { bars, benchmark = bars, equity, initialCapital, externalFlows = [] } = run;
  const value = timeWeighted(equity, externalFlows);
  return {
    ...run,
    benchmark,
    timeWeighted: value,
    externalFlows,
    sessionEnds,
    sessionsPerYear: sessionsPerYear(bars),
    sessionEquity: Float64Array.from([initialCapital, ...Array.from(sessionEnds, (i) => value[i])]),
    sessionClose: Float64Array.from([
      benchmark.open[0],
      ...Array.from(sessionEnds, (i) => benchmark.close[i]),
    ]),
  };
}
