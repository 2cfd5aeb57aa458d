import fc from "fast-check";
import type {
  ColumnId,
  Plan,
  PlannedAlert,
  PlannedDuration,
  PlannedEnter,
  PlannedExit,
  PlannedForm,
  PlannedLimit,
  PlannedRule,
} from "@bitfever/lang";
import { handPlan, type Column } from "./by-hand.js";

/*
 * Plans with rules of every form, grown on the columns of `by-hand.ts`. Few names, so that tags and groups meet.
 */

const oneOf = (...names: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...names);
const side = fc.constantFrom("long" as const, "short" as const);
const condition = oneOf("up", "down", "higher", "lower", "first", "flat", "rich", "yes", "yes");
const prices = fc.oneof(
  {
    weight: 12,
    arbitrary: oneOf("under", "over", "near_under", "near_over", "far_under", "far_over", "price"),
  },
  { weight: 1, arbitrary: oneOf("absent", "huge") },
);

const duration: fc.Arbitrary<PlannedDuration> = fc.oneof(
  fc.constantFrom<PlannedDuration>({ kind: "gtc" }, { kind: "day" }, { kind: "ioc" }, { kind: "fok" }),
  fc.integer({ min: 1, max: 5 }).map((count): PlannedDuration => ({ kind: "bars", count })),
);

const form = (column: Column): fc.Arbitrary<PlannedForm> =>
  fc.oneof(
    fc.constantFrom<PlannedForm>({ kind: "market", at: "open" }, { kind: "market", at: "close" }),
    prices.map((price): PlannedForm => ({ kind: "limit", price: column(price) })),
    prices.map((price): PlannedForm => ({ kind: "limit", price: column(price), isPostOnly: true })),
    prices.map((price): PlannedForm => ({ kind: "market_if_touched", price: column(price) })),
    prices.map((price): PlannedForm => ({ kind: "stop", price: column(price) })),
    fc
      .tuple(fc.constantFrom("stop_limit" as const, "limit_if_touched" as const), prices, prices)
      .map(([kind, price, limit]): PlannedForm => ({ kind, price: column(price), limit: column(limit) })),
  );

function enter(column: Column): fc.Arbitrary<PlannedEnter> {
  return side.chain((of) => {
    const [behind, ahead] = of === "long" ? ["under", "over"] : ["over", "under"];
    const step = oneOf("step", "step", "step", "wide_step", "wide_step", "zero").map(column);
    const back = oneOf(behind, `far_${behind}`).map(column);
    const target = oneOf(ahead, `near_${ahead}`, `far_${ahead}`).map(column);
    return fc
      .record({
        tag: oneOf("a", "b", "c"),
        when: condition.map(column),
        form: form(column),
        duration,
        size: fc.constantFrom<readonly ["units" | "equity" | "risk" | "money", string]>(
          ["units", "ten"],
          ["units", "ten"],
          ["units", "many"],
          ["equity", "half"],
          ["risk", "twentieth"],
          ["money", "many"],
        ),
        stop: fc.option(
          fc.oneof(
            fc.record({ price: back, by: fc.constant(null), limit: fc.option(back, { nil: null }) }),
            fc.record({ price: step, by: fc.constant("price" as const), limit: fc.constant(null) }),
          ),
          { nil: null },
        ),
        targets: fc.array(
          fc.tuple(fc.constantFrom(null, null, "price" as const), target, step).chain(([by, at, away]) =>
            fc.record({
              price: fc.constant(by === null ? at : away),
              by: fc.constant(by),
              share: fc.constantFrom(null, 0.3, 0.5, 0.001),
            }),
          ),
          { maxLength: 3 },
        ),
        trail: fc.option(
          fc.record({
            distance: step,
            unit: fc.constant("price" as const),
            after: fc.constantFrom(null, null, 0.5, 1),
            on: fc.constantFrom("close" as const, "each_bar" as const, "path" as const),
          }),
          { nil: null },
        ),
        entries: fc.integer({ min: 1, max: 3 }),
        group: fc.constantFrom(null, null, "g"),
      })
      .map(({ size: [kind, value], ...rest }): PlannedEnter => ({
        kind: "enter",
        side: of,
        ...rest,
        size: { kind, value: column(value), cap: null },
      }));
  });
}

const exit = (column: Column): fc.Arbitrary<PlannedExit> =>
  fc.record({
    kind: fc.constant("exit"),
    side: fc.option(side, { nil: null }),
    tag: oneOf("a", "out", "part"),
    when: condition.map(column),
    form: form(column),
    duration,
    share: fc.constantFrom(null, 0.5, 0.3, 0.0001),
  });

const limit: fc.Arbitrary<PlannedLimit> = fc
  .constantFrom<readonly [PlannedLimit["measure"], readonly number[]]>(
    ["drawdown", [0.01, 0.05]],
    ["day_loss", [0.005, 0.02]],
    ["position", [15, 200]],
    ["exposure", [0.3, 0.9]],
    ["orders", [1, 2]],
    ["losses", [1, 3]],
  )
  .chain(([measure, most]) =>
    fc.record({
      measure: fc.constant(measure),
      most: fc.constantFrom(...most),
      action: fc.constantFrom("block" as const, "flatten" as const, "halt" as const),
    }),
  );

const alert = (column: Column): fc.Arbitrary<PlannedAlert> =>
  fc.record({
    when: condition.map(column),
    text: fc.array(
      fc.oneof(fc.constant("price "), oneOf("price", "absent", "best_now", "kelly_now").map(column)),
      { maxLength: 3 },
    ),
  });

/** Whole plans; the columns are those of one program, so that only what is generated differs. */
export function arbitraryPlan(): fc.Arbitrary<Plan> {
  let column: Column = (): ColumnId => 0;
  const base = handPlan((of) => {
    column = of;
    return {};
  });
  const rule: fc.Arbitrary<PlannedRule> = fc.oneof(
    { weight: 4, arbitrary: enter(column) },
    { weight: 2, arbitrary: exit(column) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("cancel"),
        tag: fc.constantFrom(null, "a", "b"),
        when: condition.map(column),
      }),
    },
  );
  return fc
    .record({
      rules: fc.array(rule, { minLength: 1, maxLength: 6, size: "max" }),
      limits: fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(limit, { maxLength: 3 }) },
      ),
      alerts: fc.array(alert(column), { maxLength: 2 }),
      fills: fc.record({
        path: fc.constantFrom(null, "ohlc", "worst"),
        through: fc.constantFrom(null, 0, 0),
        onClose: fc.constantFrom(false, false, true),
        hedges: fc.constantFrom(false, false, true),
        volume: fc.constantFrom(null, null, 0.5),
        latency: fc.constantFrom(null, null, 1),
        touch: fc.constantFrom(null, null, 0.5),
        profile: fc.constantFrom(null, null, "backtrader", "vectorbt", "tradingview"),
      }),
    })
    .map((given) => ({ ...base, ...given }));
}
