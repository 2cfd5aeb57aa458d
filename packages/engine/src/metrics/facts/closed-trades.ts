import type { Trade } from "../../trade.js";
import type { MetricContext } from "../../metric.js";
import { once } from "./once.js";

export type ClosedTrade = Trade & {
  readonly exitBar: number;
  readonly exitTime: number;
  readonly exitPrice: number;
  readonly exitValue: number;
};

const isClosed = (trade: Trade): trade is ClosedTrade => trade.exitBar !== null;

/** The trades that are over, in order of exit: the order in which their results became known. */
export const closedTrades = once(({ trades }): readonly ClosedTrade[] =>
  trades.filter(isClosed).sort((a, b) => a.exitBar - b.exitBar),
);

export const winningTrades = once((context) => closedTrades(context).filter(({ profit }) => profit > 0));
export const losingTrades = once((context) => closedTrades(context).filter(({ profit }) => profit < 0));

/** Net profit of each closed trade as a fraction of what was bought or sold at entry. */
export const tradeReturns = once((context) =>
  closedTrades(context).map(({ profit, entryValue }) => profit / Math.abs(entryValue)),
);

export const tradesOn = (side: Trade["side"], context: MetricContext): readonly ClosedTrade[] =>
  closedTrades(context).filter((each) => each.side === side);

/** Below it a share of trades, or a spread of their profits, says little about a system. */
export const enoughTrades = 30;

export const profitOf = (trades: readonly Trade[]): number =>
  trades.reduce((sum, { profit }) => sum + profit, 0);
