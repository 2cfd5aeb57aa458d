/**
 * A statistic of a slice of a history that two sums over its sessions settle: the sums of a slice made of blocks are the
 * sums of the blocks, so that ten thousand slices of ten thousand trials need no look at a session.
 */
export interface SliceStatistic {
  readonly name: string;
  /** What each session adds to the first sum, by its return. */
  readonly first: (value: number) => number;
  /** The same for the second. */
  readonly second: (value: number) => number;
  /** The statistic, higher is better; a finite number, 0 where the slice says nothing. */
  readonly of: (sessions: number, first: number, second: number) => number;
  /**
   * Where it rises with first × |first| ÷ second, which is less work, and is 0 where both are: what that ratio is in slices
   * of which it is `value`.
   */
  readonly ratioAt?: (sessions: number, value: number) => number;
}

/** What is left of a variance that two sums almost cancel in is rounding below this part of them. */
const rounding = 1e-12;

/** Sharpe ratio of one session; 0 of a slice in which nothing moves. */
const sharpe: SliceStatistic = {
  name: "sharpe",
  first: (value) => value,
  second: (value) => value * value,
  of: (sessions, sum, squares) => {
    const spread = squares - (sum * sum) / sessions;
    return spread > rounding * squares ? (sum / sessions) * Math.sqrt((sessions - 1) / spread) : 0;
  },
  ratioAt: (sessions, value) =>
    (sessions ** 2 * value * Math.abs(value)) / (sessions - 1 + sessions * value ** 2),
};

/** Mean over the root mean square of losses, of one session; the mean over one basis point where there is no loss. */
const sortino: SliceStatistic = {
  name: "sortino",
  first: (value) => value,
  second: (value) => Math.min(value, 0) ** 2,
  of: (sessions, sum, squares) => sum / sessions / Math.max(Math.sqrt(squares / sessions), 1e-4),
};

/** Mean logarithmic growth of one session: the order of total returns. A session that loses all counts as e⁻⁵⁰. */
const growth: SliceStatistic = {
  name: "growth",
  first: (value) => (value > -1 ? Math.max(Math.log1p(value), -50) : -50),
  second: () => 0,
  of: (sessions, sum) => sum / sessions,
};

/** The statistics of slices by name. */
export const sliceStatistics = { sharpe, sortino, growth } as const;
