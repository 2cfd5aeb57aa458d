/*
 * Where the extreme of a window lies, by its age in bars; of equal values the newest counts. Kernels keep the extreme
 * and its age, and search only when it has left the window: a call on every bar would cost half as much again.
 */

/** How many bars before `i` the largest of the last `length` values lies. */
export function ageOfHighest(column: Float64Array, i: number, length: number): number {
  let highest = column[i];
  let age = 0;
  for (let k = 1; k < length; k++) {
    const value = column[i - k];
    if (value > highest) {
      highest = value;
      age = k;
    }
  }
  return age;
}

/** How many bars before `i` the smallest of the last `length` values lies. */
export function ageOfLowest(column: Float64Array, i: number, length: number): number {
  let lowest = column[i];
  let age = 0;
  for (let k = 1; k < length; k++) {
    const value = column[i - k];
    if (value < lowest) {
      lowest = value;
      age = k;
    }
  }
  return age;
}
