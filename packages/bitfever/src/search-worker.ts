import { workerData } from "node:worker_threads";
import { SharedBatches } from "./optimize/shared-batches.js";
import { TrialRunner, type TrialInput } from "./optimize/trial.js";
import type { TrialAnswer, TrialTask } from "./optimize/worker-threads.js";

/* What a worker thread of a search runs: it prepares the history once and answers tasks. */

const runner = new TrialRunner(workerData as TrialInput);
const evidence = runner.evidence();

/** Evidence of fewer is larger than their returns, from which whoever asks can gather it as well. */
const enoughForEvidence = 4;

/** What the trials of a task have in common, where nobody has computed it for more of them. */
let batches: SharedBatches | null = null;

export function makeTrials({ trials, span, shared, ownBytes = 0, gathers }: TrialTask): TrialAnswer {
  if (ownBytes > 0) batches ??= new SharedBatches(runner, ownBytes, undefined);
  const common = shared ?? batches?.of(trials, span);
  const outcomes = trials.map(({ point, fidelity }) => runner.run(point, fidelity, span, common));
  if (!gathers || span !== undefined || trials.length < enoughForEvidence)
    return { outcomes, evidence: null };
  outcomes.forEach((outcome, i) => {
    evidence.add(trials[i].number, outcome.kind === "figures" ? outcome.returns : null);
  });
  return { outcomes, evidence: evidence.take() };
}
