/*
 * The logarithm and the exponential from additions, multiplications and divisions alone, which are the same to the bit
 * wherever a program runs. Those of the platform are not: their last digit changes between versions of V8, so between
 * a page and Node. What every result has in it is computed with these. Both are off by less than two units of the last
 * digit.
 */

/** ln 2 in two parts: multiples of the first by whole numbers are exact, the second has the digits that it has not. */
const ln2 = [0.6931471803691238, 1.9082149292705877e-10] as const;
const bits = new DataView(new ArrayBuffer(8));

/** The natural logarithm: NaN below zero, −∞ of zero. */
export function ln(value: number): number {
  if (!(value > 0) || value === Infinity) return value === 0 ? -Infinity : value > 0 ? value : NaN;
  // Numbers without a leading one are brought among those that have it.
  if (value < 2 ** -1022) return ln(value * 2 ** 54) - 54 * Math.LN2;
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let part = bits.getFloat64(0);
  if (part > Math.SQRT2) {
    part /= 2;
    exponent++;
  }
  // ln x = 2(s + s³/3 + s⁵/5 + …) with s = (x − 1) ÷ (x + 1), here between −0.172 and 0.172.
  const s = (part - 1) / (part + 1);
  const square = s * s;
  let sum = 0;
  for (let odd = 23; odd > 1; odd -= 2) sum = square * (1 / odd + sum);
  return exponent * ln2[0] + (exponent * ln2[1] + 2 * s * sum + 2 * s);
}

/** e to the power of a number. */
export function exponential(power: number): number {
  if (power !== power) return NaN;
  if (power > 710) return Infinity;
  if (power < -746) return 0;
  const twos = Math.round(power / Math.LN2);
  const rest = power - twos * ln2[0] - twos * ln2[1];
  // 1 + x + x²/2! + …, from the small to the large; x is between −0.35 and 0.35.
  let sum = 1;
  for (let k = 14; k > 0; k--) sum = 1 + (rest / k) * sum;
  // In two steps: the power of two alone may be too large where the product is not.
  const half = Math.floor(twos / 2);
  return sum * 2 ** half * 2 ** (twos - half);
}
