import { BitFeverError } from "@bitfever/lang";
import { metrics, type BacktestResult } from "@bitfever/engine";

export interface Assertion {
  readonly text: string;
  readonly metric: string;
  readonly holds: (value: number) => boolean;
}

export interface Verdict {
  readonly assertion: Assertion;
  readonly passed: boolean;
  /** What the metric was, or why it is not known. */
  readonly found: string;
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

/**
 * Reads `sharpe > 1` or `max_drawdown < 20%`.
 *
 * @throws BitFeverError BF5030 for what is no comparison, BF5031 for a metric that does not exist
 */
export function parseAssertion(text: string): Assertion {
  const match = /^\s*([a-z]\w*)\s*(<=|>=|==|!=|<|>)\s*(-?[\d.]+(?:e[+-]?\d+)?)(%?)\s*$/i.exec(text);
  const compare = match === null ? undefined : comparisons[match[2]];
  const bound = match === null ? NaN : Number(match[4] === "%" ? `${match[3]}e-2` : match[3]);
  if (match === null || compare === undefined || Number.isNaN(bound))
    throw new BitFeverError("BF5030", `\`${text}\` is not a comparison of a metric with a number`, {
      hint: "write it as 'sharpe > 1' or 'max_drawdown < 20%'",
    });
  const [, metric] = match;
  if (!metrics.has(metric))
    throw new BitFeverError("BF5031", `there is no metric \`${metric}\``, {
      hint: `the metrics are ${[...metrics.keys()].join(", ")}`,
    });
  return { text, metric, holds: (value) => compare(value, bound) };
}

/** A metric that cannot be told passes nothing. */
export function judge(assertion: Assertion, result: BacktestResult): Verdict {
  const value = result.metrics[assertion.metric];
  if (value === null)
    return { assertion, passed: false, found: `unknown: ${result.metricReasons[assertion.metric]}` };
  return { assertion, passed: assertion.holds(value), found: String(value) };
}
