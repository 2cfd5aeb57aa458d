import type { Piscina } from "piscina";
import { startThreads } from "../../thread-pool.js";
import { onSharedMemory } from "../shared-bars.js";
import { usualMemoryBytes } from "../shared-batches.js";
import type { TrialInput } from "../trial.js";
import type { TrialOutcome } from "../trial-outcome.js";
import type { TrialAnswer, TrialTask } from "../trial-task.js";
import type { Chunk } from "./chunk.js";

/** How many studies are kept ready; of more, the one that was asked for longest ago is let go. */
const mostStudies = 4;

interface Served {
  readonly name: string;
  readonly pool: Piscina<TrialTask, TrialAnswer>;
  running: number;
}

export interface ServedStudiesOptions {
  readonly threads: number;
  /** The program of the threads. */
  readonly filename: string;
  readonly fetch: (hash: string) => Promise<TrialInput>;
}

/** The studies that a worker makes trials of: for each its threads, with the history prepared. */
export class ServedStudies {
  /** The one that was asked for last comes last. */
  private readonly studies = new Map<string, Promise<Served>>();

  constructor(private readonly options: ServedStudiesOptions) {}

  /** Makes the trials of a chunk, and tells the name of its study. A thread that is lost fails all of them. */
  async make({
    study: hash,
    span,
    trials,
  }: Chunk): Promise<{ readonly study: string; readonly outcomes: readonly TrialOutcome[] }> {
    const served = await this.study(hash);
    const numbered = trials.map((each, number) => ({ ...each, number }));
    served.running++;
    try {
      const { outcomes } = await served.pool.run({
        ...{ trials: numbered, span: span ?? undefined, shared: undefined, gathers: false },
        ownBytes: Math.floor(usualMemoryBytes / this.options.threads),
      });
      return { study: served.name, outcomes };
    } finally {
      served.running--;
    }
  }

  async close(): Promise<void> {
    const all = [...this.studies.values()];
    this.studies.clear();
    await Promise.allSettled(all.map(async (each) => (await each).pool.destroy()));
  }

  private async study(hash: string): Promise<Served> {
    const study = this.studies.get(hash) ?? this.begin(hash);
    this.studies.delete(hash);
    this.studies.set(hash, study);
    try {
      return await study;
    } catch (error) {
      this.studies.delete(hash);
      throw error;
    }
  }

  private async begin(hash: string): Promise<Served> {
    const { fetch, filename, threads: count } = this.options;
    const input = await fetch(hash);
    await this.letGo();
    const workerData = onSharedMemory(input);
    const pool: Served["pool"] = await startThreads({ filename, name: "makeTrials", workerData, count });
    pool.on("error", () => {
      // Threads that do not come to life are of no use to anybody: whoever asks next begins anew.
      this.studies.delete(hash);
      void pool.destroy();
    });
    return { name: input.program.name, pool, running: 0 };
  }

  private async letGo(): Promise<void> {
    for (const [hash, study] of [...this.studies].slice(0, -mostStudies)) {
      // One that could not be fetched goes by itself.
      const served = await study.catch(() => null);
      if (served === null || served.running > 0) continue;
      this.studies.delete(hash);
      await served.pool.destroy();
    }
  }
}
