/** Quantities, prices and profits; not the digits of times, nor of what stands between quotes. */
const number = /"[^"]*"|\d{4}-\d\d-\d\dT[\d:.]+Z|(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)/g;

/**
 * Whether two lines of trades say the same, with numbers that are off by no more than a share of the larger one.
 *
 * @param a  undefined where there is no such line
 */
export function isSameLine(a: string | undefined, b: string | undefined, tolerance: number): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || tolerance === 0) return false;
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left.words !== right.words || left.numbers.length !== right.numbers.length) return false;
  return left.numbers.every((x, i) => {
    const y = right.numbers[i];
    return Math.abs(x - y) <= tolerance * Math.max(Math.abs(x), Math.abs(y));
  });
}

function partsOf(line: string): { readonly words: string; readonly numbers: readonly number[] } {
  const numbers: number[] = [];
  const words = line.replace(number, (whole, found: string | undefined) => {
    if (found === undefined) return whole;
    numbers.push(Number(found));
    return "#";
  });
  return { words, numbers };
}
