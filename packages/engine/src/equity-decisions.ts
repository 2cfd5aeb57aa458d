import type { EquityFilter, TrackSoFar } from "./equity-filter.js";
import type { Trade } from "./trade.js";

/** A whole track, session by session. */
export interface Track extends TrackSoFar {
  /** For each session, how many trades were over by its close. */
  readonly ended: Int32Array;
}

/**
 * The track of a finished run.
 *
 * @param equity        account value at the close of each bar
 * @param sessionEnds   the last bar of each session
 */
export function trackOf(
  { equity, trades }: { readonly equity: Float64Array; readonly trades: readonly Trade[] },
  sessionEnds: Int32Array,
  initialCapital: number,
): Track {
  const over = trades
    .flatMap(({ exitBar, profit }) => (exitBar === null ? [] : [{ exitBar, profit }]))
    .sort((a, b) => a.exitBar - b.exitBar);
  let count = 0;
  return {
    equity: Float64Array.from([initialCapital, ...Array.from(sessionEnds, (bar) => equity[bar])]),
    profits: Float64Array.from(over, ({ profit }) => profit),
    ended: sessionEnds.map((bar) => {
      while (count < over.length && over[count].exitBar <= bar) count++;
      return count;
    }),
  };
}

/** What a filter answers at the close of the last session of a track: until it has seen what it needs, the system is on. */
export function decide(filter: EquityFilter, values: readonly number[], track: TrackSoFar): boolean {
  const { sessions = 0, trades = 0 } = filter.needs(values);
  // The capital before the first session stands in front.
  if (track.equity.length - 1 < sessions || track.profits.length < trades) return true;
  return filter.isOn(track, values);
}

/** What a filter answers at the close of one session; it is shown nothing of what comes after. */
export const decideAt = (
  filter: EquityFilter,
  values: readonly number[],
  { equity, profits, ended }: Track,
  session: number,
): boolean =>
  decide(filter, values, {
    equity: equity.subarray(0, session + 2),
    profits: profits.subarray(0, ended[session]),
  });

/** What a filter answers at the close of every session: 1 is on, for the session after it. */
export function decisionsOf(filter: EquityFilter, values: readonly number[], track: Track): Uint8Array {
  return Uint8Array.from(track.ended, (_, session) => (decideAt(filter, values, track, session) ? 1 : 0));
}
