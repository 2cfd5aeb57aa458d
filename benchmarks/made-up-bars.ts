import type { BarColumns } from "@bitfever/engine";

export interface MadeUp {
  /** A minute, unless it is said. */
  readonly intervalMs?: number;
  /** What part of its last step the price takes again: above 0 it goes on, below it turns back. */
  readonly persistence?: number;
  /** Another one for each history of many. */
  readonly seed?: number;
}

/**
 * A price that wanders, with a gap before most bars and wicks of all lengths: the same on every machine.
 */
export function madeUpBars(
  length: number,
  { intervalMs = 60_000, persistence = 0, seed = 1 }: MadeUp = {},
): BarColumns {
  const column = (): Float64Array => new Float64Array(length);
  const bars = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  let price = 100;
  let step = 0;
  for (let i = 0; i < length; i++) {
    const open = price * (0.9995 + next() * 0.001);
    const close = open * (0.995 + next() * 0.01 + persistence * step);
    step = close / open - 1;
    bars.time[i] = i * intervalMs;
    bars.open[i] = open;
    bars.close[i] = close;
    bars.high[i] = Math.max(open, close) * (1 + next() * 0.002);
    bars.low[i] = Math.min(open, close) * (1 - next() * 0.002);
    bars.volume[i] = Math.floor(next() * 1_000);
    // It is drawn back to where it began, so that it neither vanishes nor grows without end.
    price = close * (1 + (100 - close) * 1e-6);
  }
  return bars;
}
