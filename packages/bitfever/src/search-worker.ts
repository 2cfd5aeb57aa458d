import { workerData } from "node:worker_threads";
import { TrialRunner, type TrialInput } from "./optimize/trial.js";
import type { TrialOutcome } from "./optimize/trial-outcome.js";
import type { TrialTask } from "./optimize/worker-threads.js";

/* What a worker thread of a search runs: it prepares the history once and answers tasks. */

const runner = new TrialRunner(workerData as TrialInput);

export const makeTrials = ({ trials, span, shared }: TrialTask): readonly TrialOutcome[] =>
  trials.map(({ point, fidelity }) => runner.run(point, fidelity, span, shared));
