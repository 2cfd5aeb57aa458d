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
 * wrong year at the start costs one row and not the whole file. (Patience sorting: `tails[k]` is the row with the
 * smallest time that ends a run of k + 1.)
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

  const tails = new Uint32Array(single.length);
  const before = new Int32Array(single.length);
  let length = 0;
  for (let i = 0; i < single.length; i++) {
    let [low, high] = [0, length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (time[single[tails[middle]]] < time[single[i]]) low = middle + 1;
      else high = middle;
    }
    before[i] = low > 0 ? tails[low - 1] : -1;
    tails[low] = i;
    if (low === length) length++;
  }
  const stays = new Uint8Array(single.length);
  for (let i = length > 0 ? tails[length - 1] : -1; i >= 0; i = before[i]) stays[i] = 1;
  const misplaced = [...single.filter((_, i) => stays[i] === 0)];
  return { duplicates, misplaced };
}

function isIncreasing(time: Float64Array, rows: Uint32Array): boolean {
  for (let i = 1; i < rows.length; i++) if (!(time[rows[i]] > time[rows[i - 1]])) return false;
  return true;
}
