import type { Distribution, SequentialTestResult, Verdict } from "@bitfever/engine";
import type { ParameterValue } from "../parameters.js";
import type { StudyResult } from "../optimize/study-result.js";
import type { Drawing } from "./drawing.js";

/** What a permutation test has come to, as plain data. */
export interface PermutationResult
  extends
    Pick<StudyResult, "program" | "data" | "settingsHash" | "seed" | "constraints" | "stopped">,
    SequentialTestResult {
  readonly schema: "bitfever/permutation@1";
  /** Whether the strategy was run with given values, or the whole search was made anew on each draw. */
  readonly tested: "strategy" | "search";
  /** Of the search; null where none was made. */
  readonly method: StudyResult["method"] | null;
  readonly objective: StudyResult["objectives"][number];
  /** Values of the parameters on the bars as they were: those given, or those that the search chose. */
  readonly params: Readonly<Record<string, ParameterValue>> | null;
  /** How bars of chance were made. */
  readonly bars: Drawing["kind"];
  /** Mean length of the blocks, in bars; null for permuted bars. */
  readonly meanBlock: number | null;
  /** Whether bars only changed places with those at the same place of their sessions. */
  readonly keepsTimeOfDay: boolean;
  /** How many bars before the first that may change. */
  readonly kept: number;
  /** How many runs there would have been at most, and after how many as good ones it ends. */
  readonly most: number;
  readonly enough: number;
  /** The objective on the bars as they were. */
  readonly observed: number | null;
  /** Of the draws that have a value; null where none has. */
  readonly distribution: Distribution | null;
  /** The objective of each draw, in order; null where it cannot be told. */
  readonly draws: readonly (number | null)[];
  /** In words: what was asked, and what was not. */
  readonly asked: string;
  readonly notAsked: string;
  readonly verdict: Verdict;
}
