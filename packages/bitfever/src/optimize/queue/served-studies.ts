import type { Piscina } from "piscina";
import { onSharedMemory } from "../shared-bars.js";
import type { TrialInput } from "../trial.js";
import type { TrialOutcome } from "../trial-outcome.js";
import type { TrialTask } from "../worker-threads.js";

/** How many studies are kept ready; of more, the one that was asked for longest ago is let go. */
const mostStudies = 4;

interface Served {
  readonly name: string;
  readonly pool: Piscina<TrialTask, readonly TrialOutcome[]>;
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

  /** Makes trials of a study, and tells its name. A thread that is lost fails the task. */
  async make(
    hash: string,
    task: TrialTask,
  ): Promise<{ readonly study: string; readonly outcomes: readonly TrialOutcome[] }> {
    const served = await this.study(hash);
    served.running++;
    try {
      return { study: served.name, outcomes: await served.pool.run(task) };
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
    const { Piscina: PiscinaPool } = await import("piscina");
    const { fetch, filename, threads } = this.options;
    const input = await fetch(hash);
    await this.letGo();
    const pool: Served["pool"] = new PiscinaPool({
      ...{ filename, name: "makeTrials", workerData: onSharedMemory(input), recordTiming: false },
      ...{ minThreads: threads, maxThreads: threads },
    });
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
