import type { Bars } from "@bitfever/engine";
import { Action, applyActions, sma } from "indicatorts";
import { side, type Side } from "../side.js";

/**
 * The cross of two averages. It knows no orders: what is decided at a close trades there, with all there is and without
 * commission. So its trades are one bar earlier than ours and at other prices; the bars are compared one later.
 */
export function crossInIndicatorts({ open, close }: Bars, fast: number, slow: number): Side {
  const run = (closings: number[]): { actions: Action[]; gains: number[] } => {
    const quick = sma(closings, { period: fast });
    const steady = sma(closings, { period: slow });
    const actions = closings.map((_, i) => {
      if (i < slow) return Action.HOLD;
      if (quick[i] > steady[i] && quick[i - 1] <= steady[i - 1]) return Action.BUY;
      return quick[i] < steady[i] && quick[i - 1] >= steady[i - 1] ? Action.SELL : Action.HOLD;
    });
    return { actions, gains: applyActions(closings, actions) };
  };
  return side("indicatorts", {
    prepare: () => Array.from(close),
    run,
    outcome: ({ actions }) => {
      const trades: { entryBar: number; entryPrice: number; exitBar: number; exitPrice: number }[] = [];
      actions.forEach((action, i) => {
        const isHeld = trades.at(-1)?.exitBar === -1;
        // What is decided on the last bar trades nowhere with us.
        if (action === Action.HOLD || i === actions.length - 1) return;
        if (action === Action.BUY && !isHeld)
          trades.push({ entryBar: i + 1, entryPrice: open[i + 1], exitBar: -1, exitPrice: NaN });
        if (action === Action.SELL && isHeld)
          Object.assign(trades[trades.length - 1], { exitBar: i + 1, exitPrice: open[i + 1] });
      });
      return { trades, netProfit: null };
    },
    differs: "trades at the close that decides; its signals are compared",
    lacks: "orders, commissions, a list of trades, and all metrics but the gain",
  });
}
