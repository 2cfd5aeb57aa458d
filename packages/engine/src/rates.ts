import { BitFeverError } from "@bitfever/lang";
import type { Bars } from "./bars.js";
import { closeTimeOf } from "./close-time.js";
import { pairOf, type CurrencyPair } from "./currency.js";
import { dayMs } from "./data/zone.js";
import { isoTime } from "./time.js";
import type { Timing } from "./trading-calendar.js";

/** What one unit of `base` was worth in `quote` at the closes of bars. */
export interface Quotes extends CurrencyPair {
  /** As whoever gave them calls them. */
  readonly symbol: string;
  /** When each bar was over, in milliseconds UTC. */
  readonly closedAt: Float64Array;
  readonly close: Float64Array;
  /** How long the last rate holds when no other comes, in milliseconds. */
  readonly holdsMs: number;
}

/**
 * The closes of bars as rates of a pair.
 *
 * @throws BitFeverError BF5094 for a symbol that is no pair, and for prices that are no rates
 */
export function quotesOf(bars: Bars, timing: Timing, known: Iterable<string> = []): Quotes {
  const { symbol, close, time, length } = bars;
  const pair = pairOf(symbol, known);
  if (pair === null)
    throw new BitFeverError("BF5094", `\`${symbol}\` does not say between which currencies it is a rate`, {
      hint: "name it by its two currencies, such as EURUSD or BTC/USDT: what one of the first is worth in the second",
    });
  if (length === 0) throw new BitFeverError("BF5094", `there are no rates of ${symbol}`);
  const wrong = close.findIndex((each) => !(each > 0) || !Number.isFinite(each));
  if (wrong >= 0)
    throw new BitFeverError("BF5094", `the rate of ${symbol} at ${isoTime(time[wrong])} is ${close[wrong]}`, {
      hint: "a rate is a number above 0",
    });
  // A weekend with holidays before and after is no end of rates, and of months one may be late.
  const holdsMs = Math.max(10 * dayMs, 3 * bars.intervalMs);
  return { ...pair, symbol, close, closedAt: time.map(closeTimeOf(timing)), holdsMs };
}

/** A rate, and whether it is used the other way round. */
export interface Leg {
  readonly quotes: Quotes;
  readonly isInverse: boolean;
}

/**
 * The rates between two currencies: one, either way round, or two that meet in a third currency.
 *
 * @throws BitFeverError BF5091 where there is no such way
 */
export function legsBetween(from: string, to: string, all: readonly Quotes[]): readonly Leg[] {
  const between = (a: string, b: string): Leg | undefined => {
    const direct = all.find(({ base, quote }) => base === a && quote === b);
    if (direct !== undefined) return { quotes: direct, isInverse: false };
    const inverse = all.find(({ base, quote }) => base === b && quote === a);
    return inverse && { quotes: inverse, isInverse: true };
  };
  const single = between(from, to);
  if (single !== undefined) return [single];
  for (const middle of all.flatMap(({ base, quote }) => [base, quote])) {
    const [first, second] = [between(from, middle), between(middle, to)];
    if (first !== undefined && second !== undefined) return [first, second];
  }
  const there = all.map(({ base, quote }) => `${base}/${quote}`);
  throw new BitFeverError("BF5091", `there is no rate from ${from} to ${to}, the currency of the account`, {
    hint:
      `give one with --rate ${from}${to}=PATH, or in the library as { rates: { "${from}/${to}": bars } }; ` +
      `${there.length === 0 ? "there are none" : `there are ${there.join(", ")}`}, and two that meet in one currency would do`,
  });
}
