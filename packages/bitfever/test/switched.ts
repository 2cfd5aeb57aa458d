import { barsOf, compile, type Bars } from "../src/index.js";

/* Strategies to switch, and markets to switch them on. */

/** Holds all the time: what it earns is what the market moves. */
export const holder = compile(
  `strategy "Holder" { enter long when position_size == 0 { size 90% of equity unprotected } }`,
);
export const cross = compile(`strategy "Cross" {
  enter long when close crosses above sma(close, 20) { size 50% of equity stop at close * 0.95 }
  exit long when close < sma(close, 10)
}`);

/** Daily bars that open where the one before closed. */
export function barsThrough(closes: readonly number[], name = "X"): Bars {
  const close = Float64Array.from(closes);
  const open = close.map((value, i) => (i === 0 ? value : close[i - 1]));
  return barsOf(name, {
    time: close.map((_, i) => Date.UTC(2020, 0, 1) + i * 86_400_000),
    open,
    high: close.map((value, i) => Math.max(value, open[i])),
    low: close.map((value, i) => Math.min(value, open[i])),
    close,
    volume: close.map(() => 1),
  });
}

/** A slow wave of a hundred days: what holds it earns nothing, and what leaves it in time does. */
export const wave = (length: number, name?: string): Bars =>
  barsThrough(
    Array.from({ length }, (_, i) => 100 + 20 * Math.sin((2 * Math.PI * i) / 100)),
    name,
  );
