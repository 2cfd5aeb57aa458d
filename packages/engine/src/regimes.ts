import { firstNotBefore } from "./bisection.js";
import { unknown, type MetricContext, type Unknown } from "./metric.js";
import { fellToZero, isRuined } from "./metrics/facts/session-returns.js";
import { deviation } from "./statistics.js";

/*
 * How a run did in markets of different kinds. The kind of a session is told by the sessions before it alone, so it was
 * known before the session began: a strategy could have asked for it.
 */

const directions = ["up", "sideways", "down"] as const;
const volatilities = ["low", "mid", "high"] as const;
type Direction = (typeof directions)[number];
type VolatilityRank = (typeof volatilities)[number];

/** What happened in the sessions of a kind. */
export interface RegimeFigures {
  readonly sessions: number;
  /** Of all sessions. */
  readonly share: number;
  /** The account's return over these sessions, one after the other. */
  readonly total_return: number;
  /** The same of the market. */
  readonly market_return: number;
  /** Closed trades that were entered in these sessions. */
  readonly trades: number;
  /** What those trades earned. */
  readonly net_profit: number;
}

export interface Regime extends RegimeFigures {
  readonly direction: Direction;
  readonly volatility: VolatilityRank;
}

export interface Regimes {
  /** All nine, those too that never were: by direction, then by volatility. */
  readonly grid: readonly Regime[];
  /** The sessions at the beginning, before there is enough to tell the kind by. */
  readonly untold: RegimeFigures;
}

/** A quarter of a year of sessions: the direction is that of the last 63. */
const directionSessions = 63;
/** A month of sessions: the volatility is that of the last 21. */
const volatilitySessions = 21;
/** Volatilities that must have been seen before one is called low or high. */
const rankedSessions = 63;

/**
 * The grid of direction × volatility.
 *
 * Direction: the mean of the market's last 63 session returns is further from 0 than its standard error, up or down;
 * else the market goes sideways. Nothing is tuned, and no unit matters: chance alone goes so far one time in three.
 *
 * Volatility: of the standard deviations of 21 session returns seen so far, less than a third lie below that of the last
 * 21, or more than two thirds, or between.
 *
 * @source definition; that the past return of a market tells of its next, Moskowitz, Ooi & Pedersen 2012, "Time Series
 *   Momentum", Journal of Financial Economics 104
 */
export function regimesOf(context: MetricContext): Regimes | Unknown {
  const { sessionClose, sessionEquity } = context;
  const sessions = sessionEquity.length - 1;
  const needed = Math.max(directionSessions, volatilitySessions + rankedSessions) + 1;
  if (sessions < needed) return unknown(`needs at least ${needed} sessions, has ${sessions}`);
  if (isRuined(context)) return unknown(fellToZero);
  if (sessionClose.some((price) => !(price > 0))) return unknown("not all prices of the market are positive");

  const market = returnsOf(sessionClose);
  const kinds = kindsOf(market);
  const inSessions = tallyOf(context, market, kinds);
  return {
    grid: directions.flatMap((direction) =>
      volatilities.map((volatility) => ({
        ...{ direction, volatility },
        ...inSessions(kindName(direction, volatility)),
      })),
    ),
    untold: inSessions(null),
  };
}

const kindName = (direction: Direction, volatility: VolatilityRank): string => `${direction} ${volatility}`;

const returnsOf = (values: Float64Array): readonly number[] =>
  Array.from(values.subarray(1), (value, i) => value / values[i] - 1);

/** The kind of each session, by the returns of those before it; null where they are too few. */
function kindsOf(market: readonly number[]): readonly (string | null)[] {
  const seen: number[] = [];
  return market.map((_, session) => {
    if (session < volatilitySessions) return null;
    const spread = deviation(market.slice(session - volatilitySessions, session), 1);
    const rank = insert(seen, spread);
    if (session < directionSessions || seen.length <= rankedSessions) return null;
    const share = rank / (seen.length - 1);
    const volatility = share < 1 / 3 ? "low" : share <= 2 / 3 ? "mid" : "high";
    return kindName(directionOf(market.slice(session - directionSessions, session)), volatility);
  });
}

function directionOf(returns: readonly number[]): Direction {
  let sum = 0;
  for (const each of returns) sum += each;
  const mean = sum / returns.length;
  const error = deviation(returns, 1) / Math.sqrt(returns.length);
  return Math.abs(mean) <= error ? "sideways" : mean > 0 ? "up" : "down";
}

/** Puts a value into its place among sorted ones, and tells how many lie below. */
function insert(sorted: number[], value: number): number {
  const place = firstNotBefore(0, sorted.length, (each) => sorted[each] < value);
  sorted.splice(place, 0, value);
  return place;
}

interface Tally {
  sessions: number;
  ownGrowth: number;
  marketGrowth: number;
  trades: number;
  profit: number;
}

/** What happened in the sessions of a kind. */
function tallyOf(
  { sessionEquity, sessionEnds, trades }: MetricContext,
  market: readonly number[],
  kinds: readonly (string | null)[],
): (kind: string | null) => RegimeFigures {
  const own = returnsOf(sessionEquity);
  const tallies = new Map<string | null, Tally>();
  const tallied = (kind: string | null): Tally => {
    const tally = tallies.get(kind) ?? { sessions: 0, ownGrowth: 1, marketGrowth: 1, trades: 0, profit: 0 };
    tallies.set(kind, tally);
    return tally;
  };
  kinds.forEach((kind, session) => {
    const tally = tallied(kind);
    tally.sessions++;
    tally.ownGrowth *= 1 + own[session];
    tally.marketGrowth *= 1 + market[session];
  });
  for (let i = 0; i < trades.closed; i++) {
    const bar = trades.entryBar[i];
    const tally = tallied(kinds[firstNotBefore(0, kinds.length, (each) => sessionEnds[each] < bar)]);
    tally.trades++;
    tally.profit += trades.profit[i];
  }
  return (kind) => {
    const { sessions, ownGrowth, marketGrowth, ...rest } = tallied(kind);
    return {
      ...{ sessions, share: sessions / kinds.length },
      total_return: ownGrowth - 1,
      market_return: marketGrowth - 1,
      trades: rest.trades,
      net_profit: rest.profit,
    };
  };
}
