import type { StudyEvidence } from "./honesty.js";
import { PartReceiver } from "./sent-part.js";
import { SharedBatches } from "./shared-batches.js";
import { TrialRunner, type TrialInput } from "./trial.js";
import { enoughForEvidence, type TrialAnswer, type TrialTask } from "./trial-task.js";

/** Makes the trials of a study in a worker thread: it prepares the history once and answers tasks. */
export class TrialMaker {
  private readonly runner: TrialRunner;
  private readonly evidence: StudyEvidence;
  /** What the trials of a task have in common, where nobody has computed it for more of them. */
  private batches: SharedBatches | null = null;

  constructor(
    input: TrialInput,
    private readonly parts = new PartReceiver(),
  ) {
    this.runner = new TrialRunner(input);
    this.evidence = this.runner.evidence();
  }

  make({ trials, span, shared, ownBytes = 0, gathers }: TrialTask): TrialAnswer {
    const { runner, evidence } = this;
    if (ownBytes > 0) this.batches ??= new SharedBatches(runner, ownBytes, undefined);
    const common = shared === undefined ? this.batches?.of(trials, span) : this.parts.of(shared);
    const outcomes = trials.map(({ point, fidelity }) => runner.run(point, fidelity, span, common));
    if (!gathers || span !== undefined || trials.length < enoughForEvidence)
      return { outcomes, evidence: null };
    outcomes.forEach((outcome, i) => {
      evidence.add(trials[i].number, outcome.kind === "figures" ? outcome.returns : null);
    });
    return { outcomes, evidence: evidence.take() };
  }
}
