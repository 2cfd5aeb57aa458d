import type { ClosedBar, FeedEvent } from "@bitfever/runtime";
import { describe, expect, it } from "vitest";
import { joinedFeed, type SymbolFeed } from "../../src/trading/joined-feed.js";
import type { Instant } from "../../src/trading/instants.js";

const minute = 60_000;

const bar = (place: number): ClosedBar => ({
  ...{ time: place * minute, open: 1, high: 1, low: 1, close: 1, volume: 1, session_bar: place },
});

/** A feed that says what it is told to, when it is. */
function feedOf(symbol: string): SymbolFeed & {
  readonly say: (event: FeedEvent) => void;
  readonly end: (error?: Error) => void;
} {
  const waiting: (FeedEvent | Error | null)[] = [];
  let wake = (): void => undefined;
  async function* events(): AsyncGenerator<FeedEvent, void, void> {
    for (;;) {
      const next = waiting.shift();
      if (next === null) return;
      if (next instanceof Error) throw next;
      if (next === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else yield next;
    }
  }
  const put = (event: FeedEvent | Error | null): void => {
    waiting.push(event);
    wake();
  };
  return {
    ...{ symbol, intervalMs: minute, closeOf: (time) => time + minute, events: events() },
    say: put,
    end: (error) => {
      put(error ?? null);
    },
  };
}

/** Time that passes as somebody waits for it, with a turn for all others. */
function clockOf(): { now: () => number; wait: (ms: number) => Promise<void> } {
  let now = 0;
  return {
    now: () => now,
    wait: async (ms) => {
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

async function heard(feed: AsyncIterable<Instant>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { closedAt, bars } of feed)
    found.push(`${closedAt / minute} ${bars.map(({ symbol }) => symbol).join("")}`);
  return found;
}

const options = { signal: new AbortController().signal, say: () => undefined };

describe("bars of several symbols", () => {
  it("come together where they close together, and in order of time whoever is first", async () => {
    const [a, b] = [feedOf("A"), feedOf("B")];
    for (const place of [0, 1, 2]) a.say({ kind: "bar", bar: bar(place) });
    a.end();
    const told = heard(joinedFeed([a, b], { ...options, clock: clockOf(), patienceMs: 1_000_000 }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const place of [0, 2]) b.say({ kind: "late_bar", bar: bar(place) });
    b.end();
    expect(await told).toEqual(["1 AB", "2 A", "3 AB"]);
  });

  it("wait for one another, but not for ever", async () => {
    const [a, b] = [feedOf("A"), feedOf("B")];
    const clock = clockOf();
    a.say({ kind: "bar", bar: bar(0) });
    const feed = joinedFeed([a, b], { ...options, clock, patienceMs: 5_000 });
    const first = await feed.next();
    expect([(first.value as Instant).bars.length, clock.now() >= 5_000]).toEqual([1, true]);
    await feed.return();
  });

  it("end when they are stopped, and with what ends one of them", async () => {
    const stop = new AbortController();
    const a = feedOf("A");
    stop.abort();
    expect(await heard(joinedFeed([a], { ...options, clock: clockOf(), signal: stop.signal }))).toEqual([]);
    const broken = feedOf("B");
    broken.end(new Error("gone"));
    await expect(heard(joinedFeed([broken], { ...options, clock: clockOf() }))).rejects.toThrow("gone");
  });

  it("say what is missing", async () => {
    const said: string[] = [];
    const a = feedOf("A");
    a.say({ kind: "gap_given_up", gap: { from: 0, to: minute }, bars: 0, why: "nobody has it" });
    a.end();
    const say = (symbol: string, { kind }: FeedEvent): void => void said.push(`${symbol} ${kind}`);
    expect(await heard(joinedFeed([a], { ...options, clock: clockOf(), say }))).toEqual([]);
    expect(said).toEqual(["A gap_given_up"]);
  });
});
