import type { Bars } from "@bitfever/engine";
import { workersOf, type OptimizeOptions } from "../optimize/optimize-options.js";
import type { SearchSetup } from "../optimize/search-setup.js";
import { onSharedMemory } from "../optimize/shared-bars.js";
import type { TrialOutcome } from "../optimize/trial-outcome.js";
import { inThisThread, inThreads, type OrderedWork } from "../ordered-work.js";
import type { Strategy } from "../strategy.js";
import { DrawRunner } from "./draw-runner.js";
import type { Drawing } from "./drawing.js";

/** What a draw is asked for. */
export interface DrawAnswers {
  readonly best: number | null;
  readonly alone: TrialOutcome;
}

/** What each thread is given. */
export interface DrawWorkerData {
  readonly strategy: Pick<Strategy, "program">;
  readonly bars: readonly Bars[];
  readonly options: OptimizeOptions;
  readonly drawing: Drawing;
}

/** Draws by their numbers, made by this thread or by several. */
export async function drawsOf<Asked extends keyof DrawAnswers>(
  asked: Asked,
  setup: SearchSetup,
  options: OptimizeOptions,
  { drawing, runs }: { readonly drawing: Drawing; readonly runs: number },
): Promise<OrderedWork<number, DrawAnswers[Asked]>> {
  const { input, runner, strategy } = setup;
  const hasOwn = input.indicators !== undefined;
  const total = runs * (Number.isFinite(setup.total) ? setup.total : 1);
  const count = workersOf(options, { bars: runner.whole.to, total, hasOwn });
  const draws = new DrawRunner(setup, drawing, options.memoryBytes);
  if (count === 0) return inThisThread((number) => draws[asked](number) as Promise<DrawAnswers[Asked]>);
  const { bars, settings } = onSharedMemory(input);
  // Functions and signals cannot be sent.
  const plain = { ...options, signal: undefined, onProgress: undefined, onShared: undefined };
  const workerData: DrawWorkerData = {
    ...{ strategy: { program: strategy.program }, bars, drawing },
    options: { ...plain, ...settings },
  };
  return inThreads({ program: "draw-worker", name: asked, workerData, count });
}
