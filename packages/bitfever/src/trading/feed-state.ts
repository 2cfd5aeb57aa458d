import type { Timing } from "@bitfever/engine";
import { barGrid } from "@bitfever/runtime";

/** How far a market has been heard of; milliseconds UTC. */
export interface FeedState {
  readonly symbol: string;
  /** When the newest bar closed; null before the first. */
  readonly closedAt: number | null;
  /** When the next one closes by the calendar; null before the first, and where bars come at no known pace. */
  readonly nextCloseAt: number | null;
}

/** @param closes  when the newest bar closed, by symbol */
export const feedStates = (
  timings: ReadonlyMap<string, Timing>,
  closes: ReadonlyMap<string, number>,
): readonly FeedState[] =>
  Array.from(timings, ([symbol, timing]) => {
    const closedAt = closes.get(symbol) ?? null;
    return { symbol, closedAt, nextCloseAt: closedAt === null ? null : nextClose(timing, closedAt) };
  });

const dayMs = 86_400_000;

/** When the bar behind the one that closed then is over: nights, breaks and holidays lie between. */
function nextClose(timing: Timing, closedAt: number): number | null {
  const { calendar, intervalMs, isDated } = timing;
  if (!(intervalMs > 0 && intervalMs <= dayMs)) return null;
  // The bar that ended then holds the instant before.
  if (isDated) return calendar.sessionFrom(calendar.sessionAt(closedAt - 1).day + 1).close;
  const grid = barGrid(timing);
  return grid.at(grid.next(grid.at(closedAt - 1).time)).end;
}
