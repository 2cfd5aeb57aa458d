import type { ParameterValue } from "../parameters.js";
import type { Honesty } from "./honesty.js";
import type { SearchBasis } from "./study-result.js";

/** What was learnt on some sessions, and what it came to on those after them. */
export interface WalkedWindow {
  readonly learnt: WindowSessions;
  readonly traded: WindowSessions;
  readonly trials: number;
  /** The values that were chosen; null where no trial kept all constraints, and nothing was traded. */
  readonly params: Readonly<Record<string, ParameterValue>> | null;
  /** The first objective where it was chosen. */
  readonly inSample: number | null;
  /** The same on the sessions after it; null where it cannot be told of so few. */
  readonly outOfSample: number | null;
  /** Mean return of a session where it was chosen, times the sessions of a year. */
  readonly inSampleReturn: number | null;
  readonly outOfSampleReturn: number;
  /** Of the sessions after it. */
  readonly metrics: Readonly<Record<string, number | null>>;
}

export interface WindowSessions {
  /** Dates of the first and the last session. */
  readonly from: string;
  readonly to: string;
  readonly sessions: number;
}

/** What a walk-forward has come to, as plain data. */
export interface WalkResult extends SearchBasis {
  readonly schema: "bitfever/walk@1";
  /** Whether it was stopped before it was over. */
  readonly stopped: boolean;
  /** Whether a window has left nothing to trade with, so that those after it are not there. */
  readonly ruined: boolean;
  readonly kind: "rolling" | "anchored";
  /** Sessions of a window that are learnt from, and traded. */
  readonly train: number;
  readonly test: number;
  /** Sessions before each test that are not learnt from. */
  readonly purge: number;
  readonly windows: readonly WalkedWindow[];
  /** All sessions out of sample as one account, each window with what the one before left. */
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly metricReasons: Readonly<Record<string, string>>;
  /** What a year earns out of sample for each 1 that it earned where it was chosen; null where nothing was earned there. */
  readonly efficiency: number | null;
  /** Share of the windows that earned something out of sample. */
  readonly profitableWindows: number;
  /** The account at the end of each session out of sample. */
  readonly equity: readonly { readonly date: string; readonly equity: number }[];
  /** How likely the true Sharpe ratio out of sample is above 0; null where it cannot be told. */
  readonly certainty: number | null;
  readonly verdict: Honesty["verdict"];
}
