import type { SliceStatistic } from "./slice-statistic.js";

/** Where each of so many blocks of a history ends; their lengths differ by no more than one session. */
export const blockEnds = (sessions: number, blocks: number): Int32Array =>
  Int32Array.from({ length: blocks }, (_, i) => Math.floor(((i + 1) * sessions) / blocks));

/**
 * What is kept of a trial: both sums of a statistic over each block of its sessions, all the first ones before the
 * second ones. A worker may send them instead of the returns.
 *
 * @param returns  one a session
 * @returns twice as many numbers as blocks
 */
export function blockSums(
  returns: ArrayLike<number>,
  blocks: number,
  { first, second }: SliceStatistic,
): Float64Array {
  const ends = blockEnds(returns.length, blocks);
  const sums = new Float64Array(2 * blocks);
  let at = 0;
  for (let block = 0; block < blocks; block++)
    for (; at < ends[block]; at++) {
      sums[block] += first(returns[at]);
      sums[blocks + block] += second(returns[at]);
    }
  return sums;
}
