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

/** The one number that a seed, a name and a moment draw: the same whatever was drawn before. */
export function drawFor(seed: number, name: string, time: number): number {
  // FNV-1a over the three of them.
  let hash = 0x811c9dc5 ^ seed;
  for (const text of [name, String(time)])
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return randomOf(hash)();
}

/** A generator for each number under a seed and a name, so that draws can be made in any order, by any thread. */
export const generatorFor = (seed: number, name: string, number: number): (() => number) =>
  randomOf(Math.floor(drawFor(seed, name, number) * 2 ** 32));
