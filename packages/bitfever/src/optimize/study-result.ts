import type { Dimension, OptionValues } from "@bitfever/engine";
import type { ParameterValue } from "../parameters.js";
import type { Honesty } from "./honesty.js";
import type { StudyTrial } from "./study-trial.js";

/** What a search was made of, whatever came of it. */
export interface SearchBasis {
  readonly program: { readonly name: string; readonly hash: string };
  readonly data: {
    readonly symbols: readonly string[];
    readonly intervalMs: number;
    readonly bars: number;
    readonly sessions: number;
    /** Of its calendar: 252, or 365 where it trades on weekends. */
    readonly sessionsPerYear: number;
    readonly from: string;
    readonly to: string;
    readonly hash: string;
  };
  readonly settingsHash: string;
  readonly method: { readonly name: string; readonly options: OptionValues };
  readonly seed: number;
  readonly objectives: readonly { readonly text: string; readonly better: "higher" | "lower" }[];
  readonly constraints: readonly string[];
  /** What was searched, in numbers as a plan takes them. */
  readonly parameters: readonly Dimension[];
  /** Parameters that had one value in all trials. */
  readonly fixed: Readonly<Record<string, ParameterValue>>;
}

/** What a search has come to, as plain data. */
export interface StudyResult extends SearchBasis {
  readonly schema: "bitfever/optimize@1";
  /** Whether it was stopped before it was over. */
  readonly stopped: boolean;
  readonly counts: { readonly trials: number; readonly failed: number; readonly disallowed: number };
  /** Null where no trial keeps all constraints and has a value for every objective. */
  readonly best: StudyTrial | null;
  /** Numbers of the trials that nothing betters. */
  readonly front: readonly number[];
  /** Null where nothing was chosen. */
  readonly honesty: Honesty | null;
  readonly trials: readonly StudyTrial[];
}
