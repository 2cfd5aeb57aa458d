import { carryModels, type CostModel } from "@bitfever/lang";
import { describe, expect, test } from "vitest";
import { carries } from "../../src/carries/index.generated.js";
import { chargesOn, free } from "../../src/costs.js";
import { Instrument } from "../../src/instrument.js";
import { Ledger } from "../../src/ledger.js";
import { Matching, type MatchedBar } from "../../src/matching.js";
import type { CashFlow, Order } from "../../src/order.js";
import { tillOf } from "../../src/purse.js";

const stock = new Instrument({ symbol: "S", tick: 0.01, lot: 1, multiplier: 1, moneyDecimals: 2 });
const hourMs = 3_600_000;

const enter = (side: "buy" | "sell", quantity: number): Order => ({
  ...{ id: "entry", type: "market", side, purpose: "enter", quantity, price: null, tag: "entry" },
  children: [],
});

/** A bar of one price, at an hour counted from a Thursday at midnight UTC; days are sessions. */
const barAt = (hour: number, price: number): MatchedBar => ({
  ...{ time: hour * hourMs, open: price, high: price, low: price, close: price },
  session_bar: hour % 24,
});

interface Story {
  readonly model: CostModel;
  readonly side: "buy" | "sell";
  readonly quantity: number;
  readonly capital?: number;
  readonly margin?: number;
  readonly hours: readonly number[];
}

/** What is charged while a position is held that is bought or sold at 100 on the second bar. */
function flowsOf({ model, side, quantity, capital = 100_000, margin = 1, hours }: Story): number[] {
  const market = new Matching(stock, { ...free, carries: [model] }, "nearest", stock.money(capital), {
    margin: { initial: margin, maintenance: 0 },
  });
  const ledger = new Ledger(stock, capital);
  const flows: CashFlow[] = [];
  // One object for all bars, as a backtest has it.
  const row = { ...barAt(0, 100) };
  hours.forEach((hour, i) => {
    for (const event of market.bar(Object.assign(row, barAt(hour, 100)))) {
      if (event.kind === "fill") ledger.apply(event.fill, i);
      if (event.kind !== "cash") continue;
      expect(event.flow).toMatchObject({ reason: model.model, time: row.time });
      ledger.book(event.flow);
      flows.push(event.flow);
    }
    if (i === 0) market.command({ kind: "submit", order: enter(side, quantity) });
  });
  // At the price of the fill all that the account has lost is what holding cost, and the venue's cash is the book's.
  const lost = flows.reduce((sum, { amount }) => sum + amount, 0);
  expect(stock.money(ledger.equity(100))).toBe(stock.money(capital) + lost);
  expect(market.snapshot().cash).toBe(ledger.snapshot().cash);
  return flows.map(({ amount }) => stock.moneyDecimal(amount));
}

test("the language and the engine know the same costs of holding", () => {
  expect(carries.map(({ name }) => name).sort()).toEqual(Object.keys(carryModels).sort());
});

describe("by hand", () => {
  const days = [0, 24, 48, 72];
  test.each([
    // 100 shares at 100 are 10,000: 3.65% a year are 1.00 a night.
    [
      "what is sold short pays for each night",
      { model: "borrow", parameters: [0.0365] },
      "sell",
      100,
      days,
      [-1, -1],
    ],
    ["what is bought borrows no shares", { model: "borrow", parameters: [0.0365] }, "buy", 100, days, []],
    ["a weekend is three nights", { model: "borrow", parameters: [0.0365] }, "sell", 100, [0, 24, 96], [-3]],
    [
      "within a session nothing is charged",
      { model: "borrow", parameters: [0.0365] },
      "sell",
      100,
      [0, 1, 2, 3],
      [],
    ],
    [
      "a break of some hours is a night",
      { model: "borrow", parameters: [0.0365] },
      "sell",
      100,
      [20, 21, 24],
      [-1],
    ],
    [
      "a long position overnight",
      { model: "overnight", parameters: [0.073, 0.0365] },
      "buy",
      100,
      days,
      [-2, -2],
    ],
    [
      "a short position overnight",
      { model: "overnight", parameters: [0.073, 0.0365] },
      "sell",
      100,
      days,
      [-1, -1],
    ],
    [
      "a rate below zero is paid",
      { model: "overnight", parameters: [0.073, -0.0365] },
      "sell",
      100,
      days,
      [1, 1],
    ],
    [
      "longs pay at eight and at sixteen",
      { model: "funding", parameters: [0.0001, 8] },
      "buy",
      100,
      [0, 7, 8, 15, 16],
      [-1, -1],
    ],
    ["shorts are paid", { model: "funding", parameters: [0.0001, 8] }, "sell", 100, [0, 7, 8], [1]],
    ["below zero shorts pay", { model: "funding", parameters: [-0.0001, 8] }, "sell", 100, [0, 7, 8], [-1]],
    [
      "several times at once where bars are long",
      { model: "funding", parameters: [0.0001, 8] },
      "buy",
      100,
      [0, 24, 48],
      [-3],
    ],
    [
      "a long position over a weekend",
      { model: "overnight", parameters: [0.073, 0.0365] },
      "buy",
      100,
      [0, 24, 96],
      [-6],
    ],
    [
      "a short position over a weekend",
      { model: "overnight", parameters: [0.073, 0.0365] },
      "sell",
      100,
      [0, 24, 96],
      [-3],
    ],
    [
      "nothing is overnight within a session",
      { model: "overnight", parameters: [0.073, 0.0365] },
      "buy",
      100,
      [0, 1, 2],
      [],
    ],
    ["without debt there is no interest", { model: "interest", parameters: [0.0365] }, "buy", 100, days, []],
  ] as const)("%s", (_title, model, side, quantity, hours, expected) => {
    expect(flowsOf({ model, side, quantity, hours })).toEqual(expected);
  });

  test("interest is on what is owed", () => {
    // 2,000 of one's own buy 10,000: 8,000 are owed, of which 3.65% a year are 0.80 a night; then 8,000.80.
    const model = { model: "interest", parameters: [0.0365] };
    const story = { model, side: "buy", quantity: 100, capital: 2_000, margin: 0.2 } as const;
    expect(flowsOf({ ...story, hours: days })).toEqual([-0.8, -0.8]);
    expect(flowsOf({ ...story, hours: [0, 24, 96] })).toEqual([-2.4]);
    // The first night of all, too.
    expect(flowsOf({ ...story, hours: [0, 1, 24] })).toEqual([-0.8]);
    expect(flowsOf({ ...story, hours: [0, 1, 2] })).toEqual([]);
  });
});

test("of half a coin as of a thousand it is long or short that counts", () => {
  const coin = new Instrument({ symbol: "C", tick: null, lot: null, multiplier: 1, moneyDecimals: null });
  const night = { owed: 0, from: 0, to: 24 * hourMs, nights: 1 };
  const charged = (model: string, parameters: readonly number[], value: number): number =>
    chargesOn(coin, { ...free, carries: [{ model, parameters }] }).carries[0].charge({ ...night, value });
  for (const size of [0.5, 1_000]) {
    expect(charged("borrow", [0.365], size)).toBe(0);
    expect(charged("borrow", [0.365], -size)).toBe(size / 1_000);
    expect(charged("overnight", [0.73, 0.365], size)).toBe(size / 500);
    expect(charged("overnight", [0.73, 0.365], -size)).toBe(size / 1_000);
  }
});

test("an account with many instruments pays interest once a night", () => {
  const till = tillOf(stock.money(2_000));
  const costs = { ...free, carries: [{ model: "interest", parameters: [0.0365] }] };
  const rules = { margin: { initial: 0.2, maintenance: 0 } };
  const markets = [0, 1].map(() => new Matching(stock, costs, "nearest", till, rules));
  const charged: number[] = [];
  [0, 24, 48].forEach((hour, i) => {
    for (const market of markets) {
      for (const event of market.bar(barAt(hour, 100)))
        if (event.kind === "cash") charged.push(event.flow.amount);
      if (i === 0) market.command({ kind: "submit", order: enter("buy", 40) });
    }
  });
  // 8,000 were bought with 2,000: 6,000 are owed.
  expect(charged).toEqual([-60]);
});

/** Two markets of one account, the first of which has bought with borrowed money; prices and money as given. */
function inDebt(): { first: Matching; second: Matching } {
  const coin = new Instrument({ symbol: "C", tick: null, lot: null, multiplier: 1, moneyDecimals: null });
  const till = tillOf(2_000);
  const costs = { ...free, carries: [{ model: "interest", parameters: [0.0365] }] };
  const [first, second] = [0, 1].map(
    () => new Matching(coin, costs, "nearest", till, { margin: { initial: 0.2, maintenance: 0 } }),
  );
  for (const market of [first, second]) market.bar(barAt(0, 100));
  first.command({ kind: "submit", order: enter("buy", 80) });
  for (const market of [first, second]) market.bar(barAt(1, 100));
  return { first, second };
}

const isCharged = (market: Matching, bar: MatchedBar): boolean =>
  market.bar(bar).some(({ kind }) => kind === "cash");

test("once a night is to the last digit, and by whichever instrument begins a session", () => {
  const both = inDebt();
  expect([both.first, both.second].map((each) => isCharged(each, barAt(24, 100)))).toEqual([true, false]);
  const other = inDebt();
  // For the first the day goes on.
  expect(isCharged(other.first, { ...barAt(24, 100), session_bar: 24 })).toBe(false);
  expect(isCharged(other.second, barAt(24, 100))).toBe(true);
  expect(isCharged(other.first, barAt(25, 100))).toBe(false);
});

test("a bar that is begun before it is gone through is charged once, and the next again", () => {
  const costs = { ...free, carries: [{ model: "borrow", parameters: [0.0365] }] };
  const market = new Matching(stock, costs, "nearest", stock.money(100_000));
  market.bar(barAt(0, 100));
  market.command({ kind: "submit", order: enter("sell", 100) });
  market.bar(barAt(24, 100));
  expect(market.begin(barAt(48, 100)).map(({ kind }) => kind)).toEqual(["cash"]);
  expect(isCharged(market, barAt(48, 100))).toBe(false);
  expect(isCharged(market, barAt(72, 100))).toBe(true);
});

test("an account without debt pays no interest, to the last digit", () => {
  const coin = new Instrument({ symbol: "C", tick: null, lot: null, multiplier: 1, moneyDecimals: null });
  const market = new Matching(
    coin,
    { ...free, carries: [{ model: "interest", parameters: [0.0365] }] },
    "nearest",
    2_000,
  );
  market.bar(barAt(0, 100));
  expect(isCharged(market, barAt(24, 100))).toBe(false);
});

test("interest that one instrument has paid, another does not pay again after a restart", () => {
  const { first } = inDebt();
  expect(isCharged(first, barAt(24, 100))).toBe(true);
  const copy = inDebt();
  copy.first.restore(first.snapshot());
  expect(isCharged(copy.second, barAt(24, 100))).toBe(false);
});

test("a snapshot knows up to which night has been paid", () => {
  const till = tillOf(stock.money(100_000));
  const costs = { ...free, carries: [{ model: "borrow", parameters: [0.0365] }] };
  const first = new Matching(stock, costs, "nearest", till);
  first.bar(barAt(0, 100));
  first.command({ kind: "submit", order: enter("sell", 100) });
  first.bar(barAt(24, 100));
  const second = new Matching(stock, costs, "nearest", 0);
  second.restore(first.snapshot());
  expect(second.bar(barAt(48, 100))).toEqual(first.bar(barAt(48, 100)));
});
