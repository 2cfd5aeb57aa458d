import { isoTime, type SessionEquity } from "@bitfever/engine";
import type { Backtest } from "./backtest.js";

/** The account of a run at the ends of its sessions, for a file that others read without the curves. */
export function sessionEquity({ curves, bars }: Pick<Backtest, "curves" | "bars">): SessionEquity {
  const ends = [...curves.sessionEnds];
  const { equity, timeWeighted } = curves;
  return {
    time: ends.map((bar) => isoTime(bars.time[bar])),
    value: ends.map((bar) => equity[bar]),
    ...(timeWeighted && { timeWeighted: ends.map((bar) => timeWeighted[bar]) }),
  };
}
