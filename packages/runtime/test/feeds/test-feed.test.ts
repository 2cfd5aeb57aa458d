import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysOf, timingOf } from "@bitfever/engine";
import {
  BarBuilder,
  ClosedCandles,
  feedFaults,
  testFeed,
  type CandleUpdate,
  type ClosedBar,
  type FeedEvent,
  type FeedMachine,
  type FeedTrade,
  type FeedTrial,
} from "../../src/index.js";
import { candleAt } from "./feed-cases.js";

/* What is asked of feeds is asked of ours, and feeds that are wrong are found out. */

const minute = 60_000;
const timing = timingOf(daysOf({ zone: "UTC" }), minute);
const after: ClosedBar = { ...candleAt(0), session_bar: 0 };
const patienceMs = 1_000;
const draws = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

class Candles extends ClosedCandles implements FeedMachine<CandleUpdate> {
  constructor() {
    super({ timing, patienceMs, saysClosed: true, after });
  }
  override restore(snapshot: unknown): void {
    super.restore(snapshot as ReturnType<ClosedCandles["snapshot"]>);
  }
}

class Trades extends BarBuilder implements FeedMachine<FeedTrade> {
  constructor() {
    super({ timing, from: minute, graceMs: patienceMs, after });
  }
  override restore(snapshot: unknown): void {
    super.restore(snapshot as ReturnType<BarBuilder["snapshot"]>);
  }
}

const candles = (make: () => FeedMachine<CandleUpdate>): FeedTrial<CandleUpdate> => ({
  make,
  messages: Array.from({ length: 12 }, (_, i) => ({
    at: (i + 2) * minute,
    message: { ...candleAt(i + 1), isClosed: true },
  })),
  ...{ end: 1e9, timing, patienceMs, after },
});

const trades: FeedTrial<FeedTrade> = {
  make: () => new Trades(),
  messages: Array.from({ length: 40 }, (_, id) => {
    const time = minute + id * 7_300;
    return { at: time, message: { time, price: 100 + ((id * 7) % 11), quantity: id / 8, id } };
  }),
  ...{ end: 1e9, timing, patienceMs, after },
};

it("our feeds conform", () => {
  fc.assert(
    fc.property(draws, (stream) => {
      const draw = (): number => stream.next().value;
      expect(
        testFeed(
          candles(() => new Candles()),
          draw,
        ),
      ).toEqual([]);
      expect(testFeed(trades, draw)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

describe("a feed that is wrong is found out:", () => {
  const found = (make: () => FeedMachine<CandleUpdate>): string =>
    testFeed(candles(make), () => 0.6).join("\n");

  it("one that tells what it hears", () => {
    class Parrot extends Candles {
      override on(update: CandleUpdate): FeedEvent[] {
        return [
          { kind: "bar", bar: { ...candleAt(update.time / minute), session_bar: update.time / minute } },
        ];
      }
    }
    expect(found(() => new Parrot())).toMatch(/told twice: bar \d+ comes behind that of/);
  });

  it("one that forgets when it is restored", () => {
    class Forgetful extends Candles {
      override restore(): void {}
    }
    expect(found(() => new Forgetful())).toMatch(/restored: /);
  });

  it("one that does not wait", () => {
    class Hasty extends ClosedCandles {
      constructor() {
        super({ timing, patienceMs: 0, saysClosed: true, after });
      }
      override restore(snapshot: unknown): void {
        super.restore(snapshot as ReturnType<ClosedCandles["snapshot"]>);
      }
    }
    let i = 0;
    const trial = candles(() => new Hasty());
    // Half a minute of disorder for bars of a minute changes nothing; two do.
    const faults = testFeed({ ...trial, patienceMs: 3 * minute }, () => (i++ * 0.37) % 1);
    expect(faults.join("\n")).toMatch(/disorder: the bars are others/);
  });

  it("one that is silent", () => {
    class Silent extends Candles {
      override on(): FeedEvent[] {
        return [];
      }
    }
    expect(found(() => new Silent())).toContain("not one bar is told");
  });
});

describe("what is wrong with events:", () => {
  const bar = (index: number, given: Partial<ClosedBar> = {}): FeedEvent => ({
    kind: "bar",
    bar: { ...candleAt(index), session_bar: index, ...given },
  });
  const late = (index: number): FeedEvent => ({
    kind: "late_bar",
    bar: { ...candleAt(index), session_bar: index },
  });
  const gap = { from: minute, to: 3 * minute };
  const opened: FeedEvent = { kind: "gap", gap };
  const filled: FeedEvent = { kind: "gap_filled", gap, bars: 2 };

  it("nothing", () => {
    expect(feedFaults([opened, late(1), late(2), filled, bar(3)], timing, after)).toEqual([]);
    expect(feedFaults([bar(7), bar(8)], timing)).toEqual([]);
  });

  it.each<[string, FeedEvent[]]>([
    ["comes behind", [bar(1), bar(1)]],
    ["prices or a volume", [bar(1, { low: 1_000 })]],
    ["prices or a volume", [bar(1, { volume: -1 })]],
    ["prices or a volume", [bar(1, { close: NaN })]],
    ["of its session", [bar(1, { session_bar: 5 })]],
    ["late without a gap", [late(1)]],
    ["while the gap", [opened, bar(1), late(2), filled]],
    ["while the gap", [opened, late(1), late(3), filled]],
    [
      "is none",
      [
        { kind: "gap", gap: { from: minute, to: minute } },
        { ...filled, gap: { from: minute, to: minute }, bars: 0 },
      ],
    ],
    ["begins before", [bar(1), opened, { ...filled, bars: 0 }]],
    ["comes while that", [opened, { kind: "gap", gap: { from: 5 * minute, to: 6 * minute } }]],
    ["not open", [filled]],
    ["2 bars, and 1 came", [opened, late(1), filled]],
    ["never told", [{ kind: "revision", told: { ...candleAt(5), session_bar: 5 }, revised: candleAt(5) }]],
    ["what became of", [opened]],
  ])("%s", (fault, events) => {
    expect(feedFaults(events, timing, after).join("\n")).toContain(fault);
  });
});
