import type { Bars } from "@bitfever/engine";
import { metricsByHand } from "./metrics.js";
import type { HandRun, HandTrade } from "./run.js";

/**
 * `programs/moving-average-cross.bf` as one would write it for itself: one loop with two running sums, a position and its
 * account, and the metrics after it.
 */
export function movingAverageCross(
  bars: Bars,
  fast: number,
  slow: number,
  rate = 0.001,
  capital = 100_000,
  /** Written over, where there is one from a run before. */
  equity = new Float64Array(bars.length),
): HandRun {
  const { open, close, length } = bars;
  const trades: HandTrade[] = [];
  let cash = capital;
  let quantity = 0;
  let trade: HandTrade | null = null;
  /** Units to buy at the next open, or −1 to sell all; 0 is nothing. */
  let wanted = 0;
  let fastSum = 0;
  let slowSum = 0;
  let before = NaN;
  let held = 0;
  for (let i = 0; i < length; i++) {
    if (wanted !== 0) {
      const price = open[i];
      if (wanted > 0) {
        quantity = Math.min(wanted, cash / (price * (1 + rate)));
        const value = quantity * price;
        cash -= value + value * rate;
        trade = {
          entryBar: i,
          entryPrice: price,
          exitBar: -1,
          exitPrice: NaN,
          quantity,
          profit: 0,
          commission: value * rate,
        };
        trades.push(trade);
      } else if (trade !== null) {
        const value = quantity * price;
        cash += value - value * rate;
        trade.exitBar = i;
        trade.exitPrice = price;
        trade.commission += value * rate;
        trade.profit = quantity * (price - trade.entryPrice) - trade.commission;
        trade = null;
        quantity = 0;
      }
      wanted = 0;
    }
    const last = close[i];
    equity[i] = cash + quantity * last;
    if (quantity > 0) held++;

    fastSum += last;
    slowSum += last;
    if (i >= slow - 1) {
      const difference = fastSum / fast - slowSum / slow;
      if (difference > 0 && before <= 0) {
        if (quantity === 0) wanted = cash / last;
      } else if (difference < 0 && before >= 0 && quantity > 0) wanted = -1;
      before = difference;
      slowSum -= close[i - slow + 1];
    }
    if (i >= fast - 1) fastSum -= close[i - fast + 1];
  }
  return { trades, equity, metrics: metricsByHand(bars, equity, held, trades, capital) };
}
