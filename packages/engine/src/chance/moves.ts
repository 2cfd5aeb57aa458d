import { BitFeverError } from "@bitfever/lang";
import type { Bars } from "../bars.js";

/**
 * Bars as moves, which can be put together in another order: from the close before to the open, and from the open to
 * the other prices of the bar, as quotients. Quotients and not their logarithms, so that no bar comes out with a high
 * below its close by rounding.
 */
export interface Moves {
  readonly bars: Bars;
  /** open ÷ close before; of the first bar 1. */
  readonly gap: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/** @throws BitFeverError BF5124 where a price is not positive: it has no quotient to the one before */
export function movesOf(bars: Bars): Moves {
  const { length, open, high, low, close, symbol } = bars;
  for (let i = 0; i < length; i++)
    if (!(low[i] > 0 && open[i] > 0 && close[i] > 0 && high[i] < Infinity))
      throw new BitFeverError("BF5124", `bar ${i} of ${symbol} has a price that is not above 0`, {
        hint: "moves in percent can be put in another order only where all prices are positive",
      });
  return {
    bars,
    gap: open.map((price, i) => (i === 0 ? 1 : price / close[i - 1])),
    high: high.map((price, i) => price / open[i]),
    low: low.map((price, i) => price / open[i]),
    close: close.map((price, i) => price / open[i]),
  };
}

/**
 * Bars at the same times whose moves are those of other bars: the first ones stay, from `from` on each bar takes its
 * gap from one bar and what happened within it, with the volume, from one bar.
 *
 * @param gaps    of each bar from `from` on, whose gap it has
 * @param bodies  the same for prices within the bar
 */
export function barsFromMoves(
  { bars, ...moves }: Moves,
  from: number,
  gaps: Int32Array,
  bodies: Int32Array,
): Bars {
  const [open, high, low, close] = [bars.open, bars.high, bars.low, bars.close].map((each) => each.slice());
  const volume = bars.volume.slice();
  for (let i = from; i < bars.length; i++) {
    const [gap, body] = [gaps[i - from], bodies[i - from]];
    open[i] = close[i - 1] * moves.gap[gap];
    high[i] = open[i] * moves.high[body];
    low[i] = open[i] * moves.low[body];
    close[i] = open[i] * moves.close[body];
    volume[i] = bars.volume[body];
  }
  return { ...bars, open, high, low, close, volume };
}

/**
 * Refuses markets that cannot be drawn together.
 *
 * @param from  the first bar that may change, at least 1
 * @throws BitFeverError BF5124
 */
export function checkTogether(markets: readonly Bars[], from: number): void {
  const refuse = (what: string, hint: string): never => {
    throw new BitFeverError("BF5124", what, { hint });
  };
  const [first] = markets;
  if (!(Number.isInteger(from) && from >= 1))
    refuse(`bars cannot change from bar ${from} on`, "leave at least the first bar as it is: take 1 or more");
  for (const bars of markets) {
    const isAlike = bars.length === first.length && bars.time.every((time, i) => time === first.time[i]);
    if (!isAlike)
      refuse(
        `${bars.symbol} and ${first.symbol} do not have bars at the same times`,
        "keep the bars that all of them have, so that what happened at the same time stays together",
      );
    if (bars.length < from + 2)
      refuse(
        `${bars.symbol} has ${Math.max(0, bars.length - from)} bars that may change`,
        "give at least two",
      );
  }
}
