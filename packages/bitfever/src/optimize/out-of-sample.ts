import {
  certaintyAbove,
  isoTime,
  isUnknown,
  sharpeEstimateOf,
  unknown,
  type MetricContext,
  type Span,
  type Unknown,
} from "@bitfever/engine";
import type { SearchSetup } from "./search-setup.js";
import type { WindowSessions } from "./walk-result.js";

/** What was earned where values were chosen and where they were not, a year's. */
export interface EarnedBeside {
  /** Null where nothing was chosen. */
  readonly inSampleReturn: number | null;
  readonly outOfSampleReturn: number;
  /** Sessions that were traded out of sample. */
  readonly sessions: number;
}

/**
 * What a year earns out of sample for each 1 that it earned where it was chosen, each part counted by the sessions it was traded; null
 * where nothing was earned there.
 */
export function efficiencyOf(parts: readonly EarnedBeside[]): number | null {
  const chosen = parts.filter(({ inSampleReturn }) => inSampleReturn !== null);
  const sumOf = (of: (each: EarnedBeside) => number): number =>
    chosen.reduce((sum, each) => sum + of(each) * each.sessions, 0);
  const inSample = sumOf((each) => each.inSampleReturn ?? 0);
  return inSample > 0 ? sumOf((each) => each.outOfSampleReturn) / inSample : null;
}

/** How likely the true Sharpe ratio of sessions out of sample is above 0. */
export function certaintyOf(returns: Float64Array): number | Unknown {
  if (returns.length < 2) return unknown("no session was traded");
  const estimate = sharpeEstimateOf(returns);
  return isUnknown(estimate) ? estimate : certaintyAbove(estimate, 0);
}

/** Mean return of a session, times the sessions of a year. */
export const yearlyReturn = (
  returns: Float64Array,
  { sessionsPerYear }: Pick<MetricContext, "sessionsPerYear">,
): number => (returns.reduce((sum, each) => sum + each, 0) / returns.length) * sessionsPerYear;

/** @param sessions  those of the bars of the span */
export function windowSessions(
  { from, to }: Span,
  sessions: Span,
  { runner }: Pick<SearchSetup, "runner">,
): WindowSessions {
  const { time } = runner.history.of.bars;
  return {
    ...{ from: dateOf(time[from]), to: dateOf(time[to - 1]) },
    sessions: sessions.to - sessions.from,
  };
}

/** The day of a time. */
export const dateOf = (time: number): string => isoTime(time).slice(0, 10);
