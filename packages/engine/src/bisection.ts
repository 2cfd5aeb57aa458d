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
