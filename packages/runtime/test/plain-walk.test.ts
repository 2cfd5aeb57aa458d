import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plan, PlannedEnter, PlannedExit } from "@bitfever/lang";
import {
  defaultSettings,
  pathNames,
  ReusedRoom,
  valuesOf,
  type Fields,
  type Settings,
} from "@bitfever/engine";
import { arbitraryBars } from "../../../test/support/arbitrary-bars.js";
import { backtest, finish, type BacktestOptions, type BacktestRun } from "../src/index.js";
import { plainWalkOf } from "../src/plain-walk.js";
import { fieldsWithSessions, handPlan, type Column } from "./by-hand.js";

/*
 * A plain walk is the walk of a session and the whole market, to the last bit: on every plan that it takes, on bars and
 * under settings that were generated. The session is the reference.
 */

const numRuns = Number(process.env["LAW_RUNS"] ?? 600);

const lets = `
  let yes = true
  let up = close > open
  let down = close < open
  let higher = close > high[1]
  let lower = close < low[1]
  let first = session_bar == 0
  let absent_sometimes = close / (close - open) > 3
  let one = 1
  let ten = 10
  let many = 100000
  let half = 0.5
  let twentieth = 0.05
  let third = 0.3
  let zero = 0
  let hundredth = 0.01
  let under = close * 0.99
  let over = close * 1.01
  let far_under = close * 0.96
  let far_over = close * 1.04
  let near_under = close * 0.997
  let near_over = close * 1.003
  let step = close * 0.01
  let wide_step = close * 0.03
  let absent = close / 0
  let huge = close * 1e300
`;

const names = (...all: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...all);
const condition = names("yes", "up", "down", "higher", "lower", "first", "absent_sometimes");
const side = fc.constantFrom("long" as const, "short" as const);
const form = { kind: "market", at: "open" } as const;
const duration = { kind: "gtc" } as const;

const price = (
  column: Column,
  at: fc.Arbitrary<string>,
): fc.Arbitrary<Pick<PlannedExitPrice, "price" | "by">> =>
  fc.oneof(
    { weight: 4, arbitrary: at.map((name) => ({ price: column(name), by: null })) },
    {
      weight: 2,
      arbitrary: names("step", "wide_step").map((name) => ({ price: column(name), by: "price" as const })),
    },
    { weight: 1, arbitrary: fc.constant({ price: column("hundredth"), by: "ratio" as const }) },
  );
type PlannedExitPrice = PlannedEnter["targets"][number];

const enter = (column: Column): fc.Arbitrary<PlannedEnter> =>
  side.chain((of) => {
    const [behind, ahead] = of === "long" ? ["under", "over"] : ["over", "under"];
    const around = (where: string): fc.Arbitrary<string> =>
      names(where, `near_${where}`, `near_${where}`, `near_${where}`, `far_${where}`, "absent");
    return fc
      .record({
        tag: names("a", "b"),
        when: condition.map(column),
        size: fc.constantFrom(
          ...(["ten", "ten", "many", "zero", "huge", "absent"] as const).map(
            (name) => ["units", name] as const,
          ),
          ...([
            ["equity", "half"],
            ["equity", "one"],
            ["risk", "twentieth"],
            ["money", "many"],
          ] as const),
        ),
        cap: fc.constantFrom(null, null, "third"),
        stop: fc.option(price(column, around(behind)), { nil: null }),
        target: fc.option(price(column, around(ahead)), { nil: null }),
      })
      .map(({ size: [kind, value], cap, stop, target, ...rest }): PlannedEnter => ({
        ...{ kind: "enter", side: of, form, duration, trail: null, entries: 1, group: null },
        ...rest,
        size: { kind, value: column(value), cap: cap && column(cap) },
        stop: stop && { ...stop, limit: null },
        targets: target === null ? [] : [{ ...target, share: null }],
      }));
  });

const exit = (column: Column): fc.Arbitrary<PlannedExit> =>
  fc.record({
    kind: fc.constant("exit"),
    side: fc.option(side, { nil: null }),
    tag: names("a", "out"),
    when: condition.map(column),
    form: fc.constant(form),
    duration: fc.constant(duration),
    share: fc.constant(null),
  });

function plainPlan(): fc.Arbitrary<Plan> {
  let column: Column = () => 0;
  const base = handPlan((of) => {
    column = of;
    return { outputs: [{ name: "under", column: of("under"), unit: "price" }] };
  }, lets);
  return fc
    .record({
      rules: fc
        .tuple(
          fc.array(enter(column), { minLength: 1, maxLength: 3, size: "max" }),
          fc.array(exit(column), { maxLength: 2, size: "max" }),
        )
        .map(([enters, exits]) => [...enters, ...exits]),
      warmup: fc.constantFrom(1, 1, 5),
    })
    .map((given) => ({ ...base, ...given }));
}

const settings: fc.Arbitrary<Settings> = fc
  .record({
    initial_capital: fc.constantFrom(1_000, 10_000, 1_000_000),
    tick: fc.constantFrom(null, 0.01, 0.25),
    lot: fc.constantFrom(null, 1, 0.001),
    money_decimals: fc.constantFrom(null, 2),
    multiplier: fc.constantFrom(1, 1, 5),
    margin: fc.constantFrom(1, 1, 0.2),
    path: fc.constantFrom(null, ...pathNames),
    at_end: fc.constantFrom("mark" as const, "open" as const, "close" as const),
    commission: fc.constantFrom<Settings["commission"]>(
      ...[null, 0.001],
      [
        { model: "share", parameters: [0.001, 1, 5] },
        { model: "per_order", parameters: [0.5] },
      ],
      [{ model: "maker_taker", parameters: [-0.0001, 0.002] }],
    ),
    slippage: fc.constantFrom<Settings["slippage"]>(null, { unit: "ratio", value: 0.001 }),
  })
  .map((given) => ({ ...defaultSettings, ...given }));

interface Case {
  readonly plan: Plan;
  readonly fields: Fields;
  readonly settings: Settings;
  readonly blockLength: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  plan: plainPlan(),
  fields: arbitraryBars({ minLength: 1, maxLength: 120 }).map((bars) => fieldsWithSessions(bars)),
  settings,
  blockLength: fc.constantFrom(1, 7, 2_048),
});

/** Used again for all cases, as in a search: what others have left there must not be seen. */
class LitteredRoom extends ReusedRoom {
  override doubles(length: number): Float64Array {
    return super.doubles(length).fill(7.5);
  }

  override integers(length: number): Int32Array {
    return super.integers(length).fill(7);
  }

  override directions(length: number): Int8Array {
    return super.directions(length).fill(7);
  }
}

const room = new LitteredRoom();

function run(given: Case, how: Pick<BacktestOptions, "isWhole" | "isFused">): BacktestRun {
  room.clear();
  return finish(backtest({ ...given, symbol: "HAND", intervalMs: 0, room, ...how }));
}

const bits = ({ trades, counts, equity, position, stop, outputs, record }: BacktestRun): string =>
  JSON.stringify({
    record: [record.trades, record.heldBars, [...valuesOf(record.equity)]],
    trades,
    counts,
    equity: [...equity],
    position: [...position],
    stop: stop && [...stop].map(String),
    outputs: outputs.map((each) => [...each].map(String)),
  });

describe("a plain walk", () => {
  it("is what a session and the whole market do, to the last bit", () => {
    const seen = new Map<string, number>();
    const see = (what: string, count = 1): void => void seen.set(what, (seen.get(what) ?? 0) + count);
    fc.assert(
      fc.property(cases, (given) => {
        const walk = plainWalkOf({ ...given, symbol: "HAND" }, given.fields, given.blockLength);
        if (walk === null) {
          see("not plain");
          return;
        }
        const reference = run(given, { isWhole: true });
        // Lazy columns are of memory that the next run writes over.
        const expected = bits(reference);
        for (const isFused of [false, true]) expect(bits(run(given, { isFused }))).toBe(expected);
        for (const [name, count] of Object.entries(reference.counts)) see(name, count);
        for (const { exitReason, side: of } of reference.trades) see(`${of} ${exitReason ?? "open"}`);
      }),
      { seed: 62, numRuns },
    );
    expect(seen.get("not plain") ?? 0).toBeLessThan(numRuns / 10);
    for (const what of [
      ...["ambiguousFills", "reducedOrders", "rejectedOrders", "absentOrders"],
      ...["signal", "stop", "target", "reversal", "open"].flatMap((each) => [
        `long ${each}`,
        `short ${each}`,
      ]),
    ])
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(numRuns / 200);
  });
});
