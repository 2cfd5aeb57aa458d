/** What a loop written by hand comes to: the same as ours, and nothing that one strategy does not need. */
export interface HandRun {
  readonly trades: readonly HandTrade[];
  /** At the close of each bar. */
  readonly equity: Float64Array;
  readonly metrics: Readonly<Record<string, number>>;
}

/** A long trade; while it is open its exit is not there: −1 and NaN. */
export interface HandTrade {
  readonly entryBar: number;
  readonly entryPrice: number;
  exitBar: number;
  exitPrice: number;
  readonly quantity: number;
  /** Net of both commissions. */
  profit: number;
  commission: number;
}
