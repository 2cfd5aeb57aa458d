/**
 * The first value from a place on that is not below a limit, in a rising column of which the next ones are mostly near; its
 * length where all are below.
 *
 * @param guess  a place where it may be, as days are mostly as long as those before them
 */
export function firstFrom(from: number, column: Float64Array, limit: number, guess = from): number {
  const isBefore = (place: number): boolean => column[place] < limit;
  if (guess > from && guess < column.length && !isBefore(guess) && isBefore(guess - 1)) return guess;
  let step = 1;
  while (from + step < column.length && isBefore(from + step)) step *= 2;
  return firstNotBefore(from, Math.min(from + step, column.length), isBefore);
}

/**
 * The last place of each stretch of a rising column: it goes as far as values are below a limit that its first one sets. Most are
 * as long as the one before, as days are.
 */
export function stretchEnds(column: Float64Array, limitOf: (first: number) => number): number[] {
  const ends: number[] = [];
  let length = 0;
  for (let from = 0; from < column.length;) {
    const end = firstFrom(from, column, limitOf(column[from]), from + length);
    ends.push(end - 1);
    length = end - from;
    from = end;
  }
  return ends;
}

/** The first place in `[from, to)` that is not before what is looked for, where all that are come first; `to` where all are. */
export function firstNotBefore(from: number, to: number, isBefore: (place: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
