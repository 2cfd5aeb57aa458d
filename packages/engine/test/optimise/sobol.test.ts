import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostSobolDimensions, scramble, sobolSequence } from "../../src/optimise/sobol-sequence.js";
import { searchMethodOf, startSearch } from "../../src/optimise/search.js";
import { randomOf } from "../../src/random.js";
import { cube, maximising, runStudy } from "./studies.js";

/** The points of the sequence as shares. */
function points(dimensions: number, count: number, seeds: readonly number[] | null = null): number[][] {
  const sequence = sobolSequence(dimensions);
  return Array.from({ length: count }, () => {
    const { value } = sequence.next();
    return Array.from(value ?? [], (each, i) => (seeds === null ? each : scramble(each, seeds[i])) / 2 ** 32);
  });
}

/**
 * The centred discrepancy: how far the share of points in a box is from its volume, over all boxes that have a corner
 * of the cube.
 *
 * @source Hickernell 1998, "A Generalized Discrepancy and Quadrature Error Bound", Mathematics of Computation 67
 */
function discrepancy(of: readonly (readonly number[])[]): number {
  const off = (x: number): number => Math.abs(x - 0.5);
  let single = 0;
  let pairs = 0;
  for (const x of of) {
    single += x.reduce((product, each) => product * (1 + (off(each) - off(each) ** 2) / 2), 1);
    for (const y of of)
      pairs += x.reduce(
        (product, each, i) => product * (1 + (off(each) + off(y[i]) - Math.abs(each - y[i])) / 2),
        1,
      );
  }
  return (13 / 12) ** of[0].length - (2 / of.length) * single + pairs / of.length ** 2;
}

describe("the sequence of Sobol", () => {
  it("begins as it is published", () => {
    // Joe & Kuo's program for three dimensions.
    expect(points(3, 8)).toEqual([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
    ]);
  });

  it("has the points of scipy in all its dimensions", () => {
    // scipy 1.17.1, qmc.Sobol(21, scramble=False, bits=32): point 777 as 1024ths, point 123,456 as parts of 2¹⁷.
    const [early, late] = [
      [
        709, 959, 167, 281, 651, 365, 195, 781, 357, 331, 763, 713, 393, 485, 583, 527, 413, 885, 379, 771,
        243,
      ],
      [
        ...[3473, 23953, 40273, 59023, 22175, 26641, 93825, 60825, 92597, 32645, 65419, 102391, 72349, 36759],
        ...[100053, 86687, 74883, 48713, 115607, 20599, 15479],
      ],
    ];
    const sequence = sobolSequence(mostSobolDimensions);
    for (let i = 0; i < 777; i++) sequence.next();
    expect(Array.from(sequence.next().value ?? [], (each) => each / 2 ** 22)).toEqual(early);
    for (let i = 778; i < 123_456; i++) sequence.next();
    expect(Array.from(sequence.next().value ?? [], (each) => each / 2 ** 15)).toEqual(late);
  });

  it("has one of its first 2ᵏ points in each of 2ᵏ parts of a dimension, scrambled or not", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 }),
        fc.nat(2 ** 32 - 1),
        fc.boolean(),
        (k, seed, isScrambled) => {
          const random = randomOf(seed);
          const seeds = Array.from({ length: mostSobolDimensions }, () => Math.floor(random() * 2 ** 32));
          const found = points(mostSobolDimensions, 2 ** k, isScrambled ? seeds : null);
          for (let i = 0; i < mostSobolDimensions; i++)
            expect(new Set(found.map((each) => Math.floor(each[i] * 2 ** k))).size).toBe(2 ** k);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("has one of its first 64 points in each of 64 boxes of its first two dimensions, however they are cut", () => {
    for (const seeds of [null, [123_456_789, 987_654_321]])
      for (let wide = 0; wide <= 6; wide++) {
        const boxes = points(2, 64, seeds).map(
          ([x, y]) => `${Math.floor(x * 2 ** wide)} ${Math.floor(y * 2 ** (6 - wide))}`,
        );
        expect(new Set(boxes).size).toBe(64);
      }
  });

  it("lies more evenly than chance", () => {
    // scipy's qmc.discrepancy of the same 256 points.
    expect(discrepancy(points(3, 256))).toBeCloseTo(4.4572872453851886e-5, 15);
    expect(discrepancy(points(5, 256))).toBeCloseTo(2.597808337478913e-4, 15);
    const random = randomOf(7);
    const drawn = Array.from({ length: 256 }, () => [random(), random(), random()]);
    expect(discrepancy(points(3, 256, [1, 2, 3]))).toBeLessThan(discrepancy(drawn) / 20);
  });
});

describe("the search method sobol", () => {
  const pointsOf = (dimensions: number, seed: number, scrambled: boolean) => {
    const search = startSearch(searchMethodOf("sobol"), cube(dimensions, 0, 1), {
      seed,
      trials: 64,
      options: { scrambled },
    });
    return runStudy(
      search,
      maximising(() => 0),
    ).map(({ point }) => point);
  };

  it("is the sequence, which a seed scrambles", () => {
    expect(pointsOf(3, 1, false)).toEqual(points(3, 64));
    expect(pointsOf(3, 1, true)).not.toEqual(pointsOf(3, 2, true));
  });

  it("has as many dimensions as there are numbers for", () => {
    expect(pointsOf(mostSobolDimensions, 1, false)).toHaveLength(64);
    const more = () => pointsOf(mostSobolDimensions + 1, 1, false);
    expect(more).toThrow(
      expect.objectContaining({ code: "BF5115", message: expect.stringMatching(/at most 21 .* 22/) }),
    );
  });
});
