import { workerData } from "node:worker_threads";
import { DrawRunner } from "./chance/draw-runner.js";
import type { DrawWorkerData } from "./chance/draws.js";
import { FoldRunner, type Fold } from "./cross-validation/fold-runner.js";
import { receivedSetup, type SentSetup } from "./optimize/sent-setup.js";

/* What a worker thread runs that makes whole runs or searches: draws by their numbers, and folds. */

const { drawing, ...sent } = workerData as SentSetup & Partial<DrawWorkerData>;
const setup = receivedSetup(sent);
const folds = new FoldRunner(setup);
const draws = drawing && new DrawRunner(setup, drawing, sent.options.memoryBytes);

export const best = (number: number): ReturnType<DrawRunner["best"]> | undefined => draws?.best(number);
export const alone = (number: number): ReturnType<DrawRunner["alone"]> | undefined => draws?.alone(number);
export const fold = (task: Fold): ReturnType<FoldRunner["run"]> => folds.run(task);
