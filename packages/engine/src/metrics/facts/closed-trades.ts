import { mean } from "simple-statistics";
import type { Trade } from "../../trade.js";
import { unknown, type MetricContext, type Unknown } from "../../metric.js";
import { enoughTrades } from "../../track-record.js";
import { once } from "./once.js";

export type ClosedTrade = Trade & {
  readonly exitBar: number;
  readonly exitTime: number;
  readonly exitPrice: number;
  readonly exitValue: number;
};

const isClosed = (trade: Trade): trade is ClosedTrade => trade.exitBar !== null;

/** The trades that are over, in order of exit: the order in which their results became known. */
export const closedTrades = once(({ trades }): readonly ClosedTrade[] => {
  const closed = trades.filter(isClosed);
  // Mostly they are in it already, and there are many.
  const isInOrder = closed.every((each, i) => i === 0 || closed[i - 1].exitBar <= each.exitBar);
  return isInOrder ? closed : closed.sort((a, b) => a.exitBar - b.exitBar);
});

export const winningTrades = once((context) => closedTrades(context).filter(({ profit }) => profit > 0));
export const losingTrades = once((context) => closedTrades(context).filter(({ profit }) => profit < 0));

/** Net profit of each closed trade as a fraction of what was bought or sold at entry. */
export const tradeReturns = once((context) =>
  closedTrades(context).map(({ profit, entryValue }) => profit / Math.abs(entryValue)),
);

const longTrades = once((context) => closedTrades(context).filter(({ side }) => side === "long"));
const shortTrades = once((context) => closedTrades(context).filter(({ side }) => side === "short"));

export const tradesOn = (side: Trade["side"], context: MetricContext): readonly ClosedTrade[] =>
  side === "long" ? longTrades(context) : shortTrades(context);

/** The closed trades where they are enough to say something of a system. */
export function enoughClosedTrades(context: MetricContext): readonly ClosedTrade[] | Unknown {
  const trades = closedTrades(context);
  if (trades.length >= enoughTrades) return trades;
  return unknown(`needs at least ${enoughTrades} closed trades, has ${trades.length}`);
}

/** Mean of exit bar − entry bar; unknown with the given reason where there is no trade. */
export function meanBarsHeld(trades: readonly ClosedTrade[], none: string): number | Unknown {
  const held = trades.map(({ entryBar, exitBar }) => exitBar - entryBar);
  return held.length === 0 ? unknown(none) : mean(held);
}

export const profitOf = (trades: readonly Trade[]): number =>
  trades.reduce((sum, { profit }) => sum + profit, 0);
