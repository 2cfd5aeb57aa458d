import { describe, expect, it } from "vitest";
import { barsOf } from "../src/bars.js";
import { daysOf } from "../src/calendar.js";
import { fieldsOf } from "../src/fields.js";
import { timingOf } from "../src/trading-calendar.js";

/** Hourly bars around the clock, from midnight UTC of a winter day. */
const hours = Float64Array.from({ length: 48 }, (_, i) => Date.UTC(2024, 0, 10) + i * 3_600_000);
const bars = barsOf("HOURS", {
  time: hours,
  open: hours,
  high: hours,
  low: hours,
  close: hours,
  volume: hours,
});
const starts = (session: { zone: string; start: string }): number[] =>
  Array.from(fieldsOf(bars, timingOf(daysOf(session), 3_600_000)).session_bar, (at, i) =>
    at === 0 ? i : -1,
  ).filter((i) => i >= 0);

describe("the fields of bars", () => {
  it("are the columns themselves", () => {
    expect(fieldsOf(bars, timingOf(daysOf({ zone: "UTC" }), 3_600_000)).close).toBe(bars.close);
  });

  it.each([
    ["UTC", "00:00", [0, 24]],
    ["America/New_York", "00:00", [0, 5, 29]],
    ["America/New_York", "18:00", [0, 23, 47]],
  ])("count the bars of a session from %s %s", (zone, start, expected) => {
    expect(starts({ zone, start })).toEqual(expected);
  });
});
