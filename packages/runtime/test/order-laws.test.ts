import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultSettings, type Fields, type Order, type Settings } from "@bitfever/engine";
import { arbitraryBars } from "../../../test/support/arbitrary-bars.js";
import { backtest, barAt, finish, paper, type ClosedBar, type Run } from "../src/index.js";
import { arbitraryPlan } from "./arbitrary-rules.js";
import { fieldsWithSessions, watch, type Setup } from "./by-hand.js";

/*
 * What holds for orders of every form, on plans and bars that were generated. The grammar has no part in this: rules
 * are what a plan says.
 */

const numRuns = Number(process.env["LAW_RUNS"] ?? 300);
const exact: Settings = {
  ...defaultSettings,
  initial_capital: 10_000,
  tick: 0.01,
  lot: 1,
  money_decimals: 2,
};
const asGiven: Settings = { ...defaultSettings, initial_capital: 10_000 };
const costly: Settings = {
  ...exact,
  commission: 0.0005,
  slippage: { unit: "ticks", value: 1 },
  path: "best",
};
const through: Settings = { ...exact, through: 2 };

const setup = (settings: readonly Settings[]): fc.Arbitrary<Setup> =>
  fc.record({
    plan: arbitraryPlan(),
    fields: arbitraryBars({ minLength: 10, maxLength: 80 }).map((bars) => fieldsWithSessions(bars)),
    settings: fc.constantFrom(...settings),
  });

const any = setup([exact, asGiven, costly, through]);

const bits = ({ trades, equity, position, counts, limits, alerts }: Run): string =>
  JSON.stringify({ trades, equity: [...equity], position: [...position], counts, limits, alerts });

const inBlocks = ({ plan, fields, settings }: Setup, blockLength: number): Run =>
  finish(backtest({ plan, fields, settings, symbol: "HAND", intervalMs: 0, blockLength }));

const cut = (fields: Fields, count: number): Fields => ({
  time: fields.time.subarray(0, count),
  open: fields.open.subarray(0, count),
  high: fields.high.subarray(0, count),
  low: fields.low.subarray(0, count),
  close: fields.close.subarray(0, count),
  volume: fields.volume.subarray(0, count),
  session_bar: fields.session_bar.subarray(0, count),
});

function check(given: fc.Arbitrary<Setup>, law: (setup: Setup) => void, seed: number, runs = numRuns): void {
  fc.assert(
    fc.property(given, (each) => {
      law(each);
    }),
    { seed, numRuns: runs },
  );
}

describe("orders of every form", () => {
  it("are all seen by the laws below", () => {
    const seen = new Set<string>();
    for (const each of fc.sample(any, { seed: 1, numRuns: 300 })) {
      const [run, told] = watch(each);
      for (const { sent, fills } of told) {
        const orders = new Map(sent.map((order) => [order.id, order]));
        for (const order of sent) {
          seen.add(`sent ${order.purpose} ${order.type}`);
          for (const child of order.children) seen.add(`child ${child.type}`);
        }
        for (const fill of fills) {
          seen.add(`filled ${fill.reason}`);
          if (fill.isAtClose === true) seen.add("filled at the close");
          if (orders.has(fill.orderId)) seen.add("filled at once");
        }
      }
      for (const { measure, fired } of run.limits) if (fired > 0) seen.add(`limit ${measure}`);
      if (run.alerts.length > 0) seen.add("alert");
      if (run.trades.length > 3) seen.add("trades");
    }
    const forms = [
      ...["market", "market_on_close", "limit", "stop", "stop_limit"],
      ...["market_if_touched", "limit_if_touched"],
    ];
    for (const what of [
      ...forms.flatMap((form) => [`sent enter ${form}`, `sent exit ${form}`]),
      ...["stop", "stop_limit", "trailing_stop", "limit"].map((form) => `child ${form}`),
      ...["enter", "exit", "stop", "target", "reversal", "at the close"].map((each) => `filled ${each}`),
      ...["drawdown", "day_loss", "position", "exposure", "orders", "losses"].map((each) => `limit ${each}`),
      "sent stop stop",
      "alert",
      "trades",
    ])
      expect(seen, what).toContain(what);
  });

  it("do not depend on how the bars are cut, nor on whether they were prepared", () => {
    check(
      any,
      (each) => {
        const whole = bits(inBlocks(each, each.fields.time.length));
        for (const length of [1, 3, 64]) expect(bits(inBlocks(each, length))).toBe(whole);
        expect(bits(watch(each)[0])).toBe(whole);
      },
      2,
    );
  });

  it("go on from a snapshot at every bar as if they had never been put down", () => {
    check(
      any,
      (each) => {
        const everyBar = new Set(each.fields.time.keys());
        expect(bits(watch(each, everyBar)[0])).toBe(bits(watch(each)[0]));
      },
      3,
      Math.ceil(numRuns / 4),
    );
  });

  it("are the same on paper", async () => {
    await fc.assert(
      fc.asyncProperty(any, async (each) => {
        const { plan, fields, settings } = each;
        async function* feed(): AsyncGenerator<ClosedBar> {
          for (let i = 0; i < fields.time.length; i++) {
            await Promise.resolve();
            yield barAt(fields, i);
          }
        }
        const onPaper = await paper({ plan, settings, symbol: "HAND", feed: feed() });
        expect(bits(onPaper)).toBe(bits(inBlocks(each, 2_048)));
      }),
      { seed: 4, numRuns },
    );
  });

  it("never look ahead: the first bars of a run are the run of the first bars", () => {
    check(
      any,
      (each) => {
        const [whole, told] = watch(each);
        const count = Math.ceil(each.fields.time.length / 2);
        const [part, early] = watch({ ...each, fields: cut(each.fields, count) });
        expect(early).toEqual(told.slice(0, count));
        expect([...part.equity]).toEqual([...whole.equity.subarray(0, count)]);
        expect(part.alerts).toEqual(whole.alerts.slice(0, part.alerts.length));
      },
      5,
    );
  });

  it("keep every cent", () => {
    const cents = (money: number): number => Math.round(money * 100);
    check(
      setup([exact, costly, through]),
      (each) => {
        const [{ trades, equity }] = watch(each);
        const profit = trades.reduce((sum, { profit: of }) => sum + cents(of), 0);
        expect(cents(equity[equity.length - 1])).toBe(cents(each.settings.initial_capital) + profit);
      },
      6,
    );
  });

  it("fill inside their bar, a limit never worse than its limit, a stop never better than its trigger", () => {
    let seen = 0;
    check(
      setup([exact, through]),
      (each) => {
        const orders = new Map<string, Order>();
        const traded = new Set<string>();
        for (const { bar, sent, fills } of watch(each)[1]) {
          for (const order of sent) for (const one of [order, ...order.children]) orders.set(one.id, one);
          for (const fill of fills) {
            const order = orders.get(fill.orderId);
            if (order === undefined) throw new Error(`nobody sent ${fill.orderId}`);
            const price = fill.price / 100;
            expect(price).toBeGreaterThanOrEqual(bar.low);
            expect(price).toBeLessThanOrEqual(bar.high);
            const up = fill.side === "buy" ? 1 : -1;
            const limit = order.type === "limit" ? order.price : (order.limit ?? null);
            if (limit !== null) expect((fill.price - limit) * up).toBeLessThanOrEqual(0);
            // What the volume of its bar did not allow is a market order from then on.
            const isRest = traded.has(fill.orderId);
            traded.add(fill.orderId);
            if (order.type === "stop" && order.price !== null && !isRest)
              expect((fill.price - order.price) * up).toBeGreaterThanOrEqual(0);
            if (order.type === "trailing_stop" && order.trail !== undefined && !isRest) {
              const edge = (up === -1 ? Math.max : Math.min)(...each.fields[up === -1 ? "high" : "low"]);
              const level = Math.round(edge * 100) + up * order.trail.distance;
              if (order.price === null) expect((fill.price - level) * up).toBeGreaterThanOrEqual(0);
            }
            seen++;
          }
        }
      },
      7,
    );
    expect(seen).toBeGreaterThan(500);
  });

  it("of a group fill once", () => {
    let seen = 0;
    check(
      setup([exact, costly]),
      (each) => {
        const rules = each.plan.rules.map((rule) =>
          rule.kind === "enter" ? { ...rule, group: "all", entries: 3 } : rule,
        );
        const plan = { ...each.plan, rules, fills: { ...each.plan.fills, onClose: false } };
        for (const { fills, sent, venue } of watch({ ...each, plan })[1]) {
          // Everything that enters is of one group, so what fills takes all the rest of it away.
          const opened = fills.filter(({ effect }) => effect === "open");
          expect(opened.length).toBeLessThanOrEqual(1);
          if (opened.length === 0) continue;
          seen++;
          const ids = [...sent, ...opened.map(({ orderId }) => ({ id: orderId }))].map(({ id }) => id);
          for (const { id, purpose } of venue.working) if (purpose === "enter") expect(ids).toContain(id);
        }
      },
      8,
    );
    expect(seen).toBeGreaterThan(200);
  });

  it("that protect an entry close no more than it opened", () => {
    let seen = 0;
    check(
      setup([exact, costly]),
      (each) => {
        const left = new Map<string, number>();
        const owners = new Map<string, string>();
        for (const { sent, fills } of watch(each)[1]) {
          for (const order of sent)
            for (const one of [order, ...order.children])
              if (one.parent !== undefined) owners.set(one.id, one.parent);
          for (const { orderId, effect, quantity } of fills) {
            if (effect === "open") left.set(orderId, (left.get(orderId) ?? 0) + quantity);
            const owner = owners.get(orderId);
            if (effect === "open" || owner === undefined) continue;
            left.set(owner, (left.get(owner) ?? 0) - quantity);
            expect(left.get(owner)).toBeGreaterThanOrEqual(0);
            seen++;
          }
        }
      },
      11,
    );
    expect(seen).toBeGreaterThan(100);
  });

  it("never hold more than a limit on the position allows, nor more entries than the rules", () => {
    let held = 0;
    check(
      any,
      (each) => {
        const most = 15;
        const limits = [{ measure: "position", most, action: "block" } as const];
        // On TradingView an entry may open what it was to close as well.
        const fills = { ...each.plan.fills, profile: null };
        const plan = { ...each.plan, limits, fills };
        const entries = Math.max(0, ...plan.rules.map((rule) => (rule.kind === "enter" ? rule.entries : 0)));
        for (const { position, venue } of watch({ ...each, plan })[1]) {
          expect(Math.abs(position)).toBeLessThanOrEqual(most);
          expect(
            new Set([...venue.longs.lots, ...venue.shorts.lots].map(({ id }) => id)).size,
          ).toBeLessThanOrEqual(entries);
          if (position !== 0) held++;
        }
      },
      9,
    );
    expect(held).toBeGreaterThan(100);
  });

  it("send no entry after a halt", () => {
    let halted = 0;
    const most = 0.002;
    check(
      setup([exact]),
      (each) => {
        const plan = { ...each.plan, limits: [{ measure: "drawdown", most, action: "halt" } as const] };
        const [{ equity, limits }, told] = watch({ ...each, plan });
        let highest = exact.initial_capital;
        let isOver = false;
        told.forEach(({ sent, venue }, i) => {
          highest = Math.max(highest, equity[i]);
          isOver ||= 1 - equity[i] / highest >= most;
          if (!isOver) return;
          halted++;
          expect(sent.filter(({ purpose }) => purpose === "enter")).toEqual([]);
          expect(venue.working.filter(({ purpose }) => purpose === "enter")).toEqual([]);
        });
        expect(limits[0].fired > 0).toBe(isOver);
      },
      10,
    );
    expect(halted).toBeGreaterThan(100);
  });
});
