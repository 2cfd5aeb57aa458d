import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chargesOn, free } from "../../src/costs.js";
import { Instrument } from "../../src/instrument.js";
import { Ledger } from "../../src/ledger.js";
import { Matching } from "../../src/matching.js";
import type { FillRules } from "../../src/fill-rules.js";
import type { Command, Fill, Order } from "../../src/order.js";
import type { PathName } from "../../src/path.js";
import { tillOf } from "../../src/purse.js";
import type { Trade } from "../../src/trade.js";
import { VenueAccount } from "../../src/venue-account.js";
import {
  entryOrder,
  exactInstrument,
  exitOrder,
  fillsOf,
  live,
  steps,
  type Account,
  type Step,
} from "./random-market.js";
import { costsOf } from "./simple-costs.js";

// Long and short positions held side by side.

const costs = costsOf({ commission: 0.00333, slippage: { unit: "ticks", value: 1 } });

const open = (path: PathName, capital: number, rules: Partial<FillRules>): Account => ({
  market: new Matching(exactInstrument, costs, path, exactInstrument.money(capital), rules),
  ledger: new Ledger(exactInstrument, capital),
});

const isOfSide = (order: Order, side: "long" | "short"): boolean =>
  (order.side === "buy") === ((order.purpose === "enter") === (side === "long"));

/** What of the orders concerns one side. */
const ofSide = (rows: readonly Step[], side: "long" | "short"): Step[] =>
  rows.map(({ bar, commands }) => ({
    bar,
    commands: commands.filter((each: Command) => each.kind !== "submit" || isOfSide(each.order, side)),
  }));

const byEntry = (trades: readonly Trade[]): Trade[] =>
  [...trades].sort((a, b) => a.entryTag.localeCompare(b.entryTag) || (a.exitTime ?? 0) - (b.exitTime ?? 0));

/** The worst and the best path ask which side is held, and of two accounts each asks for itself. */
const path = fc.constantFrom<PathName>("nearest", "ohlc", "olhc");

test("a hedged account does what two accounts do, one for each side", () => {
  let both = 0;
  fc.assert(
    fc.property(steps, path, (rows, path) => {
      const hedged = open(path, 1_000_000, { hedges: true });
      const [longs, shorts] = [0, 1].map(() => open(path, 1_000_000, {}));
      for (const row of rows) {
        live(hedged, [row]);
        live(longs, ofSide([row], "long"));
        live(shorts, ofSide([row], "short"));
        const close = row.bar.close;
        const gained = longs.ledger.equity(close) + shorts.ledger.equity(close) - 2_000_000;
        expect(hedged.ledger.equity(close)).toBeCloseTo(1_000_000 + gained, 6);
        expect(hedged.ledger.position).toBe(longs.ledger.position + shorts.ledger.position);
        expect(hedged.ledger.exposure(close)).toBe(
          longs.ledger.exposure(close) + shorts.ledger.exposure(close),
        );
        if (hedged.ledger.quantity("long") > 0 && hedged.ledger.quantity("short") > 0) both++;
      }
      const { close } = rows[rows.length - 1].bar;
      expect(byEntry(hedged.ledger.trades(close))).toEqual(
        byEntry([...longs.ledger.trades(close), ...shorts.ledger.trades(close)]),
      );
    }),
    { seed: 31, numRuns: 500 },
  );
  expect(both).toBeGreaterThan(100);
});

test("cash and profits agree to the last cent, with little money too, and the market with the book", () => {
  fc.assert(
    fc.property(steps, path, fc.constantFrom(50, 1_000, 20_000), (rows, path, capital) => {
      const { market, ledger } = open(path, capital, {
        hedges: true,
        margin: { initial: 0.5, maintenance: 0 },
      });
      for (const row of rows) {
        live({ market, ledger }, [row]);
        const { cash, position } = market.snapshot();
        expect(ledger.cashDecimal).toBe(exactInstrument.moneyDecimal(cash));
        expect(ledger.position).toBe(position);
        const { close } = row.bar;
        const profits = ledger.trades(close).reduce((sum, { profit }) => sum + Math.round(profit * 100), 0);
        expect(Math.round(ledger.equity(close) * 100)).toBe(capital * 100 + profits);
      }
    }),
    { seed: 32, numRuns: 500 },
  );
});

const at = (time: number, [o, h, l, c]: readonly number[]): Step["bar"] => ({
  ...{ time, open: o, high: h, low: l, close: c },
});
const flat = (time: number, price: number): Step["bar"] => at(time, [price, price, price, price]);
const enter = (id: string, side: "long" | "short", quantity: number): Command => ({
  kind: "submit",
  order: entryOrder({ id, side, quantity, stop: null, target: null }),
});
const told = (fills: readonly Fill[]): string[] =>
  fills.map(
    ({ orderId, side, effect, quantity, price }) => `${orderId}: ${side} ${quantity} at ${price} ${effect}s`,
  );

/** Long 3 at 100 and short 2 at 110. */
function straddled(rules: Partial<FillRules> = {}, capital = 1_000): Account {
  const account = {
    market: new Matching(exactInstrument, free, "nearest", exactInstrument.money(capital), {
      hedges: true,
      ...rules,
    }),
    ledger: new Ledger(exactInstrument, capital),
  };
  live(account, [
    { bar: flat(0, 100), commands: [enter("up", "long", 3)] },
    { bar: flat(1, 100), commands: [enter("down", "short", 2)] },
    { bar: flat(2, 110), commands: [] },
  ]);
  return account;
}

describe("two sides", () => {
  test("an entry leaves the other side as it is, and each exit leaves its own", () => {
    const { market, ledger } = straddled();
    expect([ledger.quantity("long"), ledger.quantity("short"), ledger.position]).toEqual([3, 2, 1]);
    expect([ledger.averagePrice("long"), ledger.averagePrice("short")]).toEqual([100, 110]);
    expect([ledger.openedOn("long"), ledger.openedOn("short")]).toEqual([1, 2]);
    const rows = [
      { bar: flat(3, 105), commands: [{ kind: "submit" as const, order: exitOrder("x", "short") }] },
    ];
    live({ market, ledger }, rows);
    const fills = fillsOf(live({ market, ledger }, [{ bar: flat(4, 104), commands: [] }]));
    expect(told(fills)).toEqual(["x: buy 2 at 104 closes"]);
    expect(ledger.trades(104).map(({ side, profit }) => [side, profit])).toEqual([
      ["short", 12],
      ["long", 12],
    ]);
  });

  test("both are closed at the end", () => {
    const { market } = straddled();
    const fills = market.closeAtEnd("close").flatMap((each) => (each.kind === "fill" ? [each.fill] : []));
    expect(told(fills)).toEqual(["end: sell 3 at 110 closes", "end: buy 2 at 110 closes"]);
  });

  test("a snapshot holds both", () => {
    const { market } = straddled();
    const again = new Matching(exactInstrument, free, "nearest", 0, { hedges: true });
    again.restore(market.snapshot());
    expect(again.snapshot()).toEqual(market.snapshot());
    expect(again.closeAtEnd("close")).toEqual(market.closeAtEnd("close"));
  });

  test("the stop that is shown is that of the larger side", () => {
    const { market } = straddled();
    const stop = (id: string, side: "buy" | "sell", price: number): Command => ({
      kind: "submit",
      order: { ...exitOrder(id, side === "sell" ? "long" : "short"), type: "stop", price },
    });
    market.command(stop("s", "buy", 120));
    expect(market.stopPrice).toBeNaN();
    market.command(stop("l", "sell", 90));
    expect(market.stopPrice).toBe(90);
  });
});

describe("the margin of two sides", () => {
  const cents = new Instrument({ symbol: "T", tick: 0.01, lot: 1, multiplier: 1, moneyDecimals: 2 });
  const rules = { initial: 0.5, maintenance: 0.25 };

  function holding(long: number, short: number, capital: number): VenueAccount {
    const account = new VenueAccount(cents, chargesOn(cents, free), tillOf(capital * 100), rules);
    const deal = (side: "buy" | "sell", quantity: number): void => {
      const common = { id: side, parent: undefined, time: 0, isMaker: false };
      if (quantity > 0)
        account.settle({
          ...{ ...common, side, effect: "open", price: 100_00, quantity },
          before: { value: 0, quantity: 0 },
        });
    };
    deal("buy", long);
    deal("sell", short);
    account.lastClose = 100;
    return account;
  }

  test("is asked for both, and what is left is as much again", () => {
    // Long 3 and short 2 at 100 need 250 of their own; 1,000 less that opens 15 more at half their value.
    const account = holding(3, 2, 1_000);
    expect(account.affordable(100_00, 1_000, { value: 0, quantity: 0 }, 0, false)).toBe(15);
  });

  test("ends below where the long side is larger by more than the margin", () => {
    // 100 in cash after 300 paid and 200 received of 200: equity 100 + price; 100 + p = 0.25 × 5 × p at 400: above.
    expect(holding(3, 2, 200).liquidation).toEqual({ price: 400_00, side: "buy" });
    // −100 + 2 × price = 0.25 × 4 × price at 100 with 3 against 1 and 100 of one's own: −100 + 2p = p.
    expect(holding(3, 1, 100).liquidation).toEqual({ price: 100_00, side: "sell" });
  });

  test("ends the side that loses on the way there, and the other if it has to", () => {
    const account = straddled({ margin: rules }, 300);
    // Cash is 300 − 300 + 220: 220 + price = 1.25 × price at 880, on the way up. Then 220 − 1,760 are owed:
    // −1,540 + 3 × price = 0.75 × price at 684.4.
    const rows = [{ bar: at(3, [800, 900, 700, 700]), commands: [] }];
    const fills = fillsOf(live(account, rows));
    expect(told(fills)).toEqual(["3-liquidation: buy 2 at 880 closes"]);
    const rest = fillsOf(live(account, [{ bar: at(4, [700, 700, 600, 600]), commands: [] }]));
    expect(told(rest)).toEqual(["4-liquidation: sell 3 at 685 closes"]);
    expect([...fills, ...rest].map(({ reason }) => reason)).toEqual(["liquidation", "liquidation"]);
  });
});

test("what holding costs is charged on each side", () => {
  const overnight = { model: "overnight", parameters: [0.365, 0.73] } as const;
  const account = {
    market: new Matching(exactInstrument, { ...free, carries: [overnight] }, "nearest", 1_000_00, {
      hedges: true,
    }),
    ledger: new Ledger(exactInstrument, 1_000),
  };
  live(account, [
    { bar: flat(0, 100), commands: [enter("up", "long", 3), enter("down", "short", 2)] },
    { bar: { ...flat(86_400_000, 100), session_bar: 0 }, commands: [] },
  ]);
  const events = account.market.bar({ ...flat(2 * 86_400_000, 100), session_bar: 0 });
  // A night of a year of 365: 300 at 36.5% are 0.30, 200 at 73% are 0.40.
  expect(events).toEqual([
    { kind: "cash", flow: { reason: "overnight", amount: -30, time: 2 * 86_400_000 } },
    { kind: "cash", flow: { reason: "overnight", amount: -40, time: 2 * 86_400_000 } },
  ]);
});
