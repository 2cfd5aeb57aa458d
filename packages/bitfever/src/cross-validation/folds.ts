import { workersOf, type OptimizeOptions } from "../optimize/optimize-options.js";
import type { SearchSetup } from "../optimize/search-setup.js";
import { sentSetup } from "../optimize/sent-setup.js";
import { inThisThread, inThreads, type OrderedWork } from "../ordered-work.js";
import { FoldRunner, type Fold, type FoldOutcome } from "./fold-runner.js";

/** Folds made by this thread or by several. An answer is null where it was stopped before its search was over. */
export async function foldsOf(
  setup: SearchSetup,
  options: OptimizeOptions,
  folds: number,
): Promise<OrderedWork<Fold, FoldOutcome | null>> {
  const { input, runner } = setup;
  const count = workersOf(options, {
    ...{ bars: runner.whole.to, total: folds * setup.total },
    hasOwn: input.indicators !== undefined,
  });
  if (count === 0) {
    const runs = new FoldRunner(setup);
    return inThisThread((fold) => runs.run(fold, options.signal));
  }
  const workerData = sentSetup(setup, options);
  return inThreads({ program: "run-worker", name: "fold", workerData, count: Math.min(count, folds) });
}
