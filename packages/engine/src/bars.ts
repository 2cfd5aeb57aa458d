/**
 * A history of closed bars of one instrument, as columns of equal length. A bar covers the half-open time
 * `[time, time + interval)`; `time` is its open, in milliseconds since 1970 UTC, and strictly increases.
 */
export interface Bars {
  readonly symbol: string;
  /** The step between most bars in milliseconds; 0 when there are fewer than two. */
  readonly intervalMs: number;
  readonly length: number;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** NaN where the source has no volume. */
  readonly volume: Float64Array;
}

/** The columns of a bar file that hold numbers, in the order people write them. */
export const priceColumns = ["open", "high", "low", "close"] as const;

export type BarColumns = Omit<Bars, "symbol" | "intervalMs" | "length">;

const none = new Float64Array(0);
export const emptyBars: BarColumns = {
  time: none,
  open: none,
  high: none,
  low: none,
  close: none,
  volume: none,
};

/**
 * Bars over the given columns, which are taken as they are: checking them is the business of `checkBars`.
 *
 * @param symbol  the name of the instrument
 * @returns bars that share memory with the columns; `readBars` checks what it is given, this does not
 * @example
 * const time = Float64Array.of(Date.UTC(2024, 0, 2), Date.UTC(2024, 0, 3));
 * const prices = Float64Array.of(10, 11);
 * const flat = barsOf("FLAT", { time, open: prices, high: prices, low: prices, close: prices, volume: prices });
 * console.log(flat.length, flat.intervalMs);
 */
export function barsOf(symbol: string, { time, open, high, low, close, volume }: BarColumns): Bars {
  return { symbol, intervalMs: commonStep(time), length: time.length, time, open, high, low, close, volume };
}

/** The bars `[from, to)`, sharing memory with the original. */
export function sliceBars(bars: Bars, from: number, to: number): Bars {
  const cut = (column: Float64Array): Float64Array => column.subarray(from, to);
  return {
    symbol: bars.symbol,
    intervalMs: bars.intervalMs,
    length: Math.max(0, Math.min(to, bars.length) - from),
    time: cut(bars.time),
    open: cut(bars.open),
    high: cut(bars.high),
    low: cut(bars.low),
    close: cut(bars.close),
    volume: cut(bars.volume),
  };
}

/** The most frequent step; the smaller one when two are equally frequent. */
function commonStep(time: Float64Array): number {
  const counts = new Map<number, number>();
  for (let i = 1; i < time.length; i++) {
    const step = time[i] - time[i - 1];
    if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  let best = 0;
  for (const [step, count] of counts) {
    const most = counts.get(best) ?? 0;
    if (count > most || (count === most && step < best)) best = step;
  }
  return best;
}
