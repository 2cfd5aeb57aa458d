import type { BacktestResult } from "@bitfever/engine";
import type { MetricComparison } from "../measure/comparison.js";

export interface Verdict {
  readonly assertion: MetricComparison;
  readonly passed: boolean;
  /** What the metric was, or why it is not known. */
  readonly found: string;
}

/** A metric that cannot be told passes nothing. */
export function judge(assertion: MetricComparison, result: BacktestResult): Verdict {
  const value = assertion.measure.valueOf(result.metrics);
  const unknown = assertion.names.find((each) => result.metrics[each] === null);
  const reason = unknown === undefined ? "no finite number" : result.metricReasons[unknown];
  return {
    assertion,
    passed: assertion.holds(result.metrics),
    found: value === null ? `unknown: ${reason}` : String(value),
  };
}
