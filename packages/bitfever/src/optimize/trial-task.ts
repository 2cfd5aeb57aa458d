import type { Proposal, Span } from "@bitfever/engine";
import type { StudyEvidencePart } from "./honesty.js";
import type { SentPart } from "./sent-part.js";
import type { TrialInput } from "./trial.js";
import type { TrialOutcome } from "./trial-outcome.js";

/** Evidence of fewer trials is larger than their returns, from which whoever asks can gather it as well. */
export const enoughForEvidence = 4;

/** What a worker thread is asked. */
export interface TrialTask {
  readonly trials: readonly Pick<Proposal, "number" | "point" | "fidelity">[];
  readonly span: Span | undefined;
  /** What they and others have in common, on shared memory. */
  readonly shared: SentPart | undefined;
  /** Bytes for what they have in common, which the thread computes itself: for a queue, whose trials are apart. */
  readonly ownBytes?: number;
  /** Whether the evidence of all is wanted. */
  readonly gathers: boolean;
}

/** What a worker thread answers. */
export interface TrialAnswer {
  readonly outcomes: readonly TrialOutcome[];
  /** Of all trials of the task; null where it is not wanted, they are too few for it, or on a part of the history. */
  readonly evidence: StudyEvidencePart | null;
}

/** What a thread is asked that makes the trials of one study after another. */
export interface StudyTask {
  readonly study: number;
  /** Its study, where it has said that it does not know it. */
  readonly input: TrialInput | null;
  /** Null where it is to do nothing but to be there. */
  readonly task: TrialTask | null;
}
