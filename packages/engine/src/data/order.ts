import { firstNotBefore } from "../bisection.js";

/** Whether times mostly go back from row to row. */
export function isNewestFirst(time: Float64Array): boolean {
  let forward = 0;
  let back = 0;
  for (let i = 1; i < time.length; i++) {
    if (time[i] > time[i - 1]) forward++;
    else if (time[i] < time[i - 1]) back++;
  }
  return back > forward;
}

/** What the order of times says against rows; every other row is later than the one before it. */
export interface OrderFaults {
  /** Rows whose time an earlier row of the file has, with that row. */
  readonly duplicates: ReadonlyMap<number, number>;
  /** The fewest rows without which the others are in order. */
  readonly misplaced: readonly number[];
}

/**
 * Finds what keeps times from increasing.
 *
 * Of rows with the same time the first in the file stays. Of the others the longest increasing run stays, so that one
 * wrong year at the start costs one row and not the whole file; of two that are as long, the one that leaves out the
 * later row. (Patience sorting from the end: `heads[k]` is the row with the largest time that begins a run of k + 1.)
 *
 * @param rows rows in the order in which they should increase
 */
export function orderFaults(time: Float64Array, rows: Uint32Array): OrderFaults {
  if (isIncreasing(time, rows)) return { duplicates: new Map(), misplaced: [] };

  const sorted = rows.slice().sort((a, b) => time[a] - time[b] || a - b);
  const duplicates = new Map<number, number>();
  for (let i = 1, first = 0; i < sorted.length; i++) {
    if (time[sorted[i]] === time[sorted[first]]) duplicates.set(sorted[i], sorted[first]);
    else first = i;
  }
  const single = rows.filter((row) => !duplicates.has(row));

  const heads = new Uint32Array(single.length);
  const next = new Int32Array(single.length);
  let length = 0;
  for (let i = single.length - 1; i >= 0; i--) {
    const place = firstNotBefore(0, length, (each) => time[single[heads[each]]] > time[single[i]]);
    next[i] = place > 0 ? heads[place - 1] : -1;
    heads[place] = i;
    if (place === length) length++;
  }
  const stays = new Uint8Array(single.length);
  for (let i = length > 0 ? heads[length - 1] : -1; i >= 0; i = next[i]) stays[i] = 1;
  const misplaced = [...single.filter((_, i) => stays[i] === 0)];
  return { duplicates, misplaced };
}

function isIncreasing(time: Float64Array, rows: Uint32Array): boolean {
  for (let i = 1; i < rows.length; i++) if (!(time[rows[i]] > time[rows[i - 1]])) return false;
  return true;
}
