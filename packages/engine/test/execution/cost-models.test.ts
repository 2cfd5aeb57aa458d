import { commissionModels, slippageModels, type CostModel } from "@bitfever/lang";
import { describe, expect, test } from "vitest";
import { commissions } from "../../src/commissions/index.generated.js";
import { chargesOn, commissionOn, free, slipped, untraded } from "../../src/costs.js";
import { Instrument } from "../../src/instrument.js";
import { slippages } from "../../src/slippages/index.generated.js";

/** A stock in cents, whole shares. */
const stock = new Instrument({ symbol: "S", tick: 0.01, lot: 1, multiplier: 1, moneyDecimals: 2 });
const asGiven = new Instrument({ symbol: "G", tick: null, lot: null, multiplier: 1, moneyDecimals: null });

test("the language and the engine know the same models", () => {
  expect(commissions.map(({ name }) => name).sort()).toEqual(Object.keys(commissionModels).sort());
  expect(slippages.map(({ name }) => name).sort()).toEqual(Object.keys(slippageModels).sort());
});

interface Row {
  readonly model: CostModel["model"];
  readonly parameters: CostModel["parameters"];
  readonly quantity: number;
  readonly price: number;
  readonly isMaker?: true;
  readonly turnover?: number;
  readonly commission: number;
}

describe("commissions by hand", () => {
  test.each<Row>([
    { model: "share", parameters: [0.001, 0, null], quantity: 100, price: 50, commission: 5 },
    { model: "share", parameters: [0.001, 6, null], quantity: 100, price: 50, commission: 6 },
    { model: "share", parameters: [0.001, 0, 4], quantity: 100, price: 50, commission: 4 },
    { model: "per_unit", parameters: [0.005, 0, null], quantity: 300, price: 50, commission: 1.5 },
    { model: "per_unit", parameters: [0.005, 1, null], quantity: 100, price: 50, commission: 1 },
    // One cent of a hundred shares at 40 cents: no more than 1% of 40.
    { model: "per_unit", parameters: [0.01, 1, 0.01], quantity: 100, price: 0.4, commission: 0.4 },
    { model: "per_unit", parameters: [0.0035, 0, null], quantity: 1, price: 50, commission: 0 },
    { model: "per_unit", parameters: [0.0035, 0, null], quantity: 3, price: 50, commission: 0.01 },
    { model: "per_order", parameters: [2.5], quantity: 1, price: 50, commission: 2.5 },
    { model: "maker_taker", parameters: [0.0002, 0.0005], quantity: 100, price: 50, commission: 2.5 },
    {
      model: "maker_taker",
      parameters: [0.0002, 0.0005],
      quantity: 100,
      price: 50,
      isMaker: true,
      commission: 1,
    },
    {
      model: "maker_taker",
      parameters: [-0.0001, 0.0005],
      quantity: 100,
      price: 50,
      isMaker: true,
      commission: -0.5,
    },
    ...[
      [0, 5],
      [999_999, 5],
      [1_000_000, 4],
      [5_000_000, 3],
    ].map(([turnover, commission]) => ({
      model: "tiered",
      parameters: [0.001, 1_000_000, 0.0008, 5_000_000, 0.0006, null, null, null, null],
      quantity: 100,
      price: 50,
      turnover,
      commission,
    })),
    // The tiers in any order; one without a rate, or without a turnover, never holds.
    {
      model: "tiered",
      parameters: [0.001, 5_000_000, 0.0006, 1_000_000, 0.0008, 2_000_000, null, null, null],
      quantity: 100,
      price: 50,
      turnover: 6_000_000,
      commission: 3,
    },
    {
      model: "tiered",
      parameters: [0.001, null, 0.0001, null, null, null, null, null, null],
      quantity: 100,
      price: 50,
      commission: 5,
    },
  ])("$model $parameters for $quantity at $price: $commission", (row) => {
    const { model, parameters, quantity, price, isMaker = false, turnover = 0, commission } = row;
    const charges = chargesOn(stock, { ...free, commissions: [{ model, parameters }] });
    const value = stock.notional(stock.price(price, "nearest"), quantity);
    const charged = commissionOn(charges, { value, quantity }, untraded, { isMaker, turnover });
    expect(stock.moneyDecimal(charged)).toBe(commission);
  });

  test("without cents nothing is rounded", () => {
    const charges = chargesOn(asGiven, {
      ...free,
      commissions: [{ model: "per_unit", parameters: [0.0035, 0, null] }],
    });
    const terms = { isMaker: false, turnover: 0 };
    expect(commissionOn(charges, { value: 50, quantity: 1 }, untraded, terms)).toBe(0.0035);
  });

  test("several add up", () => {
    const charges = chargesOn(stock, {
      ...free,
      commissions: [
        { model: "per_order", parameters: [1] },
        { model: "per_unit", parameters: [0.01, 0, null] },
      ],
    });
    const terms = { isMaker: false, turnover: 0 };
    expect(commissionOn(charges, { value: 500_000, quantity: 100 }, untraded, terms)).toBe(200);
  });

  test("an order in parts pays its least once, and what is over it when it comes to it", () => {
    const charges = chargesOn(stock, {
      ...free,
      commissions: [{ model: "per_unit", parameters: [0.01, 1, null] }],
    });
    const terms = { isMaker: false, turnover: 0 };
    const paid: number[] = [];
    let before = untraded;
    for (const quantity of [60, 60, 60]) {
      const fill = { value: quantity * 5_000, quantity };
      paid.push(commissionOn(charges, fill, before, terms));
      before = { value: before.value + fill.value, quantity: before.quantity + quantity };
    }
    // 60 shares cost the least, 1.00; 120 cost 1.20, 180 cost 1.80.
    expect(paid).toEqual([100, 20, 60]);
  });
});

test.each([
  // 12.50 at 0.1% are 1.25 cents: one cent for each of three parts, four for all of it.
  ["maker_taker", [0.001, 0.001], [1, 1, 1]],
  ["tiered", [0.001, null, null, null, null, null, null, null, null], [1, 1, 1]],
  ["share", [0.001, 0, null], [1, 1, 1]],
  // A least or a most is one of the whole order, which then is charged as one: 1.25, 2.50 and 3.75 up to now.
  ["share", [0.001, 0.01, null], [1, 1, 2]],
  ["share", [0.001, 0, 100], [1, 1, 2]],
  ["per_unit", [0.05, 0, 0.001], [1, 1, 2]],
] as const)("an order in three parts pays %s %j as %j", (model, parameters, paid) => {
  const charges = chargesOn(stock, { ...free, commissions: [{ model, parameters }] });
  const terms = { isMaker: false, turnover: 0 };
  const fill = { value: 1_250, quantity: 1 };
  const before = [0, 1, 2].map((parts) => ({ value: parts * 1_250, quantity: parts }));
  expect(before.map((each) => commissionOn(charges, fill, each, terms))).toEqual(paid);
});

describe("slippages by hand", () => {
  const bar = { high: 102, low: 100, volume: 1_000 };
  const quoted = 10_000;
  test.each([
    ["ticks", [2], 2],
    ["share", [0.0005], 5],
    // Half of 0.1% of 100.00 is 5 cents.
    ["spread", [0.001], 5],
    // 100 of 1,000 are a tenth, its square a hundredth; 0.1 of that of 100.00 are 10 cents.
    ["volume_share", [0.1], 10],
    // ln(102 / 100) / √(4 ln 2) = 0.011893; × √0.1 = 0.003761: 37.61 cents, up to whole ones.
    ["square_root", [1], 38],
  ] as const)("%s %o: %d ticks", (model, parameters, ticks) => {
    const charges = chargesOn(stock, { ...free, slippages: [{ model, parameters }] });
    expect(slipped(charges, "buy", { price: quoted, quantity: 100, bar })).toBe(quoted + ticks);
    expect(slipped(charges, "sell", { price: quoted, quantity: 100, bar })).toBe(quoted - ticks);
    // As far below zero as above.
    expect(slipped(charges, "buy", { price: -quoted, quantity: 100, bar })).toBe(ticks - quoted);
  });

  test("an order larger than its bar counts as all of it, and so does one on a bar without volume", () => {
    const charges = chargesOn(stock, {
      ...free,
      slippages: [{ model: "volume_share", parameters: [0.1] }],
    });
    for (const volume of [0, 5, 100])
      expect(slipped(charges, "buy", { price: quoted, quantity: 100, bar: { ...bar, volume } })).toBe(11_000);
  });

  test("a range as a share of a price of nothing or less is no volatility", () => {
    const charges = chargesOn(stock, {
      ...free,
      slippages: [{ model: "square_root", parameters: [1] }],
    });
    const at = (low: number, high: number): number =>
      slipped(charges, "buy", { price: 50, quantity: 1_000, bar: { low, high, volume: 1_000 } });
    expect([at(0, 1), at(-2, -1), at(-1, 1)]).toEqual([50, 50, 50]);
    // ln 2 / √(4 ln 2) = 0.4163: 20.8 of 50 cents.
    expect(at(0.5, 1)).toBe(71);
  });

  test("bars that do not know their volume are refused", () => {
    const charges = chargesOn(stock, {
      ...free,
      slippages: [{ model: "square_root", parameters: [1] }],
    });
    const print = { price: quoted, quantity: 1, bar: { ...bar, volume: NaN } };
    expect(() => slipped(charges, "buy", print)).toThrow(expect.objectContaining({ code: "BF5066" }));
  });
});

test.each([
  ["commissions", "free", [], "there is no commission `free`"],
  ["commissions", "per_unit", [null, 0, null], "a commission `per_unit` without amount: it must be given"],
  ["commissions", "per_order", [-1], "a commission `per_order` with amount -1: it must be 0 or more"],
  [
    "commissions",
    "maker_taker",
    [-0.02, 0],
    "a commission `maker_taker` with maker -0.02: it must be a share from −1% to below 100%",
  ],
  ["slippages", "none", [], "there is no slippage `none`"],
  ["carries", "rent", [], "there is no cost of holding `rent`"],
  [
    "carries",
    "borrow",
    [1],
    "a cost of holding `borrow` with rate 1: it must be a share from 0% to below 100%",
  ],
] as const)("%s: %s %o cannot be", (kind, model, parameters, message) => {
  const given = { ...free, [kind]: [{ model, parameters }] };
  expect(() => chargesOn(stock, given)).toThrow(expect.objectContaining({ code: "BF5013", message }));
});
