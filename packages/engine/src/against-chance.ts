import type { Metric } from "./metric.js";

/** How a result stands among those of chance. */
export interface AgainstChance {
  /** Share of the draws that are worse. */
  readonly percentile: number;
  /** Chance of a result at least so good, the result itself counted among the draws: never 0. */
  readonly pValue: number;
}

/** The share of draws beyond which a result is held for more than chance. */
export const significance = 0.05;

/** Whether a value is better than another by a metric; what cannot be told is worse than anything. */
export function isBetter({ better }: Pick<Metric, "better">, a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a !== null;
  return better === "lower" ? a < b : a > b;
}

/**
 * @source North, Curtis & Sham 2002, "A Note on the Calculation of Empirical P Values from Monte Carlo Procedures"
 */
export function againstChance(
  metric: Pick<Metric, "better">,
  value: number | null,
  draws: readonly (number | null)[],
): AgainstChance {
  const worse = draws.filter((each) => isBetter(metric, value, each)).length;
  return { percentile: worse / draws.length, pValue: (draws.length - worse + 1) / (draws.length + 1) };
}
