import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { Proposal } from "@bitfever/engine";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { compile, version } from "../../../src/index.js";
import { storePackage } from "../../../src/optimize/queue/package-store.js";
import { announce } from "../../../src/optimize/queue/presence.js";
import { queueName } from "../../../src/optimize/queue/protocol.js";
import { queueSource, type QueueSourceOptions } from "../../../src/optimize/queue/queue-source.js";
import { serveQueue } from "../../../src/optimize/queue/serve-queue.js";
import { packed } from "../../../src/optimize/queue/study-package.js";
import type { WorkerEvent } from "../../../src/optimize/queue/worker-event.js";
import { searchSetup } from "../../../src/optimize/search-setup.js";
import type { TrialOutcome } from "../../../src/optimize/trial-outcome.js";
import type { TrialSource } from "../../../src/optimize/trial-source.js";
import { codeOf } from "../../code-of.js";
import { bars, cross } from "../cross.js";
import { hasRedis, RedisServer, until } from "./redis-server.js";

/* What a coordinator and workers do about each thing that can go wrong, with threads that only pretend to make trials. */

const folder = mkdtempSync(join(tmpdir(), "bitfever-coordinator-"));
const made = join(folder, "made");
const threads = join(folder, "threads.mjs");
writeFileSync(
  threads,
  `import { appendFileSync } from "node:fs";
  export const makeTrials = ({ trials }) => {
    appendFileSync(${JSON.stringify(made)}, trials.map(({ point: [value] }) => value + "\\n").join(""));
    const outcomes = trials.map(({ point: [value] }) => {
      if (value === 13) process.exit(1);
      const metrics = { third: value / 3, none: null, endless: Infinity };
      const returns = Float64Array.of(value, -0, NaN);
      return { kind: "figures", metrics, returns, trades: 1, longestHolding: 2, kernels: 3 };
    });
    return { outcomes, evidence: null };
  };`,
);

const proposals = (from: number, to: number): readonly Proposal[] =>
  Array.from({ length: to - from }, (_, i) => ({ number: i, point: [from + i], fidelity: 1 }));
const outcomeOf = ({ point: [value] }: Proposal): TrialOutcome => ({
  ...{ kind: "figures", metrics: { third: value / 3, none: null, endless: Infinity } },
  ...{ returns: Float64Array.of(value, -0, NaN), trades: 1, longestHolding: 2, kernels: 3 },
});

const { input } = searchSetup(compile(cross), bars, {});

describe.skipIf(!hasRedis)("a coordinator of a queue", () => {
  let [server, redis]: [RedisServer, Redis] = [] as never;
  const leaving: (() => Promise<void>)[] = [];
  let count = 0;

  beforeAll(async () => {
    server = await RedisServer.start();
    redis = server.client();
    redis.on("error", () => undefined);
  });
  afterEach(async () => {
    for (const leave of leaving.splice(0).reverse()) await leave();
  });
  afterAll(async () => {
    redis.disconnect();
    await server.remove();
    rmSync(folder, { recursive: true });
  });

  /** A queue of each test's own. */
  const newQueue = (): { prefix: string; queue: string } => {
    const prefix = `test${count++}`;
    appendFileSync(made, "");
    writeFileSync(made, "");
    return { prefix, queue: server.address(prefix) };
  };
  const madeTrials = (): readonly number[] =>
    readFileSync(made, "utf8")
      .split("\n")
      .slice(0, -1)
      .map(Number)
      .sort((a, b) => a - b);

  const serve = (queue: string): WorkerEvent[] => {
    const events: WorkerEvent[] = [];
    const leave = new AbortController();
    const left = serveQueue({
      ...{ queue, threads: 2, leaseSeconds: 5, cache: undefined, idleExitSeconds: undefined },
      ...{ signal: leave.signal, onEvent: (event) => events.push(event), filename: threads },
    });
    leaving.push(async () => {
      leave.abort();
      await left;
    });
    return events;
  };
  const sourceAt = async (
    queue: string,
    options: Partial<QueueSourceOptions> = {},
  ): Promise<{ source: TrialSource; notes: string[] }> => {
    const notes: string[] = [];
    const onNote = (note: string): void => void notes.push(note);
    const source = await queueSource(input, { queue, signal: undefined, onNote, ...options });
    leaving.push(() => source.close());
    return { source, notes };
  };
  const all = async (source: TrialSource, asked: readonly Proposal[]): Promise<TrialOutcome[]> => {
    const outcomes: TrialOutcome[] = [];
    for await (const { outcome } of source.outcomes(asked)) outcomes.push(outcome);
    return outcomes;
  };

  it("a trial of which its worker dies fails alone", async () => {
    const { queue } = newQueue();
    serve(queue);
    const { source } = await sourceAt(queue);
    const asked = proposals(0, 20);
    expect(await all(source, asked)).toEqual(
      asked.map((each) =>
        each.point[0] === 13
          ? {
              kind: "failure",
              error: {
                code: "BF5154",
                message: expect.stringMatching(/^3 workers failed or were lost over it: ./) as string,
              },
            }
          : outcomeOf(each),
      ),
    );
  });

  it("a Redis that comes back empty is filled again", async () => {
    const { queue } = newQueue();
    serve(queue);
    const { source, notes } = await sourceAt(queue);
    const asked = proposals(20, 120);
    const outcomes: TrialOutcome[] = [];
    for await (const { outcome } of source.outcomes(asked)) {
      outcomes.push(outcome);
      if (outcomes.length === 10) await server.restartEmpty();
    }
    expect(outcomes).toEqual(asked.map(outcomeOf));
    // The last answers may have come before the connection is there again.
    await vi.waitFor(
      () => {
        for (const news of ["is lost", "is back"])
          expect(notes).toContainEqual(expect.stringContaining(news));
      },
      { timeout: 20_000 },
    );
  });

  it("a column that was thrown out of Redis is put there again", async () => {
    const { queue, prefix } = newQueue();
    const { source } = await sourceAt(queue);
    await redis.del(...(await redis.keys(`${prefix}:column:*`)));
    serve(queue);
    const asked = proposals(20, 25);
    expect(await all(source, asked)).toEqual(asked.map(outcomeOf));
  });

  it("a column that was changed in Redis is refused", async () => {
    const { queue, prefix } = newQueue();
    const { source } = await sourceAt(queue);
    for (const key of await redis.keys(`${prefix}:column:*`)) await redis.set(key, "\0 something else");
    const events = serve(queue);
    const [outcome] = await all(source, proposals(20, 21));
    expect(outcome).toMatchObject({
      error: { code: "BF5154", message: expect.stringContaining("BF5155") as string },
    });
    expect(events).toContainEqual({
      event: "failed",
      why: expect.stringContaining("another than its hash") as string,
    });
  });

  it("what is no chunk fails alone", async () => {
    const { queue, prefix } = newQueue();
    const stranger = new Queue(queueName, { connection: redis, prefix });
    await stranger.add("trials", { code: "process.exit()" });
    const events = serve(queue);
    const { source } = await sourceAt(queue);
    const asked = proposals(20, 25);
    expect(await all(source, asked)).toEqual(asked.map(outcomeOf));
    expect(events).toContainEqual({ event: "failed", why: expect.stringContaining("BF5155") as string });
    await stranger.close();
  });

  it("what was made for a coordinator that was lost is found by the next one, and made once", async () => {
    const { queue } = newQueue();
    serve(queue);
    const asked = proposals(20, 50);
    const lost = await sourceAt(queue);
    await all(lost.source, asked.slice(0, 20));
    const next = await sourceAt(queue);
    expect(await all(next.source, asked)).toEqual(asked.map(outcomeOf));
    expect(madeTrials()).toEqual(asked.map(({ point: [value] }) => value));
  });

  it("several studies share a queue", async () => {
    const { queue } = newQueue();
    serve(queue);
    const sources = [await sourceAt(queue), await sourceAt(queue)];
    const asked = [proposals(20, 60), proposals(70, 110)];
    const outcomes = await Promise.all(sources.map(({ source }, i) => all(source, asked[i])));
    expect(outcomes).toEqual(asked.map((each) => each.map(outcomeOf)));
  });

  it("a worker keeps the last four studies ready, and lets go of those before", async () => {
    const { queue } = newQueue();
    const events = serve(queue);
    const studies = [1, 2, 3, 4, 5].map(
      (seed) => searchSetup(compile(cross), bars, { settings: { seed } }).input,
    );
    for (const each of [...studies, studies[4], studies[0]]) {
      const source = await queueSource(each, { queue, signal: undefined, onNote: undefined });
      expect(await all(source, proposals(20, 21))).toHaveLength(1);
      await source.close();
    }
    const fetched = events.flatMap((each) => (each.event === "study" ? [each] : []));
    expect(fetched.map(({ hash }) => hash)).toEqual(
      [...studies, studies[0]].map((each) => packed(each).hash),
    );
    // The columns of the bars are those of the first.
    expect(fetched.map(({ fetchedBytes }) => fetchedBytes > 10_000)).toEqual([true, ...Array(5).fill(false)]);
  });

  it("says that nobody is there, is stopped by its signal, and leaves nothing that stays", async () => {
    const { queue, prefix } = newQueue();
    const stop = new AbortController();
    const { source, notes } = await sourceAt(queue, { signal: stop.signal, patienceMs: 1_000 });
    const outcomes = all(source, proposals(20, 50));
    await until(() => notes.length > 0);
    expect(notes).toEqual([
      `no worker has taken a chunk for 1 s: start one with \`bf worker --queue ${server.address(prefix)}\``,
    ]);
    stop.abort();
    expect(await outcomes).toEqual([]);
    await source.close();
    const chunks = new Queue(queueName, { connection: redis, prefix });
    expect(await chunks.getJobCounts("waiting", "active", "failed")).toEqual({
      waiting: 0,
      active: 0,
      failed: 0,
    });
    await chunks.close();
    const own = await redis.keys(`${prefix}:[^t]*`);
    expect(await Promise.all(own.map((key) => redis.ttl(key)))).toEqual(
      own.map(() => expect.toSatisfy((seconds: number) => seconds > 0) as number),
    );
  });

  it("a worker that is told to leave while Redis is away leaves", async () => {
    const { queue } = newQueue();
    const events = serve(queue);
    await until(() => events.some(({ event }) => event === "ready"));
    await server.stop();
    await until(() => events.some(({ event }) => event === "lost"));
    await leaving.pop()?.();
    expect(events.at(-1)).toEqual({ event: "left", trials: 0, chunks: 0 });
    await server.start();
  });

  it("tells both sides of another version", async () => {
    const { queue, prefix } = newQueue();
    await redis.zadd(`${prefix}:present:worker`, "inf", "nobody");
    await announce(redis, prefix, "worker", { id: "w", version: "9.9.9", threads: 8 });
    await announce(redis, prefix, "study", { id: "s", version: "9.9.9", name: "Other" });
    const { source, notes } = await sourceAt(queue, { patienceMs: 1_000 });
    const outcomes = all(source, proposals(20, 21));
    await until(() => notes.length > 0);
    expect(notes[0]).toMatch(`are of BitFever 9.9.9, and this is ${version}`);
    await announce(redis, prefix, "study", { id: "s", version: "9.9.9", name: "Other" });
    const events = serve(queue);
    expect(await outcomes).toHaveLength(1);
    expect(events).toContainEqual({ event: "mismatch", study: "Other", version: "9.9.9" });
  });

  it("says what Redis refuses, and what it cannot carry", async () => {
    const { queue, prefix } = newQueue();
    await redis.config("SET", "maxmemory", "1");
    expect(await codeOf(() => sourceAt(queue))).toBe("BF5157");
    await redis.config("SET", "maxmemory", "0");
    const large = { byteLength: 2 ** 30, length: 2 ** 27 } as Float64Array;
    const study = { ...packed(input), columns: new Map([["large", large]]) };
    expect(await codeOf(() => storePackage(redis, prefix, study))).toBe("BF5156");
  });

  it("takes no other database than the one it was given", async () => {
    const { queue } = newQueue();
    expect(await codeOf(() => sourceAt(queue.replace("?", "/77?")))).toBe("BF5152");
  });

  it("gives the password of its address, and never tells it", async () => {
    await redis.config("SET", "requirepass", "secret");
    const [bare] = [server.address("locked")];
    await expect(sourceAt(bare)).rejects.toMatchObject({
      ...{ code: "BF5152", hint: expect.stringContaining("user:password@") as string },
    });
    const wrong: unknown = await sourceAt(bare.replace("//", "//:wrong-one@")).catch(
      (error: unknown) => error,
    );
    expect(wrong).toMatchObject({
      code: "BF5152",
      message: expect.not.stringContaining("wrong-one") as string,
    });
    const { source } = await sourceAt(bare.replace("//", "//:secret@"));
    await source.close();
    await redis.config("SET", "requirepass", "");
  });
});
