import { describe, expect, it } from "vitest";
import { backtest, barsOf, compile, paperOverHistory, type Bars, type BacktestOptions } from "bitfever";

/* Tick and lot that change on a date, through the whole of a run. */

const day = 86_400_000;

function bars(start: number, step: number, prices: readonly number[]): Bars {
  const close = Float64Array.from(prices);
  const time = close.map((_, i) => start + i * step);
  return barsOf("T", { time, open: close, high: close, low: close, close, volume: close });
}

const decimal = {
  T: { tick: 0.0625, lot: 100, changes: [{ from: "2024-01-03", tick: 0.01, lot: 1 }] },
};

async function run(text: string, history: Bars, options: BacktestOptions) {
  const strategy = compile(text);
  const [one, told] = [
    await backtest(strategy, history, options),
    await paperOverHistory(strategy, history, options),
  ];
  expect(told.result).toEqual(one.result);
  return one;
}

describe("from sixteenths and hundreds to cents and single shares", () => {
  const settings = {
    initial_capital: 100_000,
    money_decimals: 2,
    slippage: { unit: "ticks", value: 1 },
  } as const;

  it("prices, sizes and slippage go by what holds on the day of the fill", async () => {
    const { result, curves } = await run(
      `strategy "Days" on 1d {
        let step = tick_size
        let many = lot_size
        enter long when close == 100 or close == 103 { size 250 unprotected }
        exit long when close > 101 and close < 103
      }`,
      bars(Date.UTC(2024, 0, 1), day, [100, 101.03, 102, 103, 104.004]),
      { settings, instruments: decimal },
    );
    // Bought on the 2nd: 101.03 is 101 by sixteenths, and a sixteenth more; 250 are 200 by hundreds.
    // The sale is decided on the 2nd and fills on the 3rd, when ticks are cents, at 102.00 less a cent.
    // Bought on the 5th: 104.004 is 104.00, and a cent; 250 by single shares.
    expect(
      result.trades.map(({ entryPrice, exitPrice, quantity }) => [entryPrice, exitPrice, quantity]),
    ).toEqual([
      [101.0625, 101.99, 200],
      [104.01, null, 250],
    ]);
    // 200 × (101.99 − 101.0625)
    expect(result.trades[0].profit).toBe(185.5);
    const series = Object.fromEntries(curves.series.map(({ name, values }) => [name, [...values]]));
    expect(series).toMatchObject({ step: [0.0625, 0.0625, 0.01, 0.01, 0.01], many: [100, 100, 1, 1, 1] });
  });

  it("of bars that carry instants, a date begins with its session", async () => {
    // The session of 3 January 2024 opens in New York on the evening of the 2nd, at 18:00: 23:00 UTC.
    const hours = bars(Date.UTC(2024, 0, 2, 20), 3_600_000, [10, 10, 10, 10, 10, 10]);
    const { curves } = await run(
      `strategy "Evening" on 1h {
        let step = tick_size
        enter long when close > 1_000 { size 1 unprotected }
      }`,
      hours,
      { instruments: { T: { ...decimal.T, calendar: "CME_EQUITY" } } },
    );
    const [step] = curves.series.filter(({ name }) => name === "step");
    expect([...step.values]).toEqual([0.0625, 0.0625, 0.0625, 0.01, 0.01, 0.01]);
  });
});
