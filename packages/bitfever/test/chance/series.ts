import { barsOf, randomOf, type Bars } from "@bitfever/engine";

/* Made-up markets in which there is nothing to find, or one thing. */

const dayMs = 86_400_000;

/** Daily bars that open where the one before closed, with the given returns from close to close. */
export function barsWith(returns: readonly number[], symbol = "MADE"): Bars {
  const close = Float64Array.from(returns);
  let price = 100;
  for (let i = 0; i < close.length; i++) close[i] = price *= 1 + returns[i];
  const open = close.map((_, i) => (i === 0 ? 100 : close[i - 1]));
  return barsOf(symbol, {
    time: close.map((_, i) => Date.UTC(2015, 0, 1) + i * dayMs),
    ...{ open, close },
    high: open.map((each, i) => 1.002 * Math.max(each, close[i])),
    low: open.map((each, i) => 0.998 * Math.min(each, close[i])),
    volume: close.map(() => 1_000),
  });
}

/** Independent normal returns with a deviation of 1%. */
export function noise(seed: number, length: number): number[] {
  const random = randomOf(seed);
  return Array.from(
    { length },
    () => 0.01 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}

/** Returns that take back a share of the one before. */
export function reverting(seed: number, length: number, share: number): number[] {
  const returns = noise(seed, length);
  for (let i = 1; i < length; i++) returns[i] -= share * returns[i - 1];
  return returns;
}

/** Buys after a fall and sells after a rise; how large they are is searched. */
export const buyFalls = `strategy "Buy falls" {
  param fall: ratio = 0% in 0%..1% step 0.5%
  param rise: ratio = 0% in 0%..1% step 0.5%
  enter long when close < close[1] * (1 - fall) { size 100% of equity unprotected }
  exit long when close > close[1] * (1 + rise)
}`;
