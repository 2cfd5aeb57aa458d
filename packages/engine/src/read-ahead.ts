const mostAhead = 2_048;
/** A column of fewer stays in the cache as it is. */
const fewValues = 250_000;
const copied = new Float64Array(mostAhead);

/**
 * Reads the next values of a column in a row, so that those that are wanted singly afterwards are at hand: one far from the last
 * is waited for as long as a hundred of them take together. How many it has read.
 */
export function readAhead(column: Float64Array, from: number): number {
  if (column.length < fewValues) return column.length;
  const ahead = column.subarray(from, from + mostAhead);
  // A copy is the fastest way, and one that nobody leaves out since its outcome is not used.
  copied.set(ahead);
  return ahead.length;
}
