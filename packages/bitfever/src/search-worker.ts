import { workerData } from "node:worker_threads";
import { PartReceiver } from "./optimize/sent-part.js";
import { TrialMaker } from "./optimize/trial-maker.js";
import type { TrialInput } from "./optimize/trial.js";
import type { StudyTask, TrialAnswer, TrialTask } from "./optimize/trial-task.js";

export { workDone } from "./optimize/honesty.js";

/* What a worker thread of a search runs: for one study that it was started for, or for one after another. */

const own = isStudy(workerData) ? new TrialMaker(workerData) : null;
const parts = new PartReceiver();
let newest: { readonly study: number; readonly maker: TrialMaker } | null = null;

/** Of the study that the thread was started for. */
export function makeTrials(task: TrialTask): TrialAnswer {
  if (own === null) throw new Error("a thread that was started for no study makes trials of none");
  return own.make(task);
}

/** Null where nobody has told it what the study is; what it knew of another one is forgotten. */
export function makeTrialsOf({ study, input, task }: StudyTask): TrialAnswer | null {
  if (newest?.study !== study)
    newest = input === null ? null : { study, maker: new TrialMaker(input, parts) };
  return newest === null || task === null ? null : newest.maker.make(task);
}

function isStudy(given: unknown): given is TrialInput {
  return typeof given === "object" && given !== null && "program" in given;
}
