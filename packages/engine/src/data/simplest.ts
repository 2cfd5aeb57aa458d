/**
 * The fraction with the smallest numbers that is so near to a positive value.
 *
 * @source Stern 1858 and Brocot 1861: the first fraction of their tree inside an interval
 */
export function simplestWithin(
  value: number,
  doubt: number,
): { readonly numerator: number; readonly denominator: number } {
  return simplestBetween(value - doubt, value + doubt);
}

function simplestBetween(low: number, high: number): { numerator: number; denominator: number } {
  const whole = Math.ceil(low);
  if (whole <= high && whole > 0) return { numerator: whole, denominator: 1 };
  const below = Math.floor(low);
  // Both have the same whole part: the rest is the inverse of a fraction that is found alike.
  const rest = simplestBetween(1 / (high - below), 1 / (low - below));
  return { numerator: below * rest.numerator + rest.denominator, denominator: rest.numerator };
}
