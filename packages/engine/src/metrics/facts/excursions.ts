import { readAhead } from "../../read-ahead.js";
import { type MetricContext, type Unknown, unknown } from "../../metric.js";
import { rangesOf } from "../../price-ranges.js";
import { once } from "./once.js";

/** How far the market went against and for each closed trade while it lasted, as shares of its entry price; never below 0. */
export interface Excursions {
  readonly adverse: Float64Array;
  readonly favourable: Float64Array;
}

/**
 * What the market did before the entry and after the exit inside their bars is not the trade's, and nobody knows it from bars: of
 * the entry's bar the close counts, of the exit's the exit.
 */
export const excursions = once(
  ({ trades, bars, ranges = rangesOf(bars) }: MetricContext): Excursions | Unknown => {
    const { closed, direction, entryBar, exitBar, entryPrice, exitPrice } = trades;
    const { close } = bars;
    if (closed === 0) return unknown("no closed trade");
    if (trades.hasSplits) return unknown("shares were split during a trade");
    if (trades.hasSymbols) return unknown("the trades are of several markets");
    const [adverse, favourable] = [new Float64Array(closed), new Float64Array(closed)];
    readAhead(close, entryBar, closed, 0);
    for (let i = 0; i < closed; i++) {
      // One by one: trades are many, and a pair is an object.
      const entry = entryPrice[i];
      const exit = exitPrice[i];
      if (!(entry > 0)) return unknown("an entry price is not positive");
      const first = entryBar[i];
      const last = exitBar[i];
      let highest = exit > entry ? exit : entry;
      let lowest = exit < entry ? exit : entry;
      if (last > first) {
        const value = close[first];
        if (value > highest) highest = value;
        if (value < lowest) lowest = value;
      }
      if (last > first + 1) {
        ranges.look(first + 1, last);
        if (ranges.highest > highest) highest = ranges.highest;
        if (ranges.lowest < lowest) lowest = ranges.lowest;
      }
      const up = highest / entry - 1;
      const down = 1 - lowest / entry;
      const isLong = direction[i] > 0;
      adverse[i] = isLong ? down : up;
      favourable[i] = isLong ? up : down;
    }
    return { adverse, favourable };
  },
);
