import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysOf, timingOf } from "@bitfever/engine";
import {
  Backfill,
  backfilled,
  ClosedCandles,
  textOf,
  valueOf,
  type BackfillOptions,
  type BackfillOutput,
  type BackfillRequest,
  type Candle,
  type FeedEvent,
} from "../../src/index.js";
import { candleAt, withoutSession } from "./feed-cases.js";

/* Gaps that are filled, or not. */

const minute = 60_000;
const timing = timingOf(daysOf({ zone: "UTC" }), minute);
const options: BackfillOptions = {
  timing,
  leavesOutEmpty: false,
  mostAttempts: 3,
  delayMs: (attempt) => attempt * 1_000,
  timeoutMs: 5_000,
  after: { ...candleAt(0), session_bar: 0 },
};
const gap = { from: minute, to: 4 * minute };
const gapEvent: FeedEvent = { kind: "gap", gap };
const bar = (index: number): FeedEvent => ({ kind: "bar", bar: { ...candleAt(index), session_bar: 0 } });
const ask = (attempt: number): BackfillRequest => ({ kind: "ask", gap, attempt });
const told = (outputs: readonly BackfillOutput[]): unknown[] =>
  outputs.map((each) =>
    each.kind === "bar" || each.kind === "late_bar"
      ? [each.kind, each.bar.time / minute, each.bar.session_bar]
      : each.kind,
  );
const missing = [1, 2, 3].map(candleAt);

describe("a gap", () => {
  it("holds the bars behind it until its own are told, late, each at its place in the session", () => {
    const backfill = new Backfill(options);
    expect(backfill.on(gapEvent, 0)).toEqual([gapEvent, ask(1)]);
    expect(backfill.on(bar(4), 0)).toEqual([]);
    expect(backfill.on(bar(5), 100)).toEqual([]);
    const others = [candleAt(5), ...missing.toReversed(), candleAt(0), candleAt(2)];
    const outputs = backfill.answered(ask(1), others, 200);
    expect(told(outputs)).toEqual([
      ...[1, 2, 3].map((i) => ["late_bar", i, i]),
      "gap_filled",
      ["bar", 4, 4],
      ["bar", 5, 5],
    ]);
    expect(backfill.nextDue).toBeUndefined();
    expect(backfill.counts).toMatchObject({ bar: 2, late_bar: 3, gap: 1, gap_filled: 1 });
  });

  it("lets through what is no bar", () => {
    const backfill = new Backfill(options);
    backfill.on(gapEvent, 0);
    const late: FeedEvent = { kind: "late_trade", trade: { time: 1, price: 1, quantity: 1 } };
    expect(backfill.on(late, 0)).toEqual([late]);
  });

  it("is asked for again after a while, and what came before is kept", () => {
    const backfill = new Backfill(options);
    backfill.on(gapEvent, 0);
    backfill.on(bar(4), 0);
    expect(backfill.answered(ask(1), missing.slice(0, 1), 100)).toEqual([]);
    expect(backfill.nextDue).toBe(1_100);
    expect(backfill.at(1_099)).toEqual([]);
    expect(backfill.at(1_100)).toEqual([ask(2)]);
    expect(backfill.failed(ask(2), "429", 1_200)).toEqual([]);
    expect(backfill.at(3_200)).toEqual([ask(3)]);
    // Its answer is late, not useless.
    expect(backfill.answered(ask(1), missing.slice(1, 2), 3_300)).toEqual([]);
    expect(told(backfill.answered(ask(3), missing.slice(2), 3_400))).toEqual([
      ...[1, 2, 3].map((i) => ["late_bar", i, i]),
      "gap_filled",
      ["bar", 4, 4],
    ]);
  });

  it("is given up after so many attempts, with what came, and the feed goes on", () => {
    const backfill = new Backfill({ ...options, mostAttempts: 2 });
    backfill.on(gapEvent, 0);
    backfill.on(bar(4), 0);
    backfill.answered(ask(1), missing.slice(1, 2), 100);
    backfill.at(1_100);
    // Nobody answers.
    expect(backfill.at(6_099)).toEqual([]);
    const outputs = backfill.at(6_100);
    expect(told(outputs)).toEqual([["late_bar", 2, 1], "gap_given_up", ["bar", 4, 2]]);
    expect(outputs[1]).toEqual({ kind: "gap_given_up", gap, bars: 1, why: "no answer within 5000 ms" });
    expect(backfill.answered(ask(2), missing, 6_200)).toEqual([]);
    expect(told(backfill.on(bar(5), 6_300))).toEqual([["bar", 5, 3]]);
  });

  it("says how many bars no history had", () => {
    const backfill = new Backfill({ ...options, mostAttempts: 1 });
    backfill.on(gapEvent, 0);
    expect(backfill.answered(ask(1), missing.slice(1), 0).at(-1)).toMatchObject({
      kind: "gap_given_up",
      why: "1 of its bars are in no history",
    });
  });

  it("is filled by an answer without bars where histories leave out those without trades", () => {
    const backfill = new Backfill({ ...options, leavesOutEmpty: true });
    backfill.on(gapEvent, 0);
    expect(backfill.answered(ask(1), [], 0)).toEqual([{ kind: "gap_filled", gap, bars: 0 }]);
  });

  it("behind another waits for its turn", () => {
    const backfill = new Backfill(options);
    backfill.on(gapEvent, 0);
    backfill.on(bar(4), 0);
    const second: FeedEvent = { kind: "gap", gap: { from: 5 * minute, to: 6 * minute } };
    backfill.on(second, 0);
    backfill.on(bar(6), 0);
    expect(told(backfill.answered(ask(1), missing, 0)).slice(3)).toEqual([
      "gap_filled",
      ["bar", 4, 4],
      "gap",
      "ask",
    ]);
    expect(told(backfill.answered({ ...ask(1), gap: second.gap }, [candleAt(5)], 0))).toEqual([
      ["late_bar", 5, 5],
      "gap_filled",
      ["bar", 6, 6],
    ]);
  });

  it("that is open when all is restored is asked for again", () => {
    const backfill = new Backfill(options);
    backfill.on(gapEvent, 0);
    backfill.on(bar(4), 0);
    const again = new Backfill(options);
    expect(again.restore(valueOf(textOf(backfill.snapshot())) as ReturnType<Backfill["snapshot"]>)).toEqual([
      ask(1),
    ]);
    expect(told(again.answered(ask(1), missing, 0))).toEqual([
      ...[1, 2, 3].map((i) => ["late_bar", i, i]),
      "gap_filled",
      ["bar", 4, 4],
    ]);
    expect(new Backfill(options).restore(again.snapshot())).toEqual([]);
  });
});

/** A clock that goes on when everybody waits for it. */
function madeUpClock(): { now: () => number; wait: (ms: number) => Promise<void> } {
  let now = 0;
  return {
    now: () => now,
    wait: async (ms) => {
      await new Promise(setImmediate);
      now += ms;
    },
  };
}

async function* events(given: readonly FeedEvent[]): AsyncGenerator<FeedEvent> {
  for (const each of given) {
    await Promise.resolve();
    yield each;
  }
}

async function all(feed: AsyncIterable<FeedEvent>): Promise<FeedEvent[]> {
  const found: FeedEvent[] = [];
  for await (const event of feed) found.push(event);
  return found;
}

describe("a feed with a history behind it", () => {
  it("asks it again where it fails or has nonsense, and tells what it has", async () => {
    const asked: [number, number][] = [];
    const history = async (from: number, to: number): Promise<readonly Candle[]> => {
      asked.push([from, to]);
      if (asked.length === 1) throw new Error("too many requests");
      return asked.length === 2 ? [{ ...candleAt(1), close: NaN }] : missing;
    };
    const feed = backfilled(events([gapEvent, bar(4)]), new Backfill(options), history, madeUpClock());
    expect(told(await all(feed))).toEqual([
      "gap",
      ...[1, 2, 3].map((i) => ["late_bar", i, i]),
      "gap_filled",
      ["bar", 4, 4],
    ]);
    expect(asked).toEqual([gap, gap, gap].map(({ from, to }) => [from, to]));
  });

  it("goes on without one that never answers", async () => {
    const history = (): Promise<readonly Candle[]> => new Promise(() => {});
    const feed = backfilled(events([gapEvent, bar(4)]), new Backfill(options), history, madeUpClock());
    const found = await all(feed);
    expect(told(found)).toEqual(["gap", "gap_given_up", ["bar", 4, 1]]);
    expect(found[1]).toMatchObject({ why: "no answer within 5000 ms" });
  });

  it("passes on what its feed throws", async () => {
    async function* broken(): AsyncGenerator<FeedEvent> {
      yield bar(1);
      throw new Error("the line is dead");
    }
    await expect(
      all(backfilled(broken(), new Backfill(options), async () => [], madeUpClock())),
    ).rejects.toThrow("the line is dead");
  });

  it("whatever is lost on the way, has each bar once, in order, as the clean stream", async () => {
    const lostCandles = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 });
    const failures = fc.infiniteStream(fc.boolean());
    await fc.assert(
      fc.asyncProperty(lostCandles, failures, async (lost, fails) => {
        const candles = new ClosedCandles({
          timing,
          patienceMs: 1_000,
          saysClosed: true,
          after: options.after,
        });
        const heard: FeedEvent[] = [];
        // The last one comes, or nobody would know of a gap.
        for (let i = 1; i <= lost.length + 1; i++) {
          if (!lost[i - 1]) heard.push(...candles.on({ ...candleAt(i), isClosed: true }, (i + 1) * minute));
        }
        heard.push(...candles.at(1e9));
        const history = async (from: number, to: number): Promise<readonly Candle[]> => {
          if (fails.next().value) throw new Error("down");
          return Array.from({ length: (to - from) / minute }, (_, i) => candleAt(from / minute + i));
        };
        const backfill = new Backfill({ ...options, mostAttempts: 1_000 });
        const found = await all(backfilled(events(heard), backfill, history, madeUpClock()));
        expect(withoutSession(found)).toEqual(
          Array.from({ length: lost.length + 1 }, (_, i) => candleAt(i + 1)),
        );
        const places = found.flatMap((each) => ("bar" in each ? [each.bar.session_bar] : []));
        expect(places).toEqual(Array.from({ length: lost.length + 1 }, (_, i) => i + 1));
        const late = new Set(
          found.flatMap((each) => (each.kind === "late_bar" ? [each.bar.time / minute] : [])),
        );
        lost.forEach((is, i) => {
          expect(late.has(i + 1)).toBe(is);
        });
      }),
      { numRuns: 200 },
    );
  });
});
