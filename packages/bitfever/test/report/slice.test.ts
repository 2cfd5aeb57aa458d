import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logicalOf, placeOf, sliceFor, sliceOf, type SliceSource } from "../../src/report/slice.js";

const column = (...values: number[]): Float64Array => Float64Array.from(values);

function history(length: number): SliceSource {
  const values = Float64Array.from({ length }, (_, i) => i);
  return {
    ...{ length, group: 1, time: values, open: values, high: values, low: values, close: values },
    ...{
      volume: null,
      stop: null,
      equity: values,
      equityLow: null,
      equityHigh: null,
      hold: null,
      drawdown: values,
    },
    series: [],
  };
}

describe("a slice", () => {
  const look = { style: "dots", color: null, width: 1, pane: null } as const;
  const source: SliceSource = {
    ...{ length: 5, group: 1, time: column(10, 20, 30, 40, 50), open: column(1, 2, 3, 4, 5) },
    ...{ high: column(9, 2, 3, 7, 5), low: column(1, 0, 3, 4, 2), close: column(1.5, 2.5, 3.5, 4.5, 5.5) },
    ...{
      volume: column(1, 2, 3, 4, 5),
      stop: column(NaN, 0.5, 1, NaN, NaN),
      equity: column(100, 90, 120, 110, 130),
      hold: null,
    },
    ...{ equityLow: null, equityHigh: null, drawdown: column(0, -0.1, 0, -0.08, 0) },
    series: [
      { look: null, isCondition: false, values: column(1, 2, 3, NaN, 5) },
      { look, isCondition: false, values: column(1, NaN, 3, NaN, NaN) },
      { look, isCondition: true, values: column(1, 0, 0, 0, 0) },
    ],
  };

  test("takes candles together as a chart does", () => {
    expect(sliceOf(source, 2, 0, 5)).toEqual({
      ...{ size: 2, first: 0, end: 5, time: column(10, 30, 50), open: column(1, 3, 5) },
      ...{ high: column(9, 7, 5), low: column(0, 3, 2), close: column(2.5, 4.5, 5.5) },
      ...{ volume: column(3, 7, 5), stop: column(0.5, 1, NaN), equity: column(90, 110, 130), hold: null },
      ...{ equityLow: column(90, 110, 130), equityHigh: column(100, 120, 130) },
      drawdown: column(-0.1, -0.08, 0),
      series: [column(2, NaN, 5), column(1, 3, NaN), column(1, 0, 0)],
    });
  });

  test("of single bars is the bars", () => {
    const slice = sliceOf(source, 1, 3, 5);
    expect(slice.close).toEqual(column(4.5, 5.5));
    expect(slice.equityLow).toBeNull();
  });

  test("has the middle of its first point at 0", () => {
    const slice = { size: 8, first: 160 };
    expect(logicalOf(slice, 164)).toBe(0);
    expect(placeOf(slice, 2.5)).toBe(184);
    expect(placeOf(slice, logicalOf(slice, 171.3))).toBeCloseTo(171.3, 12);
  });
});

describe("the slice for a view", () => {
  const source = history(50_000);

  test("has what is in view and a screen on either side, in points that can be seen, and few of them", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: 0.0001, max: 3, noNaN: true }),
        fc.integer({ min: 200, max: 3000 }),
        (start, share, width) => {
          const view = { from: start * 50_000, to: (start + share) * 50_000 };
          const slice = sliceFor(source, null, view, width, 0);
          const inside = (place: number): number => Math.max(0, Math.min(49_999, place));
          const shown = view.to - view.from;
          expect(slice.first % slice.size).toBe(0);
          expect(slice.first).toBeLessThanOrEqual(Math.floor(inside(view.from - shown)));
          expect(slice.end).toBeGreaterThanOrEqual(inside(view.to + shown));
          const point = (slice.size * width) / shown;
          expect(point).toBeGreaterThanOrEqual(1);
          if (slice.size > 1) expect(point).toBeLessThan(4);
          expect(slice.time.length).toBeLessThanOrEqual(3 * width + 3);
        },
      ),
    );
  });

  test("stays while it will do, and is made anew when it will not", () => {
    const slice = sliceFor(source, null, { from: 20_000, to: 21_000 }, 750, 0);
    expect(slice).toMatchObject({ size: 2, first: 19_000, end: 22_000 });
    const next = (from: number, to: number, ahead = 0): unknown =>
      sliceFor(source, slice, { from, to }, 750, ahead);
    expect(next(19_500, 20_500)).toBe(slice);
    expect(next(21_000, 22_000)).toBe(slice);
    expect(next(20_500, 21_000)).toBe(slice);
    expect(next(19_400, 20_400, 0.5)).toMatchObject({ size: 2, first: 18_400, end: 21_400 });
    expect(next(21_100, 22_100)).toMatchObject({ size: 2, first: 20_100, end: 23_100 });
    expect(next(20_000, 20_300)).toMatchObject({ size: 1, first: 19_700, end: 20_600 });
    expect(next(19_000, 20_600)).toMatchObject({ size: 4, first: 17_400, end: 22_200 });
  });
});
