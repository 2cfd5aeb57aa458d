import { BitFeverError } from "@bitfever/lang";
import { metrics, type Metric } from "@bitfever/engine";

/** By how much a metric of a run may be worse than it was in an earlier one. */
export interface Allowance {
  readonly metric: Metric;
  /** As it was written. */
  readonly text: string;
  /** In the unit of the metric, of what it was. */
  readonly of: (before: number) => number;
}

/** What is judged where nobody says what is. */
export const usualAllowances = { net_profit: "5%", max_drawdown: "5%", sharpe: "5%" } as const;

/**
 * Reads `5%` (of what the metric was), `2pp` (points of a metric that is a share) or `0.1` (in the unit of the metric).
 *
 * @throws BitFeverError BF5031 for a metric that does not exist, BF5354 for one of which neither more nor less is better, and for what
 *   is no amount
 */
export function parseAllowance(name: string, text: string): Allowance {
  const metric = metrics.get(name);
  if (metric === undefined)
    throw new BitFeverError("BF5031", `there is no metric \`${name}\``, {
      hint: `the metrics are ${[...metrics.keys()].join(", ")}`,
    });
  if (metric.better === "neither")
    throw new BitFeverError("BF5354", `nobody can say which \`${name}\` is worse`, {
      hint: `bound it by an assertion: --assert '${name} < …'`,
    });
  const [, digits, unit] = /^(\d+(?:\.\d+)?|\.\d+)(%|pp)?$/.exec(text) ?? [];
  if (digits === undefined || (unit === "pp" && metric.unit !== "ratio"))
    throw new BitFeverError(
      "BF5354",
      `\`${name}=${text}\` does not say by how much \`${name}\` may be worse`,
      {
        hint: `write ${name}=5% (of what it was) or ${metric.unit === "ratio" ? `${name}=2pp (percentage points)` : `${name}=0.1`}`,
      },
    );
  const amount = Number(unit === undefined ? digits : `${digits}e-2`);
  return { metric, text, of: (before) => (unit === "%" ? amount * Math.abs(before) : amount) };
}
