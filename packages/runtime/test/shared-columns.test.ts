import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, compile, specialise, type ColumnId, type Plan } from "@bitfever/lang";
import {
  catalogue,
  daysOf,
  defaultSettings,
  kernelsIn,
  type PlansToRun,
  shareColumns,
  timingOf,
  withShared,
  type Fields,
  type GivenColumns,
} from "@bitfever/engine";
import { arbitraryBars } from "../../../test/support/arbitrary-bars.js";
import { backtest, finish } from "../src/index.js";
import { fieldsWithSessions } from "./by-hand.js";

/* Columns that many plans have in common: what is saved, and that nothing else is different. */

const fasts = [2, 3, 5, 8];
const slows = [10, 12, 20];

function plansOf(rules: string): readonly Plan[] {
  const text = `strategy "Cross" {
    param fast: bars = 2 in 2..8
    param slow: bars = 10 in 10..20
    ${rules}
  }`;
  const { program, diagnostics } = compile({ name: "cross.bf", text }, catalogue);
  if (program === null) throw new Error(diagnostics.map((each) => each.message).join("\n"));
  return fasts.flatMap((fast) => slows.map((slow) => specialise(program, catalogue, { fast, slow })));
}

const cross = plansOf(`
  enter long when sma(close, fast) crosses above sma(close, slow) { size 10 stop at close - 2 * atr(5) }
  exit long when sma(close, fast) crosses below sma(close, slow)
`);
const crossSizedByEquity = plansOf(`
  let held = position_size
  enter long when sma(close, fast) crosses above sma(close, slow) and held == 0 { size 10% of equity unprotected }
  exit long when sma(close, fast) crosses below ema(sma(close, slow), 3)
`);

const wanted = (plan: Plan): readonly ColumnId[] => plan.rules.flatMap(columnsOf);

const surroundings = {
  timing: timingOf(daysOf({ zone: "UTC" }), 60_000),
  instrument: { tick: null, lot: null, multiplier: 1 },
};
const everything = 1e9;

const shared = (
  fields: Fields,
  plans: readonly Plan[],
  mostBytes = everything,
): ReturnType<typeof shareColumns> =>
  shareColumns({ fields, surroundings, plans: toRun(plans), wanted, mostBytes });

const toRun = (plans: readonly Plan[]): PlansToRun => ({ count: plans.length, at: (place) => plans[place] });

function bits(plan: Plan, fields: Fields, given?: GivenColumns): string {
  const settings = { ...defaultSettings, initial_capital: 10_000 };
  const run = finish(
    backtest({ plan, fields, settings, symbol: "X", intervalMs: 0, given, blockLength: 16 }),
  );
  return JSON.stringify([run.trades, run.counts, [...run.equity]]);
}

const anyFields = arbitraryBars({ minLength: 1, maxLength: 120 }).map((bars) => fieldsWithSessions(bars));

describe("columns that many plans have in common", () => {
  it.each([
    ["of bars alone", cross],
    ["beside the account", crossSizedByEquity],
  ])("change nothing in what a plan does, %s", (_, plans) => {
    fc.assert(
      fc.property(anyFields, fc.constantFrom(everything, 120 * 8 * 3, 0), (fields, budget) => {
        const { columns } = shared(fields, plans, budget);
        for (const plan of plans) {
          const { plan: left, given } = withShared(plan, columns, wanted);
          expect(bits(left, fields, given)).toBe(bits(plan, fields));
        }
      }),
      { seed: 5, numRuns: 25 },
    );
  });

  it("are computed once each, as was planned", () => {
    const [fields] = fc.sample(anyFields, { seed: 1, numRuns: 1 });
    const { columns, work } = shared(fields, cross);
    // Alone each of 12 has two averages, two crosses, a true range average, its double and the stop below the close.
    const perPlan = cross[0].nodes.filter(({ kind }) => kind === "kernel").length;
    expect(work().alone).toBe(12 * perPlan);
    // Together 4 and 3 averages and the stop, which all have, with what only it needs; the crosses are of one plan each.
    const ofStop = perPlan - 4;
    expect(work().together).toBe(4 + 3 + ofStop + 12 * 2);
    expect(work().kept).toBe(4 + 3 + 1);
    expect(work().bytes).toBe(8 * 8 * fields.time.length);
    const left = cross.map((plan) => withShared(plan, columns, wanted));
    expect(left.map(({ plan, given }) => kernelsIn(plan, given))).toEqual(cross.map(() => 2));
  });

  it("are not computed again where they are there, and not kept where nobody reads them", () => {
    const [fields] = fc.sample(anyFields, { seed: 1, numRuns: 1 });
    const { columns, work } = shared(fields, cross);
    const [half, rest] = [cross.slice(0, 6), cross.slice(6)];
    const mostBytes = everything;
    const known = shareColumns({ fields, surroundings, plans: toRun(half), wanted, mostBytes }).columns;
    const next = shareColumns({ fields, surroundings, plans: toRun(rest), wanted, mostBytes, known });
    // Two averages of 5 and 8 bars; the three others and the stop are those of the half before.
    expect(next.work().ahead).toBe(2);
    expect(work().ahead).toBeGreaterThan(next.work().ahead);
    expect([...next.columns.keys()].sort()).toEqual(
      [...columns.keys()].filter((key) => !/^sma\((2|3), close/.test(key)).sort(),
    );
    for (const [key, each] of next.columns) {
      if (known.has(key)) expect(each).toBe(known.get(key));
      expect(each).toEqual(columns.get(key));
    }
  });

  it("are those that most plans read, where there is no room for all", () => {
    const [fields] = fc.sample(anyFields, { seed: 1, numRuns: 1 });
    const { work } = shared(fields, cross, 8 * fields.time.length);
    expect(work().kept).toBe(1);
    expect(work().together).toBe(
      work().alone - 11 * (cross[0].nodes.filter(({ kind }) => kind === "kernel").length - 4),
    );
  });
});
