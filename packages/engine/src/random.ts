/** Numbers from 0 up to 1 that look like chance; the same seed gives the same ones. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // A step of Weyl's sequence, and two rounds of mixing (Mulberry32).
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
