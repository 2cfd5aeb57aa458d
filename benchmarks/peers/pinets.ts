import type { Bars } from "@bitfever/engine";
import { PineTS } from "pinets";
import { side, type Side } from "../side.js";

/** What its account keeps of trades, as far as it is read here. */
interface PineState {
  readonly closedtrades: readonly PineTrade[];
  readonly opentrades: readonly PineTrade[];
  readonly netprofit: number;
}

interface PineTrade {
  readonly entry_bar_index: number;
  readonly entry_price: number;
  readonly exit_bar_index?: number;
  readonly exit_price?: number;
}

/** A strategy in Pine Script, over the bars as it wants them, which are made before. */
export function inPinets(bars: Bars, script: string): Side {
  const { time, open, high, low, close, volume, intervalMs } = bars;
  const rowsOf = (): object[] =>
    Array.from(time, (openTime, i) => ({
      ...{ openTime, closeTime: openTime + intervalMs - 1 },
      ...{ open: open[i], high: high[i], low: low[i], close: close[i], volume: volume[i] },
    }));
  const run = async (rows: object[]): Promise<PineState> => {
    const { strategy } = await new PineTS(rows, bars.symbol, String(intervalMs / 60_000)).run(script);
    if (strategy === undefined) throw new Error("pinets: the script is no strategy");
    return strategy;
  };
  return side("pinets", {
    prepare: rowsOf,
    run,
    outcome: ({ closedtrades, opentrades, netprofit }) => ({
      netProfit: netprofit,
      trades: [...closedtrades, ...opentrades].map((each) => ({
        entryBar: each.entry_bar_index,
        entryPrice: each.entry_price,
        exitBar: each.exit_bar_index ?? -1,
        exitPrice: each.exit_price ?? NaN,
      })),
    }),
    isSlow: true,
    differs: "pays commissions from beyond the account and rounds sizes, as TradingView does",
    lacks: "all but about ten metrics",
  });
}

/** What both scripts begin with. Without `margin_long=0` a part of each position is liquidated to pay its commission. */
export const pineHead = `//@version=6
strategy("Benchmark", initial_capital=100000, default_qty_type=strategy.percent_of_equity, default_qty_value=100,
     commission_type=strategy.commission.percent, commission_value=0.1, margin_long=0)
`;
