/** Commands that trade nothing, as they are called: what starts a program asks for no more than their names. */
export const researchNames = [
  ...["backtest", "optimize", "walk", "worker", "validate", "permute", "montecarlo"],
  ...["compare", "portfolio", "eval", "explain", "check", "fmt", "test", "cache", "why"],
] as const;
