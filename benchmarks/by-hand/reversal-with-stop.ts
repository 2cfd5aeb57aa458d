import type { Bars } from "@bitfever/engine";
import { metricsByHand } from "./metrics.js";
import type { HandRun, HandTrade } from "./run.js";

const [span, width, momentum, range] = [20, 2, 14, 14];

/**
 * `programs/reversal-with-stop.bf` as one would write it for itself: one loop with running sums for the bands, Wilder's averages
 * for RSI and ATR, a stop that is met inside the bar, and the metrics after it.
 */
export function reversalWithStop(bars: Bars, rate = 0.001, capital = 100_000): HandRun {
  const { open, high, low, close, length } = bars;
  const equity = new Float64Array(length);
  const trades: HandTrade[] = [];
  let cash = capital;
  let quantity = 0;
  let trade: HandTrade | null = null;
  let stop = 0;
  let wanted = 0;
  let held = 0;
  let sum = 0;
  let squares = 0;
  let gain = 0;
  let loss = 0;
  let atr = 0;

  for (let i = 0; i < length; i++) {
    if (wanted > 0) {
      const price = open[i];
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
    }
    if (trade !== null && (wanted < 0 || low[i] <= stop)) {
      // A gap through the stop fills at the open.
      const price = wanted < 0 ? open[i] : Math.min(open[i], stop);
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
    const last = close[i];
    equity[i] = cash + quantity * last;
    if (quantity > 0) held++;

    sum += last;
    squares += last * last;
    if (i > 0) {
      const previous = close[i - 1];
      const change = last - previous;
      const rise = change > 0 ? change : 0;
      const fall = change < 0 ? -change : 0;
      const top = high[i] > previous ? high[i] : previous;
      const bottom = low[i] < previous ? low[i] : previous;
      const seeding = i <= momentum;
      gain += seeding ? rise / momentum : (rise - gain) / momentum;
      loss += seeding ? fall / momentum : (fall - loss) / momentum;
      atr += i <= range ? (top - bottom) / range : (top - bottom - atr) / range;
    }
    if (i >= span - 1) {
      const mean = sum / span;
      if (quantity > 0) {
        if (last > mean) wanted = -1;
      } else if (last < mean && gain < 0.3 * (gain + loss)) {
        const variance = squares / span - mean * mean;
        if (variance > 0 && last < mean - width * Math.sqrt(variance)) {
          wanted = cash / last;
          stop = last - 2 * atr;
        }
      }
      const oldest = close[i - span + 1];
      sum -= oldest;
      squares -= oldest * oldest;
    }
  }
  return { trades, equity, metrics: metricsByHand(bars, equity, held, trades, capital) };
}
