import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomOf } from "@bitfever/engine";
import { drift, driftText, type ClosedBar, type DriftCause, type DriftReport } from "../../src/index.js";
import { minutePlan, plans } from "../simulation/programs.js";
import { barsOf, dayStart, liveDay, type LiveDay } from "./live-day.js";

/* What made a live day differ from its shadow, cause by cause; whatever happens, the parts come to the whole. */

const minute = 60_000;

const up = minutePlan(
  "Up",
  "enter long when close > open { size 10 unprotected } exit long when close < open",
);
const closes = [101, 102, 103, 105, 104, 105, 107, 106];
const day: LiveDay = { plans: [up], bars: barsOf(closes) };

const causesOf = ({ causes }: DriftReport): Partial<Record<DriftCause, number>> =>
  Object.fromEntries(Object.entries(causes).filter(([, amount]) => amount !== 0));

describe("drift", () => {
  it("is nothing where nothing went wrong", async () => {
    const report = drift(await liveDay(day));
    expect(report).toMatchObject({ bars: 8, difference: 0, parts: [], barDrifts: [] });
    expect(report.live).not.toBe(5_000);
    expect(causesOf(report)).toEqual({});
  });

  it("is of fees and fills where the venue has others", async () => {
    const options = await liveDay({
      ...day,
      venue: { commission: 0.001, slippage: { unit: "ticks", value: 2 } },
    });
    const report = drift(options);
    expect(Object.keys(causesOf(report)).sort()).toEqual(["fee", "fill"]);
    expect(report.causes.fee).toBeLessThan(0);
    expect(report.causes.fill).toBeLessThan(0);
    expect(driftText(report)).toContain("entered at another price");
    expect(report.parts.every(({ orderId }) => orderId !== null)).toBe(true);
  });

  it("is of refusals where the venue refuses", async () => {
    const report = drift(await liveDay({ ...day, misfortune: { rejected: 1 } }));
    expect(Object.keys(causesOf(report))).toEqual(["reject"]);
    expect(report.live).toBe(5_000);
    expect(report.parts[0].text).toBe("the venue: the venue has refused it");
  });

  it("is of refusals where a gate refuses", async () => {
    const report = drift(await liveDay({ ...day, gates: [{ gate: "max_order_quantity", most: 1 }] }));
    expect(Object.keys(causesOf(report))).toEqual(["reject"]);
    expect(report.parts[0].text).toMatch(/units/);
  });

  it("is of hands where an operator closes or pauses", async () => {
    const closed = drift(await liveDay({ ...day, operator: { 1: { kind: "flatten" } } }));
    expect(closed.causes.manual).not.toBe(0);
    expect(closed.parts.map(({ text }) => text)).toContain("left by hand");
    const paused = drift(await liveDay({ ...day, operator: { 0: { kind: "pause" } } }));
    expect(Object.keys(causesOf(paused))).toEqual(["manual"]);
    expect(paused.live).toBe(5_000);
  });

  it("is of data where bars are missing or revised", async () => {
    const hears = (bar: ClosedBar, i: number): { bar: ClosedBar; lateMs: number } | null =>
      i === 4 ? null : { bar: i === 6 ? { ...bar, open: 105.5 } : bar, lateMs: 0 };
    const report = drift(await liveDay({ ...day, hears }));
    expect(report.causes.data).not.toBe(0);
    expect(report.barDrifts).toEqual([
      { what: "missing", symbol: "AAA", time: dayStart + 4 * minute },
      { what: "revised", symbol: "AAA", time: dayStart + 6 * minute },
    ]);
  });

  it("is of data where a bar came late, and its order with it", async () => {
    const hears = (bar: ClosedBar, i: number): { bar: ClosedBar; lateMs: number } => ({
      bar,
      lateMs: i === 0 ? minute + 15_000 : 0,
    });
    const report = drift(await liveDay({ ...day, hears }));
    expect(report.parts).toContainEqual(
      expect.objectContaining({ cause: "data", text: "entered at another price: its bar was late" }),
    );
    expect(report.barDrifts).toContainEqual({
      ...{ what: "late", symbol: "AAA", time: dayStart, lateMs: minute + 15_000 },
    });
  });

  it("is of fills where an order fills in parts, or never", async () => {
    const plan = minutePlan(
      "Up",
      "enter long at limit close + 0.05 when close > open { size 10 unprotected }",
    );
    const never = drift(await liveDay({ ...day, plans: [plan], venue: { through: 500 } }));
    expect(never.parts).toMatchObject([{ cause: "fill", text: "sent, and never filled" }]);
    const parts = drift(await liveDay({ ...day, venue: { volume_limit: 0.01 } }));
    expect(parts.causes.fill).not.toBe(0);
    expect(driftText(parts)).toMatch(/\d+ lots and not 100/);
  });

  it("refuses the journal of another program", async () => {
    const options = await liveDay(day);
    const other = await liveDay({
      ...day,
      plans: [minutePlan("Up", "enter short when true { size 3 unprotected }")],
    });
    expect(() => drift({ ...options, seats: other.seats })).toThrow(
      expect.objectContaining({ code: "BF5192" }),
    );
  });

  it("comes to the difference in equity, whatever happened", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.noBias(fc.nat()), async (seed) => {
        const random = randomOf(seed);
        const options = await liveDay(drawnDay(random, seed));
        const report = drift(options);
        const cents = (amount: number): number => Math.round(amount * 100);
        const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + cents(b), 0);
        expect(sum(report.parts.map(({ amount }) => amount))).toBe(cents(report.difference));
        expect(sum(Object.values(report.causes))).toBe(cents(report.difference));
        const last = options.bars?.at(-1)?.bars[0].bar.close ?? NaN;
        const heardLast = report.barDrifts.some(({ what, time }) => what !== "late" && time > dayStart);
        if (!heardLast)
          expect(cents(report.live)).toBe(sum(options.live.map(({ member }) => member.session.equity(last))));
        for (const cause of Object.keys(causesOf(report))) seen.add(cause);
      }),
      { numRuns: Number(process.env["LAW_RUNS"] ?? 60) },
    );
    expect([...seen].sort()).toEqual(["data", "fee", "fill", "manual", "reject", "signal"]);
  });
});

function drawnDay(random: () => number, seed: number): LiveDay {
  let last = 100;
  const cents = (price: number): number => Math.round(price * 100) / 100;
  const bars = barsOf(Array.from({ length: 12 }, () => (last = cents(last + (random() - 0.5) * 3))));
  const chosen = plans.filter(() => random() < 0.4);
  const missing = random() < 0.3 ? Math.floor(random() * 12) : -1;
  const revised = random() < 0.3 ? Math.floor(random() * 11) : -1;
  const late = random() < 0.3 ? Math.floor(random() * 12) : -1;
  const kinds = ["flatten", "pause", "reduce", "halt"] as const;
  return {
    plans: chosen.length === 0 ? [up] : chosen,
    ...{ bars, seed },
    venue: { commission: random() < 0.5 ? 0.001 : 0 },
    misfortune: {
      ...{ latencyMs: [0, random() < 0.5 ? 0 : 3_000], lost: random() < 0.5 ? 0 : 0.1 },
      ...{ doubled: 0.1, rejected: random() < 0.5 ? 0 : 0.15 },
    },
    gates: random() < 0.3 ? [{ gate: "max_position", most: 8 }] : [],
    operator:
      random() < 0.4 ? { [Math.floor(random() * 12)]: { kind: kinds[Math.floor(random() * 4)] } } : {},
    hears: (bar, i) =>
      i === missing
        ? null
        : {
            bar: i === revised ? { ...bar, close: cents(bar.close + 0.05) } : bar,
            lateMs: i === late ? 75_000 : 0,
          },
  };
}
