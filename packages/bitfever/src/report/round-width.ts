/** The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `width`, which is positive. */
export function roundWidth(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return ([1, 2, 2.5, 5, 10].find((each) => each * power >= width * (1 - 1e-9)) ?? 10) * power;
}

/** As many decimals as multiples of a round width need, six at most. */
export const decimalsOf = (width: number): number =>
  Math.max(0, ...[0, 1, 2, 3, 4, 5, 6].filter((each) => !isWhole(width * 10 ** (each - 1))));

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-6;
