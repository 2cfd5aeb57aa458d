import type { DoneEvidence, EvidenceWork } from "@bitfever/engine";
import type { Piscina } from "piscina";
import { startThreads } from "../thread-pool.js";
import { keptWarmMs } from "./kept-warm.js";
import type { StudyTask, TrialAnswer } from "./trial-task.js";

type Pool = Piscina<StudyTask | EvidenceWork>;

/** Those that wait, by what they run and how many they are: one pool of a kind is enough. */
const waiting = new Map<string, { readonly pool: Pool; readonly timer: ReturnType<typeof setTimeout> }>();

/**
 * Threads that a search has for itself, and that outlive it: what they run is compiled then, which takes a thread longer than a
 * hundred trials. The next search of as many is made by them.
 */
export class WarmThreads {
  private running = 0;

  private constructor(
    private readonly pool: Pool,
    private readonly kind: string,
  ) {}

  static async take(filename: string, count: number): Promise<WarmThreads> {
    const kind = `${count} ${filename}`;
    const found = waiting.get(kind);
    if (found !== undefined) {
      waiting.delete(kind);
      clearTimeout(found.timer);
      return new WarmThreads(found.pool, kind);
    }
    const pool: Pool = await startThreads({ filename, name: "makeTrialsOf", workerData: null, count });
    return new WarmThreads(pool, kind);
  }

  run(task: StudyTask): Promise<TrialAnswer | null> {
    return this.ask(task, "makeTrialsOf");
  }

  evidence(work: EvidenceWork): Promise<DoneEvidence> {
    return this.ask(work, "workDone");
  }

  /** @param name  of the function that answers, in the program of the threads */
  private async ask<Answer>(task: StudyTask | EvidenceWork, name: string): Promise<Answer> {
    this.running++;
    try {
      return (await this.pool.run(task, { name })) as Answer;
    } finally {
      this.running--;
    }
  }

  /** Nobody asks them any more: they are ended where they are still at work, or others of their kind wait already. */
  async giveBack(): Promise<void> {
    const { pool, kind } = this;
    if (this.running > 0 || waiting.has(kind)) {
      await pool.destroy();
      return;
    }
    const end = (): void => {
      waiting.delete(kind);
      void pool.destroy();
    };
    waiting.set(kind, { pool, timer: setTimeout(end, keptWarmMs).unref() });
  }
}
