import { barsOf, type Bars } from "@bitfever/engine";
import { defaultSettings } from "@bitfever/engine";
import { describe, expect, it } from "vitest";
import { firstUnlike } from "../../src/testing/law.js";
import { laws, type RunOnBars } from "../../src/testing/laws.js";
import type { TestFill } from "../../src/testing/run-bars.js";

const bars: Bars = (() => {
  const close = Float64Array.from({ length: 10 }, (_, i) => 100 + i);
  const time = close.map((_, i) => Date.UTC(2024, 8, 2) + i * 86_400_000);
  const low = close.map((each) => each - 1);
  return barsOf("test", { time, open: close, high: close, low, close, volume: close });
})();

const fill = (bar: number): TestFill => ({ bar, side: "buy", quantity: 1, price: 1, tag: "t" });

const isBroken = (name: keyof typeof laws, run: RunOnBars): boolean =>
  [...laws[name].runs(bars, run, { plan: { calendar: null }, settings: defaultSettings })].some(
    (each) => firstUnlike(laws[name], each) !== null,
  );

describe("law prefix, which no program can break", () => {
  it("is broken by a run that knows how long its history is", () => {
    expect(isBroken("prefix", ({ length }) => [fill(length - 2)])).toBe(true);
    expect(isBroken("prefix", ({ length }) => (length > 8 ? [fill(1)] : []))).toBe(true);
    expect(isBroken("prefix", ({ length, close }) => (close[length - 1] > 105 ? [fill(1)] : []))).toBe(true);
  });

  it("is kept by one that reads what is behind it", () => {
    const run: RunOnBars = ({ close }) =>
      [...close].flatMap((each, i) => (each % 3 === 0 ? [fill(i + 1)] : []));
    expect(isBroken("prefix", run)).toBe(false);
  });
});

describe("what a law changes", () => {
  it("mirror turns high and low round, scale takes the capital along, shift only moves time", () => {
    const seen: [Bars, number | undefined][] = [];
    const look: RunOnBars = (given, factor) => {
      seen.push([given, factor]);
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
