import { workersOf, type OptimizeOptions } from "../optimize/optimize-options.js";
import type { SearchSetup } from "../optimize/search-setup.js";
import { sentSetup, type SentSetup } from "../optimize/sent-setup.js";
import type { TrialOutcome } from "../optimize/trial-outcome.js";
import { inThisThread, inThreads, type OrderedWork } from "../ordered-work.js";
import { DrawRunner } from "./draw-runner.js";
import type { Drawing } from "./drawing.js";

/** What a draw is asked for. */
export interface DrawAnswers {
  readonly best: number | null;
  readonly alone: TrialOutcome;
}

/** What each thread is given. */
export interface DrawWorkerData extends SentSetup {
  readonly drawing: Drawing;
}

/** The numbers of so many draws. */
export const numbersTo = (runs: number): readonly number[] =>
  Array.from({ length: runs }, (_, number) => number);

/** Draws by their numbers, made by this thread or by several. */
export async function drawsOf<Asked extends keyof DrawAnswers>(
  asked: Asked,
  setup: SearchSetup,
  options: OptimizeOptions,
  { drawing, runs }: { readonly drawing: Drawing; readonly runs: number },
): Promise<OrderedWork<number, DrawAnswers[Asked]>> {
  const { input, runner } = setup;
  const count = workersOf(options, {
    ...{ bars: runner.whole.to, total: runs * setup.total },
    hasOwn: input.indicators !== undefined,
  });
  if (count === 0) {
    const draws = new DrawRunner(setup, drawing, options.memoryBytes);
    return inThisThread((number) => draws[asked](number) as Promise<DrawAnswers[Asked]>);
  }
  const workerData: DrawWorkerData = { ...sentSetup(setup, options), drawing };
  return inThreads({ program: "run-worker", name: asked, workerData, count });
}
