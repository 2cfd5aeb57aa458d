import { barsOf, type Bars } from "../../src/bars.js";
import { curveOf } from "../../src/curve.js";
import { onlyTrial, type MetricContext } from "../../src/metric.js";
import { recordOf } from "../../src/performance-record.js";
import { timeWeighted, type BookedFlow } from "../../src/time-weighted.js";
import type { Trade } from "../../src/trade.js";

export const day = 86_400_000;
const start = Date.UTC(2024, 0, 1);

/** `closes.length` bars, `step` milliseconds apart, that trade at one price each. */
export function barsAt(closes: readonly number[], step = day): Bars {
  const price = Float64Array.from(closes);
  return {
    ...barsOf("TEST", {
      time: Float64Array.from(closes, (_, i) => start + i * step),
      open: price,
      high: price,
      low: price,
      close: price,
      volume: new Float64Array(closes.length),
    }),
    intervalMs: step,
  };
}

export interface Account {
  readonly initialCapital?: number;
  readonly equity?: readonly number[];
  readonly step?: number;
  readonly position?: readonly number[];
  readonly trades?: readonly Trade[];
  /** What was put in and taken out, in order. */
  readonly flows?: readonly BookedFlow[];
  readonly sessionEquity?: readonly number[];
  /** The market at the ends of sessions, its first open first. */
  readonly sessionClose?: readonly number[];
}

/** A context in which every bar is a session, unless `sessionEquity` is given. */
export function contextOf({
  initialCapital = 100,
  equity = [],
  step = day,
  ...rest
}: Account): MetricContext {
  const closes = equity.map((_, i) => 10 + i);
  const { flows = [] } = rest;
  const value = timeWeighted(Float64Array.from(equity), flows);
  return {
    ...{ bars: barsAt(closes, step), benchmark: barsAt(closes, step) },
    ...recordOf({
      equity: Float64Array.from(equity),
      position: Float64Array.from(rest.position ?? equity.map(() => 0)),
      trades: rest.trades ?? [],
    }),
    timeWeighted: curveOf(value),
    externalFlows: flows,
    initialCapital,
    sessionsPerYear: 252,
    sessionEquity: Float64Array.from(rest.sessionEquity ?? [initialCapital, ...value]),
    sessionClose: Float64Array.from(rest.sessionClose ?? [10, ...closes]),
    sessionEnds: Int32Array.from(closes.keys()),
    trials: onlyTrial,
  };
}

/** An account of 100 that earns the given returns, one a session. */
export function contextOfReturns(returns: readonly number[]): MetricContext {
  let value = 100;
  return contextOf({ equity: returns.map((each) => (value *= 1 + each)) });
}

/** A long trade of one unit bought at 100; closed one bar later unless it says otherwise. */
export function tradeOf(trade: Partial<Trade>): Trade {
  const made: Omit<Trade, "entryValue" | "exitValue"> = {
    side: "long",
    entryBar: 0,
    entryTime: start,
    entryPrice: 100,
    entryTag: "",
    exitBar: 1,
    exitTime: start + day,
    exitPrice: 100 + (trade.profit ?? 0),
    exitReason: "signal",
    exitTag: null,
    quantity: 1,
    profit: 0,
    commission: 0,
    ...trade,
  };
  const value = (price: number): number => price * made.quantity;
  const exitValue = made.exitPrice === null ? null : value(made.exitPrice);
  return { entryValue: value(made.entryPrice), exitValue, ...made };
}

export const tradesOf = (...profits: readonly number[]): readonly Trade[] =>
  profits.map((profit, i) => tradeOf({ profit, entryBar: i, exitBar: i + 1 }));

export const openTrade = (trade: Partial<Trade>): Trade =>
  tradeOf({ exitBar: null, exitTime: null, exitPrice: null, exitReason: null, ...trade });

export const repeat = <T>(count: number, ...items: readonly T[]): readonly T[] =>
  Array.from({ length: count }, () => items).flat();
