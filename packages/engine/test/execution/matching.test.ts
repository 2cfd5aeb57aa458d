import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Instrument } from "../../src/instrument.js";
import { Matching } from "../../src/matching.js";
import type { Fill, Order } from "../../src/order.js";
import { highFirst, pathNames, type PathName } from "../../src/path.js";
import {
  entryOrder,
  exactInstrument,
  exitOrder,
  fillsOf,
  free,
  live,
  openAccount,
  ordersOf,
  steps,
  type Step,
} from "./random-market.js";
import { costsOf, type SimpleCosts } from "./simple-costs.js";

const path = fc.constantFrom(...pathNames);

/** Slippage in ticks, so that a fill tells where the market was. */
const costs: fc.Arbitrary<SimpleCosts> = fc.record({
  commission: fc.constantFrom(0, 0.0005, 0.01, 0.00333),
  slippage: fc.record({ unit: fc.constant("ticks" as const), value: fc.integer({ min: 0, max: 3 }) }),
});

/** From nearly nothing to more than any entry here costs. */
const capital = fc.constantFrom(50, 1_000, 3_000, 100_000);

/** Where the market was when an order filled: what its type loses to slippage taken away. */
function reached(fill: Fill, order: Order, { slippage }: SimpleCosts): number {
  if (order.type === "limit") return fill.price;
  return fill.side === "buy" ? fill.price - slippage.value : fill.price + slippage.value;
}

test("the random market shows what the laws below are about", () => {
  const seen: Record<string, number> = {};
  const count = (what: string): void => void (seen[what] = (seen[what] ?? 0) + 1);
  for (const rows of fc.sample(steps, { seed: 0, numRuns: 1_000 })) {
    for (const { event } of live(openAccount(exactInstrument, free, "nearest", 3_000), rows)) {
      count(event.kind);
      if (event.kind !== "fill") continue;
      count(event.fill.reason);
      if (event.fill.ambiguous) count("ambiguous");
    }
  }
  for (const what of ["reduced", "rejected", "cancelled", "reversal", "exit", "stop", "target", "ambiguous"])
    expect(seen[what] ?? 0, what).toBeGreaterThan(100);
});

describe("laws of every fill", () => {
  const cases = fc.record({ rows: steps, path, costs, capital });

  test("it lies inside its bar, and is what its type of order gets there", () => {
    fc.assert(
      fc.property(cases, ({ rows, path, costs, capital }) => {
        const orders = ordersOf(rows);
        for (const { bar, event } of live(openAccount(exactInstrument, costs, path, capital), rows)) {
          if (event.kind !== "fill") continue;
          const { fill } = event;
          const order = orders.get(fill.orderId)!;
          const price = reached(fill, order, costs);
          expect(price).toBeGreaterThanOrEqual(bar.low);
          expect(price).toBeLessThanOrEqual(bar.high);
          if (order.type === "market") expect(price).toBe(bar.open);
          else {
            // Sold: a limit is a floor, a stop a ceiling. Bought: the other way round.
            const asked = order.price!;
            const isFloor = (order.type === "limit") === (order.side === "sell");
            const gapped = isFloor ? bar.open >= asked : bar.open <= asked;
            expect(price).toBe(gapped ? bar.open : asked);
            if (gapped) expect(fill.ambiguous).toBe(false);
          }
        }
      }),
      { seed: 1, numRuns: 1_500 },
    );
  });

  test("it is never larger than its order, and only an entry opens", () => {
    fc.assert(
      fc.property(cases, ({ rows, path, costs, capital }) => {
        const orders = ordersOf(rows);
        const account = openAccount(exactInstrument, costs, path, capital);
        let position = 0;
        for (const fill of fillsOf(live(account, rows))) {
          const order = orders.get(fill.orderId)!;
          const before = position;
          position += fill.side === "buy" ? fill.quantity : -fill.quantity;
          expect(fill.quantity).toBeGreaterThan(0);
          if (fill.effect === "close") {
            expect(before).not.toBe(0);
            expect(position).toBe(0);
          } else {
            expect(order.purpose).toBe("enter");
            expect(before).toBe(0);
            expect(fill.quantity).toBeLessThanOrEqual(order.quantity);
          }
        }
        expect(account.market.snapshot().position).toBe(position);
        expect(account.ledger.position).toBe(position);
      }),
      { seed: 2, numRuns: 1_500 },
    );
  });

  test("cash and position of market and book agree, and nothing works where there is nothing to close", () => {
    fc.assert(
      fc.property(cases, ({ rows, path, costs, capital }) => {
        const account = openAccount(exactInstrument, costs, path, capital);
        for (const row of rows) {
          live(account, [row]);
          const { cash, position, working } = account.market.snapshot();
          expect(account.ledger.cashDecimal).toBe(exactInstrument.moneyDecimal(cash));
          expect(account.ledger.position).toBe(position);
          for (const { purpose, side } of working)
            if (purpose !== "enter") expect(Math.sign(position)).toBe(side === "sell" ? 1 : -1);
          expect(account.market.isIdle).toBe(working.length === 0);
        }
      }),
      { seed: 3, numRuns: 1_000 },
    );
  });

  test("every order that was sent ends once, or still works", () => {
    fc.assert(
      fc.property(cases, ({ rows, path, costs, capital }) => {
        const account = openAccount(exactInstrument, costs, path, capital);
        const ends = new Map<string, number>();
        const end = (id: string): void => void ends.set(id, (ends.get(id) ?? 0) + 1);
        for (const { event } of live(account, rows)) {
          // A reversal that opens nothing is rejected after it has closed.
          if (event.kind === "fill" && event.fill.reason !== "reversal") end(event.fill.orderId);
          if (event.kind === "cancelled" || event.kind === "rejected") end(event.id);
        }
        for (const { id } of account.market.snapshot().working) end(id);
        for (const id of rows.flatMap((row) =>
          row.commands.map((each) => each.kind === "submit" && each.order.id),
        ))
          if (id !== false) expect(ends.get(id), id).toBe(1);
        for (const [id, times] of ends) expect(times, id).toBe(1);
      }),
      { seed: 4, numRuns: 1_000 },
    );
  });

  test("an entry never takes more than there is", () => {
    fc.assert(
      fc.property(cases, ({ rows, path, costs, capital }) => {
        const account = openAccount(exactInstrument, costs, path, capital);
        let cash = capital * 100;
        for (const fill of fillsOf(live(account, rows))) {
          const value = fill.price * fill.quantity * 100;
          if (fill.effect === "open") expect(value + fill.commission).toBeLessThanOrEqual(cash);
          cash -= (fill.side === "buy" ? value : -value) + fill.commission;
        }
      }),
      { seed: 5, numRuns: 1_000 },
    );
  });

  test("what an entry was reduced to could not have been a lot more", () => {
    fc.assert(
      fc.property(cases, ({ rows, path, costs, capital }) => {
        const told = live(openAccount(exactInstrument, costs, path, capital), rows);
        let cash = capital * 100;
        for (const [i, { event }] of told.entries()) {
          if (event.kind === "reduced") {
            const next = told[i + 1].event;
            if (next.kind !== "fill") throw new Error("a reduced entry has no fill");
            expect(next.fill.quantity).toBe(event.to);
            const value = next.fill.price * (event.to + 1) * 100;
            expect(value + Math.round(value * costs.commission)).toBeGreaterThanOrEqual(cash);
          }
          if (event.kind !== "fill") continue;
          const { side, price, quantity, commission } = event.fill;
          cash -= (side === "buy" ? 1 : -1) * price * quantity * 100 + commission;
        }
      }),
      { seed: 6, numRuns: 1_000 },
    );
  });
});

test("all in, again and again, with prices and quantities as given: cash never falls below nothing", () => {
  const asGiven = new Instrument({ symbol: "X", tick: null, lot: null, multiplier: 1, moneyDecimals: null });
  const given = fc.record({
    opens: fc.array(fc.double({ min: -8, max: 12, noNaN: true }), { minLength: 2, maxLength: 20 }),
    sides: fc.array(fc.constantFrom("long" as const, "short" as const), { minLength: 20, maxLength: 20 }),
    commission: fc.constantFrom(0, 0.0005, 0.00333),
    share: fc.double({ min: 0, max: 0.01, noNaN: true }),
  });
  fc.assert(
    fc.property(given, ({ opens, sides, commission, share }) => {
      const costs: SimpleCosts = { commission, slippage: { unit: "ratio", value: share } };
      const { market } = openAccount(asGiven, costs, "nearest", 100_000);
      opens.forEach((power, time) => {
        const price = 10 ** power;
        const before = market.snapshot();
        for (const event of market.bar({ time, open: price, high: price, low: price, close: price })) {
          if (event.kind !== "fill" || event.fill.effect !== "open") continue;
          const { cash, position } = market.snapshot();
          expect(position).toBe(event.fill.side === "buy" ? event.fill.quantity : -event.fill.quantity);
          // A sale adds its value; taken away on both sides it is what the sale needed.
          const value = event.fill.side === "buy" ? 0 : event.fill.price * event.fill.quantity;
          expect(cash - 2 * value).toBeGreaterThanOrEqual(-1e-9 * Math.max(before.cash, 2 * value));
          if (event.fill.side === "buy") expect(cash).toBeGreaterThanOrEqual(0);
        }
        const { position } = market.snapshot();
        const order =
          position === 0
            ? entryOrder({ id: `${time}`, side: sides[time], quantity: 1e30, stop: null, target: null })
            : exitOrder(`${time}`, position > 0 ? "long" : "short");
        market.command({ kind: "submit", order });
      });
    }),
    { seed: 13, numRuns: 500 },
  );
});

describe("against a market that prints every tick", () => {
  test("the same fills in the same order", () => {
    fc.assert(
      fc.property(fc.record({ rows: steps, path }), ({ rows, path }) => {
        const account = openAccount(exactInstrument, free, path, 1_000_000);
        const ours = fillsOf(live(account, rows)).map(inShort);
        expect(ours).toEqual(tickByTick(rows, path));
      }),
      { seed: 7, numRuns: 3_000 },
    );
  });

  const inShort = ({ orderId, time, price, quantity, reason }: Fill): string =>
    `${time} ${orderId} ${reason} ${quantity} at ${price}`;

  /** The slow and simple market: one print for each tick of the way, and at each print everybody is asked in turn. */
  function tickByTick(rows: readonly Step[], path: PathName): string[] {
    const rank = { exit: 0, liquidation: 1, stop: 1, target: 2, enter: 3 };
    const fills: string[] = [];
    let working: Order[] = [];
    let position = 0;
    for (const { bar, commands } of rows) {
      const visit = (price: number, isOpen: boolean): void => {
        for (;;) {
          const ready = working
            .filter(({ type, side, price: asked }) => {
              if (type === "market") return isOpen;
              return (type === "stop") === (side === "sell") ? price <= asked! : price >= asked!;
            })
            .sort((a, b) => rank[a.purpose] - rank[b.purpose]);
          if (ready.length === 0) return;
          const [order] = ready;
          working = working.filter((each) => each !== order);
          const sign = order.side === "buy" ? 1 : -1;
          if (position * sign < 0) {
            const reason = order.purpose === "enter" ? "reversal" : order.purpose;
            fills.push(`${bar.time} ${order.id} ${reason} ${Math.abs(position)} at ${price}`);
            position = 0;
            working = working.filter((each) => each.purpose === "enter");
          }
          if (order.purpose !== "enter" || position !== 0) continue;
          fills.push(`${bar.time} ${order.id} enter ${order.quantity} at ${price}`);
          position = sign * order.quantity;
          working.push(...order.children);
        }
      };
      visit(bar.open, true);
      const up = highFirst(path, bar.open, bar.high, bar.low, position);
      let at = bar.open;
      for (const to of up ? [bar.high, bar.low, bar.close] : [bar.low, bar.high, bar.close])
        while (at !== to) visit((at += Math.sign(to - at)), false);

      for (const command of commands) {
        if (command.kind === "cancel") working = working.filter(({ id }) => id !== command.id);
        else {
          const { order } = command;
          const isHeld = order.side === "sell" ? position > 0 : position < 0;
          if (order.purpose === "enter" || isHeld) working.push(order);
        }
      }
    }
    return fills;
  }
});

describe("laws of the path", () => {
  // Bars that stay near 100 and a stop and target that stand close by, so that many bars hold both.
  const near = fc.integer({ min: 0, max: 4 });
  const bracket = fc
    .record({
      side: fc.constantFrom("long" as const, "short" as const),
      below: near,
      above: near,
      bars: fc.array(fc.tuple(fc.integer({ min: 97, max: 103 }), near, near), {
        minLength: 2,
        maxLength: 12,
      }),
      slip: fc.integer({ min: 0, max: 2 }),
    })
    .map(({ side, below, above, bars, slip }) => {
      const [low, high] = [100 - below, 100 + above];
      const [stop, target] = side === "long" ? [low, high] : [high, low];
      const order = entryOrder({ id: "entry", side, quantity: 1, stop, target });
      const rows = bars.map(([open, up, down], time): Step => ({
        bar: { time, open, high: open + up, low: open - down, close: open },
        commands: time === 0 ? [{ kind: "submit", order }] : [],
      }));
      return { rows, slippage: { unit: "ticks" as const, value: slip } };
    });

  test("worst ≤ any ≤ best, for one trade with stop and target", () => {
    let differences = 0;
    fc.assert(
      fc.property(bracket, ({ rows, slippage }) => {
        const profit = (path: PathName): number => {
          const account = openAccount(exactInstrument, { commission: 0.001, slippage }, path, 1_000_000);
          live(account, rows);
          return account.ledger.trades(rows[rows.length - 1].bar.close)[0].profit;
        };
        const [worst, best] = [profit("worst"), profit("best")];
        if (worst !== best) differences++;
        for (const path of pathNames) {
          expect(profit(path)).toBeGreaterThanOrEqual(worst);
          expect(profit(path)).toBeLessThanOrEqual(best);
        }
      }),
      { seed: 8, numRuns: 1_500 },
    );
    expect(differences, "a test that saw no bar with both would show nothing").toBeGreaterThan(100);
  });

  test("an exit is ambiguous exactly where high first and low first disagree", () => {
    fc.assert(
      fc.property(bracket, ({ rows, slippage }) => {
        const fills = (path: PathName): Fill[] =>
          fillsOf(live(openAccount(exactInstrument, { commission: 0, slippage }, path, 1_000_000), rows));
        const [up, down] = [fills("ohlc"), fills("olhc")];
        const areSame = up[1]?.orderId === down[1]?.orderId && up[1]?.price === down[1]?.price;
        for (const path of pathNames) expect(fills(path)[1]?.ambiguous ?? false).toBe(!areSame);
      }),
      { seed: 9, numRuns: 1_500 },
    );
  });

  test("upside down, long and short change places", () => {
    const turn = (price: number): number => 200 - price;
    const turned: Readonly<Record<PathName, PathName>> = {
      nearest: "nearest",
      ohlc: "olhc",
      olhc: "ohlc",
      worst: "worst",
      best: "best",
    };
    const turnOrder = (order: Order): Order => ({
      ...order,
      side: order.side === "buy" ? "sell" : "buy",
      price: order.price === null ? null : turn(order.price),
      children: order.children.map(turnOrder),
    });
    const noTie = ({ bar: { open, high, low } }: Step): boolean => high - open !== open - low;
    fc.assert(
      fc.property(fc.record({ rows: steps, path }), ({ rows, path }) => {
        fc.pre(path !== "nearest" || rows.every(noTie));
        const upsideDown = rows.map(({ bar, commands }): Step => ({
          bar: {
            time: bar.time,
            open: turn(bar.open),
            high: turn(bar.low),
            low: turn(bar.high),
            close: turn(bar.close),
          },
          commands: commands.map((each) =>
            each.kind === "cancel" ? each : { kind: "submit", order: turnOrder(each.order) },
          ),
        }));
        const costs: SimpleCosts = { commission: 0, slippage: { unit: "ticks", value: 1 } };
        const [here, there] = [path, turned[path]].map((name) =>
          openAccount(exactInstrument, costs, name, 1_000_000),
        );
        const ours = fillsOf(live(here, rows));
        const theirs = fillsOf(live(there, upsideDown));
        const back = theirs.map((fill) => ({
          ...fill,
          side: fill.side === "buy" ? "sell" : "buy",
          price: turn(fill.price),
        }));
        expect(ours).toEqual(back);
        const last = rows[rows.length - 1].bar.close;
        const profits = here.ledger.trades(last).map((each) => each.profit);
        expect(there.ledger.trades(turn(last)).map((each) => each.profit)).toEqual(profits);
      }),
      { seed: 10, numRuns: 1_000 },
    );
  });
});

describe("small things", () => {
  test("ticks beyond a limit need a tick, and are whole", () => {
    const none = new Instrument({ symbol: "X", tick: null, lot: null, multiplier: 1, moneyDecimals: null });
    const market = (through: number): Matching =>
      new Matching(none, costsOf({}), "nearest", 1, { through, onClose: false });
    expect(() => market(1)).toThrow(expect.objectContaining({ code: "BF5012" }));
    expect(() => market(0.5)).toThrow(expect.objectContaining({ code: "BF5013" }));
    expect(market(0).isIdle).toBe(true);
  });

  const bar = (time: number, price: number) => ({ time, open: price, high: price, low: price, close: price });

  test("an idle market says nothing and allocates nothing", () => {
    const market = new Matching(exactInstrument, costsOf(free), "nearest", 100_000);
    expect(market.isIdle).toBe(true);
    expect(market.bar(bar(0, 100))).toBe(market.bar(bar(1, 101)));
    expect(market.bar(bar(0, 100))).toEqual([]);
  });

  test("what was told of one bar stays as it was told", () => {
    const market = new Matching(exactInstrument, costsOf(free), "nearest", 10_000_000);
    market.command({
      kind: "submit",
      order: entryOrder({ id: "a", side: "long", quantity: 1, stop: 90, target: null }),
    });
    const first = market.bar(bar(0, 100));
    const copy = structuredClone(first);
    market.bar(bar(1, 80));
    expect(first).toEqual(copy);
  });

  test("a program that trades with slippage in ticks needs a tick, and says so before the first trade", () => {
    const given = new Instrument({ symbol: "X", tick: null, lot: null, multiplier: 1, moneyDecimals: null });
    const costs: SimpleCosts = { commission: 0, slippage: { unit: "ticks", value: 1 } };
    expect(() => new Matching(given, costsOf(costs), "nearest", 1)).toThrow(
      expect.objectContaining({ code: "BF5012", hint: expect.stringContaining("tick=0.01") }),
    );
  });

  test("protection is as large as what was bought, and a size in lots is told in lots", () => {
    const market = new Matching(exactInstrument, costsOf(free), "nearest", 1_000_00);
    const order = entryOrder({ id: "a", side: "long", quantity: 20, stop: 90, target: 110 });
    market.command({ kind: "submit", order });
    expect(market.bar(bar(0, 101))[0]).toEqual({ kind: "reduced", id: "a", from: 20, to: 9 });
    expect(market.snapshot().working.map(({ id, quantity }) => [id, quantity])).toEqual([
      ["a stop", 9],
      ["a target", 9],
    ]);
    expect(order.children[0].quantity, "the order that was sent is not changed").toBe(20);
  });

  test("what an entry inside the bar sets free sees only the way that is left", () => {
    // No rule sends such an entry yet: a buy stop at 102 with its own stop at 99, in a bar that shows both.
    const fills = (path: PathName, close: number): string[] => {
      const market = new Matching(exactInstrument, costsOf(free), path, 10_000_000);
      const order = entryOrder({ id: "a", side: "long", quantity: 1, stop: 99, target: null });
      market.command({ kind: "submit", order: { ...order, type: "stop", price: 102 } });
      const events = market.bar({ time: 0, open: 100, high: 103, low: 98, close });
      return events.map((each) =>
        each.kind === "fill" ? `${each.fill.orderId} at ${each.fill.price}` : each.kind,
      );
    };
    expect(fills("ohlc", 101)).toEqual(["a at 102", "a stop at 99"]);
    expect(fills("olhc", 101)).toEqual(["a at 102"]);
    expect(fills("olhc", 99)).toEqual(["a at 102", "a stop at 99"]);
  });

  test("tags and sides come back with the fill", () => {
    const market = new Matching(exactInstrument, costsOf(free), "nearest", 10_000_000);
    const order = {
      ...entryOrder({ id: "a", side: "short", quantity: 2, stop: null, target: null }),
      tag: "fade",
    };
    market.command({ kind: "submit", order });
    market.bar(bar(0, 100));
    market.command({ kind: "submit", order: { ...exitOrder("b", "short"), tag: "cover" } });
    const [event] = market.bar(bar(7, 98));
    expect(event).toEqual({
      kind: "fill",
      fill: {
        orderId: "b",
        side: "buy",
        effect: "close",
        reason: "exit",
        tag: "cover",
        price: 98,
        quantity: 2,
        commission: 0,
        time: 7,
        ambiguous: false,
      },
    });
  });
});

describe("snapshots", () => {
  test("an order is known again", () => {
    const bar = { time: 0, open: 100, high: 100, low: 100, close: 100 };
    const order = entryOrder({ id: "entry", side: "long", quantity: 1, stop: null, target: null });
    const first = openAccount(exactInstrument, free, "ohlc", 100_000).market;
    first.command({ kind: "submit", order });
    first.bar(bar);
    const second = openAccount(exactInstrument, free, "ohlc", 1).market;
    second.restore(first.snapshot());
    expect(second.command({ kind: "submit", order: { ...order, entries: 2 } })).toEqual([]);
    expect(second.bar(bar)).toEqual([]);
  });

  test("a run that was cut anywhere and resumed from copies goes on the same", () => {
    const cases = fc.record({
      rows: steps,
      path,
      costs,
      capital,
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(cases, ({ rows, path, costs, capital, cut }) => {
        const at = Math.floor(cut * rows.length);
        const whole = openAccount(exactInstrument, costs, path, capital);
        const first = openAccount(exactInstrument, costs, path, capital);
        live(first, rows.slice(0, at));
        const market = structuredClone(first.market.snapshot());
        const ledger = structuredClone(first.ledger.snapshot());

        const second = openAccount(exactInstrument, costs, path, 1);
        second.market.restore(market);
        second.ledger.restore(ledger);
        expect(second.market.snapshot()).toEqual(first.market.snapshot());
        expect(second.ledger.snapshot()).toEqual(first.ledger.snapshot());

        const told = live(whole, rows).slice(
          live(openAccount(exactInstrument, costs, path, capital), rows.slice(0, at)).length,
        );
        expect(live(second, rows.slice(at))).toEqual(told);
        expect(second.market.snapshot()).toEqual(whole.market.snapshot());
        expect(second.ledger.snapshot()).toEqual(whole.ledger.snapshot());
        const last = rows[rows.length - 1].bar.close;
        expect(second.ledger.trades(last)).toEqual(whole.ledger.trades(last));
        expect(second.ledger.position).toBe(whole.ledger.position);
        expect(second.ledger.openedOn).toBe(whole.ledger.openedOn);
        expect(second.ledger.averagePrice).toBe(whole.ledger.averagePrice);
        expect(second.ledger.equity(last)).toBe(whole.ledger.equity(last));
      }),
      { seed: 11, numRuns: 400 },
    );
  });

  test("a snapshot does not change with what happens after it, nor what was restored from it", () => {
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const account = openAccount(exactInstrument, free, "ohlc", 100_000);
        live(account, before);
        const [market, ledger] = [account.market.snapshot(), account.ledger.snapshot()];
        const copy = structuredClone({ market, ledger });
        live(account, after);
        const other = openAccount(exactInstrument, free, "ohlc", 100_000);
        other.market.restore(market);
        other.ledger.restore(ledger);
        live(other, after);
        expect({ market, ledger }).toEqual(copy);
      }),
      { seed: 12, numRuns: 200 },
    );
  });
});
