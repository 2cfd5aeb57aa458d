/** What a system that was never switched off has come to by the close of a session. */
export interface TrackSoFar {
  /** Account value at the close of each session so far, the capital before the first in front; in any money. */
  readonly equity: Float64Array;
  /** Net profit of each trade that is over, in the order in which they ended. */
  readonly profits: Float64Array;
}

/** How much of a track a filter must have seen before it can tell. */
export interface Needed {
  readonly sessions?: number;
  readonly trades?: number;
}

export interface EquityFilterParameter {
  readonly name: string;
  readonly summary: string;
  /** Counts are whole; a ratio is a share, 0.1 for 10%. No unit is money, so no answer depends on the size of the account. */
  readonly unit: "sessions" | "trades" | "ratio";
  readonly default: number;
  readonly least: number;
  readonly most: number;
}

/**
 * A rule that holds a system or leaves it, by what the system would have earned if it had always been held. It answers
 * at the close of each session for the session after it. Before it has seen what it needs, the system is on.
 */
export interface EquityFilter {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly parameters: readonly EquityFilterParameter[];
  readonly needs: (values: readonly number[]) => Needed;
  /**
   * @param track   no later than the close of the session
   * @param values  of the parameters, in their order
   */
  readonly isOn: (track: TrackSoFar, values: readonly number[]) => boolean;
}

export const defineEquityFilter = (filter: EquityFilter): EquityFilter => filter;

/** The parameter of filters that look at the last sessions. */
export const sessions = (given: {
  readonly default: number;
  readonly summary: string;
}): EquityFilterParameter => ({
  name: "sessions",
  unit: "sessions",
  least: 2,
  most: 10_000,
  ...given,
});

/** The parameter of filters that look at the last trades. */
export const lastTrades = (given: {
  readonly default: number;
  readonly summary: string;
}): EquityFilterParameter => ({
  name: "trades",
  unit: "trades",
  least: 1,
  most: 10_000,
  ...given,
});
