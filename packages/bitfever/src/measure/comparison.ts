import { BitFeverError } from "@bitfever/lang";
import { parseMetricExpression, type KnownMetrics, type MetricExpression } from "./expression.js";

/** What is demanded of the metrics of a run. */
export interface MetricComparison {
  readonly text: string;
  /** What is compared. */
  readonly measure: MetricExpression;
  /** The metrics that both sides read. */
  readonly names: readonly string[];
  /** What cannot be told passes nothing. */
  readonly holds: (known: KnownMetrics) => boolean;
  /**
   * How far it is from holding, in parts of the bound where that is not 0; 0 where it holds, Infinity where a metric is not
   * known.
   */
  readonly violation: (known: KnownMetrics) => number;
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

/** What is just at a bound that it must not touch is further from holding than what holds. */
const leastViolation = 1e-9;

/**
 * Reads `sharpe > 1`, `max_drawdown < 20%` or `net_profit > 2 * commission_paid`.
 *
 * @throws BitFeverError BF5030 for what is no comparison, BF5130 for a side that is no expression, BF5031 for a metric that
 *   does not exist
 */
export function parseComparison(text: string): MetricComparison {
  const [left, sign, right, ...rest] = text.split(/(<=|>=|==|!=|<|>)/);
  if (sign === undefined || rest.length > 0 || left.trim() === "" || right.trim() === "") throw none(text);
  const [measure, bound] = [parseMetricExpression(left), parseMetricExpression(right)];
  if (measure.names.length + bound.names.length === 0) throw none(text);
  const compare = comparisons[sign];
  return {
    text: text.trim(),
    measure,
    names: [...new Set([...measure.names, ...bound.names])],
    holds(known) {
      const [a, b] = [measure.valueOf(known), bound.valueOf(known)];
      return a !== null && b !== null && compare(a, b);
    },
    violation(known) {
      const [a, b] = [measure.valueOf(known), bound.valueOf(known)];
      if (a === null || b === null) return Infinity;
      if (compare(a, b)) return 0;
      return Math.max(Math.abs(a - b) / (Math.abs(b) || 1), leastViolation);
    },
  };
}

const none = (text: string): BitFeverError =>
  new BitFeverError("BF5030", `\`${text}\` is not a comparison of a metric with a number`, {
    hint: "write it as 'sharpe > 1' or 'max_drawdown < 20%'",
  });
