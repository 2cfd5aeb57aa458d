import { barsOf, type Bars } from "@bitfever/engine";
import { defaultSettings } from "@bitfever/engine";
import { describe, expect, it } from "vitest";
import { firstUnlike } from "../../src/testing/law.js";
import type { Histories } from "../../src/testing/histories.js";
import { laws, type RunOnHistories } from "../../src/testing/laws.js";
import type { TestFill } from "../../src/testing/run-histories.js";

const bars: Bars = (() => {
  const close = Float64Array.from({ length: 10 }, (_, i) => 100 + i);
  const time = close.map((_, i) => Date.UTC(2024, 8, 2) + i * 86_400_000);
  const low = close.map((each) => each - 1);
  return barsOf("test", { time, open: close, high: close, low, close, volume: close });
})();

const histories: Histories = { own: [bars], markets: new Map([["SPY", { ...bars, symbol: "SPY" }]]) };

const fill = (bar: number): TestFill => ({
  ...{ bar, symbol: null, side: "buy", quantity: 1, price: 1, tag: "t" },
  ...{ open: 1, close: 1 },
});

const place = { plan: { calendar: null, markets: [] }, settings: defaultSettings };

const isBroken = (name: keyof typeof laws, run: RunOnHistories): boolean =>
  [...laws[name].runs(histories, run, place)].some((each) => firstUnlike(laws[name], each) !== null);

/** Whether a law is broken by what reads only the strategy's own bars. */
const isBrokenOn = (name: keyof typeof laws, run: (bars: Bars) => readonly TestFill[]): boolean =>
  isBroken(name, ({ own: [only] }) => run(only));

describe("law prefix, which no program can break", () => {
  it("is broken by a run that knows how long its history is", () => {
    expect(isBrokenOn("prefix", ({ length }) => [fill(length - 2)])).toBe(true);
    expect(isBrokenOn("prefix", ({ length }) => (length > 8 ? [fill(1)] : []))).toBe(true);
    expect(isBrokenOn("prefix", ({ length, close }) => (close[length - 1] > 105 ? [fill(1)] : []))).toBe(
      true,
    );
  });

  it("is kept by one that reads what is behind it", () => {
    const run = ({ close }: Bars): TestFill[] =>
      [...close].flatMap((each, i) => (each % 3 === 0 ? [fill(i + 1)] : []));
    expect(isBrokenOn("prefix", run)).toBe(false);
  });

  it("is broken by one that reads another market's bars of tomorrow", () => {
    const leak: RunOnHistories = ({ own: [{ time }], markets }) =>
      [...time].flatMap((each, i) => {
        const seen = markets.get("SPY")?.time.filter((other) => other <= each + 86_400_000).length ?? 0;
        return seen > i + 1 ? [fill(i + 1)] : [];
      });
    expect(isBroken("prefix", leak)).toBe(true);
  });
});

describe("what a law changes", () => {
  it("mirror turns high and low round, scale takes the capital along, shift only moves time", () => {
    const seen: [Bars, number | undefined][] = [];
    const look: RunOnHistories = ({ markets }, factor) => {
      seen.push([markets.get("SPY") ?? bars, factor]);
      return [];
    };
    isBroken("mirror", look);
    isBroken("scale", look);
    isBroken("shift", look);
    const [, [mirrored], , [scaled, factor], , [shifted]] = seen;
    expect([mirrored.high[1], mirrored.low[1], mirrored.close[1]]).toEqual([100, 99, 99]);
    expect([scaled.high[1], scaled.low[1], factor]).toEqual([404, 400, 4]);
    expect([shifted.time[0] - bars.time[0], shifted.close]).toEqual([7 * 86_400_000, bars.close]);
  });
});
