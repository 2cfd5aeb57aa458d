import type { MarketBlock, Settings } from "@bitfever/engine";
import type { Run } from "./run.js";

/** A strategy on its way through a history, a block of bars at a time. */
export interface Walk {
  /** One value for each bar, of those walked so far. */
  readonly equity: Float64Array;
  /** Signed units. */
  readonly position: Float64Array;
  /** The stop that protects the position in each bar, the nearest of several; NaN without one, null where none ever stands. */
  readonly stop: Float64Array | null;
  /** Bars inside which finer ones were known; null where nobody gave any. */
  readonly magnifiedBars: number | null;
  /** Computes what depends on bars alone for `[from, to)`, which come next. */
  readonly prepare: (from: number, to: number, markets: readonly MarketBlock[]) => void;
  readonly walk: (from: number, to: number) => void;
  /** Copies the newest `target.length` values of an output of the plan. */
  readonly copyOutput: (output: number, target: Float64Array) => void;
  /** What becomes of an open position once there are no more bars. */
  readonly end: (atEnd: Settings["at_end"]) => void;
  readonly outcome: () => Pick<Run, "trades" | "counts" | "cashFlows" | "limits" | "alerts" | "orders">;
}
