import { Decimal } from "decimal.js";
import { expect, it } from "vitest";
import { CandleSeries, type ExchangeCandle } from "../../src/venue-server/exchange/candle-series.js";

const minute = 60_000;
const candle = (time: number, price: number): ExchangeCandle => {
  const value = new Decimal(price);
  return { time, open: value, high: value, low: value, close: value, volume: new Decimal(1) };
};
const shown = (found: readonly (ExchangeCandle | undefined)[]): readonly unknown[] =>
  found.map(
    (each) => each && [each.time, ...[each.open, each.high, each.low, each.close, each.volume].map(Number)],
  );

it("trades are in candles of their second, and those in all that are longer", () => {
  const series = new CandleSeries();
  for (const [time, price] of [
    [0, 10],
    [400, 12],
    [1_000, 9],
    [minute + 5, 11],
  ])
    series.print(new Decimal(price), new Decimal(2), time);
  expect(shown(series.between(1_000, 0, Infinity))).toEqual([
    [0, 10, 12, 10, 12, 4],
    [1_000, 9, 9, 9, 9, 2],
    [minute, 11, 11, 11, 11, 2],
  ]);
  expect(shown(series.between(minute, 0, 0))).toEqual([[0, 10, 12, 9, 9, 6]]);
  expect(shown([series.at(minute, minute + 30_000), series.at(1_000, 5_000)])).toEqual([
    [minute, 11, 11, 11, 11, 2],
    undefined,
  ]);
  // A day is looked up otherwise than an hour.
  expect(shown([series.at(24 * 60 * minute, 500)])).toEqual(shown([series.at(60 * minute, 500)]));
});

it("a candle that is put in stands for all that was there, and for no more", () => {
  const series = new CandleSeries();
  for (const time of [0, 59_000, minute]) series.print(new Decimal(10), new Decimal(1), time);
  series.put(candle(0, 20), minute);
  expect(shown(series.between(minute, 0, Infinity))).toEqual([
    [0, 20, 20, 20, 20, 1],
    [minute, 10, 10, 10, 10, 1],
  ]);
  series.put(candle(1_000, 30), 1_000);
  expect(shown(series.between(minute, 0, 0))).toEqual([[0, 20, 30, 20, 30, 2]]);
});
