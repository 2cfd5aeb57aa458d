/**
 * The first numbers m₁, m₂, … of each dimension from the second on: as many as the degree of its polynomial.
 *
 * @source Joe & Kuo 2008, "Constructing Sobol Sequences with Better Two-Dimensional Projections", SIAM Journal on
 *   Scientific Computing 30(5), the numbers found by their criterion D(6)
 */
const firstNumbers: readonly (readonly number[])[] = [
  [1],
  [1, 3],
  [1, 3, 1],
  [1, 1, 1],
  [1, 1, 3, 3],
  [1, 3, 5, 13],
  [1, 1, 5, 5, 17],
  [1, 1, 5, 5, 5],
  [1, 1, 7, 11, 19],
  [1, 1, 5, 1, 1],
  [1, 1, 1, 3, 11],
  [1, 3, 5, 5, 31],
  [1, 3, 3, 9, 7, 49],
  [1, 1, 1, 15, 21, 21],
  [1, 3, 1, 13, 27, 49],
  [1, 1, 1, 15, 7, 5],
  [1, 3, 1, 15, 13, 25],
  [1, 1, 5, 5, 19, 61],
  [1, 3, 7, 11, 23, 15, 103],
  [1, 3, 7, 13, 13, 15, 69],
];

export const mostSobolDimensions = firstNumbers.length + 1;

const bits = 32;

/**
 * Sobol's sequence, point after point, each coordinate a whole number below 2³² that stands for a share of it. Of the first
 * 2ᵏ points every dimension has one in each of 2ᵏ equal parts.
 *
 * @param dimensions  at most `mostSobolDimensions`
 * @returns           2³² points; each is written over the one before it
 * @source Bratley & Fox 1988, "Algorithm 659", after Antonov & Saleev 1979: neighbours differ by one direction
 */
export function* sobolSequence(dimensions: number): Generator<Uint32Array, void> {
  const polynomials = primitivePolynomials();
  const directions = Array.from({ length: dimensions }, (_, i) =>
    i === 0 ? powersOfTwo() : directionsOf(polynomials.next().value ?? 0, firstNumbers[i - 1]),
  );
  const point = new Uint32Array(dimensions);
  for (let index = 0; index < 2 ** bits; index++) {
    yield point;
    // The lowest bit of the index that is 0.
    const lowest = 31 - Math.clz32(~index & (index + 1));
    for (let i = 0; i < dimensions; i++) point[i] ^= directions[i][lowest];
  }
}

/**
 * The same point set as drawn by chance: which half of each part is the left one is decided anew for every part. What is
 * true of how evenly the points lie stays true.
 *
 * @source Burley 2020, "Practical Hash-based Owen Scrambling", Journal of Computer Graphics Techniques 9(4)
 */
export function scramble(coordinate: number, seed: number): number {
  let x = reversed(coordinate);
  x = (x + seed) | 0;
  // Even factors: a bit is changed by those below it alone, which reversed are the coarser parts.
  for (const factor of [0x6c50b47c, 0xb82f1e52, 0xc7afe638, 0x8d22f6e6]) x ^= Math.imul(x, factor);
  return reversed(x);
}

const powersOfTwo = (): Uint32Array => Uint32Array.from({ length: bits }, (_, k) => 2 ** (bits - 1 - k));

/** m₁, m₂, … by the recurrence of the polynomial, each shifted to where its bits begin. */
function directionsOf(polynomial: number, first: readonly number[]): Uint32Array {
  const degree = first.length;
  const directions = new Uint32Array(bits);
  for (let k = 0; k < bits; k++) {
    if (k < degree) {
      directions[k] = first[k] << (bits - 1 - k);
      continue;
    }
    directions[k] = directions[k - degree] ^ (directions[k - degree] >>> degree);
    for (let j = 1; j < degree; j++)
      if (((polynomial >>> (degree - j)) & 1) === 1) directions[k] ^= directions[k - j];
  }
  return directions;
}

/** Polynomials over {0, 1} as the bits of a number, in ascending order: the powers of x modulo one run through all others. */
function* primitivePolynomials(): Generator<number, void> {
  for (let polynomial = 3; ; polynomial += 2) {
    const degree = 31 - Math.clz32(polynomial);
    let power = 1;
    let order = 0;
    do {
      power <<= 1;
      if (power >>> degree === 1) power ^= polynomial;
      order++;
    } while (power !== 1 && order < 2 ** degree);
    if (order === 2 ** degree - 1) yield polynomial;
  }
}

function reversed(x: number): number {
  let from = x;
  let to = 0;
  for (let i = 0; i < bits; i++) {
    to = (to << 1) | (from & 1);
    from >>>= 1;
  }
  return to >>> 0;
}
