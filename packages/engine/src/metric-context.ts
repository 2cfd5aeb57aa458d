import { sessionsPerYear } from "./calendar.js";
import type { MetricContext } from "./metric.js";

/**
 * What metrics look at, for a run whose sessions end with these bars.
 *
 * @param sessionEnds  the last bar of each session
 */
export function metricContext(
  run: Pick<MetricContext, "bars" | "equity" | "position" | "initialCapital" | "trades" | "trials">,
  sessionEnds: Int32Array,
): MetricContext {
  const { bars, equity, initialCapital } = run;
  return {
    ...run,
    sessionEnds,
    sessionsPerYear: sessionsPerYear(bars),
    sessionEquity: Float64Array.from([initialCapital, ...Array.from(sessionEnds, (i) => equity[i])]),
    sessionClose: Float64Array.from([bars.open[0], ...Array.from(sessionEnds, (i) => bars.close[i])]),
  };
}
