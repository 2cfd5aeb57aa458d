import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { BitFeverError } from "@bitfever/lang";
import { version } from "../../version.js";
import { threadProgram } from "../../thread-pool.js";
import { queueAddress } from "./address.js";
import { ChunkMaker } from "./chunk-maker.js";
import { columnCache } from "./column-cache.js";
import { connectQueue, queuePeers, watchConnection } from "./connection.js";
import { announce, announcedEveryMs, present, takeLeave, type PresentWorker } from "./presence.js";
import { queueName, tries } from "./protocol.js";
import type { WorkerEvent } from "./worker-event.js";

export interface QueueWorkerOptions {
  /** The address of the queue. */
  readonly queue: string;
  readonly threads: number;
  /** After so many seconds without a sign of life of a worker its chunk is given to another. */
  readonly leaseSeconds: number;
  /** A folder that keeps columns for the next time. */
  readonly cache: string | undefined;
  /** Leaves after so many seconds without a chunk. */
  readonly idleExitSeconds: number | undefined;
  /** Finishes the chunks at hand and leaves. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: WorkerEvent) => void;
  /** The program of the threads. */
  readonly filename?: string;
}

/** How long a worker whose connection failed waits before it asks again. */
const askAgainMs = 500;
/** Between two looks at whether it is time to leave. */
const lookEveryMs = 100;

/**
 * Makes trials for the studies of a queue until it is told to leave.
 *
 * @throws BitFeverError BF5021 for a cache that cannot be written, BF5150 without bullmq and ioredis, BF5151 for what is no address,
 *   BF5152 where no Redis can be reached
 */
export async function serveQueue(options: QueueWorkerOptions): Promise<void> {
  const { threads, leaseSeconds, onEvent, filename = threadProgram("search-worker") } = options;
  const address = queueAddress(options.queue);
  const { prefix, shown: queue } = address;
  const { bullmq, ioredis } = await queuePeers();
  const cache = await columnCache(options.cache);
  const redis = await connectQueue({ ioredis }, address);
  const maker = new ChunkMaker({ redis, prefix, threads, filename, cache, onEvent });
  let hasLooked = false;
  const worker = new bullmq.Worker(
    queueName,
    async ({ data }) => {
      try {
        return await maker.make(data);
      } catch (error) {
        // What is wrong with what was found in the queue is wrong for all who try.
        if (!(error instanceof BitFeverError)) throw error;
        throw new bullmq.UnrecoverableError(`${error.code}: ${error.message}`);
      }
    },
    {
      ...{ connection: redis, prefix, concurrency: threads, runRetryDelay: askAgainMs },
      ...{ lockDuration: leaseSeconds * 1_000, stalledInterval: leaseSeconds * 1_000 },
      maxStalledCount: tries - 1,
    },
  );
  worker.on("drained", () => {
    hasLooked = true;
  });
  worker.on("failed", (_job, { message }) => {
    onEvent({ event: "failed", why: message });
  });
  // A connection that is lost is told below; a chunk that was given to another worker has the same result there.
  worker.on("error", () => undefined);
  let isLeaving = false;
  watchConnection(redis, (isThere) => {
    if (!isLeaving) onEvent({ event: isThere ? "back" : "lost", queue });
  });
  const who: PresentWorker = { id: `${hostname()}-${process.pid}-${randomUUID()}`, version, threads };
  const strangers = new Set<string>();
  const greet = async (): Promise<void> => {
    await announce(redis, prefix, "worker", who);
    for (const study of await present(redis, prefix, "study")) {
      if (study.version === version || strangers.has(study.id)) continue;
      strangers.add(study.id);
      onEvent({ event: "mismatch", study: study.name, version: study.version });
    }
  };
  await greet();
  const greeting = setInterval(() => void greet().catch(() => undefined), announcedEveryMs);
  onEvent({ event: "ready", queue, threads });

  const isTimeToLeave = (): boolean => {
    const { idleExitSeconds = Infinity, signal } = options;
    return signal.aborted || (hasLooked && maker.idleMs() >= idleExitSeconds * 1_000);
  };
  while (!isTimeToLeave()) await pause(lookEveryMs);

  isLeaving = true;
  clearInterval(greeting);
  // Where Redis is away, nobody can be told what came of the chunks at hand: others make them.
  const isAway = redis.status !== "ready";
  await worker.close(isAway);
  await maker.close();
  if (!isAway) await takeLeave(redis, prefix, "worker", who);
  redis.disconnect();
  onEvent({ event: "left", ...maker.made });
}
