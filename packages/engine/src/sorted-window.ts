/* A moving window in ascending order: a value is put in its place when it comes and taken out when it leaves. */

/** Puts a value among the `count` that are there, behind its equals. */
export function insertSorted(sorted: Float64Array, count: number, value: number): void {
  let place = count;
  for (; place > 0 && sorted[place - 1] > value; place--) sorted[place] = sorted[place - 1];
  sorted[place] = value;
}

/** Takes out one value that is there. */
export function removeSorted(sorted: Float64Array, value: number): void {
  const place = sorted.indexOf(value);
  sorted.copyWithin(place, place + 1);
}
