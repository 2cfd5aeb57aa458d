import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barsOf, randomOf } from "@bitfever/engine";
import {
  backtest,
  BitFeverError,
  compile,
  paperOverHistory,
  tradesCsv,
  whyTrade,
  type Backtest,
  type Bars,
  type CorporateAction,
  type Settings,
} from "../src/index.js";

/* Splits and dividends in each view of the prices: what is held, what is paid, and what must not depend on the view. */

const dayMs = 86_400_000;
const start = Date.UTC(2024, 0, 1);
const dateOf = (day: number): string => new Date(start + day * dayMs).toISOString().slice(0, 10);

const split = (day: number, newShares: number, oldShares = 1): CorporateAction => ({
  ...{ kind: "split", date: dateOf(day), newShares, oldShares },
});
const dividend = (day: number, amount: number): CorporateAction => ({
  kind: "dividend",
  date: dateOf(day),
  amount,
});

type Row = readonly [open: number, close: number];

const barsAt = (rows: readonly Row[], symbol = "X"): Bars => {
  const column = (pick: (row: Row) => number): Float64Array => Float64Array.from(rows, pick);
  return barsOf(symbol, {
    time: Float64Array.from(rows, (_, i) => start + i * dayMs),
    open: column(([open]) => open),
    high: column((row) => Math.max(...row)),
    low: column((row) => Math.min(...row)),
    close: column(([, close]) => close),
    volume: column(() => 1_000),
  });
};

const strategyOf = (rules: string): ReturnType<typeof compile> => compile(`strategy "Case" {\n${rules}\n}`);
const hold = (size: string, side = "long"): string =>
  `enter ${side} when bar_index == 0 { size ${size} unprotected }`;

const views = ["splits", "none", "total_return"] as const;
const exact = { initial_capital: 10_000, lot: 1, tick: 0.01, money_decimals: 2 };

const run = (
  rules: string,
  bars: Bars,
  actions: readonly CorporateAction[],
  settings: Partial<Settings>,
): Promise<Backtest> => backtest(strategyOf(rules), bars, { settings, actions: { X: actions } });

const flowsOf = ({ result }: Backtest): (readonly [string, number])[] =>
  (result.cashFlows ?? []).map(({ reason, amount }) => [reason, amount] as const);

describe("by hand", () => {
  // 70 a share, 7 for 1, then 10; 0.70 a share before the split, 0.13 after it.
  const rows: readonly Row[] = [
    [70, 70],
    [70, 70],
    [70, 70],
    [10, 10],
    [10, 11],
    [11, 12],
  ];
  const actions = [dividend(2, 0.7), split(3, 7), dividend(4, 0.13)];

  it("splits: prices in the shares of the last bar, dividends in cash to who held them overnight", async () => {
    const done = await run(hold("700"), barsAt(rows), actions, exact);
    expect([...done.bars.close]).toEqual([10, 10, 10, 10, 11, 12]);
    // 700 at 10; 0.70 for an old share is 0.10 for a new one.
    expect(flowsOf(done)).toEqual([
      ["dividend", 70],
      ["dividend", 91],
    ]);
    expect([...done.curves.equity]).toEqual([10_000, 10_000, 10_070, 10_070, 10_861, 11_561]);
    expect(done.result.data.adjustment).toMatchObject({
      view: "splits",
      splits: 1,
      dividends: 2,
      outside: 0,
    });
  });

  it("none: the same account in the shares of each day", async () => {
    const done = await run(hold("100"), barsAt(rows), actions, { ...exact, adjustment: "none" });
    expect([...done.bars.close]).toEqual([70, 70, 70, 10, 11, 12]);
    expect([...done.curves.position]).toEqual([0, 100, 100, 700, 700, 700]);
    expect(flowsOf(done)).toEqual([
      ["dividend", 70],
      ["dividend", 91],
    ]);
    expect([...done.curves.equity]).toEqual([10_000, 10_000, 10_070, 10_070, 10_861, 11_561]);
    // What was paid is 100 × 70, in the shares of its end 700 × 10.
    expect(done.result.trades).toMatchObject([
      { entryPrice: 10, entryValue: 7_000, quantity: 700, split: 7, profit: 1_400 },
    ]);
    // The market is compared by prices that do not jump: 70 is 10 in new shares.
    expect(done.result.metrics["buy_and_hold_return"]).toBeCloseTo(0.2, 12);
    expect(done.result.metricReasons["average_adverse_excursion"]).toBeDefined();
  });

  it("who is short pays", async () => {
    const done = await run(hold("100", "short"), barsAt(rows), actions, exact);
    expect(flowsOf(done)).toEqual([
      ["dividend", -10],
      ["dividend", -13],
    ]);
  });

  it("half a cent is rounded to the even one", async () => {
    const paid = async (amount: number): Promise<number> =>
      flowsOf(await run(hold("1"), barsAt(rows), [dividend(2, amount)], exact))[0][1];
    expect([await paid(0.125), await paid(0.135)]).toEqual([0.12, 0.14]);
  });

  it("who buys on the day, or sold before it, gets nothing", async () => {
    const late = `enter long when bar_index == 1 { size 10 unprotected }`;
    expect(flowsOf(await run(late, barsAt(rows), [dividend(2, 1)], exact))).toEqual([]);
    const sold = `${hold("10")}\nexit when bar_index == 1`;
    // It leaves at the open of the day itself, and held overnight.
    expect(flowsOf(await run(sold, barsAt(rows), [dividend(2, 1)], exact))).toEqual([["dividend", 10]]);
    expect(flowsOf(await run(sold, barsAt(rows), [dividend(3, 1)], exact))).toEqual([]);
  });

  it("a fraction that is no lot is paid at the open", async () => {
    // 105 shares are 10.5 of one for ten: half a share at 100.50 is 50.25.
    const reverse: readonly Row[] = [
      [10, 10],
      [10, 10],
      [100.5, 101],
      [101, 101],
    ];
    const done = await run(hold("105"), barsAt(reverse), [split(2, 1, 10)], { ...exact, adjustment: "none" });
    expect([...done.curves.position]).toEqual([0, 105, 10, 10]);
    expect(flowsOf(done)).toEqual([["split", 50.25]]);
    expect([...done.curves.equity]).toEqual([10_000, 10_000, 10_000 - 1_050 + 50.25 + 1_010, 10_010.25]);
    expect(done.result.trades).toMatchObject([
      { entryPrice: 100, entryValue: 1_050, quantity: 10, split: 0.1 },
    ]);
  });

  it("of what leaves no share at all the trade is over", async () => {
    const reverse: readonly Row[] = [
      [10, 10],
      [10, 10],
      [100, 100],
      [100, 100],
    ];
    const done = await run(hold("5"), barsAt(reverse), [split(2, 1, 10)], { ...exact, adjustment: "none" });
    expect(flowsOf(done)).toEqual([]);
    expect(done.result.trades).toMatchObject([
      { quantity: 5, entryPrice: 10, exitPrice: 10, exitValue: 50, exitReason: "split", profit: 0 },
    ]);
    expect([...done.curves.position]).toEqual([0, 5, 0, 0]);
  });

  it("total return: dividends are in the prices; it is reinvestment that makes the difference", async () => {
    // 100 a share; 10 are paid, and it opens at 90; it rises to 99.
    const paying: readonly Row[] = [
      [100, 100],
      [100, 100],
      [90, 99],
    ];
    const given = [dividend(2, 10)];
    const fractions = { initial_capital: 10_000 };
    const total = await run(hold("100% of equity"), barsAt(paying), given, {
      ...fractions,
      adjustment: "total_return",
    });
    expect([...total.bars.close]).toEqual([90, 90, 99]);
    expect(flowsOf(total)).toEqual([]);
    // 100 shares and 1,000 in cash: 9,900 + 1,000. Reinvested at 90 the cash is 11.11 shares more, 1,100.
    const cash = await run(hold("100% of equity"), barsAt(paying), given, fractions);
    expect([cash.curves.equity[2], total.curves.equity[2]]).toEqual([10_900, 11_000]);
  });
});

describe("what a program sees after a split", () => {
  const rows: readonly Row[] = [
    [70, 70],
    [70, 84],
    [12, 11],
    [11, 11],
    [11, 11],
  ];
  const lets = `let average = position_price let first = entry_price let best = best_price let size_now = position_size`;

  it("entry, average and best price are in the new shares", async () => {
    const done = await run(`${lets}\n${hold("10")}`, barsAt(rows), [split(2, 7)], {
      ...exact,
      adjustment: "none",
    });
    const seen = (name: string): number[] => [
      ...(done.curves.series.find((each) => each.name === name)?.values ?? []),
    ];
    expect(seen("average").slice(1)).toEqual([70, 10, 10, 10]);
    expect(seen("first").slice(1)).toEqual([70, 10, 10, 10]);
    expect(seen("best").slice(1)).toEqual([84, 12, 12, 12]);
    expect(seen("size_now")).toEqual([0, 10, 70, 70, 70]);
  });

  it("a stop and a target rest on, and so does an order that waits", async () => {
    // A stop at 63 is one at 9; a target at 84.70 is one at 12.10.
    const falling: readonly Row[] = [
      [70, 70],
      [70, 70],
      [10, 10],
      [10, 8],
      [8, 8],
    ];
    const rising: readonly Row[] = [
      [70, 70],
      [70, 70],
      [10, 10],
      [10, 13],
      [13, 13],
    ];
    const rules = `enter long when bar_index == 0 { size 10 stop at 63 target at 84.70 }`;
    const none = { ...exact, adjustment: "none" } as const;
    const [down, up] = [
      await run(rules, barsAt(falling), [split(2, 7)], none),
      await run(rules, barsAt(rising), [split(2, 7)], none),
    ];
    expect(down.result.trades).toMatchObject([
      { exitReason: "stop", exitPrice: 9, quantity: 70, profit: -70 },
    ]);
    expect(up.result.trades).toMatchObject([
      { exitReason: "target", exitPrice: 12.1, quantity: 70, profit: 147 },
    ]);
    // Bought at 10 of them for 65, which is 9.28571… and rounded down to a cent.
    const waiting = `enter long at limit 65 when bar_index == 0 { size 10 unprotected }`;
    const bought = await run(waiting, barsAt(falling), [split(2, 7)], none);
    expect(bought.result.trades).toMatchObject([{ entryPrice: 9.28, quantity: 70 }]);
    expect(bought.result.trades[0].split).toBeUndefined();
  });

  it("and `bf why` finds the entry again", async () => {
    const options = {
      settings: { ...exact, adjustment: "none" },
      actions: { X: [split(2, 7)] },
      explain: true,
    } as const;
    const done = await backtest(strategyOf(`${hold("10")}\nexit when bar_index == 3`), barsAt(rows), options);
    const text = whyTrade(done, 1).join("\n");
    expect(text).toContain("told in the shares of its end, 7 for each that was entered");
    expect(text).toMatch(/Entry "long"[^]*filled at 70[^]*Exit[^]*filled at 11/);
  });
});

/** A market with splits and dividends in it, as it was traded. */
function market(seed: number, actions: readonly CorporateAction[], length = 40): Bars {
  const random = randomOf(seed);
  let price = 100;
  return barsAt(
    Array.from({ length }, (_, day) => {
      for (const each of actions)
        if (each.kind === "split" && each.date === dateOf(day)) price *= each.oldShares / each.newShares;
      const open = price * (1 + (random() - 0.5) * 0.02);
      price = open * (1 + (random() - 0.49) * 0.06);
      return [open, price] as const;
    }),
  );
}

const someActions = fc
  .record({
    splits: fc.uniqueArray(
      fc.tuple(
        fc.integer({ min: 1, max: 38 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 7 }),
      ),
      { selector: ([day]) => day, minLength: 1, maxLength: 4 },
    ),
    dividends: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 38 }), fc.integer({ min: 1, max: 300 })), {
      selector: ([day]) => day,
      maxLength: 4,
    }),
  })
  .map(({ splits, dividends }) => [
    ...splits.map(([day, a, b]) => split(day, a, b)),
    ...dividends.map(([day, cents]) => dividend(day, cents / 100)),
  ]);

// Rules that look at no level of a price across bars: what they do is the same in any shares.
const scaleFree = [
  `fills { hedging }\nenter long when mod(bar_index, 5) == 0 { size 40% of equity stop by 4% }\nenter short when mod(bar_index, 4) == 1 { size 30% of equity stop by 5% target by 3% }`,
  hold("60% of equity"),
  hold("60% of equity", "short"),
  `enter long when mod(bar_index, 5) == 0 { size 50% of equity stop at close * 0.97 target by 5% }`,
  `enter short "s" at limit close * 1.01 when mod(bar_index, 7) == 0 { size 40% of equity stop at close * 1.04 target at close * 0.97 take 50% target by 0.05 * close }`,
  `enter long at stop close * 1.01 when mod(bar_index, 6) == 0 { size 30% of equity trail by 0.04 * close }`,
  `enter long when mod(bar_index, 6) == 0 { size 30% of equity stop by 0.05 * close trail by 3% after 1 R within bar }\nexit when mod(bar_index, 11) == 0`,
  `enter short at stop close * 0.99 limit close * 0.985 when mod(bar_index, 4) == 0 { size 30% of equity stop at close * 1.1 trail by 0.03 * close within bar }`,
  `enter long when mod(bar_index, 9) == 0 { size 20% of equity unprotected }\nexit at limit close * 1.02 when mod(bar_index, 9) == 3`,
];

describe("laws", () => {
  it.each(scaleFree)("`none` and `splits` are one account: %s", async (rules) => {
    let wereSplit = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), someActions, async (seed, actions) => {
        const bars = market(seed, actions);
        const [seen, raw] = [
          await run(rules, bars, actions, { adjustment: "splits" }),
          await run(rules, bars, actions, { adjustment: "none" }),
        ];
        seen.curves.equity.forEach((value, i) => {
          expect(Math.abs(raw.curves.equity[i] / value - 1), `bar ${i}`).toBeLessThan(1e-9);
        });
        expect(raw.result.trades).toHaveLength(seen.result.trades.length);
        raw.result.trades.forEach(({ profit, split: ratio }, i) => {
          expect(profit).toBeCloseTo(seen.result.trades[i].profit, 6);
          if (ratio !== undefined) wereSplit++;
        });
        expect(raw.result.metrics["buy_and_hold_return"]).toBeCloseTo(
          seen.result.metrics["buy_and_hold_return"] ?? NaN,
          9,
        );
      }),
      { seed: 1, numRuns: 30 },
    );
    expect(wereSplit).toBeGreaterThan(3);
  });

  it("a split and its inverse leave everything", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), fc.integer({ min: 2, max: 20 }), async (seed, ratio) => {
        const bars = market(seed, []);
        const between = (column: Float64Array): Float64Array =>
          column.map((price, i) => (i === 10 ? price / ratio : price));
        const { time, open, high, low, close, volume } = bars;
        const divided = barsOf("X", {
          ...{
            time,
            open: between(open),
            high: between(high),
            low: between(low),
            close: between(close),
            volume,
          },
        });
        const actions = [split(10, ratio), split(11, 1, ratio)];
        const rules = scaleFree[3];
        const plain = await backtest(strategyOf(rules), bars);
        for (const adjustment of ["splits", "none"] as const) {
          const done = await run(rules, divided, actions, { adjustment });
          done.curves.equity.forEach((value, i) => {
            expect(Math.abs(value / plain.curves.equity[i] - 1)).toBeLessThan(1e-9);
          });
        }
      }),
      { seed: 1, numRuns: 20 },
    );
  });

  it("to the last cent an account is its capital, its profits, and all that came and went", async () => {
    const cents = (decimal: number): number => Math.round(decimal * 100);
    let fractions = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(10_000),
        someActions,
        fc.constantFrom(...views),
        fc.constantFrom(...scaleFree),
        async (seed, actions, adjustment, rules) => {
          const settings = { ...exact, adjustment, commission: 0.001 };
          const { result, curves } = await run(rules, market(seed, actions), actions, settings);
          const flows = result.cashFlows ?? [];
          const sum = [...result.trades.map(({ profit }) => profit), ...flows.map(({ amount }) => amount)];
          const last = curves.equity[curves.equity.length - 1];
          expect(cents(last)).toBe(sum.reduce((all, each) => all + cents(each), cents(10_000)));
          if (adjustment === "total_return") expect(flows).toEqual([]);
          fractions += flows.filter(({ reason }) => reason === "split").length;
        },
      ),
      { seed: 1, numRuns: 120 },
    );
    expect(fractions).toBeGreaterThan(5);
  });

  it.each(views)("paper trading sees `%s` alike", async (adjustment) => {
    const actions = [split(9, 7), dividend(9, 0.5), split(20, 1, 3), dividend(25, 1)];
    const options = { settings: { ...exact, adjustment }, actions: { X: actions } };
    const [told, done] = [
      await paperOverHistory(strategyOf(scaleFree[3]), market(3, actions), options),
      await backtest(strategyOf(scaleFree[3]), market(3, actions), options),
    ];
    expect(told.result).toEqual(done.result);
  });

  it("a universe of one is the strategy itself, in every view", async () => {
    const actions = { X: [split(9, 7), dividend(9, 0.5), split(20, 1, 3), dividend(25, 1)] };
    const bars = market(3, actions.X);
    for (const adjustment of views) {
      const settings = { ...exact, adjustment };
      const alone = await backtest(strategyOf(scaleFree[3]), bars, { settings, actions });
      const together = await backtest(strategyOf(`universe\n${scaleFree[3]}`), [bars], { settings, actions });
      expect(together.curves.equity).toEqual(alone.curves.equity);
      expect(together.result.data.adjustment).toEqual(alone.result.data.adjustment);
      expect((together.result.cashFlows ?? []).map(({ amount }) => amount)).toEqual(
        (alone.result.cashFlows ?? []).map(({ amount }) => amount),
      );
    }
  });
});

describe("what a result rests on", () => {
  const bars = barsAt([
    [70, 70],
    [10, 10],
    [10, 10],
  ]);
  const rules = hold("1");

  it("names the view and the actions; the bars are hashed as they were given", async () => {
    const plain = await backtest(strategyOf(rules), bars);
    const [seen, raw, other] = [
      await run(rules, bars, [split(1, 7)], {}),
      await run(rules, bars, [split(1, 7)], { adjustment: "none" }),
      await run(rules, bars, [split(1, 6)], {}),
    ];
    expect(plain.result.data.adjustment).toBeUndefined();
    expect(new Set([plain, seen, raw, other].map(({ result }) => result.data.hash)).size).toBe(1);
    expect(seen.result.data.adjustment?.hash).toBe(raw.result.data.adjustment?.hash);
    expect(seen.result.data.adjustment?.hash).not.toBe(other.result.data.adjustment?.hash);
    expect(raw.result.data.adjustment?.view).toBe("none");
  });

  it("actions of what there are no bars of are refused", async () => {
    const failed = await backtest(strategyOf(rules), bars, { actions: { Y: [split(1, 7)] } }).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(BitFeverError);
    expect(failed).toMatchObject({ code: "BF5104" });
  });

  it("another market that is read is seen in the same view, and finer bars too", async () => {
    const other = barsAt(
      [
        [20, 20],
        [10, 10],
        [10, 10],
      ],
      "Y",
    );
    const reading = strategyOf(`market "Y" as y\nlet seen = latest(y.close)\n${rules}`);
    const actions = { X: [split(1, 7)], Y: [split(1, 2)] };
    const { curves } = await backtest(reading, bars, { markets: { Y: other }, actions });
    expect([...(curves.series.find(({ name }) => name === "seen")?.values ?? [])]).toEqual([10, 10, 10]);
    const { time, open, high, low, close, volume } = bars;
    const finer = {
      ...barsOf("X", { time: time.map((each) => each + 3_600_000), open, high, low, close, volume }),
      intervalMs: 3_600_000,
    };
    const done = await backtest(strategyOf(rules), bars, { finer, actions: { X: [split(1, 7)] } });
    expect(done.result.data.magnifiedBars).toBe(3);
  });
});

describe("symbol changes", () => {
  const bars = barsAt(Array.from({ length: 8 }, () => [10, 10] as const));
  const actions: readonly CorporateAction[] = [
    { kind: "symbol", date: dateOf(-9), symbol: "OLD" },
    { kind: "symbol", date: dateOf(4), symbol: "X" },
    { kind: "symbol", date: dateOf(99), symbol: "NEVER" },
  ];
  const inAndOut = `enter long when mod(bar_index, 3) == 0 { size 1 unprotected }\nexit when mod(bar_index, 3) == 1`;

  it("a trade says under which ticker it was entered, where that is another", async () => {
    const done = await run(inAndOut, bars, actions, exact);
    expect(done.result.trades.map(({ ticker }) => ticker)).toEqual(["OLD", undefined, undefined]);
    const [head, first, second] = tradesCsv(done.result).split("\n");
    expect([head, first, second].map((row) => row.split(",")[0])).toEqual(["ticker", "OLD", ""]);
    expect(whyTrade(done, 1)[0]).toMatch(/^Trade 1: \(then OLD\) long 1/);
    expect(tradesCsv((await run(inAndOut, bars, [], exact)).result)).toMatch(/^side,/);
  });

  it("so does one of a universe", async () => {
    const other = barsAt(
      [
        [5, 5],
        [5, 5],
        [5, 5],
      ],
      "Y",
    );
    const done = await backtest(strategyOf(`universe\n${inAndOut}`), [bars, other], {
      settings: exact,
      actions: { X: actions },
    });
    const named = done.result.trades.map(({ symbol, ticker }) => [symbol, ticker]);
    expect(named.filter(([, ticker]) => ticker !== undefined)).toEqual([["X", "OLD"]]);
    expect(tradesCsv(done.result)).toMatch(/^symbol,ticker,side/);
  });
});
