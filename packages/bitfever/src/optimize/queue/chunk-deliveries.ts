import type { Queue, QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import type { TrialOutcome } from "../trial-outcome.js";
import { chunkId, trialNames, type Chunk } from "./chunk.js";
import { goneCode, storePackage } from "./package-store.js";
import { tries } from "./protocol.js";
import type { StudyPackage } from "./study-package.js";
import { findResults, resultsKey } from "./trial-results.js";

export interface ChunkDeliveriesOptions {
  readonly redis: Redis;
  readonly queue: Queue;
  readonly events: QueueEvents;
  readonly prefix: string;
  readonly study: StudyPackage;
  readonly isStopped: () => boolean;
  /** Told what a worker answers of a chunk. */
  readonly onReport: (report: unknown) => void;
}

const failedKeptSeconds = 3_600;
/** Before a chunk that failed is tried again; twice as long after the second time. */
const firstPauseMs = 250;

/**
 * Gives chunks to the queue and takes what comes of them. What it believes it looks up in Redis, each time something happens and each
 * time it is told to: an event only says that it is time to look.
 */
export class ChunkDeliveries {
  /** Those who wait for news, with the chunk that they wait for. */
  private readonly waiting = new Set<{ readonly id: string; readonly wake: () => void }>();

  constructor(private readonly options: ChunkDeliveriesOptions) {
    const { events, onReport } = options;
    events.on("completed", ({ jobId, returnvalue }) => {
      if (this.wake(jobId)) onReport(returnvalue);
    });
    events.on("failed", ({ jobId }) => {
      this.wake(jobId);
    });
  }

  /** The names of the chunks that are not settled. */
  get open(): ReadonlySet<string> {
    return new Set([...this.waiting].map(({ id }) => id));
  }

  /** Has all that are not settled looked after. */
  lookAfterAll(): void {
    for (const { wake } of this.waiting) wake();
  }

  /** What comes of a chunk; nothing where one is stopped before. */
  async outcomesOf(chunk: Chunk): Promise<readonly TrialOutcome[]> {
    const { redis, queue, prefix, study, isStopped } = this.options;
    const key = resultsKey(prefix, chunk.study);
    const names = trialNames(chunk);
    const id = chunkId(chunk);
    for (;;) {
      const news = this.news(id);
      const found = await findResults(redis, key, names);
      if (found.every((each) => each !== null)) return found;
      if (isStopped()) return [];
      switch (await queue.getJobState(id)) {
        case "unknown":
          await this.deliver(id, chunk);
          break;
        case "failed": {
          const reason = (await queue.getJob(id))?.failedReason ?? "";
          await queue.remove(id);
          if (!reason.startsWith(goneCode)) return this.outcomesInParts(chunk, reason);
          await storePackage(redis, prefix, study);
          await this.deliver(id, chunk);
          break;
        }
        default:
      }
      await news;
    }
  }

  /** A chunk that cannot be made is made trial by trial, so that none is blamed for another. */
  private async outcomesInParts(chunk: Chunk, reason: string): Promise<readonly TrialOutcome[]> {
    if (chunk.trials.length > 1) {
      const parts = chunk.trials.map((each) => this.outcomesOf({ ...chunk, trials: [each] }));
      return (await Promise.all(parts)).flat();
    }
    const message = `${tries} workers failed or were lost over it: ${reason}`;
    return [{ kind: "failure", error: { code: "BF5154", message } }];
  }

  private async deliver(id: string, chunk: Chunk): Promise<void> {
    await this.options.queue.add("trials", chunk, {
      jobId: id,
      ...{ attempts: tries, backoff: { type: "exponential", delay: firstPauseMs } },
      ...{ removeOnComplete: true, removeOnFail: { age: failedKeptSeconds } },
    });
  }

  /** Resolved when there is something new of a chunk, or it is time to look. */
  private news(id: string): Promise<void> {
    return new Promise((resolve) => {
      const waiter = {
        id,
        wake: () => {
          this.waiting.delete(waiter);
          resolve();
        },
      };
      this.waiting.add(waiter);
    });
  }

  /** Whether somebody waited for it. */
  private wake(id: string): boolean {
    const own = [...this.waiting].filter((each) => each.id === id);
    for (const { wake } of own) wake();
    return own.length > 0;
  }
}
