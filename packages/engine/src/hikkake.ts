import { describe, slide, totalsOf, type Pattern } from "./candle-pattern.js";
import { bullish, Candles, none, startTotals } from "./candles.js";
import { defineIndicator, type Indicator } from "./indicator.js";

interface Definition extends Pattern {
  /** Whether the inside bar and what stands before the last candle make a trap, if the last one breaks out of it. */
  readonly find: (candles: Candles) => number;
}

/** How many bars there are to confirm. */
const patience = 3;

const candles = new Candles();

/**
 * A trap that is confirmed where, within three bars, one closes beyond the inside bar on the other side of the false
 * breakout: twice the value of the trap. A newer trap takes the place of an older one.
 */
export function defineHikkake({ find, ...pattern }: Definition): Indicator {
  const totals = totalsOf(pattern);
  const described = describe(pattern);
  const warmup = described.warmup();
  const ready = warmup - patience;
  return defineIndicator({
    ...described,
    // `side` is what the last trap said, `left` for how many bars it may still be confirmed, `level` where.
    start: () => ({ seen: 0, side: none, left: 0, level: 0, totals: startTotals() }),
    advance(state, _parameters, columns, [out], from, to) {
      let { seen, side, left, level } = state;
      candles.look(columns, state.totals);
      for (let i = from; i < to; i++) {
        candles.at = i;
        if (candles.isMissing()) {
          out[i] = NaN;
          state.totals.fill(0);
          seen = left = 0;
          continue;
        }
        let value = seen < ready ? none : find(candles);
        if (value !== none) {
          side = value;
          left = patience;
          level = side === bullish ? candles.high(1) : candles.low(1);
        } else if (left > 0) {
          left--;
          const isConfirmed = side === bullish ? candles.close(0) > level : candles.close(0) < level;
          if (isConfirmed) {
            value = 2 * side;
            left = 0;
          }
        }
        out[i] = seen < warmup ? NaN : value;
        slide(candles, totals, state.totals, seen, ready);
        seen++;
      }
      state.seen = seen;
      state.side = side;
      state.left = left;
      state.level = level;
    },
  });
}
