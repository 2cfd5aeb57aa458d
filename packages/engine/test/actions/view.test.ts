import { BitFeverError } from "@bitfever/lang";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarOf } from "../../src/calendar.js";
import { barsOf, type Bars } from "../../src/bars.js";
import { timingOf } from "../../src/trading-calendar.js";
import type { CorporateAction } from "../../src/actions/action.js";
import { placeActions } from "../../src/actions/placed.js";
import { adjustBars, adjustmentSteps, heldActions, type Adjustment } from "../../src/actions/view.js";

/* Prices that splits and dividends have moved, as each view shows them. */

const dayMs = 86_400_000;
const start = Date.UTC(2020, 0, 6);
const dateOf = (day: number): string => new Date(start + day * dayMs).toISOString().slice(0, 10);

const barsAt = (closes: readonly number[], step = dayMs): Bars => {
  const price = Float64Array.from(closes);
  return barsOf("X", {
    time: Float64Array.from(closes, (_, i) => start + i * step),
    ...{ open: price, high: price, low: price, close: price },
    volume: Float64Array.from(closes, () => 100),
  });
};

const timing = (step = dayMs, zone = "UTC"): ReturnType<typeof timingOf> =>
  timingOf(calendarOf(null, { zone }), step);

const split = (day: number, newShares: number, oldShares = 1): CorporateAction => ({
  ...{ kind: "split", date: dateOf(day), newShares, oldShares },
});
const dividend = (day: number, amount: number): CorporateAction => ({
  kind: "dividend",
  date: dateOf(day),
  amount,
});

function closes(bars: Bars, actions: readonly CorporateAction[], view: Adjustment): number[] {
  const { actions: placed } = placeActions(bars, actions, timing(bars.intervalMs));
  return [...adjustBars(bars, adjustmentSteps(bars, placed, view)).close];
}

/** The dividends that are paid in a view, as decimals. */
const paid = (bars: Bars, actions: readonly CorporateAction[], view: Adjustment): number[] =>
  heldActions(placeActions(bars, actions, timing(bars.intervalMs)).actions, view).flatMap((each) =>
    each.kind === "dividend" ? [each.amount.numerator / each.amount.denominator] : [],
  );

describe("by hand", () => {
  // 2 for 1 on the third day, 1 for 4 on the fifth; 5 a share on the second, 1 on the third and on the fourth.
  const bars = barsAt([100, 95, 48, 46, 190]);
  const actions = [dividend(1, 5), split(2, 2), dividend(2, 1), dividend(3, 1), split(4, 1, 4)];

  test("splits: in shares of the last bar, and so are the dividends", () => {
    expect(closes(bars, actions, "splits")).toEqual([200, 190, 192, 184, 190]);
    expect(paid(bars, actions, "splits")).toEqual([10, 4, 4]);
    const { actions: placed } = placeActions(bars, actions, timing());
    const { volume } = adjustBars(bars, adjustmentSteps(bars, placed, "splits"));
    expect([...volume]).toEqual([50, 50, 25, 25, 100]);
  });

  test("none: as traded, with everything left to the holder", () => {
    expect(closes(bars, actions, "none")).toEqual([100, 95, 48, 46, 190]);
    expect(paid(bars, actions, "none")).toEqual([5, 1, 1]);
    const { actions: placed } = placeActions(bars, actions, timing());
    expect(heldActions(placed, "none").map(({ kind }) => kind)).toEqual([
      ...["dividend", "split", "dividend", "dividend", "split"],
    ]);
  });

  test("total return: what was left of the last close by each dividend, in the shares of its day", () => {
    // 95/100; 1 of the 47.50 that a new share had closed at; 1 of 48.
    const [first, second, third] = [95 / 100, 46.5 / 47.5, 47 / 48];
    const expected = [200 * first * second * third, 190 * second * third, 192 * third, 184, 190];
    closes(bars, actions, "total_return").forEach((close, i) => {
      expect(close).toBeCloseTo(expected[i], 10);
    });
    expect(paid(bars, actions, "total_return")).toEqual([]);
  });

  test("an action without a bar on its date is at the next", () => {
    const gap = barsOf("X", {
      ...barsAt([100, 100, 50]),
      time: Float64Array.from([0, 1, 5], (day) => start + day * dayMs),
    });
    expect(closes(gap, [split(3, 2)], "splits")).toEqual([50, 50, 50]);
  });

  test("what lies before the first bar is over, or behind the last, changes nothing and is counted", () => {
    const outside = [split(-5, 2), split(0, 3), dividend(0, 1), split(9, 2)];
    expect(placeActions(barsAt([1, 1]), outside, timing())).toEqual({ actions: [], tickers: [], outside: 4 });
  });

  test("inside a day it is the first bar of the session of the date", () => {
    // Every 12 hours from midnight UTC: in New York the first bar of a date opens at 12:00 UTC.
    const half = barsAt([10, 10, 10, 10, 10], dayMs / 2);
    const barIn = (zone: string): number =>
      placeActions(half, [split(1, 2)], timing(dayMs / 2, zone)).actions[0].bar;
    expect([barIn("UTC"), barIn("America/New_York")]).toEqual([2, 3]);
  });
});

describe("what cannot be", () => {
  const codeOf = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof BitFeverError) return `${error.code}: ${error.message}`;
      throw error;
    }
    return "nothing was thrown";
  };

  test.each([
    [[split(1, 0)], "BF5102: X, 2020-01-07: a split of 0 for 1 cannot be"],
    [[dividend(1, NaN)], "BF5102: X, 2020-01-07: a dividend of NaN is none"],
    [[{ ...dividend(1, 1), date: "tomorrow" }], 'BF5102: X, tomorrow: "tomorrow" is no date'],
    [[{ ...dividend(1, 1), date: "2020-13-01" }], 'BF5102: X, 2020-13-01: "2020-13-01" is no date'],
    [[dividend(1, 1), dividend(1, 2)], "BF5102: X, 2020-01-07: there are two dividends of 2020-01-07"],
    [
      [dividend(1, 100)],
      "BF5105: the dividend of 100 of X at 2020-01-07T00:00:00Z is no less than the close of 100 before it",
    ],
  ] as const)("%j", (actions, said) => {
    expect(codeOf(() => closes(barsAt([100, 1]), actions, "total_return"))).toBe(said);
  });

  test("bars in which a date has no place of its own", () => {
    expect(codeOf(() => closes(barsAt([100, 100], 7 * dayMs), [split(7, 2)], "splits"))).toMatch(
      /^BF5103: bars of X/,
    );
  });
});

const price = fc.double({ min: 1, max: 1_000, noNaN: true });
const history = fc.record({
  prices: fc.array(price, { minLength: 3, maxLength: 20 }),
  splits: fc.uniqueArray(
    fc.record({
      day: fc.integer({ min: 1, max: 19 }),
      a: fc.integer({ min: 1, max: 9 }),
      b: fc.integer({ min: 1, max: 9 }),
    }),
    {
      selector: ({ day }) => day,
      maxLength: 4,
    },
  ),
});

test("a split and its inverse on the next bar leave all prices before as they were", () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 1, max: 9 }), ({ prices, splits }, ratio) => {
      const bars = barsAt(prices);
      const others = splits.map(({ day, a, b }) => split(day + 2, a, b));
      const before = closes(bars, others, "splits");
      const after = closes(bars, [...others, split(1, ratio), split(2, 1, ratio)], "splits");
      after.forEach((close, i) => {
        // Between the two a share is worth what so many of the old are.
        expect(close / before[i]).toBeCloseTo(i === 1 ? ratio : 1, 9);
      });
    }),
    { seed: 1, numRuns: 100 },
  );
});

test("returns do not hear of splits, and without dividends both views are the same", () => {
  fc.assert(
    fc.property(history, ({ prices, splits }) => {
      const actions = splits.map(({ day, a, b }) => split(day, a, b));
      const bars = barsAt(prices);
      const seen = closes(bars, actions, "splits");
      expect(closes(bars, actions, "total_return")).toEqual(seen);
      for (let i = 1; i < prices.length; i++) {
        const { a, b } = splits.find(({ day }) => day === i) ?? { a: 1, b: 1 };
        expect(seen[i] / seen[i - 1] / (((prices[i] / prices[i - 1]) * a) / b)).toBeCloseTo(1, 9);
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});
