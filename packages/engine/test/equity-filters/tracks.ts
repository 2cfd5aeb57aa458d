import type { Track } from "../../src/equity-decisions.js";

/** A track of a capital and the closes after it; each trade ends in a session. */
export function track(
  equity: readonly number[],
  trades: readonly { readonly session: number; readonly profit: number }[] = [],
): Track {
  return {
    equity: Float64Array.from(equity),
    profits: Float64Array.from(trades, ({ profit }) => profit),
    ended: Int32Array.from(
      equity.slice(1),
      (_, session) => trades.filter((each) => each.session <= session).length,
    ),
  };
}

/** One trade a session. */
export const trades = (...profits: readonly number[]): Track =>
  track(
    [100, ...profits.map(() => 100)],
    profits.map((profit, session) => ({ session, profit })),
  );
