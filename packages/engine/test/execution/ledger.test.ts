import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Instrument } from "../../src/instrument.js";
import { Ledger } from "../../src/ledger.js";
import type { Fill } from "../../src/order.js";
import { pathNames } from "../../src/path.js";
import { purseOf } from "../../src/purse.js";
import { exactInstrument, fillsOf, live, openAccount, steps } from "./random-market.js";

const fill = (given: Partial<Fill>): Fill => ({
  orderId: "order",
  side: "buy",
  effect: "open",
  reason: given.effect === "close" ? "exit" : "enter",
  tag: "",
  price: 100,
  quantity: 1,
  commission: 0,
  time: 0,
  ambiguous: false,
  ...given,
});

/** Whole numbers of cents, out of decimals that stand for them exactly. */
const cents = (decimal: number): number => Math.round(decimal * 100);

describe("one trade", () => {
  const ledger = (): Ledger => new Ledger(exactInstrument, 1_000);

  test("a long position", () => {
    const book = ledger();
    expect(book.equity(123)).toBe(1_000);
    book.apply(fill({ quantity: 3, price: 100, commission: 25, time: 5, tag: "in" }), 7);
    expect(book.position).toBe(3);
    expect(book.openedOn("long")).toBe(7);
    expect(book.averagePrice("long")).toBe(100);
    expect(book.cashDecimal).toBe(699.75);
    expect(book.equity(110)).toBe(1_029.75);
    const open = {
      side: "long",
      entryBar: 7,
      entryTime: 5,
      entryPrice: 100,
      entryValue: 300,
      entryTag: "in",
      quantity: 3,
    };
    const nothing = {
      ...{ exitBar: null, exitTime: null, exitPrice: null },
      ...{ exitValue: null, exitReason: null, exitTag: null },
    };
    expect(book.trades(110)).toEqual([{ ...open, ...nothing, profit: 29.75, commission: 0.25 }]);

    book.apply(
      fill({ side: "sell", effect: "close", quantity: 3, price: 90, commission: 30, time: 9, tag: "out" }),
      8,
    );
    expect(book.position).toBe(0);
    expect(book.openedOn("long")).toBeNull();
    expect(book.averagePrice("long")).toBeNull();
    expect(book.cashDecimal).toBe(969.45);
    expect(book.equity(1)).toBe(969.45);
    const exit = {
      exitBar: 8,
      exitTime: 9,
      exitPrice: 90,
      exitValue: 270,
      exitReason: "signal",
      exitTag: "out",
    };
    expect(book.trades(NaN)).toEqual([{ ...open, ...exit, profit: -30.55, commission: 0.55 }]);
  });

  test("a short position", () => {
    const book = ledger();
    book.apply(fill({ side: "sell", quantity: 2, price: 100, commission: 1 }), 0);
    expect(book.position).toBe(-2);
    expect(book.cashDecimal).toBe(1_199.99);
    expect(book.equity(103)).toBe(993.99);
    expect(book.trades(103)[0]).toMatchObject({ side: "short", quantity: 2, profit: -6.01 });
    book.apply(
      fill({ side: "buy", effect: "close", reason: "target", quantity: 2, price: 95, commission: 1 }),
      1,
    );
    expect(book.cashDecimal).toBe(1_009.98);
    expect(book.trades(0)[0]).toMatchObject({ side: "short", exitReason: "target", profit: 9.98 });
  });

  test("a trade that gained nothing has a profit of 0, not of −0", () => {
    for (const side of ["buy", "sell"] as const) {
      const book = ledger();
      book.apply(fill({ side }), 0);
      expect(book.trades(100)[0].profit).toBe(0);
      book.apply(fill({ side: side === "buy" ? "sell" : "buy", effect: "close" }), 1);
      expect(book.trades(100)[0].profit).toBe(0);
    }
  });

  test.each([
    ["exit", "signal"],
    ["stop", "stop"],
    ["target", "target"],
    ["reversal", "reversal"],
  ] as const)("a %s ends a trade as %s", (reason, exitReason) => {
    const book = ledger();
    book.apply(fill({}), 0);
    book.apply(fill({ side: "sell", effect: "close", reason }), 1);
    expect(book.trades(0)[0].exitReason).toBe(exitReason);
  });

  test("with no bars at all there is nothing to mark", () => {
    expect(ledger().trades(NaN)).toEqual([]);
  });
});

describe("first in, first out", () => {
  test("a close takes the oldest lots, and cuts the last of them", () => {
    const book = new Ledger(exactInstrument, 100_000);
    book.apply(fill({ quantity: 2, price: 100, tag: "first" }), 0);
    book.apply(fill({ quantity: 3, price: 110, tag: "second" }), 1);
    expect(book.averagePrice("long")).toBe(106);
    book.apply(fill({ side: "sell", effect: "close", quantity: 4, price: 120 }), 2);
    expect(
      book
        .trades(130)
        .map(({ entryTag, quantity, profit, exitPrice }) => ({ entryTag, quantity, profit, exitPrice })),
    ).toEqual([
      { entryTag: "first", quantity: 2, profit: 40, exitPrice: 120 },
      { entryTag: "second", quantity: 2, profit: 20, exitPrice: 120 },
      { entryTag: "second", quantity: 1, profit: 20, exitPrice: null },
    ]);
    expect(book.position).toBe(1);
    expect(book.openedOn("long")).toBe(1);
    expect(book.averagePrice("long")).toBe(110);
  });

  test("a commission that cannot be shared equally is shared to the cent", () => {
    const book = new Ledger(exactInstrument, 100_000);
    book.apply(fill({ quantity: 3, commission: 100 }), 0);
    for (let i = 1; i <= 3; i++) book.apply(fill({ side: "sell", effect: "close", quantity: 1 }), i);
    expect(book.trades(0).map(({ commission }) => commission)).toEqual([0.33, 0.34, 0.33]);
    expect(book.cashDecimal).toBe(99_999);
  });

  test("to close more than there is breaks a promise", () => {
    const book = new Ledger(exactInstrument, 100_000);
    book.apply(fill({ quantity: 3 }), 0);
    expect(() => book.apply(fill({ side: "sell", effect: "close", quantity: 4 }), 1)).toThrow(
      "ledger: order order closes 1 more than is open",
    );
  });

  test("0.1 and 0.2 are closed by their sum, whichever way it was added up", () => {
    const asGiven = new Instrument({
      symbol: "X",
      tick: null,
      lot: null,
      multiplier: 1,
      moneyDecimals: null,
    });
    for (const total of [0.3, 0.1 + 0.2]) {
      const book = new Ledger(asGiven, 100);
      book.apply(fill({ quantity: 0.1 }), 0);
      book.apply(fill({ quantity: 0.2 }), 1);
      book.apply(fill({ side: "sell", effect: "close", quantity: total }), 2);
      expect(book.position).toBe(0);
      expect(book.trades(0).map(({ quantity }) => quantity)).toEqual([0.1, 0.2]);
      expect(book.cashDecimal).toBeCloseTo(100, 12);
    }
  });
});

describe("what a book says of its entries and exits", () => {
  test("an entry that fills in parts is one, and two orders are two", () => {
    const book = new Ledger(exactInstrument, 100_000);
    expect(book.openEntries("long")).toBe(0);
    expect(book.marked(100)).toBe(0);
    expect(book.lastExit).toBeNull();
    book.apply(fill({ orderId: "a", quantity: 2 }), 0);
    expect(book.openEntries("long")).toBe(1);
    book.apply(fill({ orderId: "a", quantity: 2 }), 1);
    expect(book.openEntries("long")).toBe(1);
    book.apply(fill({ orderId: "b", quantity: 2 }), 2);
    expect(book.openEntries("long")).toBe(2);
    book.apply(fill({ side: "sell", effect: "close", quantity: 1 }), 3);
    book.apply(fill({ side: "sell", effect: "close", quantity: 4 }), 5);
    expect(book.openEntries("long")).toBe(1);
    expect(book.lastExit).toBe(5);
    book.apply(fill({ side: "sell", effect: "close", quantity: 1 }), 8);
    expect(book.lastExit).toBe(8);
  });

  test("one lot has its own price for an average, to the last bit", () => {
    const asGiven = new Instrument({ symbol: "X", tick: 0.01, lot: 1, multiplier: 1, moneyDecimals: 2 });
    const book = new Ledger(asGiven, 1_000);
    // 29 times 0.01 by 29 is 0.009999999999999998.
    book.apply(fill({ price: 1, quantity: 29 }), 0);
    expect(book.averagePrice("long")).toBe(0.01);
  });

  test("without a position there is nothing to mark, also before there is a price", () => {
    const book = new Ledger(exactInstrument, 1_000);
    expect([book.marked(NaN), book.equity(NaN)]).toEqual([0, 1_000]);
  });

  test("what is open is worth what the position is, whatever the last bits of its lots", () => {
    const asGiven = { symbol: "X", tick: null, lot: null, multiplier: 1, moneyDecimals: null };
    const book = new Ledger(new Instrument(asGiven), 0);
    // 0.3 and 0.6 are 0.8999999999999999, of which 0.3 leave a little less than 0.6.
    book.apply(fill({ price: 0, quantity: 0.3 }), 0);
    book.apply(fill({ price: 0, quantity: 0.6 }), 0);
    const [first, last] = book.trades(3);
    expect(first.profit + last.profit).toBe(book.equity(3));
  });

  test("a lot that is closed at once costs what it cost, to the last bit", () => {
    const asGiven = { symbol: "X", tick: null, lot: null, multiplier: 1, moneyDecimals: null };
    const book = new Ledger(new Instrument(asGiven), 1_000);
    // 49 times 1 / 49 is 0.9999999999999999.
    book.apply(fill({ price: 2, quantity: 49, commission: 1 }), 0);
    book.apply(fill({ side: "sell", effect: "close", price: 2, quantity: 49 }), 1);
    expect(book.trades(2)[0].commission).toBe(1);
  });

  test("a trade in another currency says which, and at what rates it was opened and closed", () => {
    const euros = new Instrument({
      ...{ symbol: "E", tick: 1, lot: 1, multiplier: 1, moneyDecimals: 2, currency: "EUR" },
    });
    const book = new Ledger(euros, 1_000);
    book.apply(fill({ price: 10, quantity: 2, rate: { numerator: 11, denominator: 10 } }), 0);
    const close = { side: "sell", effect: "close", price: 10, quantity: 1 } as const;
    book.apply(fill({ ...close, rate: { numerator: 6, denominator: 5 } }), 1);
    const trades = book.trades(10, { numerator: 13, denominator: 10 });
    expect(trades.map(({ currency, entryRate, exitRate }) => [currency, entryRate, exitRate])).toEqual([
      ["EUR", 1.1, 1.2],
      ["EUR", 1.1, undefined],
    ]);
    const other = new Ledger(exactInstrument, 1_000);
    other.apply(fill({}), 0);
    expect(Object.keys(other.trades(1)[0])).not.toContain("currency");
  });

  test("an exit brings what it is worth, whatever its lots add up to", () => {
    const asGiven = { symbol: "X", tick: null, lot: null, multiplier: 1, moneyDecimals: null };
    const book = new Ledger(new Instrument(asGiven), 0);
    book.apply(fill({ price: 0, quantity: 0.1 }), 0);
    book.apply(fill({ price: 0, quantity: 0.7 }), 0);
    // Lot by lot it would be 0.08000000000000002.
    book.apply(fill({ side: "sell", effect: "close", price: 0.1, quantity: 0.1 + 0.7 }), 1);
    expect(book.cashDecimal).toBe(0.1 * (0.1 + 0.7));
  });

  test("what is held on one side is none of the other", () => {
    const book = new Ledger(exactInstrument, 1_000);
    book.apply(fill({ side: "sell", quantity: 2 }), 3);
    expect([book.openedOn("short"), book.openEntries("short")]).toEqual([3, 1]);
    expect([book.entryPrice("short"), book.averagePrice("short")]).toEqual([100, 100]);
    expect([book.openedOn("long"), book.openEntries("long")]).toEqual([null, 0]);
    expect([book.entryPrice("long"), book.averagePrice("long")]).toEqual([null, null]);
  });

  test("both sides count for what is held, and one against the other for what it is worth", () => {
    const book = new Ledger(exactInstrument, 1_000);
    expect(book.exposure(100)).toBe(0);
    book.apply(fill({ side: "sell", quantity: 3 }), 0);
    expect([book.exposure(100), book.marked(100)]).toEqual([300_00, -300_00]);
    book.apply(fill({ quantity: 1 }), 0);
    expect([book.exposure(100), book.marked(100)]).toEqual([400_00, -200_00]);
    expect([book.exposure(-100), book.marked(-100)]).toEqual([400_00, 200_00]);
  });

  test("money that comes and goes without a trade is told in decimals, and comes back with a copy", () => {
    const book = new Ledger(exactInstrument, 1_000);
    book.book({ reason: "funding", amount: -25, time: 5 });
    book.book({ reason: "interest", amount: -100, time: 7 });
    const flows = [
      { reason: "funding", amount: -0.25, time: 5 },
      { reason: "interest", amount: -1, time: 7 },
    ];
    const other = new Ledger(exactInstrument, 5);
    other.restore(book.snapshot());
    for (const each of [book, other]) {
      expect(each.cashFlows).toEqual(flows);
      expect(each.cashDecimal).toBe(998.75);
    }
  });

  test("the record of closed trades comes back with a copy, and takes the place of another", () => {
    const book = new Ledger(exactInstrument, 1_000);
    for (const [bar, price] of [90, 120, 130].entries()) {
      book.apply(fill({}), bar);
      book.apply(fill({ side: "sell", effect: "close", price }), bar);
    }
    const other = new Ledger(exactInstrument, 1_000);
    other.apply(fill({}), 0);
    other.apply(fill({ side: "sell", effect: "close", price: 1 }), 0);
    other.restore(book.snapshot());
    for (const { record } of [book, other]) {
      expect([record.closed, record.netProfit, record.winsInARow, record.losses]).toEqual([3, 40, 2, 1]);
      expect(record.grossLoss).toBe(10);
    }
  });
});

/** A book's life: lots opened on one side, closed in parts, now and then to the end, and then the other side. */
const life = (
  quantity: fc.Arbitrary<number>,
  price: fc.Arbitrary<number>,
  commission: fc.Arbitrary<number>,
) =>
  fc.array(
    fc.record({
      isOpen: fc.boolean(),
      side: fc.constantFrom("buy" as const, "sell" as const),
      quantity,
      price,
      commission,
      part: fc.constantFrom(0, 0.1, 0.5, 0.9, 1),
    }),
    { minLength: 1, maxLength: 25, size: "max" },
  );

type Life = (typeof life extends (...given: never[]) => fc.Arbitrary<infer Of> ? Of : never)[number];

/** Turns wishes into fills that fit the position, and tells them. */
function lead(
  book: Ledger,
  wishes: readonly Life[],
  isWhole: boolean,
  each: (last: Fill, bar: number) => void,
): void {
  wishes.forEach(({ isOpen, part, ...given }, bar) => {
    const held = book.position;
    const time = bar * 60_000;
    let next: Fill;
    if (isOpen || held === 0) {
      const side = held === 0 ? given.side : held > 0 ? "buy" : "sell";
      next = fill({ ...given, side, time });
    } else {
      const some = isWhole ? Math.ceil(Math.abs(held) * part) : Math.abs(held) * part;
      const quantity = some === 0 ? (isWhole ? 1 : Math.abs(held)) : some;
      next = fill({ ...given, side: held > 0 ? "sell" : "buy", effect: "close", quantity, time });
    }
    book.apply(next, bar);
    each(next, bar);
  });
}

describe("conservation", () => {
  const instruments = fc.constantFrom(
    exactInstrument,
    new Instrument({ symbol: "X", tick: 0.01, lot: 0.001, multiplier: 1, moneyDecimals: 2 }),
    new Instrument({ symbol: "X", tick: 1 / 32, lot: 1, multiplier: 50, moneyDecimals: 2 }),
    new Instrument({ symbol: "X", tick: 0.00001, lot: 1, multiplier: 0.1, moneyDecimals: 2 }),
  );
  const wholeLife = life(
    fc.integer({ min: 1, max: 5_000 }),
    fc.integer({ min: 1, max: 100_000 }),
    fc.integer({ min: 0, max: 999 }),
  );

  test("exact: cash and position are the capital and all profit, to the last cent, after every fill", () => {
    fc.assert(
      fc.property(
        instruments,
        wholeLife,
        fc.integer({ min: 1, max: 100_000 }),
        (instrument, wishes, mark) => {
          const book = new Ledger(instrument, 1_000_000);
          let position = 0;
          lead(book, wishes, true, (last) => {
            position += last.side === "buy" ? last.quantity : -last.quantity;
            expect(book.position).toBe(position);
            const decimal = instrument.priceDecimal(mark);
            const profit = book.trades(decimal).reduce((sum, each) => sum + cents(each.profit), 0);
            expect(cents(book.equity(decimal)) - 100_000_000).toBe(profit);
            expect(cents(book.cashDecimal) + instrument.notional(mark, position) - 100_000_000).toBe(profit);
          });
        },
      ),
      { seed: 1, numRuns: 250 },
    );
  });

  test("exact: every commission paid is in one trade, and quantities add up", () => {
    fc.assert(
      fc.property(instruments, wholeLife, (instrument, wishes) => {
        const book = new Ledger(instrument, 1_000_000);
        let [paid, opened, closed] = [0, 0, 0];
        lead(book, wishes, true, ({ commission, effect, quantity }) => {
          paid += commission;
          if (effect === "open") opened += quantity;
          else closed += quantity;
        });
        const trades = book.trades(1);
        const lots = (each: { quantity: number }): number => instrument.quantity(each.quantity);
        expect(trades.reduce((sum, each) => sum + cents(each.commission), 0)).toBe(paid);
        expect(trades.reduce((sum, each) => sum + lots(each), 0)).toBe(opened);
        const done = trades.filter(({ exitBar }) => exitBar !== null);
        expect(done.reduce((sum, each) => sum + lots(each), 0)).toBe(closed);
        const entries = trades.map(({ entryBar }) => entryBar);
        expect(entries, "in order of entry").toEqual([...entries].sort((a, b) => a - b));
      }),
      { seed: 2, numRuns: 1_000 },
    );
  });

  test("exact, half-way: only the money has steps, and still every cent is somewhere", () => {
    const instrument = new Instrument({
      symbol: "X",
      tick: null,
      lot: null,
      multiplier: 1,
      moneyDecimals: 2,
    });
    const real = life(
      fc.double({ min: 0.001, max: 100, noNaN: true }),
      fc.double({ min: 0.01, max: 1_000, noNaN: true }),
      fc.integer({ min: 0, max: 999 }),
    );
    fc.assert(
      fc.property(real, (wishes) => {
        const book = new Ledger(instrument, 1_000_000);
        lead(book, wishes, false, () => {
          const profit = book.trades(123.456).reduce((sum, each) => sum + cents(each.profit), 0);
          expect(cents(book.equity(123.456)) - 100_000_000).toBe(profit);
        });
      }),
      { seed: 3, numRuns: 250 },
    );
  });

  test("as given: to a billionth of all that was traded", () => {
    const instrument = new Instrument({
      symbol: "X",
      tick: null,
      lot: null,
      multiplier: 1,
      moneyDecimals: null,
    });
    const real = life(
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-4, max: 1e5, noNaN: true }),
      fc.double({ min: 0, max: 100, noNaN: true }),
    );
    fc.assert(
      fc.property(real, (wishes) => {
        const book = new Ledger(instrument, 1_000_000);
        let scale = 1_000_000;
        lead(book, wishes, false, ({ price, quantity }) => {
          scale += price * quantity;
          const profit = book.trades(77).reduce((sum, each) => sum + each.profit, 0);
          const gap = Math.abs(book.equity(77) - 1_000_000 - profit);
          expect(gap).toBeLessThanOrEqual(1e-9 * (scale + Math.abs(book.position) * 77));
        });
      }),
      { seed: 4, numRuns: 250 },
    );
  });

  test("a lot closed in parts earns what it earns at once, and costs what it costs at once", () => {
    const parts = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 12 });
    const given = fc.record({
      parts,
      side: fc.constantFrom("buy" as const, "sell" as const),
      entry: fc.integer({ min: 1, max: 10_000 }),
      exit: fc.integer({ min: 1, max: 10_000 }),
      commission: fc.integer({ min: 0, max: 9_999 }),
    });
    fc.assert(
      fc.property(given, ({ parts, side, entry, exit, commission }) => {
        const quantity = parts.reduce((sum, each) => sum + each, 0);
        const back = side === "buy" ? "sell" : "buy";
        const result = (closes: readonly number[]): number[] => {
          const book = new Ledger(exactInstrument, 1_000_000);
          book.apply(fill({ side, quantity, price: entry, commission }), 0);
          for (const each of closes)
            book.apply(fill({ side: back, effect: "close", quantity: each, price: exit }), 1);
          const trades = book.trades(1);
          expect(trades).toHaveLength(closes.length);
          const total = (of: (each: (typeof trades)[number]) => number): number =>
            trades.reduce((sum, each) => sum + of(each), 0);
          return [
            book.position,
            book.cashDecimal,
            total((each) => each.quantity),
            total((each) => cents(each.profit)),
            total((each) => cents(each.commission)),
          ];
        };
        expect(result(parts)).toEqual(result([quantity]));
      }),
      { seed: 5, numRuns: 2_000 },
    );
  });

  test("what the market did: the same, with stops, targets, reversals, slippage and commission", () => {
    const cases = fc.record({
      rows: steps,
      path: fc.constantFrom(...pathNames),
      commission: fc.constantFrom(0, 0.0005, 0.00333),
      ticks: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(cases, ({ rows, path, commission, ticks }) => {
        const costs = { commission, slippage: { unit: "ticks" as const, value: ticks } };
        const account = openAccount(exactInstrument, costs, path, 5_000);
        for (const row of rows) {
          live(account, [row]);
          const { close } = row.bar;
          const profit = account.ledger.trades(close).reduce((sum, each) => sum + cents(each.profit), 0);
          expect(cents(account.ledger.equity(close)) - 500_000).toBe(profit);
        }
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  test("the market's fills alone rebuild the book", () => {
    fc.assert(
      fc.property(steps, (rows) => {
        const costs = { commission: 0.001, slippage: { unit: "ratio" as const, value: 0.01 } };
        const account = openAccount(exactInstrument, costs, "nearest", 5_000);
        const fills = fillsOf(live(account, rows));
        const book = new Ledger(exactInstrument, 5_000);
        for (const each of fills) book.apply(each, each.time);
        expect(book.snapshot()).toEqual(account.ledger.snapshot());
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe("snapshots", () => {
  test("a book cut anywhere and resumed from a copy goes on the same, in the middle of a lot too", () => {
    const wholeLife = life(
      fc.integer({ min: 1, max: 5_000 }),
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 0, max: 999 }),
    );
    fc.assert(
      fc.property(wholeLife, (wishes) => {
        const book = new Ledger(exactInstrument, 1_000);
        const other = new Ledger(exactInstrument, 5);
        other.restore(structuredClone(book.snapshot()));
        lead(book, wishes, true, (last, bar) => {
          other.apply(last, bar);
          expect(other.snapshot()).toEqual(book.snapshot());
          other.restore(structuredClone(book.snapshot()));
          expect(other.trades(55)).toEqual(book.trades(55));
          expect(other.position).toBe(book.position);
        });
      }),
      { seed: 8, numRuns: 60 },
    );
  });

  test("a copy does not change with the book", () => {
    const book = new Ledger(exactInstrument, 1_000);
    book.apply(fill({ quantity: 5 }), 0);
    const taken = book.snapshot();
    const copy = structuredClone(taken);
    book.apply(fill({ side: "sell", effect: "close", quantity: 2 }), 1);
    expect(taken).toEqual(copy);
    book.restore(taken);
    book.apply(fill({ side: "sell", effect: "close", quantity: 5 }), 1);
    expect(taken).toEqual(copy);
  });

  test("what came and went is known when its entries were let go", () => {
    const book = new Ledger(exactInstrument, 1_000);
    for (const [time, amount] of [500, -200, 300].entries())
      book.book({ reason: amount < 0 ? "withdrawal" : "deposit", amount, time });
    book.book({ reason: "dividend", amount: 70, time: 9 });
    book.release(1);
    expect(book.cashFlows).toHaveLength(1);
    const other = new Ledger(exactInstrument, 1_000);
    other.restore(book.snapshot());
    for (const each of [book, other]) expect(each.movedDecimal).toBe(6);
  });

  test("of ledgers that share a purse keep what all of them have closed", () => {
    const twoOnOnePurse = (): readonly Ledger[] => {
      const purse = purseOf(exactInstrument, 1_000);
      return [1, 2].map(() => new Ledger(exactInstrument, 1_000, purse));
    };
    const books = twoOnOnePurse();
    for (const [i, price] of [90, 80].entries()) {
      books[i].apply(fill({ quantity: 1, price: 100 }), 0);
      books[i].apply(fill({ side: "sell", effect: "close", quantity: 1, price }), 1);
    }
    const others = twoOnOnePurse();
    for (const [i, each] of others.entries()) each.restore(books[i].snapshot());
    for (const each of others) expect(each.record).toEqual(books[0].record);
    expect(others[0].record.lossesInARow).toBe(2);
  });
});

describe("what a book lets go of", () => {
  const traded = (): Ledger => {
    const book = new Ledger(exactInstrument, 1_000);
    for (let i = 0; i < 5; i++) {
      book.apply(fill({ quantity: 1, price: 100 }), 2 * i);
      book.apply(fill({ side: "sell", effect: "close", quantity: 1, price: 103 - i }), 2 * i + 1);
      book.book({ reason: "overnight", amount: -1, time: i });
    }
    return book;
  };

  test.each([
    [2, [9, 7], 2],
    [0, [9], 1],
    [Infinity, [9, 7, 5, 3, 1], 5],
  ])("leaves the newest %d closed trades, and what all of them add up to", (newest, exits, flows) => {
    const [book, whole] = [traded(), traded()];
    book.release(newest);
    expect(
      book
        .trades(100)
        .map(({ exitBar }) => exitBar)
        .reverse(),
    ).toEqual(exits);
    expect(book.cashFlows).toHaveLength(flows);
    expect([book.record, book.cashDecimal, book.lastExit]).toEqual([
      whole.record,
      whole.cashDecimal,
      whole.lastExit,
    ]);
    expect(book.hasAllTrades).toBe(newest === Infinity);
    const restored = new Ledger(exactInstrument, 1_000);
    restored.restore(book.snapshot());
    expect(restored.snapshot()).toEqual(book.snapshot());
    expect(restored.hasAllTrades).toBe(newest === Infinity);
  });

  test("leaves the profits behind so many closed trades, counted from the first that ever was", () => {
    const [book, whole] = [traded(), traded()];
    const profits = whole.profitsFrom(0);
    expect(profits).toHaveLength(5);
    expect(new Set(profits).size).toBe(5);
    // One after the other, so that what was let go before counts as well.
    for (const newest of [3, 2]) {
      book.release(newest);
      for (let first = 5 - newest; first <= 5; first++)
        expect(book.profitsFrom(first)).toEqual(profits.slice(first));
    }
    expect(book.profitsFrom(0)).toEqual(profits.slice(3));
  });
});

test("cash that grows beyond counting is refused", () => {
  const book = new Ledger(exactInstrument, 90_000_000_000_000);
  expect(() => book.apply(fill({ side: "sell", price: 1_000_000, quantity: 1_000_000 }), 0)).toThrow(
    expect.objectContaining({ code: "BF5010" }),
  );
});
