import type { MarketBlock, Settings } from "@bitfever/engine";
import type { MeasuredRun } from "./run.js";

/** What a strategy did on its way through a history. */
export interface BacktestRun extends MeasuredRun {
  /** The outputs of the plan, by their place there. */
  readonly outputs: readonly Float64Array[];
  /** The stop that protects the position in each bar, the nearest of several; NaN without one, null where none ever stands. */
  readonly stop: Float64Array | null;
  /** Kernels that were run over the bars. */
  readonly kernels: number;
  /** Bars inside which finer ones were known; null where nobody gave any. */
  readonly magnifiedBars: number | null;
}

/** A strategy on its way through a history, a block of bars at a time. */
export interface Walk {
  /** Computes what depends on bars alone for `[from, to)`, which come next. */
  readonly prepare: (from: number, to: number, markets: readonly MarketBlock[]) => void;
  readonly walk: (from: number, to: number) => void;
  /** Copies the newest `target.length` values of an output of the plan. */
  readonly copyOutput: (output: number, target: Float64Array) => void;
  /** What becomes of an open position once there are no more bars. */
  readonly end: (atEnd: Settings["at_end"]) => void;
  /** What it has come to, once it is over. */
  readonly outcome: (outputs: readonly Float64Array[]) => BacktestRun;
}
