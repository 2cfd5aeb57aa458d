import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Queue, QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import type { Proposal, Span } from "@bitfever/engine";
import { version } from "../../version.js";
import type { TrialInput } from "../trial.js";
import type { TrialOutcome } from "../trial-outcome.js";
import type { MadeTrial, TrialSource } from "../trial-source.js";
import { queueAddress, type QueueAddress } from "./address.js";
import { Attendance } from "./attendance.js";
import { ChunkDeliveries } from "./chunk-deliveries.js";
import { ChunkSizes } from "./chunk-sizes.js";
import { connectQueue, queuePeers, refusal, watchConnection } from "./connection.js";
import { isStored, refreshedEveryMs, storePackage } from "./package-store.js";
import { announce, present, takeLeave, type PresentStudy } from "./presence.js";
import { queueName } from "./protocol.js";
import { packed, type StudyPackage } from "./study-package.js";
import { resultsKey } from "./trial-results.js";

export interface QueueSourceOptions {
  /** The address of the queue. */
  readonly queue: string;
  readonly signal: AbortSignal | undefined;
  /** Told what somebody who waits wants to know: that no worker is there, that Redis was lost and is back. */
  readonly onNote: ((note: string) => void) | undefined;
  /** How long one waits for a worker before that is told; ten seconds where not given. */
  readonly patienceMs?: number;
}

/** Between two looks at what no event has told: a Redis that was restarted, a chunk that was lost with it. */
const lookEveryMs = 1_000;
/** How long one waits for a worker before that is told. */
const usualPatienceMs = 10_000;
/** How long cleaning up may take where Redis does not answer. */
const farewellMs = 2_000;

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
  // What is wrong with the connection is told once, by the connection.
  events.on("error", () => undefined);
  queue.on("error", () => undefined);
  const who = { id: randomUUID(), version, name: input.program.name };
  return new Coordinator({ redis, queue, events }, address, study, who, options);
}

interface Lines {
  readonly redis: Redis;
  readonly queue: Queue;
  readonly events: QueueEvents;
}

class Coordinator implements TrialSource {
  private readonly sizes = new ChunkSizes();
  private readonly deliveries: ChunkDeliveries;
  private readonly attendance: Attendance;
  private readonly timers: readonly NodeJS.Timeout[];
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
    const { patienceMs = usualPatienceMs, signal } = options;
    const { prefix, shown } = address;
    const { redis } = lines;
    this.deliveries = new ChunkDeliveries({
      ...{ ...lines, prefix, study },
      isStopped: () => this.isClosed || signal?.aborted === true,
      onReport: (report) => {
        this.sizes.learn(report);
      },
    });
    const say = (text: string): void => {
      this.say(text);
    };
    this.attendance = new Attendance({ address: shown, patienceMs, say });
    watchConnection(redis, (isThere) => {
      if (!this.isClosed)
        say(`the connection to ${shown} is ${isThere ? "back" : "lost; trying to get it back"}`);
    });
    const look = (): void => void this.look();
    const refresh = (): void => void storePackage(redis, prefix, study).catch(() => undefined);
    this.timers = [setInterval(look, lookEveryMs), setInterval(refresh, refreshedEveryMs)];
    look();
  }

  async *outcomes(proposals: readonly Proposal[], span?: Span): AsyncGenerator<MadeTrial, void> {
    const begun: Promise<readonly TrialOutcome[]>[] = [];
    let [next, open] = [0, 0];
    const begin = (): void => {
      while (next < proposals.length && open < this.mostOpen) {
        const size = this.sizes.next(proposals.length - next, this.attendance.threads);
        const trials = proposals.slice(next, next + size).map(({ point, fidelity }) => ({ point, fidelity }));
        next += size;
        open++;
        const chunk = { study: this.study.hash, span: span ?? null, trials };
        const outcomes = this.deliveries.outcomesOf(chunk).finally(() => {
          open--;
          begin();
        });
        // Whoever stops does not wait for those that are begun.
        outcomes.catch(() => undefined);
        begun.push(outcomes);
      }
    };
    begin();
    try {
      for (let first = begun.shift(); first !== undefined; first = begun.shift()) {
        const outcomes = await unlessStopped(first, this.options.signal);
        if (outcomes === null) return;
        yield* outcomes.map((outcome) => ({ outcome, evidence: null }));
      }
    } catch (error) {
      throw refusal(this.address, error);
    } finally {
      next = proposals.length;
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const each of this.timers) clearInterval(each);
    const { events, queue, redis } = this.lines;
    const { prefix } = this.address;
    const farewell = async (): Promise<void> => {
      // One that a worker has begun stays until it is done.
      for (const id of this.deliveries.open) await queue.remove(id).catch(() => undefined);
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
  private get mostOpen(): number {
    return 2 * Math.max(this.attendance.threads, 2);
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
      const isWaiting = this.deliveries.open.size > 0;
      this.attendance.see(await present(redis, prefix, "worker"), isWaiting ? lookEveryMs : 0);
      this.deliveries.lookAfterAll();
    } catch (error) {
      if (!this.isClosed) this.say(refusal(this.address, error).message);
    } finally {
      this.isLooking = false;
    }
  }

  /** Says it once, until there is something else to say. */
  private say(text: string): void {
    if (text !== this.lastNote) this.options.onNote?.(text);
    this.lastNote = text;
  }
}

/** Null once one is told to stop. */
async function unlessStopped<Value>(
  value: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value | null> {
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
