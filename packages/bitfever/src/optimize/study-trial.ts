import { paramsOf, valuesAt, type Proposal, type Space, type Trial } from "@bitfever/engine";
import type { Program } from "@bitfever/lang";
import type { ParameterValue } from "../parameters.js";
import type { Measures } from "./measures.js";
import type { TrialFailure, TrialOutcome } from "./trial-outcome.js";

/** A trial as it is told. */
export interface StudyTrial {
  /** From 0 on. */
  readonly number: number;
  /** All parameters as one gives them: members of an enum by name, durations as `30m`. */
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** The share of the history that it was tried on. */
  readonly fidelity: number;
  /** The value of each objective; null where it cannot be told. */
  readonly objectives: readonly (number | null)[];
  /** Whether all constraints hold. */
  readonly allowed: boolean;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly trades: number;
  /** Of the longest trade, in bars. */
  readonly longestHolding: number;
  /** Why it failed; null where it did not. */
  readonly error: TrialFailure["error"] | null;
}

/** A trial with what is not told but needed. */
export interface RecordedTrial {
  readonly told: StudyTrial;
  /** As the search hears of it. */
  readonly found: Trial;
  /** Null where it failed. */
  readonly returns: Float64Array | null;
}

export function recordedTrial(
  { number, point, fidelity }: Proposal,
  outcome: TrialOutcome,
  {
    program,
    space,
    measures,
  }: { readonly program: Program; readonly space: Space; readonly measures: Measures },
): RecordedTrial {
  const params = paramsOf(program, valuesAt(space, point));
  if (outcome.kind === "failure") {
    const objectives = measures.objectives.map(() => null);
    const nothing = { allowed: false, metrics: {}, trades: 0, longestHolding: 0 };
    return {
      told: { number, params, fidelity, objectives, ...nothing, error: outcome.error },
      found: { number, point, fidelity, objectives: measures.turned(objectives), violation: Infinity },
      returns: null,
    };
  }
  const { metrics, trades, longestHolding, returns } = outcome;
  const objectives = measures.valuesOf(metrics);
  const violation = measures.violationOf(metrics);
  const allowed = violation === 0;
  return {
    told: { number, params, fidelity, objectives, allowed, metrics, trades, longestHolding, error: null },
    found: { number, point, fidelity, objectives: measures.turned(objectives), violation },
    returns,
  };
}
