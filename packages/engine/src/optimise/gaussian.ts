/**
 * A number drawn from the normal distribution with mean 0 and deviation 1.
 *
 * @source Marsaglia & Bray 1964, the polar method
 */
export function gaussian(random: () => number): number {
  for (;;) {
    const x = 2 * random() - 1;
    const y = 2 * random() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}
