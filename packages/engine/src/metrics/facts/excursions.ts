import { type MetricContext, type Unknown, unknown } from "../../metric.js";
import { closedTrades } from "./closed-trades.js";
import { once } from "./once.js";

/** How far the market went against and for a trade while it lasted, as shares of its entry price; never below 0. */
export interface Excursion {
  readonly adverse: number;
  readonly favourable: number;
}

/**
 * One for each closed trade. What the market did before the entry and after the exit inside their bars is not the
 * trade's, and nobody knows it from bars: of the entry's bar the close counts, of the exit's the exit.
 */
export const excursions = once((context: MetricContext): readonly Excursion[] | Unknown => {
  const trades = closedTrades(context);
  const { high, low, close } = context.bars;
  if (trades.length === 0) return unknown("no closed trade");
  if (trades.some(({ split }) => split !== undefined)) return unknown("shares were split during a trade");
  if (trades.some(({ symbol }) => symbol !== undefined)) return unknown("the trades are of several markets");
  if (trades.some(({ entryPrice }) => !(entryPrice > 0))) return unknown("an entry price is not positive");
  return trades.map(({ side, entryBar, exitBar, entryPrice, exitPrice }) => {
    let highest = Math.max(entryPrice, exitPrice);
    let lowest = Math.min(entryPrice, exitPrice);
    if (exitBar > entryBar) {
      highest = Math.max(highest, close[entryBar]);
      lowest = Math.min(lowest, close[entryBar]);
    }
    for (let bar = entryBar + 1; bar < exitBar; bar++) {
      highest = Math.max(highest, high[bar]);
      lowest = Math.min(lowest, low[bar]);
    }
    const [up, down] = [highest / entryPrice - 1, 1 - lowest / entryPrice];
    return side === "long" ? { adverse: down, favourable: up } : { adverse: up, favourable: down };
  });
});
