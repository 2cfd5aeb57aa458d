import { BitFeverError } from "@bitfever/lang";
import { Decimal } from "decimal.js";

/** A rational number, not below zero, of two safe integers. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/** The step of what is counted already. */
export const oneStep: Fraction = { numerator: 1, denominator: 1 };

/** Digits enough to hold any double as a decimal, and any product of it that is formed here. */
const Wide = Decimal.clone({ precision: 60 });

/** A computed decimal such as 0.1 + 0.2 carries noise beyond the fifteen digits that every double keeps. */
const asWritten = (decimal: Decimal.Value): Decimal => new Wide(decimal).toSignificantDigits(15);

/** A whole number of no more digits than every double keeps: most that are given are such, and need no decimals. */
const isWhole = (decimal: Decimal.Value): decimal is number =>
  Number.isInteger(decimal) && Math.abs(Number(decimal)) < 1e15;

/**
 * The exact value of a decimal number as people write it: 0.05 is 1/20.
 *
 * @throws BitFeverError BF5010 where that needs an integer beyond 2⁵³
 */
export function fraction(decimal: Decimal.Value): Fraction {
  if (isWhole(decimal)) return { numerator: decimal, denominator: 1 };
  const [numerator, denominator] = asWritten(decimal).toFraction();
  return { numerator: safe(numerator.toNumber()), denominator: safe(denominator.toNumber()) };
}

/** The same, but where 2⁵³ is too small, the nearest fraction there is: for rates, which nobody counts in steps. */
export function nearestFraction(decimal: number): Fraction {
  const found = known.get(decimal);
  if (found !== undefined) return found;
  if (known.size >= mostKnown) known.clear();
  const nearest = nearestOf(decimal);
  known.set(decimal, nearest);
  return nearest;
}

/** Rates are few, and asked for by every run of a search. */
const known = new Map<number, Fraction>();
const mostKnown = 256;

function nearestOf(decimal: number): Fraction {
  const [numerator, denominator] = asWritten(decimal).toFraction(Number.MAX_SAFE_INTEGER);
  return { numerator: safe(numerator.toNumber()), denominator: safe(denominator.toNumber()) };
}

/** A decimal as people write it, and what makes a whole number of it: 1.25 is 125 of 100. */
function digitsOf(decimal: number): readonly [numerator: bigint, denominator: bigint] {
  const [mantissa, exponent = "0"] = String(Number(decimal.toPrecision(15))).split("e");
  const [whole, part = ""] = mantissa.split(".");
  const shift = Number(exponent) - part.length;
  const digits = BigInt(whole + part);
  return shift < 0 ? [digits, 10n ** BigInt(-shift)] : [digits * 10n ** BigInt(shift), 1n];
}

/**
 * The product of positive decimals and of the inverses of others, exactly, or where 2⁵³ is too small the nearest
 * fraction that its convergents come to; null where none is above zero.
 */
export function ratioOf(decimals: readonly number[], inverses: readonly number[]): Fraction | null {
  let [numerator, denominator] = [1n, 1n];
  for (const each of decimals) {
    const [up, down] = digitsOf(each);
    numerator *= up;
    denominator *= down;
  }
  for (const each of inverses) {
    const [up, down] = digitsOf(each);
    numerator *= down;
    denominator *= up;
  }
  let [before, last] = [
    [0n, 1n],
    [1n, 0n],
  ];
  while (denominator > 0n) {
    const whole = numerator / denominator;
    const next = [whole * last[0] + before[0], whole * last[1] + before[1]];
    if (next[0] > most || next[1] > most) break;
    [before, last] = [last, next];
    [numerator, denominator] = [denominator, numerator - whole * denominator];
  }
  const found = { numerator: Number(last[0]), denominator: Number(last[1]) };
  return found.numerator > 0 && found.denominator > 0 ? found : null;
}

const most = BigInt(Number.MAX_SAFE_INTEGER);

export function multiplyFractions(...factors: readonly Fraction[]): Fraction {
  let [numerator, denominator] = [1n, 1n];
  for (const each of factors) {
    numerator *= BigInt(each.numerator);
    denominator *= BigInt(each.denominator);
  }
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: safe(Number(numerator / divisor)), denominator: safe(Number(denominator / divisor)) };
}

/** The same, but where 2⁵³ is too small, the nearest fraction there is. */
export function nearestProduct(...factors: readonly Fraction[]): Fraction {
  let [numerator, denominator] = [new Wide(1), new Wide(1)];
  for (const each of factors) {
    numerator = numerator.times(each.numerator);
    denominator = denominator.times(each.denominator);
  }
  const [above, below] = numerator.div(denominator).toFraction(Number.MAX_SAFE_INTEGER);
  return { numerator: safe(above.toNumber()), denominator: safe(below.toNumber()) };
}

/** The largest step of which both are whole multiples. */
export function commonStep(a: Fraction, b: Fraction): Fraction {
  const [down, up] = [BigInt(a.denominator), BigInt(b.denominator)];
  const numerator = greatestCommonDivisor(BigInt(a.numerator) * up, BigInt(b.numerator) * down);
  const divisor = greatestCommonDivisor(numerator, down * up);
  return { numerator: safe(Number(numerator / divisor)), denominator: safe(Number((down * up) / divisor)) };
}

/** A count rounded to a multiple of so many steps. */
export const multipleOf = (count: number, steps: number, direction: "up" | "down"): number =>
  countOf(count, steps === 1 ? oneStep : { numerator: steps, denominator: 1 }, direction) * steps;

/** `count × step`, as the double nearest to the true value. */
export function timesFraction(count: number, { numerator, denominator }: Fraction): number {
  const product = count * numerator;
  // Below 2⁵³ the product is exact, and the division rounds once.
  if (Number.isSafeInteger(product)) return product / denominator;
  return new Wide(count).times(numerator).div(denominator).toNumber();
}

/** What lies nearer to a step than this share of one stands on it: nobody means so little, but arithmetic leaves it. */
const hair = 1e-9;

/**
 * How many steps make `value`: exactly where it is on the grid, else rounded in the direction given, `nearest` half to
 * even. What is not finite stays as it is.
 *
 * @throws BitFeverError BF5010 beyond 2⁵³ steps
 */
export function countOf(
  value: number,
  step: Fraction,
  direction: "up" | "down" | "nearest",
  slack = hair,
): number {
  const ratio = (value * step.denominator) / step.numerator;
  const size = Math.abs(ratio);
  if (size >= 2 ** 44) return Number.isFinite(value) ? wideCount(value, step, direction) : value;
  // Reading the decimal, multiplying and dividing have each rounded once.
  return rounded(ratio, slack + size * 2 ** -51, direction);
}

/** Far out one double has too few digits for a part of a step, and a neighbour of a step is no noise of it. */
function wideCount(value: number, step: Fraction, direction: "up" | "down" | "nearest"): number {
  const ratio = new Wide(value).times(step.denominator).div(step.numerator);
  return safe(ratio.toDecimalPlaces(0, roundingModes[direction]).toNumber());
}

const roundingModes = {
  up: Decimal.ROUND_CEIL,
  down: Decimal.ROUND_FLOOR,
  nearest: Decimal.ROUND_HALF_EVEN,
} as const;

function rounded(ratio: number, slack: number, direction: "up" | "down" | "nearest"): number {
  // Adding zero turns −0 into 0.
  const nearest = Math.round(ratio) + 0;
  if (Math.abs(ratio - nearest) <= slack) return nearest;
  const below = Math.floor(ratio);
  if (direction === "down") return below;
  if (direction === "up") return below + 1;
  const overHalf = ratio - below - 0.5;
  return halfEven(below, Math.abs(overHalf) <= slack ? 0 : overHalf);
}

/**
 * `a × b × factor` of whole numbers, exactly, then rounded half to even. Wider integers where it must be.
 *
 * @throws BitFeverError BF5010 where the result is beyond 2⁵³
 */
export function scaledProduct(a: number, b: number, { numerator, denominator }: Fraction): number {
  const product = a * b * numerator;
  if (!Number.isSafeInteger(product))
    return wideProduct(BigInt(a) * BigInt(b) * BigInt(numerator), BigInt(denominator));
  const size = Math.abs(product);
  // No quotient of safe integers is so near to the next integer that the division rounds up to it.
  const quotient = Math.floor(size / denominator);
  const result = halfEven(quotient, (size - quotient * denominator) * 2 - denominator);
  // Not −0.
  return product < 0 ? 0 - result : result;
}

/** `count` times several fractions, exactly, then rounded half to even. */
export function scaledBy(count: number, ...factors: readonly Fraction[]): number {
  return wideProduct(
    factors.reduce((product, { numerator }) => product * BigInt(numerator), BigInt(count)),
    factors.reduce((product, { denominator }) => product * BigInt(denominator), 1n),
  );
}

/** The same with two factors, whose product may be beyond 2⁵³. */
export function twiceScaledProduct(a: number, b: number, factor: Fraction, other: Fraction): number {
  const numerator = factor.numerator * other.numerator;
  const denominator = factor.denominator * other.denominator;
  if (Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator))
    return scaledProduct(a, b, { numerator, denominator });
  return wideProduct(
    BigInt(a) * BigInt(b) * BigInt(factor.numerator) * BigInt(other.numerator),
    BigInt(factor.denominator) * BigInt(other.denominator),
  );
}

function wideProduct(product: bigint, divisor: bigint): number {
  let quotient = product / divisor;
  let remainder = product % divisor;
  if (remainder < 0n) {
    remainder += divisor;
    quotient -= 1n;
  }
  const overHalf = remainder * 2n - divisor;
  const isUp = overHalf > 0n || (overHalf === 0n && quotient % 2n !== 0n);
  return safe(Number(isUp ? quotient + 1n : quotient));
}

const halfEven = (quotient: number, overHalf: number): number =>
  overHalf > 0 || (overHalf === 0 && quotient % 2 !== 0) ? quotient + 1 : quotient;

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

/**
 * The integer itself.
 *
 * @throws BitFeverError BF5010 where its neighbours cannot be told from it
 */
export function safe(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new BitFeverError("BF5010", `${value} is too large to be counted exactly`, {
    hint: "choose a larger tick, lot or minor unit, or leave them out to keep values as given",
  });
}
