import type { BacktestResult } from "@bitfever/engine";
import type { MetricComparison } from "../measure/comparison.js";
import type { Verdict } from "./verdict.js";

/** A metric that cannot be told passes nothing. */
export function judge({ text, measure, names, holds }: MetricComparison, result: BacktestResult): Verdict {
  const { metrics, metricReasons } = result;
  const value = measure.valueOf(metrics);
  const unknown = names.find((each) => metrics[each] === null);
  const reason = unknown === undefined ? "no finite number" : metricReasons[unknown];
  return {
    text,
    passed: holds(metrics),
    found: `${measure.text} is ${value === null ? `unknown: ${reason}` : String(value)}`,
  };
}
