import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Queue, QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import type { Proposal, Span } from "@bitfever/engine";
import { version } from "../../version.js";
import type { TrialInput } from "../trial.js";
import type { TrialOutcome } from "../trial-outcome.js";
import type { TrialSource } from "../trial-source.js";
import { queueAddress, type QueueAddress } from "./address.js";
import { chunkId, trialNames, type Chunk } from "./chunk.js";
import { ChunkSizes } from "./chunk-sizes.js";
import { connectQueue, queuePeers, refusal, watchConnection } from "./connection.js";
import { goneCode, isStored, refreshedEveryMs, storePackage } from "./package-store.js";
import { announce, present, takeLeave, type PresentStudy } from "./presence.js";
import { queueName, tries } from "./protocol.js";
import { packed, type StudyPackage } from "./study-package.js";
import { findResults, resultsKey } from "./trial-results.js";

export interface QueueSourceOptions {
  /** The address of the queue. */
  readonly queue: string;
  readonly signal: AbortSignal | undefined;
  /** Told what somebody who waits wants to know: that no worker is there, that Redis was lost and is back. */
  readonly onNote: ((note: string) => void) | undefined;
  /** How long one waits for a worker before that is told. */
  readonly patienceMs?: number;
}

/** Between two looks at what no event has told: a Redis that was restarted, a chunk that was lost with it. */
const lookEveryMs = 1_000;
/** How long cleaning up may take where Redis does not answer. */
const farewellMs = 2_000;
const failedKeptSeconds = 3_600;

/**
 * Trials made by workers that listen to a queue, on this machine and others.
 *
 * @param input  without indicators of one's own
 * @throws BitFeverError BF5150 without bullmq and ioredis, BF5151 for what is no address, BF5152 where no Redis can be reached,
 *   BF5156 for more bars than a queue carries
 */
export async function queueSource(input: TrialInput, options: QueueSourceOptions): Promise<TrialSource> {
  const address = queueAddress(options.queue);
  const { bullmq, ioredis } = await queuePeers();
  const redis = await connectQueue({ ioredis }, address);
  const { prefix } = address;
  const study = packed(input);
  try {
    await storePackage(redis, prefix, study);
  } catch (error) {
    redis.disconnect();
    throw refusal(address, error);
  }
  const queue = new bullmq.Queue(queueName, { connection: redis, prefix });
  const events = new bullmq.QueueEvents(queueName, { connection: redis, prefix });
  const who = { id: randomUUID(), version, name: input.program.name };
  return new Coordinator({ redis, queue, events }, address, study, who, options);
}

interface Lines {
  readonly redis: Redis;
  readonly queue: Queue;
  readonly events: QueueEvents;
}

/**
 * Gives chunks of trials to the queue and takes what comes of them. What it believes it looks up in Redis, each time something
 * happens and every second: an event only says that it is time to look.
 */
class Coordinator implements TrialSource {
  private readonly sizes = new ChunkSizes();
  /** Those who wait for news, by the chunk that they wait for. */
  private readonly waiting = new Set<{ readonly id: string; readonly wake: () => void }>();
  private readonly timers: readonly NodeJS.Timeout[];
  private threads = 0;
  /** How long nobody has been there to take a chunk. */
  private aloneMs = 0;
  private hasToldAlone = false;
  private lastNote = "";
  private isLooking = false;
  private isClosed = false;

  constructor(
    private readonly lines: Lines,
    private readonly address: QueueAddress,
    private readonly study: StudyPackage,
    private readonly who: PresentStudy,
    private readonly options: QueueSourceOptions,
  ) {
    const { events, queue, redis } = lines;
    const wake = ({ jobId }: { readonly jobId: string }): void => {
      for (const each of this.waiting) if (each.id === jobId) each.wake();
    };
    events.on("completed", (event) => {
      this.sizes.learn(event.returnvalue);
      wake(event);
    });
    events.on("failed", wake);
    // What is wrong with the connection is told once, by the connection.
    events.on("error", () => undefined);
    queue.on("error", () => undefined);
    watchConnection(redis, (isThere) => {
      if (this.isClosed) return;
      this.note(`the connection to ${address.shown} is ${isThere ? "back" : "lost; trying to get it back"}`);
    });
    const look = (): void => void this.look();
    const refresh = (): void => void storePackage(redis, address.prefix, study).catch(() => undefined);
    this.timers = [setInterval(look, lookEveryMs), setInterval(refresh, refreshedEveryMs)];
    look();
  }

  async *outcomes(proposals: readonly Proposal[], span?: Span): AsyncGenerator<TrialOutcome, void> {
    const begun: Promise<readonly TrialOutcome[]>[] = [];
    let [next, open] = [0, 0];
    const begin = (): void => {
      while (next < proposals.length && open < this.window) {
        const size = this.sizes.next(proposals.length - next, this.threads);
        const trials = proposals.slice(next, next + size).map(({ point, fidelity }) => ({ point, fidelity }));
        next += size;
        open++;
        const outcomes = this.outcomesOf({ study: this.study.hash, span: span ?? null, trials }).finally(
          () => {
            open--;
            begin();
          },
        );
        // Whoever stops does not wait for those that are begun.
        outcomes.catch(() => undefined);
        begun.push(outcomes);
      }
    };
    begin();
    try {
      for (let first = begun.shift(); first !== undefined; first = begun.shift()) {
        const outcomes = await this.unlessStopped(first);
        if (outcomes === null) return;
        yield* outcomes;
      }
    } finally {
      next = proposals.length;
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const each of this.timers) clearInterval(each);
    const { events, queue, redis } = this.lines;
    const { prefix } = this.address;
    const begun = [...new Set([...this.waiting].map(({ id }) => id))];
    const farewell = async (): Promise<void> => {
      // One that a worker has begun stays until it is done.
      for (const id of begun) await queue.remove(id).catch(() => undefined);
      await redis.del(resultsKey(prefix, this.study.hash));
      await takeLeave(redis, prefix, "study", this.who);
      await events.close();
      await queue.close();
    };
    const enough = new AbortController();
    const patience = pause(farewellMs, undefined, { signal: enough.signal }).catch(() => undefined);
    await Promise.race([farewell().catch(() => undefined), patience]);
    enough.abort();
    redis.disconnect();
  }

  /** So many chunks of a study are in the queue at once: enough that no thread waits, and no more, so that studies take turns. */
  private get window(): number {
    return 2 * Math.max(this.threads, 2);
  }

  private get isStopped(): boolean {
    return this.isClosed || this.options.signal?.aborted === true;
  }

  /** Null once one is told to stop. */
  private async unlessStopped<Value>(value: Promise<Value>): Promise<Value | null> {
    const { signal } = this.options;
    if (signal === undefined) return value;
    if (signal.aborted) return null;
    let stop: () => void = () => undefined;
    const stopped = new Promise<null>((resolve) => {
      stop = () => {
        resolve(null);
      };
      signal.addEventListener("abort", stop);
    });
    return Promise.race([value, stopped]).finally(() => {
      signal.removeEventListener("abort", stop);
    });
  }

  private async outcomesOf(chunk: Chunk): Promise<readonly TrialOutcome[]> {
    const { redis, queue } = this.lines;
    const key = resultsKey(this.address.prefix, chunk.study);
    const names = trialNames(chunk);
    const id = chunkId(chunk);
    try {
      for (;;) {
        const news = this.news(id);
        const found = await findResults(redis, key, names);
        if (found.every((each) => each !== null)) return found;
        if (this.isStopped) return [];
        switch (await queue.getJobState(id)) {
          case "unknown":
            await this.deliver(id, chunk);
            break;
          case "failed": {
            const reason = (await queue.getJob(id))?.failedReason ?? "";
            await queue.remove(id);
            if (!reason.startsWith(goneCode)) return await this.outcomesInParts(chunk, reason);
            await storePackage(redis, this.address.prefix, this.study);
            await this.deliver(id, chunk);
            break;
          }
          default:
        }
        await news;
      }
    } catch (error) {
      throw refusal(this.address, error);
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
    await this.lines.queue.add("trials", chunk, {
      jobId: id,
      ...{ attempts: tries, backoff: { type: "exponential", delay: 250 } },
      ...{ removeOnComplete: true, removeOnFail: { age: failedKeptSeconds } },
    });
  }

  /** Resolved by the next event of a chunk, or when it is time to look. */
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

  private async look(): Promise<void> {
    // While Redis is away one look waits for it, and no others behind it.
    if (this.isLooking) return;
    this.isLooking = true;
    const { redis } = this.lines;
    const { prefix } = this.address;
    try {
      await announce(redis, prefix, "study", this.who);
      if (!(await isStored(redis, prefix, this.study.hash))) await storePackage(redis, prefix, this.study);
      const workers = await present(redis, prefix, "worker");
      this.threads = sum(workers.filter((each) => each.version === version).map(({ threads }) => threads));
      this.tellWhoIsThere([...new Set(workers.map((each) => each.version))]);
      for (const each of this.waiting) each.wake();
    } catch (error) {
      if (!this.isClosed) this.note(refusal(this.address, error).message);
    } finally {
      this.isLooking = false;
    }
  }

  /** Says that one waits for workers, once they are missed for long, and that they have come. */
  private tellWhoIsThere(versions: readonly string[]): void {
    const { patienceMs = 10_000 } = this.options;
    if (this.threads > 0) {
      this.aloneMs = 0;
      if (this.hasToldAlone) this.note(`workers have come: ${this.threads} threads`);
      this.hasToldAlone = false;
      return;
    }
    this.aloneMs += this.waiting.size > 0 ? lookEveryMs : 0;
    if (this.hasToldAlone || this.aloneMs < patienceMs) return;
    this.hasToldAlone = true;
    this.note(
      versions.length > 0
        ? `BF5153: the workers at ${this.address.shown} are of BitFever ${versions.join(", ")}, and this is ${version}: install the same version there`
        : `no worker has taken a chunk for ${patienceMs / 1_000} s: start one with \`bf worker --queue ${this.address.shown}\``,
    );
  }

  /** Says it once, until there is something else to say. */
  private note(text: string): void {
    if (text !== this.lastNote) this.options.onNote?.(text);
    this.lastNote = text;
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
