import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { curveOf, valuesOf, type Curve } from "../../src/curve.js";
import type { MetricContext } from "../../src/metric.js";
import { computeMetrics, metrics } from "../../src/metrics/index.js";
import type { BookedFlow } from "../../src/time-weighted.js";
import type { Trade } from "../../src/trade.js";
import { barsAt, contextOf, day, openTrade, repeat, tradeOf } from "./build.js";

const all = [...metrics.values()];

describe("the catalogue", () => {
  test("has every file of its folder, named after the metric", () => {
    const folder = new URL("../../src/metrics/", import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && name !== "index.ts");
    expect(files.sort()).toEqual(all.map(({ name }) => `${name.replaceAll("_", "-")}.ts`).sort());
  });

  test.each(all)("$name says what it is", ({ name, title, formula, source }) => {
    expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    for (const text of [title, formula, source]) expect(text.trim()).toMatch(/^\S.{2,}/);
  });

  test("titles differ", () => {
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  });
});

const money = fc.integer({ min: -10_000_00, max: 100_000_00 }).map((cents) => cents / 100);
const price = fc.integer({ min: 1, max: 100_000 }).map((cents) => cents / 100);

const flowAmong = (bars: number): fc.Arbitrary<BookedFlow> =>
  fc.record({ bar: fc.nat(bars - 1), amount: money, worth: fc.oneof(money, price) });

const tradeAmong = (bars: number): fc.Arbitrary<Trade> =>
  fc
    .record({
      entryBar: fc.nat(bars - 1),
      held: fc.option(fc.nat(20)),
      side: fc.constantFrom("long" as const, "short" as const),
      entryPrice: price,
      exitPrice: price,
      quantity: fc.integer({ min: 1, max: 1000 }),
      profit: money,
      commission: fc.integer({ min: 0, max: 1000 }).map((cents) => cents / 100),
    })
    .map(({ held, exitPrice, ...trade }) =>
      held === null ? openTrade(trade) : tradeOf({ ...trade, exitPrice, exitBar: trade.entryBar + held }),
    );

/** Account values that wander, stand still, jump, or fall through zero. */
const equityOver = (bars: number, initialCapital: number): fc.Arbitrary<readonly number[]> => {
  const many = { minLength: bars, maxLength: bars };
  return fc.oneof(
    fc.constant(repeat(bars, initialCapital)),
    fc.array(money, many),
    fc.array(fc.integer({ min: -300, max: 320 }), many).map((steps) => {
      let cents = initialCapital * 100;
      return steps.map((step) => (cents += Math.round((cents * step) / 10_000)) / 100);
    }),
  );
};

const contexts: fc.Arbitrary<MetricContext> = fc
  .record({
    bars: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 100, max: 160 })),
    initialCapital: fc.integer({ min: 1, max: 100_000 }),
    step: fc.constantFrom(day, day / 24, 7 * day),
    sessionsPerYear: fc.constantFrom(252, 365),
  })
  .chain(({ bars, initialCapital, step, sessionsPerYear }) =>
    fc
      .record({
        equity: equityOver(bars, initialCapital),
        closes: fc.array(price, { minLength: bars, maxLength: bars }),
        position: fc.array(fc.integer({ min: -1, max: 1 }), { minLength: bars, maxLength: bars }),
        flows: fc.oneof(fc.constant([]), fc.array(flowAmong(bars), { maxLength: 5 })),
        trades: fc.oneof(
          fc.constant([]),
          fc.array(tradeAmong(bars), { maxLength: 40 }),
          fc.array(tradeAmong(bars), { minLength: 40, maxLength: 80 }),
        ),
      })
      .map(({ equity, closes, position, trades, flows }) => ({
        ...contextOf({
          ...{ initialCapital, equity, position, step, trades },
          flows: [...flows].sort((a, b) => a.bar - b.bar),
        }),
        ...{ bars: barsAt(closes, step), benchmark: barsAt(closes, step) },
        sessionsPerYear,
      })),
  );

/** The same run with every amount of money times `factor`; prices stay, sizes grow. */
function scaled(context: MetricContext, factor: number): MetricContext {
  const times = (value: number): number => value * factor;
  return {
    ...context,
    equity: scaledCurve(context.equity, factor),
    timeWeighted: scaledCurve(context.timeWeighted, factor),
    externalFlows: context.externalFlows.map(({ bar, amount, worth }) => ({
      ...{ bar, amount: times(amount), worth: times(worth) },
    })),
    sessionEquity: context.sessionEquity.map(times),
    initialCapital: context.initialCapital * factor,
    trades: {
      ...context.trades,
      entryValue: context.trades.entryValue.map(times),
      exitValue: context.trades.exitValue.map(times),
      profit: context.trades.profit.map(times),
      commission: context.trades.commission.map(times),
    },
  };
}

const scaledCurve = (curve: Curve, factor: number): Curve =>
  curveOf(valuesOf(curve).map((value) => value * factor));

const numberOf = (context: MetricContext, name: string): number | null =>
  computeMetrics(context).values[name];

describe("for any run", () => {
  test("every metric is a finite number, or null with a reason", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(contexts, (context) => {
        const { values, reasons } = computeMetrics(context);
        expect(Object.keys(values)).toEqual([...metrics.keys()]);
        for (const [name, value] of Object.entries(values)) {
          if (value === null) expect(reasons[name]).toMatch(/^\S.{5,}/);
          else {
            seen.add(name);
            expect(Number.isFinite(value), `${name}: ${value}`).toBe(true);
            expect(reasons).not.toHaveProperty(name);
          }
        }
      }),
      { seed: 1, numRuns: 500 },
    );
    // Or the runs above would say little.
    expect([...metrics.keys()].filter((name) => !seen.has(name))).toEqual([]);
  });

  test("also where the arithmetic leaves the range of doubles", () => {
    const wild = fc.double({ noNaN: true, noDefaultInfinity: true });
    const runs = fc.record({
      equity: fc.array(wild, { minLength: 1, maxLength: 120 }),
      profits: fc.array(wild, { maxLength: 40 }),
      initialCapital: fc.double({ min: Number.MIN_VALUE, noDefaultInfinity: true, noNaN: true }),
    });
    fc.assert(
      fc.property(runs, ({ equity, profits, initialCapital }) => {
        const trades = profits.map((profit) =>
          tradeOf({ profit, exitPrice: profit, commission: Math.abs(profit) }),
        );
        const { values } = computeMetrics(contextOf({ initialCapital, equity, trades }));
        for (const [name, value] of Object.entries(values)) {
          if (value !== null) expect(Number.isFinite(value), `${name}: ${value}`).toBe(true);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  // A power of two changes no bit of a mantissa, so nothing but the money may differ: not even a rounding.
  test("twice the money to the power of k: ratios keep every bit, amounts scale", () => {
    fc.assert(
      fc.property(contexts, fc.integer({ min: -20, max: 20 }), (context, power) => {
        const before = computeMetrics(context).values;
        const after = computeMetrics(scaled(context, 2 ** power)).values;
        for (const { name, unit } of all) {
          const value = before[name];
          expect(after[name], name).toBe(value === null || unit !== "money" ? value : value * 2 ** power);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("k times the money: ratios stay within 1e-12", () => {
    fc.assert(
      fc.property(contexts, fc.constantFrom(0.07, 3, 1000 / 7, 1e6), (context, factor) => {
        const before = computeMetrics(context).values;
        const after = computeMetrics(scaled(context, factor)).values;
        for (const { name, unit } of all) {
          const value = before[name];
          const other = after[name];
          if (value === null || other === null) {
            expect(other, name).toBe(value);
            continue;
          }
          const expected = unit === "money" ? value * factor : value;
          // An amount that is a difference of account values keeps the rounding of the values, not of itself.
          const size =
            unit === "money" ? context.initialCapital * factor + Math.abs(expected) : Math.abs(expected);
          expect(Math.abs(other - expected), `${name}: ${other}, not ${expected}`).toBeLessThanOrEqual(
            1e-12 * Math.max(1, size),
          );
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("the largest drawdown is the worst pair of an earlier and a later value", () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const values = [context.initialCapital, ...valuesOf(context.timeWeighted)];
        // The value before the first bar stands at its open, every other at the close of its bar.
        const timeOf = (i: number): number => (i === 0 ? 0 : i * context.bars.intervalMs);
        let depth = 0;
        let amount = 0;
        let time = 0;
        values.forEach((peak, i) => {
          if (values.slice(0, i).some((earlier) => earlier > peak)) return;
          const back = values.findIndex((value, j) => j > i && value >= peak);
          const end = back === -1 ? values.length - 1 : back;
          for (let j = i + 1; j <= end; j++) {
            depth = Math.max(depth, (peak - values[j]) / peak);
            amount = Math.max(amount, peak - values[j]);
          }
          if (end > i && values[i + 1] < peak) time = Math.max(time, timeOf(end) - timeOf(i));
        });
        expect(numberOf(context, "max_drawdown")).toBe(depth);
        // Of money that came and went it is the account's own, which has a test by hand.
        if (context.externalFlows.length === 0) expect(numberOf(context, "max_drawdown_money")).toBe(amount);
        expect(numberOf(context, "max_drawdown_duration")).toBe(time / day);
        if (values.every((value) => value >= 0)) expect(depth).toBeLessThanOrEqual(1);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("related metrics agree", () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const { values } = computeMetrics(context);
        const atMost = (less: string, more: string): void => {
          const [a, b] = [values[less], values[more]];
          if (a !== null && b !== null)
            expect(a, `${less} ≤ ${more}`).toBeLessThanOrEqual(b + 1e-12 * Math.abs(b));
        };
        atMost("average_drawdown", "max_drawdown");
        atMost("ulcer_index", "max_drawdown");
        atMost("value_at_risk_95", "expected_shortfall_95");
        atMost("worst_trade", "average_trade_return");
        atMost("average_trade_return", "best_trade");
        atMost("average_win", "largest_win");
        atMost("average_loss", "largest_loss");
        atMost("longest_losing_streak", "trades");
        expect(Number(values.trades) + Number(values.open_trades)).toBe(context.trades.length);
        for (const name of ["win_rate", "exposure"]) {
          const share = values[name];
          if (share !== null) expect(share >= 0 && share <= 1, `${name}: ${share}`).toBe(true);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
