import { intervalMs } from "./interval.js";

/*
 * How a clock is called: null is the strategy's own bars, `1d` is built from them, `spy` are the bars of another market
 * and `spy 1d` is built from those.
 */

export type ClockName = string | null;

export interface ClockParts {
  /** Null is the market that the strategy trades. */
  readonly market: string | null;
  /** Null are the bars as they come. */
  readonly interval: string | null;
}

export function partsOfClock(clock: ClockName): ClockParts {
  if (clock === null) return { market: null, interval: null };
  if (/^\d/.test(clock)) return { market: null, interval: clock };
  const [market, interval = null] = clock.split(" ");
  return { market, interval };
}

/**
 * Whether values of one clock may be read where another ticks, as of its last closed bar. The strategy's own clocks see
 * what is slower, and every other market. Those of another market see only what is slower there: what else has closed
 * by their close depends on when the strategy hears of it.
 */
export function mayRead(here: ClockName, of: ClockName): boolean {
  const reader = partsOfClock(here);
  const read = partsOfClock(of);
  if (reader.market !== read.market) return reader.market === null;
  return lengthOf(read.interval) > lengthOf(reader.interval);
}

const dayMs = 86_400_000;

/** Whether bars of one interval are made of bars of another: parts of a day are whole multiples, beyond it count sessions. */
export function isBuiltFrom(interval: string, base: string): boolean {
  const baseMs = intervalMs(base);
  const length = intervalMs(interval);
  if (baseMs === null || baseMs > dayMs || lengthOf(interval) <= baseMs) return false;
  if (length === null) return interval === "1mo";
  return length < dayMs ? length % baseMs === 0 : length === dayMs || length === 7 * dayMs;
}

/** A month is longer than any number of weeks that is written. */
const month = 2_629_746_000;

function lengthOf(interval: string | null): number {
  if (interval === null) return 0;
  return intervalMs(interval) ?? Number(/^\d+/.exec(interval)?.[0] ?? 1) * month;
}
