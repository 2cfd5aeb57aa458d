import type { Distribution, Verdict } from "@bitfever/engine";
import type { ParameterValue } from "../parameters.js";
import type { SearchBasis } from "../optimize/study-result.js";
import type { WindowSessions } from "../optimize/walk-result.js";

/** What was learnt on some spans of the history, and what it came to on the others. */
export interface ValidatedSplit {
  readonly learnt: readonly WindowSessions[];
  readonly tested: readonly WindowSessions[];
  readonly trials: number;
  /** The values that were chosen; null where no trial kept all constraints, and nothing was traded. */
  readonly params: Readonly<Record<string, ParameterValue>> | null;
  /** The first objective where it was chosen, over all spans as one account. */
  readonly inSample: number | null;
  /** The same where it was tested; null where it cannot be told of so few sessions. */
  readonly outOfSample: number | null;
  /** Mean return of a session where it was chosen, times the sessions of a year. */
  readonly inSampleReturn: number | null;
  readonly outOfSampleReturn: number;
}

/** A whole history out of sample: each group of sessions traded with what a split chose that tested it. */
export interface ValidatedPath {
  /** Of each group, the split whose values it was traded with. */
  readonly splits: readonly number[];
  /** The first objective over the whole path; null where it cannot be told. */
  readonly objective: number | null;
  readonly metrics: Readonly<Record<string, number | null>>;
  /** How likely the true Sharpe ratio is above 0; null where it cannot be told. */
  readonly certainty: number | null;
  /** The account at the end of each session, beside `dates`. */
  readonly equity: readonly number[];
}

/** What a cross-validation has come to, as plain data. */
export interface CrossValidationResult extends SearchBasis {
  readonly schema: "bitfever/cross-validation@1";
  /** Whether it was stopped before it was over. */
  readonly stopped: boolean;
  /** Into how many groups the history is cut, and how many of them are tested at a time. */
  readonly groups: number;
  readonly testGroups: number;
  /** Sessions on either side of a test that are not learnt from, as trades last so long. */
  readonly purge: number;
  /** Sessions after it that are not either, as indicators look back so far. */
  readonly embargo: number;
  readonly splits: readonly ValidatedSplit[];
  /** None where it was stopped before all splits were made. */
  readonly paths: readonly ValidatedPath[];
  /** Of the sessions of paths. */
  readonly dates: readonly string[];
  /** Of the first objective over the paths; null where no path has a value. */
  readonly distribution: Distribution | null;
  /** What a year earns out of sample for each 1 that it earned where it was chosen; null where nothing was earned there. */
  readonly efficiency: number | null;
  /** What the search finds best on the whole history; null where it was stopped before, or nothing was chosen. */
  readonly whole: {
    readonly params: Readonly<Record<string, ParameterValue>>;
    readonly objective: number | null;
  } | null;
  /** Share of the splits that earned something out of sample. */
  readonly profitableSplits: number;
  /** How likely the true Sharpe ratio of the path in the middle is above 0; null where it cannot be told. */
  readonly certainty: number | null;
  /** In words: what was asked, and what was not. */
  readonly asked: string;
  readonly notAsked: string;
  readonly verdict: Verdict;
}
