import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryStore } from "../packages/runtime/test/journal/memory-store.js";
import { ChannelDelivery } from "../packages/bitfever/src/services/alerts/channel-delivery.js";
import type { Sending } from "../packages/bitfever/src/services/alerts/channels/channel.js";
import { DeliveryQueue, type Waiting } from "../packages/bitfever/src/services/alerts/delivery-queue.js";
import type { Message } from "../packages/bitfever/src/services/alerts/message.js";
import type { QuietHours } from "../packages/bitfever/src/services/alerts/quiet-hours.js";
import { TokenBucket } from "../packages/bitfever/src/services/alerts/token-bucket.js";
import { HandClock, start } from "../packages/bitfever/test/services/surroundings.js";

/* Messages on their way: kept until they arrive, and sent when they may be. */

const waiting = (id: string, change: Partial<Waiting> = {}): Waiting => ({
  ...{
    id,
    channel: "a",
    account: "main",
    level: "info",
    kind: "fill",
    time: start,
    since: start,
    title: id,
    text: id,
  },
  ...change,
});
const idsOf = (queue: DeliveryQueue, channel = "a"): string[] => queue.of(channel).map(({ id }) => id);

describe("the queue", () => {
  it("has in the next life what was not done", () => {
    const store = memoryStore();
    const queue = new DeliveryQueue(store);
    for (const id of ["1", "2", "3"]) queue.put(waiting(id));
    queue.put(waiting("4", { channel: "b" }));
    queue.done(["2"]);
    // It is killed: nothing was closed.
    const next = new DeliveryQueue(store);
    expect([idsOf(next), idsOf(next, "b"), next.damage]).toEqual([["1", "3"], ["4"], null]);
  });

  it("keeps what is given up where people find it", () => {
    const store = memoryStore();
    const queue = new DeliveryQueue(store);
    queue.put(waiting("1"));
    queue.giveUp(queue.of("a"), "HTTP 400 no");
    expect(new DeliveryQueue(store).size).toBe(0);
    const kept = new TextDecoder().decode(store.read("undelivered.jsonl", 0, 10_000));
    expect(JSON.parse(kept)).toEqual({
      ...waiting("1"),
      time: "2026-03-02T12:00:00.000Z",
      why: "HTTP 400 no",
    });
  });

  it("goes on without what cannot be read, and says so", () => {
    const store = memoryStore({
      "waiting.jsonl": `${JSON.stringify({ put: waiting("1") })}\n{"put":{"id":\n[]\n${JSON.stringify({ put: waiting("2") })}\n{"pu`,
    });
    const queue = new DeliveryQueue(store);
    expect([idsOf(queue), queue.damage]).toEqual([["1", "2"], "3 lines of waiting.jsonl cannot be read"]);
    queue.put(waiting("3"));
    expect(new DeliveryQueue(store).damage).toBeNull();
    expect(idsOf(new DeliveryQueue(store))).toEqual(["1", "2", "3"]);
  });

  it("does not grow with what is done", () => {
    const store = memoryStore();
    const queue = new DeliveryQueue(store);
    for (let i = 0; i < 3_000; i++) {
      queue.put(waiting(`${i}`));
      queue.done([`${i}`]);
    }
    expect(store.size("waiting.jsonl")).toBeLessThan(200_000);
  });

  it("loses nothing that was synced by a loss of power, whatever was in the middle of being written", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("put", "done", "sync", "crash"), { maxLength: 40 }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (steps, chances) => {
          const store = memoryStore();
          let queue = new DeliveryQueue(store);
          let [synced, gone, number] = [new Set<string>(), new Set<string>(), 0];
          for (const step of steps) {
            if (step === "put") queue.put(waiting(`${number++}`));
            else if (step === "done") {
              const [first] = idsOf(queue);
              if (first !== undefined) queue.done([first]);
              if (first !== undefined) gone.add(first);
            } else if (step === "sync") {
              queue.sync();
              synced = new Set(idsOf(queue));
            } else {
              store.crash(() => chances.next().value as number);
              queue = new DeliveryQueue(store);
              for (const id of synced) if (!gone.has(id)) expect(idsOf(queue)).toContain(id);
              // What was done may be there again, and is sent again under its id.
              gone = new Set([...gone].filter((id) => !idsOf(queue).includes(id)));
              synced = new Set(idsOf(queue));
            }
          }
        },
      ),
    );
  });
});

interface WorldOptions {
  readonly burst?: number;
  readonly perMinute?: number;
  readonly quiet?: QuietHours | null;
  readonly giveUpAfterMs?: number;
  readonly at?: number;
  readonly queue?: DeliveryQueue;
}

/** A channel whose answers a test gives. */
function world(options: WorldOptions = {}) {
  const { burst = 100, perMinute = 6_000, quiet = null, giveUpAfterMs = 3_600_000, at = start } = options;
  const clock = new HandClock(at);
  const queue = options.queue ?? new DeliveryQueue(memoryStore());
  const sent: (Message & { readonly at: number; readonly outcome: Sending["kind"] })[] = [];
  const givenUp: string[] = [];
  const lines: string[] = [];
  let answers: Sending[] = [];
  let isClosed = false;
  const say = (text: string): void => void lines.push(text);
  const delivery = new ChannelDelivery({
    ...{ name: "a", queue, bucket: new TokenBucket(burst, perMinute), quiet, clock, random: () => 0 },
    retry: { firstMs: 2_000, longestMs: 60_000, giveUpAfterMs },
    log: { info: say, warn: say, error: say },
    channel: {
      send: async (message) => {
        const answer = answers.shift() ?? { kind: "delivered" };
        sent.push({ ...message, at: clock.now() - at, outcome: answer.kind });
        return answer;
      },
      close: () => {
        isClosed = true;
      },
    },
    onGivenUp: (messages, why) => {
      queue.giveUp(messages, why);
      for (const { id } of messages) givenUp.push(`${id}: ${why}`);
    },
  });
  const put = (...messages: readonly Waiting[]): void => {
    for (const each of messages) queue.put(each);
    delivery.nudge();
  };
  return {
    ...{ clock, queue, sent, givenUp, lines, delivery, put },
    answer: (...next: Sending[]) => void (answers = next),
    isClosed: () => isClosed,
    texts: () => sent.map(({ text }) => text),
    times: () => sent.map((each) => each.at),
  };
}

const failed = (why = "HTTP 503", more: object = {}): Sending => ({
  kind: "failed",
  why,
  isFinal: false,
  ...more,
});

describe("a delivery", () => {
  it("sends what waits, in order, and is done with it", async () => {
    const { put, clock, texts, queue } = world();
    put(waiting("1"), waiting("2"), waiting("3"));
    await clock.pass(0);
    expect([texts(), queue.size]).toEqual([["1", "2", "3"], 0]);
  });

  it("tries again later each time, under the same id, and says when it is back", async () => {
    const { put, clock, sent, times, answer, queue, lines } = world();
    answer(failed(), failed(), failed());
    put(waiting("1"));
    await clock.pass(60_000);
    expect(times()).toEqual([0, 1_000, 3_000, 7_000]);
    expect(new Set(sent.map(({ id }) => id))).toEqual(new Set(["1"]));
    expect(queue.size).toBe(0);
    expect(lines).toEqual([
      ...Array.from({ length: 3 }, () => "a does not deliver: HTTP 503"),
      "a delivers again",
    ]);
  });

  it("waits for as long as the other side asks", async () => {
    const { put, clock, times, answer } = world();
    answer(failed("HTTP 429", { retryAfterMs: 42_000 }));
    put(waiting("1"));
    await clock.pass(120_000);
    expect(times()).toEqual([0, 42_000]);
  });

  it("gives up what will never be taken, and goes on with the next", async () => {
    const { put, clock, givenUp, texts, answer, queue } = world();
    answer(failed("HTTP 400", { isFinal: true }));
    put(waiting("1"), waiting("2"));
    await clock.pass(0);
    expect([givenUp, texts(), queue.size]).toEqual([["1: HTTP 400"], ["1", "2"], 0]);
  });

  it("gives up what has waited too long", async () => {
    const { put, clock, givenUp, answer, queue } = world({ giveUpAfterMs: 20_000 });
    answer(...Array.from({ length: 20 }, () => failed()));
    put(waiting("1"), waiting("2", { time: 0, since: start + 3_600_000 }));
    await clock.pass(60_000);
    expect(givenUp).toEqual(["1: not delivered in time: HTTP 503"]);
    expect(idsOf(queue)).toEqual(["2"]);
  });

  it("tells in one what its pace does not let it tell one by one", async () => {
    const { put, clock, sent, times, queue } = world({ burst: 2, perMinute: 1 });
    put(waiting("1"), waiting("2"));
    await clock.pass(0);
    put(...["3", "4", "5"].map((id) => waiting(id)));
    await clock.pass(59_000);
    expect(times()).toEqual([0, 0]);
    await clock.pass(2_000);
    expect(times()).toEqual([0, 0, 60_000]);
    expect(sent[2]).toMatchObject({ kind: "digest", title: "3 alerts were held back: 3 fill" });
    expect(queue.size).toBe(0);
  });

  it("lets nothing stand in the way of what is critical", async () => {
    const { put, clock, texts } = world({ burst: 1, perMinute: 1 });
    put(waiting("1"));
    await clock.pass(0);
    put(waiting("2"), waiting("3"), waiting("4", { level: "critical" }));
    await clock.pass(0);
    expect(texts()).toEqual(["1", "4"]);
  });

  it("is quiet when it should be, and tells in one what was held back", async () => {
    const quiet: QuietHours = { from: 12 * 3_600_000, to: 13 * 3_600_000, zone: "UTC", breaks: "warning" };
    const { put, clock, sent, times } = world({ quiet, burst: 2 });
    put(waiting("1"), waiting("2"), waiting("3"), waiting("4", { level: "warning" }));
    await clock.pass(3_599_000);
    expect(sent.map(({ text }) => text)).toEqual(["4"]);
    await clock.pass(2_000);
    expect(times()).toEqual([0, 3_600_000]);
    expect(sent[1].title).toBe("3 alerts were held back: 3 fill");
  });

  it("tries each by itself where several in one will not be taken", async () => {
    const { put, clock, givenUp, texts, answer } = world({ burst: 1 });
    answer(
      failed("HTTP 400", { isFinal: true }),
      { kind: "delivered" },
      failed("HTTP 400", { isFinal: true }),
    );
    put(waiting("1"), waiting("2"), waiting("3"));
    await clock.pass(0);
    expect(texts().slice(1)).toEqual(["1", "2", "3"]);
    expect(givenUp).toEqual(["2: HTTP 400"]);
  });

  it("goes on where the disk cannot be written", async () => {
    const store = memoryStore();
    const queue = new DeliveryQueue(store);
    const { put, clock, texts, lines } = world({ queue });
    let isFull = true;
    const { sync } = store;
    Object.assign(store, {
      sync: (name: string) => {
        if (isFull) throw new Error("ENOSPC");
        sync(name);
      },
    });
    put(waiting("1"));
    await clock.pass(500);
    expect([texts(), lines]).toEqual([[], ["a does not deliver: ENOSPC"]]);
    isFull = false;
    await clock.pass(10_000);
    expect(texts()).toEqual(["1"]);
  });

  it("tries once more when it ends, whatever the hour, and keeps the rest", async () => {
    const quiet: QuietHours = { from: 0, to: 86_340_000, zone: "UTC", breaks: "critical" };
    const { put, clock, sent, delivery, isClosed } = world({ quiet });
    put(waiting("1"), waiting("2"));
    await clock.pass(0);
    expect(sent).toEqual([]);
    await delivery.stop(5_000);
    expect(sent).toMatchObject([{ title: "2 alerts were held back: 2 fill" }]);
    expect(isClosed()).toBe(true);

    const other = world();
    other.answer(failed(), failed());
    other.put(waiting("1"));
    await other.clock.pass(0);
    await other.delivery.stop(5_000);
    expect([other.times(), other.queue.size, other.clock.waiting]).toEqual([[0, 0], 1, 0]);
  });

  it("does not wait longer for its end than it was told", async () => {
    const clock = new HandClock(start);
    const queue = new DeliveryQueue(null);
    const delivery = new ChannelDelivery({
      ...{ name: "a", queue, bucket: new TokenBucket(9, 9), quiet: null, clock, random: () => 0 },
      retry: { firstMs: 1, longestMs: 1, giveUpAfterMs: 1e9 },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      channel: {
        send: (_, signal) =>
          new Promise((resolve) => {
            signal.addEventListener("abort", () => {
              resolve(failed("aborted"));
            });
          }),
        close: () => undefined,
      },
      onGivenUp: () => undefined,
    });
    queue.put(waiting("1"));
    delivery.nudge();
    const stopped = delivery.stop(5_000);
    await clock.pass(5_000);
    await stopped;
    expect(idsOf(queue)).toEqual(["1"]);
  });

  it("delivers each at least once, in whatever way it fails and whenever it is killed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("put", "fail", "kill", "pass"), { maxLength: 30 }),
        async (steps) => {
          const store = memoryStore();
          const all: string[] = [];
          const arrived = new Set<string>();
          let life = world({ queue: new DeliveryQueue(store), burst: 2, perMinute: 60 });
          const hear = (): void => {
            for (const { kind, id, text, outcome } of life.sent.splice(0)) {
              if (outcome === "failed") continue;
              for (const each of kind === "digest" ? text.matchAll(/Z (\S+)$/gm) : [[id, id]])
                arrived.add(each[1]);
            }
          };
          for (const step of steps) {
            if (step === "put") {
              all.push(`m${all.length}`);
              life.put(waiting(all[all.length - 1]));
            } else if (step === "fail") life.answer(failed(), failed());
            else if (step === "pass") await life.clock.pass(1_500);
            else {
              await life.clock.pass(0);
              hear();
              life = world({ queue: new DeliveryQueue(store), burst: 2, perMinute: 60 });
              life.delivery.nudge();
            }
          }
          await life.clock.pass(600_000);
          hear();
          expect(life.queue.size).toBe(0);
          for (const each of all) expect(arrived).toContain(each);
        },
      ),
      { numRuns: 40 },
    );
  });
});
