/*
 * A number that is added again and again is rounded the same way each time, as long as the sum stays between the same two powers of
 * two: its steps are equal there, and many of them are one product, without an error.
 */

/**
 * What comes of adding a number to a sum so many times, one after the other: to the last bit what a loop would come to.
 *
 * @param value  not below zero, as the sum
 */
export function addedRepeatedly(sum: number, value: number, times: number): number {
  let left = times;
  while (left > fewTimes) {
    // One that is half a unit off is rounded to even, and all that follow are rounded alike: so the third step is theirs.
    const first = sum + value;
    const second = first + value;
    const third = second + value;
    if (!(third < Infinity)) return third;
    const step = third - second;
    let more = left - 3;
    let end = third + more * step;
    while (more > 0 && !isBetweenSamePowers(first, end)) {
      more >>>= 1;
      end = third + more * step;
    }
    sum = end;
    left -= 3 + more;
  }
  for (; left > 0; left--) sum += value;
  return sum;
}

/** A loop of so many takes no longer. */
const fewTimes = 8;

const pair = new Float64Array(2);
const halves = new Uint32Array(pair.buffer);
/** Where the exponent of a double lies: in its second half, but on some machines. */
const upper = new Uint8Array(Uint16Array.of(1).buffer)[0];

function isBetweenSamePowers(a: number, b: number): boolean {
  pair[0] = a;
  pair[1] = b;
  return halves[upper] >>> 20 === halves[2 + upper] >>> 20;
}
