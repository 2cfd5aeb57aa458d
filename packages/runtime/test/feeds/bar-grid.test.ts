import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarOf, ClockBuilder, daysOf, timingOf, type Timing } from "@bitfever/engine";
import { barGrid } from "../../src/index.js";

/* The bars that a calendar knows of. */

const minute = 60_000;
const nyse = (intervalMs: number): Timing => timingOf(calendarOf("NYSE", { zone: "UTC" }), intervalMs);
const tokyo = (intervalMs: number): Timing => timingOf(calendarOf("TSE", { zone: "UTC" }), intervalMs);
const utc = (intervalMs: number): Timing => timingOf(daysOf({ zone: "UTC" }), intervalMs);
const at = (text: string): number => Date.parse(text);
const iso = (instant: number): string => new Date(instant).toISOString().slice(0, 16);

describe("the bars of a calendar", () => {
  it("are counted from the open, and the last ends with the session", () => {
    const grid = barGrid(nyse(60 * minute));
    // Open 09:30 to 16:00 in New York, five hours behind in January.
    const { time, end } = grid.at(at("2024-01-05T20:45Z"));
    expect([iso(time), iso(end)]).toEqual(["2024-01-05T20:30", "2024-01-05T21:00"]);
    // From Friday to Monday.
    expect(iso(grid.next(time))).toBe("2024-01-08T14:30");
  });

  it("begin anew behind a break", () => {
    const grid = barGrid(tokyo(60 * minute));
    // 09:00 to 11:30 and 12:30 to 15:00 in Tokyo, nine hours ahead.
    const last = grid.at(at("2024-01-05T02:10Z"));
    expect([iso(last.time), iso(last.end)]).toEqual(["2024-01-05T02:00", "2024-01-05T02:30"]);
    expect(iso(grid.next(last.time))).toBe("2024-01-05T03:30");
    const within = grid.at(at("2024-01-05T03:00Z"));
    expect([iso(within.time), iso(within.end)]).toEqual(["2024-01-05T02:30", "2024-01-05T03:30"]);
  });

  it("of what trades after a close do not begin before it", () => {
    const { time, end } = barGrid(nyse(240 * minute)).at(at("2024-01-04T21:10Z"));
    expect([iso(time), iso(end)]).toEqual(["2024-01-04T21:00", "2024-01-04T22:30"]);
  });

  it("of a day are its sessions, by date", () => {
    const grid = barGrid(nyse(1440 * minute));
    const { time, end } = grid.at(at("2024-01-05T20:45Z"));
    expect([iso(time), iso(end)]).toEqual(["2024-01-05T00:00", "2024-01-05T21:00"]);
    expect(iso(grid.next(time))).toBe("2024-01-08T00:00");
    // Martin Luther King's day is none.
    expect(grid.count(at("2024-01-12"), at("2024-01-17"))).toBe(2);
  });

  it("follow one another without a hole or an overlap, and are the periods of slower clocks", () => {
    const timings = [nyse, tokyo, utc].flatMap((of) => [1, 7, 15, 60, 240].map((each) => of(each * minute)));
    fc.assert(
      fc.property(
        fc.constantFrom(...timings),
        fc.integer({ min: at("2023-12-01"), max: at("2025-02-01") }),
        (timing, instant) => {
          const grid = barGrid(timing);
          const span = grid.at(instant);
          expect(span.time).toBeLessThanOrEqual(instant);
          expect(span.end).toBeGreaterThan(instant);
          expect(span.end - span.time).toBeLessThanOrEqual(timing.intervalMs);
          expect(grid.at(span.time)).toEqual(span);
          expect(grid.at(span.end - 1)).toEqual(span);
          expect(grid.at(span.end).time).toBe(span.end);
          const next = grid.next(span.time);
          expect(next).toBeGreaterThanOrEqual(span.end);
          expect(grid.at(next).time).toBe(next);
          expect(grid.count(span.time, next)).toBe(1);

          // Of its minutes the last one closes the slower bar.
          const first = Math.floor(instant / minute) * minute;
          const last = span.end - minute;
          if (timing.intervalMs === minute || first === last) return;
          const clock = new ClockBuilder(`${timing.intervalMs / minute}m`, { ...timing, intervalMs: minute });
          const column = Float64Array.of(first, last);
          const bars = {
            time: column,
            open: column,
            high: column,
            low: column,
            close: column,
            volume: column,
          };
          expect([...clock.advance(bars, 0, 2).closedCount]).toEqual([0, 1]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("are up to a day long", () => {
    for (const intervalMs of [0, -1, NaN, 7 * 1440 * minute])
      expect(() => barGrid(utc(intervalMs))).toThrow(expect.objectContaining({ code: "BF5167" }));
  });
});
