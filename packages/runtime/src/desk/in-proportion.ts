/**
 * Whole lots in proportion to weights: each is given the whole lots of its part, and what is left goes, a lot each, to those of
 * which the largest part of a lot was cut off; of equals, to the first. Where quantities are no whole lots, the last takes the rest.
 *
 * @param step  the least quantity; null where there is none
 * @example
 * inProportion(7, [10, 5, 5], 1); // [4, 2, 1]: 3.5, 1.75 and 1.75 lots
 */
export function inProportion(
  whole: number,
  weights: readonly number[],
  step: number | null,
): readonly number[] {
  const sum = weights.reduce((total, each) => total + each, 0);
  const exact = weights.map((each) => (whole * each) / sum);
  if (step === null) {
    const before = exact.slice(0, -1).reduce((total, each) => total + each, 0);
    return exact.map((each, i) => (i === exact.length - 1 ? whole - before : each));
  }
  const parts = exact.map((each) => Math.floor(each / step) * step);
  let left = whole - parts.reduce((total, each) => total + each, 0);
  const byRest = exact
    .map((each, i) => ({ i, rest: each - parts[i] }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of byRest) {
    if (left <= 0) break;
    const more = Math.min(step, left);
    parts[i] += more;
    left -= more;
  }
  return parts;
}
