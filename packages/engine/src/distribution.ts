import { quantile } from "simple-statistics";

/** The values below which 5%, 25%, 50%, 75% and 95% of the draws lie. */
export interface Distribution {
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}

/** @param values  at least one */
export function distributionOf(values: readonly number[]): Distribution {
  const [p5, p25, p50, p75, p95] = quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95]);
  return { p5, p25, p50, p75, p95 };
}
