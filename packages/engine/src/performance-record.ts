import { curveOf, type Curve } from "./curve.js";
import { tradeColumns, type TradeColumns } from "./trade-columns.js";
import type { Trade } from "./trade.js";

/** What the performance of a run is measured by. */
export interface PerformanceRecord {
  readonly trades: TradeColumns;
  /** Account value at the close of each bar, in the account's currency. */
  readonly equity: Curve;
  /** Bars at whose close a position is held. */
  readonly heldBars: number;
}

/** The record of a run of which all is there. */
export const recordOf = (run: {
  readonly trades: readonly Trade[];
  readonly equity: Float64Array;
  readonly position: Float64Array;
}): PerformanceRecord => ({
  trades: tradeColumns(run.trades),
  equity: curveOf(run.equity),
  heldBars: heldBars(run.position),
});

function heldBars(position: Float64Array): number {
  let held = 0;
  for (let i = 0; i < position.length; i++) if (position[i] !== 0) held++;
  return held;
}
