/** How a rebalance can share the account by what the returns of its members were: `weight risk_parity(60)`. */
export const weightingNames = ["inverse_volatility", "risk_parity", "minimum_variance"] as const;

export type WeightingName = (typeof weightingNames)[number];

/** Fewer returns have no variance. */
export const shortestReturns = 2;

export const isWeightingLength = (value: number): boolean =>
  Number.isSafeInteger(value) && value >= shortestReturns && value <= 1_000_000;
