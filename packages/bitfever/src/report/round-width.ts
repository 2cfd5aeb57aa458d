/** The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `width`, which is positive. */
export function roundWidth(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return ([1, 2, 2.5, 5, 10].find((each) => each * power >= width * (1 - 1e-9)) ?? 10) * power;
}
