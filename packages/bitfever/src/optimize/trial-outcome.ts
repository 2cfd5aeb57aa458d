/** What is kept of a trial: any full result is made anew when somebody asks for it. */
export type TrialOutcome = TrialFigures | TrialFailure;

export interface TrialFigures {
  readonly kind: "figures";
  /** Of the metrics that were asked for; null where one cannot be told. */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** Simple returns, one a session; 0 after the account has fallen to nothing. */
  readonly returns: Float64Array;
  /** Closed and open ones. */
  readonly trades: number;
  /** Of the longest trade, in bars from entry to exit. */
  readonly longestHolding: number;
  /** Kernels that were run over the bars for it; 0 where that is not known, as of a universe or a trial of a file. */
  readonly kernels: number;
}

export interface TrialFailure {
  readonly kind: "failure";
  readonly error: { readonly code: string; readonly message: string };
}
