import { BitFeverError } from "@bitfever/lang";
import { recordOf, type Bars } from "@bitfever/engine";
import { historyOf, marketSurroundings, paper as simulatePaper } from "@bitfever/runtime";
import {
  backtestUniverse,
  moneyPartOf,
  prepare,
  report,
  withBand,
  type Backtest,
  type BacktestOptions,
} from "./backtest.js";
import type { Strategy } from "./strategy.js";

/**
 * Runs a strategy as paper trading would, over a history told bar by bar. The result is that of `backtest`; it takes
 * longer, and exists to be compared with.
 *
 * @example
 * const traded = await paperOverHistory(strategy, bars);
 * const tested = await backtest(strategy, bars);
 * console.log(traded.result.metrics.sharpe === tested.result.metrics.sharpe);
 */
export async function paperOverHistory<Values>(
  strategy: Strategy<Values>,
  bars: Bars | readonly Bars[],
  options: BacktestOptions<Values> = {},
): Promise<Backtest> {
  return withBand(paperMembers, strategy, bars, options);
}

async function paperMembers<Values>(
  strategy: Strategy<Values>,
  members: readonly Bars[],
  options: BacktestOptions<Values>,
): Promise<Backtest> {
  if (strategy.program.universe !== null) return backtestUniverse(strategy, members, options, 1);
  if (options.finer !== undefined)
    throw new BitFeverError("BF5072", "paper trading is told closed bars and no finer ones", {
      hint: "leave the finer bars out, or run `bf backtest`",
    });
  const [own] = members;
  const prepared = prepare(strategy, own, options);
  const { plan, fields, markets, flows, held: actions } = prepared;
  const rows = function* () {
    let told = 0;
    for (const bar of historyOf(fields, markets)) {
      if (!("market" in bar) && told++ % 4_096 === 0) options.onProgress?.(told, own.length);
      yield bar;
    }
  };
  const { signal } = options;
  // Venues and what they speak come with it, and no other run asks for any.
  const { historyFeed } = await import("@bitfever/brokers");
  const run = await simulatePaper({
    ...{ plan, ...moneyPartOf(prepared), symbol: own.symbol, intervalMs: own.intervalMs },
    markets: marketSurroundings(markets, 1),
    ...{ indicators: strategy.indicators, flows, actions, logsOrders: options.orders },
    feed: historyFeed(rows()),
    ...(signal ? { signal } : {}),
  });
  return report(prepared, { ...run, record: recordOf(run) }, { outputs: [], stop: null });
}
