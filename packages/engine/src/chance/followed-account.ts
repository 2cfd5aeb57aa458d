/** What becomes of an account of 1. */
export interface FollowedAccount {
  readonly final: number;
  /** The least it was worth, the 1 counted. */
  readonly lowest: number;
  /** The deepest fall below a peak, as a fraction of it. */
  readonly maxDrawdown: number;
}

/** An account of 1 that earns one return after another, until nothing is left: what has nothing earns nothing. */
export function followedAccount(returns: ArrayLike<number>): FollowedAccount {
  let [value, peak, lowest, maxDrawdown] = [1, 1, 1, 0];
  for (let i = 0; i < returns.length && value > 0; i++) {
    value = Math.max(0, value * (1 + returns[i]));
    peak = Math.max(peak, value);
    lowest = Math.min(lowest, value);
    maxDrawdown = Math.max(maxDrawdown, 1 - value / peak);
  }
  return { final: value, lowest, maxDrawdown };
}
