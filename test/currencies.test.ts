import { describe, expect, it } from "vitest";
import {
  backtest,
  barsOf,
  compile,
  paperOverHistory,
  readBars,
  type BacktestOptions,
  type BacktestResult,
  type Bars,
} from "bitfever";
import { hasShared, shared } from "./support/shared.js";

/* Instruments and accounts in several currencies, against figures worked out by hand and against a few lines of plain
 * arithmetic over real rates. */

const day = 86_400_000;
const start = Date.UTC(2024, 0, 1);

/** Daily bars that open where they are told and close where the next one opens, the last at its own open. */
function daily(symbol: string, opens: readonly number[], closes: readonly number[]): Bars {
  const open = Float64Array.from(opens);
  const close = Float64Array.from(closes);
  const time = open.map((_, i) => start + i * day);
  const high = open.map((each, i) => Math.max(each, closes[i]));
  const low = open.map((each, i) => Math.min(each, closes[i]));
  return barsOf(symbol, { time, open, high, low, close, volume: open.map(() => 1_000) });
}

const rates = (symbol: string, closes: readonly number[]): Bars => daily(symbol, closes, closes);

/** Buys ten at the second open and sells them at the fourth. */
const inAndOut = compile(`strategy "In and out" on 1d {
  enter long when close == 100 { size 10 unprotected }
  exit long when close == 120
}`);

const sap = daily("SAP", [100, 100, 110, 120, 130], [100, 110, 120, 130, 140]);
const eurusd = rates("EURUSD", [1.1, 1.2, 1.25, 1.3, 1.4]);
const dollars = { initial_capital: 10_000, currency: "USD", tick: 0.01, lot: 1 };
const euros = { SAP: { currency: "EUR" } };

async function result(
  bars: Bars | readonly Bars[],
  options: BacktestOptions,
  strategy = inAndOut,
): Promise<{ result: BacktestResult; equity: number[] }> {
  const [one, told] = [
    await backtest(strategy, bars, options),
    await paperOverHistory(strategy, bars, options),
  ];
  // Who hears of one bar after another knows no more rates than who has them all.
  expect(told.result).toEqual(one.result);
  expect(told.curves.equity).toEqual(one.curves.equity);
  return { result: one.result, equity: [...one.curves.equity] };
}

describe("a share in euros in an account in dollars", () => {
  it("is paid for at the rate known at the open, and marked at that known at the close", async () => {
    const { result: found, equity } = await result(sap, {
      ...{ settings: dollars, instruments: euros, rates: { EURUSD: eurusd } },
    });
    // The rate of a day is known at its end, which is the open of the next: 10 × 100 × 1.10 = 1,100 are paid on the second.
    // Marked: 10 × 110 × 1.20, 10 × 120 × 1.25. Sold at the fourth open: 10 × 120 × 1.25 = 1,500.
    expect(equity).toEqual([10_000, 8_900 + 1_320, 8_900 + 1_500, 10_400, 10_400]);
    expect(found.trades).toEqual([
      expect.objectContaining({
        ...{ currency: "EUR", entryPrice: 100, entryRate: 1.1, entryValue: 1_100 },
        ...{ exitPrice: 120, exitRate: 1.25, exitValue: 1_500, profit: 400 },
      }),
    ]);
    expect(found.instruments).toEqual({
      SAP: { tick: 0.01, lot: 1, multiplier: 1, currency: "EUR", settles: "value", calendar: null },
    });
    expect(found.settings).toMatchObject({ currency: "USD", money_decimals: 2 });
  });

  it("of a contract nothing but the profit is converted, at the rate of the exit", async () => {
    const { result: found, equity } = await result(sap, {
      ...{ settings: dollars, rates: { "EUR/USD": eurusd } },
      instruments: { SAP: { currency: "EUR", kind: "future" } },
    });
    // 1,100 and (110 − 100) × 10 × 1.20, then (120 − 100) × 10 × 1.25 = 250, which it stays.
    expect(equity).toEqual([10_000, 10_120, 10_250, 10_250, 10_250]);
    expect(found.trades[0]).toMatchObject({ entryValue: 1_100, exitValue: 1_350, profit: 250 });
  });

  it("two rates that meet in a third currency do as well, either way round", async () => {
    // EUR → GBP → USD: 0.88 pounds are a euro, 0.8 pounds a dollar.
    const { result: found } = await result(sap, {
      ...{ settings: dollars, instruments: euros },
      rates: { EURGBP: rates("", [0.88, 0.88, 0.88, 0.88]), USDGBP: rates("", [0.8, 0.8, 0.8, 0.8]) },
    });
    expect(found.trades[0]).toMatchObject({
      entryRate: 1.1,
      entryValue: 1_100,
      exitValue: 1_320,
      profit: 220,
    });
  });

  it("sizes by what the account is worth, in its own money", async () => {
    const sized = (size: string): ReturnType<typeof compile> =>
      compile(`strategy "Sized" on 1d {
        enter long when close == 100 { size ${size} stop at close - 4 }
        exit long when close == 120
      }`);
    const quantityOf = async (size: string): Promise<number> => {
      const { result: found } = await result(
        sap,
        { settings: dollars, instruments: euros, rates: { EURUSD: eurusd } },
        sized(size),
      );
      return found.trades[0].quantity;
    };
    // At the first close a share is 100 × 1.10 = 110 dollars, and the distance to the stop 4 × 1.10 = 4.40.
    expect(await quantityOf("worth 1_000")).toBe(9);
    expect(await quantityOf("20% of equity")).toBe(18);
    expect(await quantityOf("risk(0.5%)")).toBe(11);
    expect(await quantityOf("risk(5%) capped 30% of equity")).toBe(27);
    // It can pay for 10,000 ÷ 110 = 90.9 shares.
    expect(await quantityOf("500")).toBe(90);
  });

  it("limits look at it in the account's money", async () => {
    const limited = compile(`strategy "Limited" on 1d {
      limit exposure 10% { block }
      enter long when close == 100 { size 9 unprotected }
    }`);
    const { result: found } = await result(
      sap,
      { settings: dollars, instruments: euros, rates: { EURUSD: eurusd } },
      limited,
    );
    // 9 × 100 × 1.10 = 990 of 10,000 is within.
    expect(found.trades).toHaveLength(1);
    const dear = await result(
      sap,
      { settings: dollars, instruments: euros, rates: { EURUSD: rates("", [1.2, 1.2, 1.2, 1.2, 1.2]) } },
      limited,
    );
    expect(dear.result.trades).toHaveLength(0);
  });

  it("fixed costs are money of the account, shares go by the converted value", async () => {
    const { result: found } = await result(sap, {
      settings: {
        ...dollars,
        commission: [
          { model: "per_order", parameters: [1] },
          { model: "share", parameters: [0.001, 0, null] },
        ],
      },
      ...{ instruments: euros, rates: { EURUSD: eurusd } },
    });
    // 1 + 0.1% of 1,100 and 1 + 0.1% of 1,500.
    expect(found.trades[0]).toMatchObject({ commission: 4.6, profit: 395.4 });
  });
});

describe("a pair of currencies", () => {
  const usdjpy = daily("USDJPY", [110, 110, 112, 120, 121], [110, 112, 120, 121, 122]);
  const buys = compile(`strategy "Yen" on 1d {
    enter long when close == 110 { size 1_000 unprotected }
    exit long when close == 120
  }`);

  it("is its own rate, and gains what a broker would pay out", async () => {
    const { result: found, equity } = await result(
      usdjpy,
      { settings: { ...dollars, tick: 0.001 }, instruments: { USDJPY: { kind: "fx" } } },
      buys,
    );
    // A thousand dollars at 110 are 110,000 yen, which are 1,000 dollars. Marked at 112: 2,000 yen at 112 are 17.86.
    // Ten yen on each of a thousand are 10,000 yen, which at 120 are 83.33 dollars.
    expect(equity).toEqual([10_000, 10_017.86, 10_083.33, 10_083.33, 10_083.33]);
    expect(found.trades[0]).toMatchObject({ currency: "JPY", entryValue: 1_000, profit: 83.33 });
    expect(found.instruments).toMatchObject({ USDJPY: { kind: "fx", currency: "JPY", settles: "profit" } });
  });

  it("by value, who buys dollars with dollars gains nothing but what the rates of open and close differ by", async () => {
    const { result: found } = await result(
      usdjpy,
      { settings: { ...dollars, tick: 0.001 }, instruments: { USDJPY: { kind: "fx", settles: "value" } } },
      buys,
    );
    expect(found.trades[0]).toMatchObject({ entryValue: 1_000, exitValue: 1_000, profit: 0 });
  });

  it("an account in yen has it in its own money, and no decimals", async () => {
    const { result: found } = await result(
      usdjpy,
      {
        settings: { ...dollars, currency: "JPY", initial_capital: 1_000_000, tick: 0.001 },
        instruments: { USDJPY: { kind: "fx" } },
      },
      buys,
    );
    expect(found.trades[0]).toMatchObject({ entryValue: 110_000, profit: 10_000 });
    expect(found.trades[0]).not.toHaveProperty("currency");
    expect(found.settings["money_decimals"]).toBe(0);
  });
});

describe("what cannot be converted", () => {
  const codeOf = async (options: BacktestOptions, bars: Bars | readonly Bars[] = sap): Promise<string> =>
    backtest(inAndOut, bars, options).then(
      () => "nothing was thrown",
      (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "not ours"),
    );

  it("says so with a code of its own", async () => {
    expect(await codeOf({ settings: dollars, instruments: euros })).toBe("BF5091");
    const late = barsOf("EURUSD", { ...eurusd, time: eurusd.time.map((each) => each + 3 * day) });
    expect(await codeOf({ settings: dollars, instruments: euros, rates: { EURUSD: late } })).toBe("BF5093");
    expect(await codeOf({ settings: dollars, instruments: euros, rates: { RATES: eurusd } })).toBe("BF5094");
    expect(await codeOf({ settings: { ...dollars, currency: "usd" }, instruments: euros })).toBe("BF5004");
  });

  it("rates that begin late are no matter before anything is traded", async () => {
    const later = barsOf("EURUSD", { ...eurusd, time: eurusd.time.map((each) => each + 20 * day) });
    const idle = compile(`strategy "Idle" on 1d { enter long when close == 1 { size 10 unprotected } }`);
    const { result: found } = await backtest(idle, sap, {
      ...{ settings: dollars, instruments: euros, rates: { EURUSD: later } },
    });
    expect(found.trades).toHaveLength(0);
  });

  it("an account without a currency is in that of its instruments, where they have one", async () => {
    const bare = { initial_capital: 10_000, tick: 0.01, lot: 1 };
    const { result: found } = await backtest(inAndOut, sap, { settings: bare, instruments: euros });
    expect(found.settings["currency"]).toBe("EUR");
    expect(found.trades[0]).toMatchObject({ entryValue: 1_000, profit: 200 });
    const many = compile(
      `strategy "Many" on 1d { universe enter long when close == 100 { size 10 unprotected } }`,
    );
    await expect(
      backtest(many, [sap, daily("TM", [100, 100], [100, 100])], {
        settings: bare,
        instruments: { ...euros, TM: { currency: "JPY" } },
      }),
    ).rejects.toMatchObject({ code: "BF5092" });
  });
});

describe("members in several currencies on one account", () => {
  const universe = compile(`strategy "Members" on 1d {
    universe
    enter long when close == 100 { size 10 unprotected }
    exit long when close == 120
  }`);

  it("each is converted at its own rates, and the account is one", async () => {
    const toyota = daily("TM", [100, 100, 110, 120, 130], [100, 110, 120, 130, 140]);
    const apple = daily("AAPL", [100, 100, 110, 120, 130], [100, 110, 120, 130, 140]);
    const { result: found, equity } = await result(
      [toyota, sap, apple],
      {
        settings: dollars,
        instruments: { SAP: { currency: "EUR" }, TM: { currency: "JPY", lot: 5 } },
        rates: { EURUSD: eurusd, USDJPY: rates("", [100, 100, 100, 100, 100]) },
      },
      universe,
    );
    // Apple: 1,000, then 1,100 and 1,200. SAP as above. Toyota: 10 × 100 ÷ 100 = 10, then 11 and 12.
    expect(equity.slice(0, 4)).toEqual([10_000, 10_000 + 100 + 220 + 1, 10_000 + 200 + 400 + 2, 10_602]);
    const profits = Object.fromEntries(found.trades.map(({ symbol, profit }) => [symbol, profit]));
    expect(profits).toEqual({ AAPL: 200, SAP: 400, TM: 2 });
    expect(found.instruments).toMatchObject({
      AAPL: { currency: "USD", lot: 1 },
      TM: { currency: "JPY", lot: 5 },
    });
  });

  it("a rebalance gives each its share in money of the account", async () => {
    const halves = compile(`strategy "Halves" on 1d {
      universe
      rebalance { hold each weight equal }
    }`);
    const [flat, other] = [
      daily("SAP", [100, 100, 100], [100, 100, 100]),
      daily("AAPL", [100, 100, 100], [100, 100, 100]),
    ];
    const { result: found } = await result(
      [flat, other],
      { settings: dollars, instruments: euros, rates: { EURUSD: rates("", [1.25, 1.25, 1.25]) } },
      halves,
    );
    // Half of 10,000 is 50 shares at 100 dollars, and 40 at 125.
    expect(Object.fromEntries(found.trades.map(({ symbol, quantity }) => [symbol, quantity]))).toEqual({
      AAPL: 50,
      SAP: 40,
    });
  });

  it("members of other calendars stand on one timeline, each with the sessions of its own", async () => {
    const hours = (symbol: string, first: number, count: number): Bars => {
      const at = Float64Array.from({ length: count }, (_, i) => first + i * 3_600_000);
      const flat = at.map(() => 100);
      return barsOf(symbol, { time: at, open: flat, high: flat, low: flat, close: flat, volume: flat });
    };
    // Monday 8 January 2024: Xetra trades from 08:00 UTC, New York from 14:30.
    const xetra = hours("SAP", Date.UTC(2024, 0, 8, 8), 9);
    const york = hours("AAPL", Date.UTC(2024, 0, 8, 14, 30), 7);
    const first = compile(`strategy "First" on 1h {
      universe
      enter long when session_bar == 1 { size 10 unprotected }
    }`);
    const { result: found } = await result(
      [xetra, york],
      {
        settings: dollars,
        instruments: { SAP: { currency: "EUR", calendar: "XETRA" }, AAPL: { calendar: "NYSE" } },
        rates: { EURUSD: rates("", [1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1]) },
      },
      first,
    );
    expect(found.trades.map(({ symbol, entryTime }) => [symbol, entryTime])).toEqual([
      ["SAP", "2024-01-08T10:00:00Z"],
      ["AAPL", "2024-01-08T16:30:00Z"],
    ]);
  });
});

describe.runIf(hasShared("data/universe/fx-daily/EURGBP.csv", "positions over real rates"))(
  "over real rates",
  () => {
    const holds = compile(`strategy "Hold" on 1d { enter long when true { size 100_000 unprotected } }`);
    const read = (name: string): Promise<Bars> => readBars(shared(`data/universe/fx-daily/${name}.csv`));
    const settings = { initial_capital: 1_000_000, currency: "USD", tick: 0.00001, lot: 1 };
    const cents = (value: number): number => Math.round(value * 100) / 100;

    it("a position in EURGBP is worth in dollars what a few lines make of the closes of both", async () => {
      const [eurgbp, gbpusd] = [await read("EURGBP"), await read("GBPUSD")];
      for (const settles of ["value", "profit"] as const) {
        const { curves } = await backtest(holds, eurgbp, {
          ...{ settings, rates: { GBPUSD: gbpusd } },
          instruments: { EURGBP: { currency: "GBP", settles } },
        });
        // The last close of GBPUSD at or before a date is what is known at the end of that day.
        const known = Array.from(
          eurgbp.time,
          (time) => gbpusd.close[gbpusd.time.findLastIndex((each) => each <= time)],
        );
        const paid = cents(100_000 * eurgbp.open[1] * known[0]);
        for (let i = 1; i < eurgbp.length; i++) {
          const worth =
            settles === "value"
              ? 100_000 * eurgbp.close[i] * known[i]
              : paid + 100_000 * (eurgbp.close[i] - eurgbp.open[1]) * known[i];
          expect(curves.equity[i]).toBeCloseTo(1_000_000 - paid + worth, 1);
        }
      }
    });

    it("it does not matter much by which two sides of a triangle one goes", async () => {
      const [eurgbp, gbpusd, eur] = [await read("EURGBP"), await read("GBPUSD"), await read("EURUSD")];
      const along = async (given: Readonly<Record<string, Bars>>): Promise<Float64Array> => {
        const instruments = { EURGBP: { kind: "fx" as const } };
        return (await backtest(holds, eurgbp, { settings, instruments, rates: given })).curves.equity;
      };
      const [straight, round] = [await along({ GBPUSD: gbpusd }), await along({ EURUSD: eur })];
      // Pounds become dollars by GBPUSD, or by EURUSD and the pair's own closes: closes of a day differ by their spreads.
      straight.forEach((each, i) => expect(round[i] / each).toBeCloseTo(1, 3));
      expect(round).not.toEqual(straight);
    });
  },
);
