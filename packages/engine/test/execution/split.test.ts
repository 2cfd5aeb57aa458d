import { describe, expect, test } from "vitest";
import { splitOrder } from "../../src/actions/split-order.js";
import { splitQuantities } from "../../src/actions/split-quantities.js";
import type { FillRules } from "../../src/fill-rules.js";
import { Instrument } from "../../src/instrument.js";
import { Ledger } from "../../src/ledger.js";
import { Matching } from "../../src/matching.js";
import type { Fill, Order, VenueEvent } from "../../src/order.js";

/* A split of what is held and of what rests, by hand; prices in cents, quantities in whole shares. */

const stock = new Instrument({ symbol: "X", tick: 0.01, lot: 1, multiplier: 1, moneyDecimals: 2 });
const fractional = new Instrument({ symbol: "X", tick: null, lot: null, multiplier: 1, moneyDecimals: null });
const free = { commissions: [], slippages: [], carries: [] };
const ratio = (numerator: number, denominator: number): { numerator: number; denominator: number } => ({
  numerator,
  denominator,
});

const order = (given: Partial<Order>): Order => ({
  ...{
    id: "order",
    type: "limit",
    side: "buy",
    purpose: "enter",
    quantity: 10,
    price: 6_500,
    tag: "",
    children: [],
  },
  ...given,
});

describe("quantities", () => {
  test("are as many whole lots together as there are in the whole", () => {
    // 3 + 8 + 4 = 15 are 1.5 of one for ten: none of the first, one at the second, none of the third.
    expect(splitQuantities(stock, [3, 8, 4], ratio(1, 10))).toEqual({
      quantities: [0, 1, 0],
      rest: ratio(5, 10),
    });
    expect(splitQuantities(stock, [3, 1], ratio(3, 2))).toEqual({ quantities: [4, 2], rest: ratio(0, 2) });
  });

  test("without lots are multiplied", () => {
    expect(splitQuantities(fractional, [3, 8], ratio(1, 10)).quantities).toEqual([0.3, 0.8]);
  });
});

test("money of another currency is converted in the same rounding", () => {
  // 3 × 0.125 at 1.1 are 0.4125; half of a lot at 3.01 at 1.1 is 1.6555.
  expect(stock.worthAt(ratio(1, 8), 3, ratio(11, 10))).toBe(41);
  expect(stock.worthOfPart(301, ratio(1, 2), ratio(11, 10))).toBe(166);
  expect(stock.worthAt(ratio(1, 8), -3, ratio(11, 10))).toBe(-41);
});

describe("an order that rests", () => {
  const seven = ratio(7, 1);
  const split = (given: Partial<Order>): Order => splitOrder(stock, order(given), seven);

  test.each([
    // 65.00 ÷ 7 = 9.2857…
    ["a limit to buy is rounded down", { type: "limit", side: "buy" }, 928],
    ["a limit to sell up", { type: "limit", side: "sell" }, 929],
    ["a stop to buy up", { type: "stop", side: "buy" }, 929],
    ["a stop to sell down", { type: "stop", side: "sell" }, 928],
    ["a trailing stop as a stop", { type: "trailing_stop", side: "sell" }, 928],
    ["a touched order as a limit", { type: "market_if_touched", side: "buy" }, 928],
    ["a market order has no price", { type: "market", price: null }, null],
  ] as const)("%s", (_title, given, price) => {
    expect(split(given)).toMatchObject({ price, quantity: 70 });
  });

  test("a stop with a limit has both, and each on its side", () => {
    expect(split({ type: "stop_limit", side: "buy", price: 6_500, limit: 6_600 })).toMatchObject({
      ...{ price: 929, limit: 942 },
    });
  });

  test("distances are divided, shares of a price are not", () => {
    const trail = {
      distance: 100,
      unit: "price",
      after: { times: 2, stop: { distance: 50, unit: "price" } },
    } as const;
    expect(split({ trail, offset: { distance: 30, unit: "price" } })).toMatchObject({
      // 1.00 ÷ 7 is 15 cents rounded up, 0.50 is 8, 0.30 is 5.
      trail: { distance: 15, after: { times: 2, stop: { distance: 8 } } },
      offset: { distance: 5 },
    });
    const share = { distance: 0.05, unit: "ratio", after: null } as const;
    expect(split({ trail: share, offset: { distance: 0.02, unit: "ratio" } })).toMatchObject({
      ...{ trail: share, offset: { distance: 0.02 } },
    });
  });

  test("what it has traded stays as it was charged for, also where none of it would be left", () => {
    const given = { ...order({ quantity: 190 }), traded: { value: 20_000, quantity: 2 } };
    expect(splitOrder(stock, given, ratio(1, 10))).toMatchObject({
      ...{ quantity: 19, traded: { value: 20_000, quantity: 2 } },
    });
  });

  test("so are its children", () => {
    const child = order({
      id: "stop",
      type: "stop",
      side: "sell",
      purpose: "stop",
      price: 6_000,
      quantity: 10,
    });
    expect(split({ children: [child] }).children).toMatchObject([{ id: "stop", price: 857, quantity: 70 }]);
  });
});

const barAt = (day: number, price: number): Parameters<Matching["bar"]>[0] => ({
  ...{ time: day * 86_400_000, open: price, high: price, low: price, close: price, session_bar: 0 },
});

/** A venue and a book that hold what some orders have bought or sold at 100. */
function holding(
  orders: readonly Order[],
  rules: Partial<FillRules> = {},
): {
  readonly venue: Matching;
  readonly book: Ledger;
  readonly hear: (events: readonly VenueEvent[], day: number) => void;
} {
  const venue = new Matching(stock, free, "nearest", stock.money(100_000), rules);
  const book = new Ledger(stock, 100_000);
  const hear = (events: readonly VenueEvent[], day: number): void => {
    for (const each of events) {
      if (each.kind === "fill") book.apply(each.fill, day);
      if (each.kind === "split") book.split(each.split, day);
      if (each.kind === "cash") book.book(each.flow);
    }
    expect(venue.snapshot().cash).toBe(book.snapshot().cash);
  };
  venue.bar(barAt(0, 100));
  for (const each of orders) venue.command({ kind: "submit", order: each });
  hear(venue.bar(barAt(1, 100)), 1);
  return { venue, book, hear };
}

const market = (id: string, side: "buy" | "sell", quantity: number): Order =>
  order({ id, side, quantity, type: "market", price: null, entries: 3 });

describe("what is held", () => {
  test("several entries, of which the first goes on as part of the next", () => {
    const { venue, book, hear } = holding([
      market("a", "buy", 3),
      market("b", "buy", 8),
      market("c", "buy", 4),
    ]);
    venue.begin(barAt(2, 1_000));
    hear(venue.split(ratio(1, 10), barAt(2, 1_000)), 2);
    // 15 at 100 are one share at 1,000, and half a one in cash.
    expect(book.cashFlows).toEqual([{ reason: "split", amount: 500, time: 2 * 86_400_000 }]);
    expect(book.trades(1_000)).toMatchObject([
      { entryPrice: 1_000, entryValue: 1_500, quantity: 1, split: 0.1, profit: -500 },
    ]);
    expect(book.equity(1_000)).toBe(100_000);
  });

  test("both sides of a hedge, each by itself", () => {
    const { venue, book, hear } = holding([market("a", "buy", 7), market("b", "sell", 5)], { hedges: true });
    venue.begin(barAt(2, 200));
    hear(venue.split(ratio(1, 2), barAt(2, 200)), 2);
    hear(venue.pay(ratio(1, 1), 2), 2);
    // 3.5 and 2.5 at 200: half a share is paid to the one and by the other; then 1 for each of 3, and by each of 2.
    expect(book.cashFlows.map(({ reason, amount }) => [reason, amount])).toEqual([
      ...[
        ["split", 100],
        ["split", -100],
        ["dividend", 3],
        ["dividend", -2],
      ],
    ]);
    expect([book.quantity("long"), book.quantity("short")]).toEqual([3, 2]);
    expect(book.equity(200)).toBe(100_001);
  });

  test("one side may be split to nothing while the other is held", () => {
    const { venue, book, hear } = holding([market("a", "buy", 70), market("b", "sell", 5)], { hedges: true });
    hear(venue.split(ratio(1, 10), barAt(2, 1_000)), 2);
    expect(book.trades(1_000)).toMatchObject([
      { side: "short", exitReason: "split", quantity: 5, exitPrice: 100, exitValue: 500, profit: 0 },
      { side: "long", exitReason: null, quantity: 7, entryPrice: 1_000, profit: 0 },
    ]);
  });

  test("an order of which no lot is left, and one that protected what is gone, are cancelled", () => {
    const child = order({ id: "stop", type: "stop", side: "sell", purpose: "stop", price: 9_000 });
    const { venue } = holding([{ ...market("a", "buy", 5), children: [child] }]);
    venue.command({ kind: "submit", order: order({ id: "small", quantity: 9, price: 5_000 }) });
    venue.command({ kind: "submit", order: order({ id: "large", quantity: 20, price: 5_000 }) });
    venue.begin(barAt(2, 1_000));
    const events = venue.split(ratio(1, 10), barAt(2, 1_000));
    expect(events.flatMap((each) => (each.kind === "cancelled" ? [each.id] : []))).toEqual(["stop", "small"]);
    expect(venue.snapshot().working).toMatchObject([{ id: "large", quantity: 2, price: 50_000 }]);
  });

  test("what protected an entry of which nothing is left goes, though something of the order is", () => {
    const child = order({
      id: "stop",
      type: "stop",
      side: "sell",
      purpose: "stop",
      price: 9_000,
      quantity: 20,
    });
    const { venue } = holding([{ ...market("a", "buy", 20), children: [child] }]);
    const exit = { ...market("out", "sell", 15), purpose: "exit", isPartial: true } as const;
    venue.command({ kind: "submit", order: exit });
    venue.bar(barAt(2, 100));
    expect(venue.split(ratio(1, 10), barAt(3, 1_000))).toMatchObject([
      { kind: "split" },
      { kind: "cancelled", id: "stop", reason: "nothing_to_close" },
    ]);
  });

  test("what settles by profit is not split", () => {
    const future = new Instrument({ ...stock.specification, settles: "profit" });
    const venue = new Matching(future, free, "nearest", future.money(100_000));
    venue.bar(barAt(0, 100));
    venue.command({ kind: "submit", order: market("a", "buy", 5) });
    venue.bar(barAt(1, 100));
    expect(() => venue.split(ratio(2, 1), barAt(2, 50))).toThrow(/X settles by profit/);
  });

  test("a snapshot goes on after a split", () => {
    const { venue, book, hear } = holding([market("a", "buy", 10)]);
    hear(venue.split(ratio(7, 1), barAt(2, 20)), 2);
    const [second, copy] = [new Matching(stock, free, "nearest", 0), new Ledger(stock, 0)];
    second.restore(venue.snapshot());
    copy.restore(book.snapshot());
    expect(copy.trades(20)).toEqual(book.trades(20));
    const exit = order({
      id: "out",
      type: "market",
      side: "sell",
      purpose: "exit",
      quantity: 70,
      price: null,
    });
    for (const each of [venue, second]) each.command({ kind: "submit", order: exit });
    expect(second.bar(barAt(3, 20))).toEqual(venue.bar(barAt(3, 20)));
  });
});

describe("a book", () => {
  const entry = (quantity: number, price: number, commission: number): Fill => ({
    ...{ orderId: `${quantity}`, side: "buy", effect: "open", reason: "enter", tag: "", time: 5 },
    ...{ quantity, price: price * 100, commission, ambiguous: false },
  });
  const bookOf = (...fills: readonly Fill[]): Ledger => {
    const book = new Ledger(stock, 100_000);
    fills.forEach((each, bar) => {
      book.apply(each, bar);
    });
    return book;
  };
  const rate = ratio(1, 1);

  test("shares out what is paid for entries of which no share is left, and their trades are over", () => {
    const book = bookOf(entry(2, 90, 10), entry(3, 110, 20), entry(1, 100, 40));
    const paid = { long: 600_00, short: 0 };
    book.split({ ratio: ratio(1, 10), price: 1_000_00, paid, time: 7, rate }, 9);
    const over = {
      exitBar: 9,
      exitTime: 7,
      exitPrice: 100,
      exitReason: "split",
      exitTag: "split",
      exitRate: 1,
    };
    expect(book.trades(1_000)).toMatchObject([
      { ...over, quantity: 2, exitValue: 200, commission: 0.1, profit: 19.9 },
      { ...over, quantity: 3, exitValue: 300, commission: 0.2, profit: -30.2 },
      { ...over, quantity: 1, exitValue: 100, commission: 0.4, profit: -0.4 },
    ]);
    expect(book.cashFlows).toEqual([]);
    // 180, 330 and 100 were paid, 0.70 in commissions, and 600 came back.
    expect(book.cashDecimal).toBe(100_000 - 610 - 0.7 + 600);
    // An old share at a ratio that is none of tenths: 3 for 2 of 10.01 are 15.015 of one.
    const odd = bookOf(entry(1, 10, 0));
    odd.split({ ratio: ratio(2, 3), price: 15_03, paid: { long: 10_02, short: 0 }, time: 7 }, 9);
    expect(odd.trades(1)).toMatchObject([{ exitPrice: 10.02, exitValue: 10.02, profit: 0.02 }]);
  });

  test("keeps every commission, of those that go on with the next and with the one before", () => {
    const book = bookOf(entry(4, 100, 10), entry(16, 100, 20), entry(3, 100, 40));
    book.split({ ratio: ratio(1, 10), price: 1_000_00, paid: { long: 300_00, short: 0 }, time: 7 }, 9);
    expect(book.trades(1_000)).toMatchObject([
      { quantity: 2, commission: 0.7, entryValue: 2_300, profit: -300.7 },
    ]);
    expect(book.cashFlows).toEqual([{ reason: "split", amount: 300, time: 7 }]);
  });
});
