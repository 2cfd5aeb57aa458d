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

/** Standard normal numbers (Box and Muller). */
function normalOf(seed: number): () => number {
  const random = randomOf(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Independent normal returns with a deviation of 1%. */
export function noise(seed: number, length: number): number[] {
  const normal = normalOf(seed);
  return Array.from({ length }, () => 0.01 * normal());
}

/** Returns that no return before says anything of the sign of. */
export const noises: Readonly<Record<string, (seed: number, length: number) => number[]>> = {
  independent: noise,
  // t with 4 degrees of freedom.
  heavyTailed: (seed, length) => {
    const normal = normalOf(seed);
    const chiSquare = (): number => [0, 0, 0, 0].reduce((sum) => sum + normal() ** 2, 0);
    return Array.from({ length }, () => (0.007 * normal()) / Math.sqrt(chiSquare() / 4));
  },
  // GARCH(1, 1) with 0.1 and 0.85.
  clustered: (seed, length) => {
    const normal = normalOf(seed);
    let variance = 1e-4;
    return Array.from({ length }, () => {
      const each = Math.sqrt(variance) * normal();
      variance = 5e-6 + 0.1 * each ** 2 + 0.85 * variance;
      return each;
    });
  },
};

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

/** On both sides, with twelve points. */
export const twoSided = `strategy "Two sides" {
  param fast: bars = 3 in 2..8 step 2
  param slow: bars = 20 in 12..36 step 12
  enter long when sma(close, fast) crosses above sma(close, slow) { size 100% of equity unprotected }
  enter short when sma(close, fast) crosses below sma(close, slow) { size 100% of equity unprotected }
}`;
