import { workerData } from "node:worker_threads";
import { DrawRunner } from "./chance/draw-runner.js";
import type { DrawWorkerData } from "./chance/draws.js";
import { searchSetup } from "./optimize/search-setup.js";

/* What a worker thread runs that makes draws by their numbers. */

const { strategy, bars, options, drawing } = workerData as DrawWorkerData;
const draws = new DrawRunner(searchSetup(strategy, bars, options), drawing, options.memoryBytes);

export const best = (number: number): ReturnType<DrawRunner["best"]> => draws.best(number);
export const alone = (number: number): ReturnType<DrawRunner["alone"]> => draws.alone(number);
