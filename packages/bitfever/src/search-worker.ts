import { workerData } from "node:worker_threads";
import { TrialRunner, type TrialInput } from "./optimize/trial.js";
import type { TrialAnswer, TrialTask } from "./optimize/worker-threads.js";

/* What a worker thread of a search runs: it prepares the history once and answers tasks. */

const runner = new TrialRunner(workerData as TrialInput);
const evidence = runner.evidence();

/** Evidence of fewer is larger than their returns, from which whoever asks can gather it as well. */
const enoughForEvidence = 4;

export function makeTrials({ trials, span, shared, gathers }: TrialTask): TrialAnswer {
  const outcomes = trials.map(({ point, fidelity }) => runner.run(point, fidelity, span, shared));
  if (!gathers || span !== undefined || trials.length < enoughForEvidence)
    return { outcomes, evidence: null };
  outcomes.forEach((outcome, i) => {
    evidence.add(trials[i].number, outcome.kind === "figures" ? outcome.returns : null);
  });
  return { outcomes, evidence: evidence.take() };
}
