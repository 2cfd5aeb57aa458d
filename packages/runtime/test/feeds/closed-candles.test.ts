import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysOf, timingOf } from "@bitfever/engine";
import {
  ClosedCandles,
  textOf,
  valueOf,
  type CandleUpdate,
  type ClosedCandlesOptions,
  type FeedEvent,
} from "../../src/index.js";
import { candleAt, shuffledBy, withoutSession } from "./feed-cases.js";

/* Closed bars of what venues say of their candles. */

const minute = 60_000;
const timing = timingOf(daysOf({ zone: "UTC" }), minute);
const after = { ...candleAt(0), session_bar: 0 };
const flagged: ClosedCandlesOptions = { timing, patienceMs: 2_000, saysClosed: true, after };
const silent: ClosedCandlesOptions = { ...flagged, saysClosed: false };
const closed = (index: number, given: Partial<CandleUpdate> = {}): CandleUpdate => ({
  ...candleAt(index),
  isClosed: true,
  ...given,
});
const told = (events: readonly FeedEvent[]): unknown[] =>
  events.map((each) =>
    each.kind === "bar"
      ? each.bar.time / minute
      : each.kind === "gap"
        ? [each.gap.from / minute, each.gap.to / minute]
        : each.kind,
  );

describe("candles that say when they are closed", () => {
  it("are told then, once, with their places in the session", () => {
    const candles = new ClosedCandles(flagged);
    expect(candles.on({ ...candleAt(1), volume: 0.5, isClosed: false }, 61_000)).toEqual([]);
    expect(candles.on(closed(1), 120_000)).toEqual([
      { kind: "bar", bar: { ...candleAt(1), session_bar: 1 } },
    ]);
    expect(candles.on(closed(1), 120_100)).toEqual([]);
    expect(candles.on({ ...candleAt(1), volume: 0.5, isClosed: false }, 120_200)).toEqual([]);
    expect(candles.counts).toMatchObject({ bar: 1, duplicate: 1, stale: 1 });
  });

  it("wait for earlier ones as long as they may be on their way", () => {
    const candles = new ClosedCandles(flagged);
    expect(candles.on(closed(2), 180_000)).toEqual([]);
    expect(told(candles.on(closed(1), 181_999))).toEqual([1, 2]);
  });

  it("go on behind a gap when they do not come", () => {
    const candles = new ClosedCandles(flagged);
    candles.on(closed(4), 300_000);
    expect(candles.at(301_999)).toEqual([]);
    expect(told(candles.at(302_000))).toEqual([[1, 4], 4]);
    // It is somebody else's by now.
    expect(told(candles.on(closed(2), 302_100))).toEqual([]);
    expect(candles.counts).toMatchObject({ gap: 1, stale: 1 });
  });

  it("wait no longer where one of them is told again", () => {
    const candles = new ClosedCandles(flagged);
    candles.on(closed(4), 300_000);
    candles.on(closed(4, { close: 104 }), 301_900);
    expect(candles.at(302_000)).toMatchObject([{ kind: "gap" }, { kind: "bar", bar: { close: 104 } }]);
  });

  it("are not opened again by an older word, also where there are no volumes", () => {
    const candles = new ClosedCandles(flagged);
    candles.on(closed(2, { volume: NaN }), 180_000);
    candles.on({ ...candleAt(2), volume: NaN, close: 1, isClosed: false }, 180_100);
    expect(candles.on(closed(1), 180_200).at(-1)).toMatchObject({ bar: { close: candleAt(2).close } });
  });

  it("are a gap where the last word was lost", () => {
    const candles = new ClosedCandles(flagged);
    candles.on({ ...candleAt(1), isClosed: false }, 119_000);
    candles.on(closed(2), 180_000);
    expect(told(candles.at(182_000))).toEqual([[1, 2], 2]);
  });

  it("are told as they were, and a revision is reported, once", () => {
    const candles = new ClosedCandles(flagged);
    candles.on(closed(1), 120_000);
    const revised = closed(1, { close: 1_000 });
    expect(candles.on(revised, 121_000)).toEqual([
      {
        kind: "revision",
        told: { ...candleAt(1), session_bar: 1 },
        revised: { ...candleAt(1), close: 1_000 },
      },
    ]);
    expect(candles.on(revised, 122_000)).toEqual([]);
    expect(told(candles.on(closed(1), 123_000))).toEqual(["revision"]);
    expect(candles.counts).toMatchObject({ bar: 1, revision: 2, duplicate: 1 });
    // Also of the bar with which the history ended.
    expect(told(candles.on(closed(0, { low: 0.5 }), 124_000))).toEqual(["revision"]);
  });

  it("begin with the first that is closed, once no earlier one can come", () => {
    const candles = new ClosedCandles({ ...flagged, after: undefined });
    candles.on(closed(7), 480_000);
    candles.on(closed(6), 481_000);
    expect(told(candles.at(482_000))).toEqual([6, 7]);
  });

  it("are refused when they are none", () => {
    for (const bad of [
      closed(1, { time: NaN }),
      closed(1, { close: Infinity }),
      closed(1, { open: undefined as never }),
    ])
      expect(() => new ClosedCandles(flagged).on(bad, 0)).toThrow(
        expect.objectContaining({ code: "BF5168" }),
      );
  });
});

describe("candles that never say it", () => {
  it("are closed when they have been over for long enough", () => {
    const candles = new ClosedCandles(silent);
    candles.on({ ...candleAt(1), volume: 0.5 }, 70_000);
    candles.on({ ...candleAt(2), volume: 0.1 }, 121_000);
    candles.on(candleAt(1), 121_500);
    expect(candles.at(121_999)).toEqual([]);
    expect(candles.at(122_000)).toEqual([{ kind: "bar", bar: { ...candleAt(1), session_bar: 1 } }]);
    // An earlier version, not another opinion.
    expect(told(candles.on({ ...candleAt(1), volume: 0.7 }, 122_100))).toEqual([]);
    expect(told(candles.on({ ...candleAt(1), volume: 7 }, 122_100))).toEqual(["revision"]);
  });

  it("are missing where nothing was heard before they were over", () => {
    const candles = new ClosedCandles(silent);
    candles.on({ ...candleAt(1), volume: 0.5 }, 70_000);
    candles.missing();
    expect(candles.at(122_000)).toEqual([]);
    candles.on(candleAt(2), 122_500);
    expect(told(candles.at(184_000))).toEqual([[1, 2], 2]);
    // One that had been over for long enough is whole, and only waits for an earlier one.
    candles.on(candleAt(4), 290_000);
    expect(told(candles.at(302_100))).toEqual([]);
    candles.missing();
    expect(told(candles.at(304_000))).toEqual([[3, 4], 4]);
    candles.on({ ...candleAt(5), volume: 0.5 }, 310_000);
    candles.missing();
    candles.on(candleAt(5), 350_000);
    expect(candles.at(362_000)).toEqual([{ kind: "bar", bar: { ...candleAt(5), session_bar: 3 } }]);
  });

  it("are as their latest version is, where the venue says when it made them", () => {
    const candles = new ClosedCandles(silent);
    candles.on({ ...candleAt(1), close: 5, volume: NaN, madeAt: 119_000 }, 119_100);
    candles.on({ ...candleAt(1), close: 6, volume: NaN, madeAt: 118_000 }, 119_200);
    expect(candles.at(122_000)).toMatchObject([{ bar: { close: 5 } }]);
  });
});

describe("in any order within their patience, and told any number of times", () => {
  /** Versions of some candles, each with when it is heard; the last of each is the true one. */
  const feeds = fc
    .array(
      fc.record({
        versions: fc.array(fc.nat(1_900), { maxLength: 4 }),
        delay: fc.nat(1_900),
        again: fc.array(fc.nat(1_900), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 25 },
    )
    .map((given) =>
      given.flatMap(({ versions, delay, again }, i) => {
        const whole = candleAt(i + 1);
        const end = (i + 2) * minute;
        const open = versions.map((late, nth) => {
          const share = (nth + 1) / (versions.length + 1);
          const madeAt = Math.floor(end - minute + share * minute);
          const update = { ...whole, close: whole.close - 1 + share, volume: whole.volume * share };
          return { at: madeAt + late, what: { update, isLast: false } };
        });
        const last = [delay, ...again].map((late) => ({
          at: end + late,
          what: { update: whole, isLast: true },
        }));
        return [...open, ...last];
      }),
    )
    .map(shuffledBy);

  it("there is each bar once, as in the clean stream", () => {
    fc.assert(
      fc.property(feeds, fc.boolean(), fc.boolean(), (feed, saysClosed, hasHistory) => {
        const options = { ...(saysClosed ? flagged : silent), after: hasHistory ? after : undefined };
        const candles = new ClosedCandles(options);
        const events = feed.flatMap(({ at, what: { update, isLast } }) =>
          candles.on({ ...update, ...(saysClosed && { isClosed: isLast }) }, at),
        );
        events.push(...candles.at(1e9));
        const times = new Set(feed.map(({ what }) => what.update.time));
        expect(events.every(({ kind }) => kind === "bar")).toBe(true);
        expect(withoutSession(events)).toEqual(
          [...times].sort((a, b) => a - b).map((time) => candleAt(time / minute)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("whatever is lost, bars are in order, each once, and the gaps are those that are missing", () => {
    fc.assert(
      fc.property(feeds, fc.infiniteStream(fc.boolean()), (feed, lost) => {
        const candles = new ClosedCandles(flagged);
        const events: FeedEvent[] = [];
        for (const { at, what } of feed) {
          if (lost.next().value) continue;
          events.push(...candles.on({ ...what.update, isClosed: what.isLast }, at));
        }
        events.push(...candles.at(1e9));
        const [bars, gaps]: [number[], number[]] = [[], []];
        let last = 0;
        for (const event of events) {
          if (event.kind === "bar") {
            bars.push(event.bar.time);
            last += minute;
            expect(event.bar.time).toBe(last);
          } else if (event.kind === "gap") {
            expect(event.gap.from).toBe(last + minute);
            last = event.gap.to - minute;
            gaps.push(event.gap.to);
          } else expect.unreachable();
        }
        expect(new Set(bars).size).toBe(bars.length);
      }),
      { numRuns: 500 },
    );
  });

  it("a feed that is cut anywhere and restored goes on the same", () => {
    fc.assert(
      fc.property(feeds, fc.nat(), fc.boolean(), (feed, place, saysClosed) => {
        const options = saysClosed ? flagged : silent;
        const [whole, first, second] = [1, 2, 3].map(() => new ClosedCandles(options));
        const tell = (candles: ClosedCandles, from: number, to: number): FeedEvent[] =>
          feed
            .slice(from, to)
            .flatMap(({ at, what }) =>
              candles.on({ ...what.update, ...(saysClosed && { isClosed: what.isLast }) }, at),
            );
        const cut = place % (feed.length + 1);
        const expected = [...tell(whole, 0, feed.length), ...whole.at(1e9)];
        const before = tell(first, 0, cut);
        second.restore(valueOf(textOf(first.snapshot())) as ReturnType<ClosedCandles["snapshot"]>);
        expect([...before, ...tell(second, cut, feed.length), ...second.at(1e9)]).toEqual(expected);
        expect(second.snapshot()).toEqual(whole.snapshot());
      }),
      { numRuns: 500 },
    );
  });
});
