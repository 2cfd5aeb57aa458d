import { createRequire } from "node:module";
import type { Bars } from "@bitfever/engine";
import type * as DataForge from "data-forge";
import type * as Grademark from "grademark";
import { side, type Side } from "../side.js";

// Both are CommonJS, and what they hand to `import` is not what their types say.
const require = createRequire(import.meta.url);
const { DataFrame } = require("data-forge") as typeof DataForge;
const { analyze, backtest } = require("grademark") as typeof Grademark;

/** What the rules look at, by bar: 1 where it holds, and where the stop of an entry at the next open stands. */
export interface Conditions {
  readonly enters: Uint8Array;
  readonly leaves: Uint8Array;
  readonly stop?: Float64Array;
}

interface GrademarkBar extends Grademark.IBar {
  readonly index: number;
  readonly enters: boolean;
  readonly leaves: boolean;
  /** Of an entry at its open. */
  readonly stop: number;
}

/**
 * A strategy whose conditions are columns. It has no indicators of its own; they are computed by loops written by hand, which
 * is kinder to it than the packages it recommends, and made into rows with the bars. Sizes and commissions it does not know.
 */
export function inGrademark(bars: Bars, conditionsOf: (bars: Bars) => Conditions, differs: string): Side {
  const run = (dates: readonly Date[]): Grademark.ITrade[] => {
    const { enters, leaves, stop } = conditionsOf(bars);
    const rows = dates.map((time, index): GrademarkBar => ({
      ...{ time, index, open: bars.open[index], high: bars.high[index], low: bars.low[index] },
      ...{ close: bars.close[index], volume: bars.volume[index] },
      ...{ enters: enters[index] === 1, leaves: leaves[index] === 1, stop: stop?.[index - 1] ?? NaN },
    }));
    const strategy: Grademark.IStrategy<GrademarkBar> = {
      entryRule: (enter, { bar }) => {
        if (bar.enters) enter();
      },
      exitRule: (exit, { bar }) => {
        if (bar.leaves) exit();
      },
      ...(stop !== undefined && { stopLoss: ({ entryPrice, bar }) => entryPrice - bar.stop }),
    };
    const trades = backtest(strategy, new DataFrame<number, GrademarkBar>(rows));
    analyze(100_000, trades);
    return trades;
  };
  return side("grademark", {
    prepare: () => Array.from(bars.time, (time) => new Date(time)),
    run,
    outcome: (trades) => ({
      netProfit: null,
      trades: trades.map(({ entryTime, entryPrice, exitTime, exitPrice, exitReason }) => {
        const isOpen = exitReason === "finalize";
        return {
          ...{ entryBar: barOf(bars, entryTime), entryPrice },
          exitBar: isOpen ? -1 : barOf(bars, exitTime),
          exitPrice: isOpen ? NaN : exitPrice,
        };
      }),
    }),
    isSlow: true,
    differs,
    lacks: "commissions, sizes, and all but about twenty metrics",
  });
}

const barOf = ({ time, intervalMs }: Bars, date: Date): number => (date.getTime() - time[0]) / intervalMs;
