import { randomOf } from "../random.js";

/** How many ways there are to take half of the blocks. */
export function countHalves(blocks: number): number {
  let count = 1;
  for (let i = 1; i <= blocks / 2; i++) count = (count * (blocks / 2 + i)) / i;
  return Math.round(count);
}

/**
 * Ways to take half of the blocks, as bits, in rising order. With each there is its complement, and the complement of
 * the first is the last, of the second the last but one: what is learnt from in one is traded in the other.
 *
 * @param blocks  even, 30 at most
 * @param most    where there are more ways, as many are drawn from them, each as likely as any other; even
 */
export function halvesOf(blocks: number, most: number, seed: number): Int32Array {
  const lower = countHalves(blocks) <= most ? allBelow(blocks) : drawnBelow(blocks, most / 2, seed);
  const all = 2 ** blocks - 1;
  const halves = new Int32Array(2 * lower.length);
  halves.set(lower);
  lower.forEach((half, i) => (halves[halves.length - 1 - i] = all - half));
  return halves;
}

/** Those without the last block, which are the first half of all in rising order. */
function allBelow(blocks: number): Int32Array {
  const found: number[] = [];
  let bits = 2 ** (blocks / 2) - 1;
  while (bits < 2 ** (blocks - 1)) {
    found.push(bits);
    // The next number with as many bits: the lowest run of ones gives its top one to the place above (Gosper).
    const lowest = bits & -bits;
    const ripple = bits + lowest;
    bits = ripple | (((bits ^ ripple) / lowest) >>> 2);
  }
  return Int32Array.from(found);
}

function drawnBelow(blocks: number, count: number, seed: number): Int32Array {
  const random = randomOf(seed);
  const found = new Set<number>();
  while (found.size < count) found.add(drawnHalf(blocks, random));
  return Int32Array.from(found).sort();
}

function drawnHalf(blocks: number, random: () => number): number {
  let [bits, left] = [0, blocks / 2];
  for (let block = 0; block < blocks - 1; block++)
    if (random() * (blocks - 1 - block) < left) {
      bits |= 1 << block;
      left--;
    }
  return bits;
}
