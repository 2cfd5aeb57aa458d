import { fileURLToPath } from "node:url";
import type { Piscina } from "piscina";
import type { KeptColumns, Point, Proposal, Span } from "@bitfever/engine";
import type { SharedBatches } from "./shared-batches.js";
import type { TrialInput } from "./trial.js";
import type { TrialOutcome } from "./trial-outcome.js";
import type { TrialSource } from "./trial-source.js";

/** What a worker thread is asked. */
export interface TrialTask {
  readonly trials: readonly { readonly point: Point; readonly fidelity: number }[];
  readonly span: Span | undefined;
  /** What they and others have in common, on shared memory. */
  readonly shared: KeptColumns | undefined;
}

type Pool = Piscina<TrialTask, readonly TrialOutcome[]>;

/** Small enough that the threads end together and a lost one loses little, large enough that asking costs nothing. */
const mostTrialsPerTask = 16;

/**
 * Trials made by so many worker threads. Each gets the program once; the columns of the bars are shared.
 *
 * @param input  with bars on shared memory, and without indicators of one's own
 */
export async function workerThreads(
  input: TrialInput,
  count: number,
  batches: SharedBatches,
  filename = searchWorkerFile(),
): Promise<TrialSource> {
  const { Piscina: PiscinaPool } = await import("piscina");
  const pool: Pool = new PiscinaPool({
    ...{
      filename,
      name: "makeTrials",
      workerData: input,
      minThreads: count,
      maxThreads: count,
      recordTiming: false,
    },
  });
  return {
    async *outcomes(proposals, span) {
      const shared = batches.of(proposals, span);
      const tasks = tasksOf(proposals, count).map((trials): TrialTask => ({ trials, span, shared }));
      const begun: Promise<readonly TrialOutcome[]>[] = [];
      for (let next = 0; next < tasks.length || begun.length > 0;) {
        // One task for each thread, and one that waits for it.
        while (next < tasks.length && begun.length < 2 * count) {
          const outcomes = attempt(pool, tasks[next++]);
          // Whoever stops does not wait for those that are begun.
          outcomes.catch(() => undefined);
          begun.push(outcomes);
        }
        yield* (await begun.shift()) ?? [];
      }
    },
    close: () => pool.destroy(),
  };
}

function tasksOf(proposals: readonly Proposal[], threads: number): readonly TrialTask["trials"][] {
  const size = Math.min(mostTrialsPerTask, Math.ceil(proposals.length / (4 * threads)));
  const tasks: TrialTask["trials"][] = [];
  for (let from = 0; from < proposals.length; from += size) {
    tasks.push(proposals.slice(from, from + size).map(({ point, fidelity }) => ({ point, fidelity })));
  }
  return tasks;
}

/** Trials whose thread was lost are made one by one, so that none is blamed for another, and once more where that is lost too. */
async function attempt(pool: Pool, task: TrialTask): Promise<readonly TrialOutcome[]> {
  try {
    return await pool.run(task);
  } catch {
    const outcomes: TrialOutcome[] = [];
    for (const each of task.trials) {
      const alone = { ...task, trials: [each] };
      // A trial that was alone has had its first try.
      const again = task.trials.length === 1 ? null : await pool.run(alone).catch(() => null);
      outcomes.push(again?.[0] ?? (await lastAttempt(pool, alone)));
    }
    return outcomes;
  }
}

async function lastAttempt(pool: Pool, task: TrialTask): Promise<TrialOutcome> {
  try {
    const [outcome] = await pool.run(task);
    return outcome;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return {
      kind: "failure",
      error: { code: "BF5132", message: `its worker thread was lost twice: ${why}` },
    };
  }
}

/** The program of the threads. Built, it lies beside whatever file this one has become part of. */
export function searchWorkerFile(): string {
  const { url: here } = import.meta;
  return fileURLToPath(
    new URL(here.endsWith(".ts") ? "../search-worker.source.mjs" : "./search-worker.js", here),
  );
}
