import { barGrid, daysOf, timingOf, type ClosedCandlesOptions } from "@bitfever/runtime";
import { describe, expect, it } from "vitest";
import { candlesOf, CandlesOfMinutes } from "../../src/alpaca/candles-of-minutes.js";

const minuteMs = 60_000;
const start = Date.UTC(2026, 0, 5, 15);
const five = timingOf(daysOf({ zone: "UTC" }), 5 * minuteMs);

const minute = (at: number, close = 100 + at) => ({
  ...{ time: start + at * minuteMs, open: close - 1, high: close + 2, low: close - 2, close, volume: 10 },
});

const begun = (from = start): CandlesOfMinutes => {
  const candles = new CandlesOfMinutes(five, 1_000);
  candles.listensFrom(from);
  return candles;
};

describe("candles of minutes", () => {
  it("are told with their last minute where all have come, in whatever order", () => {
    const candles = begun();
    for (const at of [0, 1, 3, 4]) expect(candles.on(minute(at))).toEqual([]);
    expect(candles.on(minute(2))).toEqual([
      { time: start, open: 99, high: 106, low: 98, close: 104, volume: 50, isClosed: true },
    ]);
    expect(candles.at(start + 10 * minuteMs)).toEqual([]);
  });

  it("wait for minutes that are told late, and are told without those in which nobody traded", () => {
    const candles = begun();
    for (const at of [1, 3]) candles.on(minute(at));
    const end = start + 5 * minuteMs;
    expect(candles.at(end + 999)).toEqual([]);
    expect(candles.at(end + 1_000)).toMatchObject([{ open: 100, close: 103, volume: 20 }]);
  });

  it("are told again where a minute has changed", () => {
    const candles = begun();
    for (const at of [0, 1, 2, 3, 4]) candles.on(minute(at));
    expect(candles.on({ ...minute(4), volume: 17 })).toMatchObject([{ time: start, volume: 57 }]);
  });

  it("are left out where somebody began to listen in the middle, or did not listen for a while", () => {
    const late = begun(start + 1);
    for (const at of [0, 1, 2, 3, 4]) expect(late.on(minute(at))).toEqual([]);
    const broken = begun();
    for (const at of [0, 1]) broken.on(minute(at));
    broken.listensFrom(start + 2.5 * minuteMs);
    for (const at of [3, 4]) broken.on(minute(at));
    expect(broken.at(start + 6 * minuteMs)).toEqual([]);
    for (const at of [5, 6, 7, 8]) broken.on(minute(at));
    expect(broken.on(minute(9))).toMatchObject([{ time: start + 5 * minuteMs, volume: 50 }]);
  });

  it("are those of the hours, whatever trades beside them", () => {
    // From 14:30 to 21:00, as New York trades in winter.
    const hours = { open: start - 30 * minuteMs, close: start + 360 * minuteMs, pause: null, day: 20_458 };
    const calendar = { ...five.calendar, sessionAt: () => hours, sessionFrom: () => hours };
    const timing: ClosedCandlesOptions["timing"] = { ...five, calendar, intervalMs: 60 * minuteMs };
    const minutes = [-31, -30, 29, 30, 359, 360].map((at) => minute(at));
    const found = candlesOf(minutes, timing);
    expect(found.map(({ time, volume }) => [(time - start) / minuteMs, volume])).toEqual([
      [-30, 20],
      [30, 10],
      [330, 10],
    ]);
    expect(barGrid(timing).at(start + 359 * minuteMs).end).toBe(hours.close);
    const daily: ClosedCandlesOptions["timing"] = { ...timing, intervalMs: 1_440 * minuteMs, isDated: true };
    expect(candlesOf(minutes, daily)).toMatchObject([{ time: hours.day * 86_400_000, volume: 40 }]);
  });
});
