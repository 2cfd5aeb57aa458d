import type { DoneEvidence, Proposal, Span } from "@bitfever/engine";
import type { StudyEvidence, StudyEvidencePart } from "./honesty.js";
import type { SharedBatches } from "./shared-batches.js";
import type { TrialRunner } from "./trial.js";
import type { TrialOutcome } from "./trial-outcome.js";
import { turn } from "../turn.js";

/** A trial that was made. */
export interface MadeTrial {
  readonly outcome: TrialOutcome;
  /** Of this trial and those before it which said `later`; null where nobody has gathered its evidence. */
  readonly evidence: StudyEvidencePart | "later" | null;
}

/** Where trials are made. */
export interface TrialSource {
  /** What comes of proposals, in their order. */
  outcomes(proposals: readonly Proposal[], span?: Span): AsyncIterable<MadeTrial>;
  /** Does the work of a report, once all trials are told; left out where nobody could help with it. */
  evidence?(of: StudyEvidence): Promise<readonly DoneEvidence[]>;
  close(): Promise<void>;
}

/** Trials made one after another by this thread, which has a turn for others between them. */
export async function* madeInTurn(
  proposals: readonly Proposal[],
  trial: (proposal: Proposal) => TrialOutcome,
): AsyncGenerator<MadeTrial, void> {
  for (const proposal of proposals) {
    yield { outcome: trial(proposal), evidence: null };
    await turn();
  }
}

/** Trials made by this thread, with what those of a batch have in common computed once. */
export const ownThread = (runner: TrialRunner, batches: SharedBatches): TrialSource => ({
  async *outcomes(proposals, span) {
    const shared = batches.of(proposals, span);
    yield* madeInTurn(proposals, ({ point, fidelity }) => runner.run(point, fidelity, span, shared));
  },
  close() {
    batches.close();
    return Promise.resolve();
  },
});
