import { describe, expect, it } from "vitest";
import { eigenOf } from "../../src/optimise/eigen.js";
import { searchMethodOf, startSearch } from "../../src/optimise/search.js";
import type { Point, Space } from "../../src/optimise/space.js";
import { ellipsoid, interval, medianOf, ripples, rosenbrock, spaceOf, sphere, whole } from "./functions.js";
import { batchesOf, cube, maximising, runStudy } from "./studies.js";

/** How many trials until a function is below 10⁻⁹. */
function trialsTo(space: Space, of: (point: Point) => number, seed: number): number {
  const search = startSearch(searchMethodOf("cma_es"), space, { seed, trials: 20_000 });
  let count = 0;
  for (let asked = search.ask(); asked.length > 0; asked = search.ask()) {
    const trials = asked.map((each) => ({ ...each, objectives: [-of(each.point)], violation: 0 }));
    const place = trials.findIndex((each) => each.objectives[0] > -1e-9);
    if (place >= 0) return count + place + 1;
    count += trials.length;
    search.tell(trials);
  }
  return Infinity;
}

describe("cma_es", () => {
  // Medians of 11 seeds of the author's own program, pycma 4.4.0, from 0 with a deviation of a quarter of −5..5.
  it.each([
    ["sphere", sphere, 2, 283],
    ["sphere", sphere, 5, 750],
    ["ellipsoid", ellipsoid, 2, 451],
    ["ellipsoid", ellipsoid, 5, 1497],
    ["Rosenbrock", rosenbrock, 2, 545],
    ["Rosenbrock", rosenbrock, 5, 1901],
  ])("needs as many trials as its author's program: %s in %o dimensions", (_name, of, size, theirs) => {
    const counts = Array.from({ length: 11 }, (_, seed) => trialsTo(cube(size, -5, 5), of, seed + 1));
    const median = counts.sort((a, b) => a - b)[5];
    expect(median).toBeGreaterThan(theirs * 0.8);
    expect(median).toBeLessThan(theirs * 1.2);
  });

  it("finds the least of a border", () => {
    // Least at −5 in every dimension.
    const found = medianOf(
      "cma_es",
      cube(3, -5, 5),
      (point) => point.reduce((sum, each) => sum + each + 5, 0),
      {
        trials: 500,
        seeds: 5,
      },
    );
    expect(found).toBe(0);
  });

  it("finds the best of ten thousand points of a grid, steps and ripples and all", () => {
    const lengths = spaceOf([whole("fast", 2, 60), whole("slow", 20, 200)]);
    let least = Infinity;
    for (let fast = 2; fast <= 60; fast++)
      for (let slow = 20; slow <= 200; slow++) least = Math.min(least, ripples([fast, slow]));
    expect(medianOf("cma_es", lengths, ripples, { trials: 200, seeds: 7 })).toBe(least);
  });

  it("does not stand still on a grid beside a scale without steps", () => {
    const space = spaceOf([whole("a", 1, 20), interval("b", 0, 1), whole("c", 1, 20)]);
    const of = ([a, b, c]: Point): number =>
      (a - 13) ** 2 + 100 * (b - 0.3) ** 2 + (c - 7) ** 2 + ((a - 13) * (b - 0.3)) ** 2;
    expect(medianOf("cma_es", space, of, { trials: 600, seeds: 7 })).toBeLessThan(1e-6);
  });

  it("begins again with twice the population when it has converged, or the same, or ends", () => {
    const sizes = (restarts: string) => {
      const search = startSearch(searchMethodOf("cma_es"), cube(2, -5, 5), {
        seed: 1,
        trials: 3_000,
        options: { restarts },
      });
      return batchesOf(
        search,
        maximising((point) => -sphere(point)),
      ).map((batch) => batch.length);
    };
    // A few are smaller: what was brought to the same corner of the space is one trial.
    const usual = (of: readonly number[]): readonly number[] =>
      [...new Set(of)].filter((size) => of.filter((each) => each === size).length > 5);
    expect(usual(sizes("doubling"))).toEqual([6, 12, 24, 48]);
    expect(usual(sizes("same"))).toEqual([6]);
    const total = sizes("none").reduce((sum, each) => sum + each, 0);
    expect(total).toBeGreaterThan(300);
    expect(total).toBeLessThan(1_000);
  });

  it("goes where constraints hold before it asks what is best there", () => {
    // Allowed is a ring sector far from the start, a hundredth of the plane.
    const evaluate = ([x, y]: Point) => ({
      objectives: [x - y],
      violation: Math.max(0, 4 - x) + Math.max(0, y + 4),
    });
    const trials = runStudy(
      startSearch(searchMethodOf("cma_es"), cube(2, -5, 5), { seed: 2, trials: 300 }),
      evaluate,
    );
    const allowed = trials.filter(({ violation }) => violation === 0);
    expect(Math.max(...allowed.map(({ objectives }) => objectives[0]))).toBeGreaterThan(9.99);
  });
});

describe("eigenvalues", () => {
  it("are those of a matrix worked out by hand", () => {
    // [[2, 1], [1, 2]] has 1 along (1, −1) and 3 along (1, 1).
    const { values, vectors } = eigenOf(Float64Array.of(2, 1, 1, 2), 2);
    expect([...values].sort()).toEqual([expect.closeTo(1, 14), expect.closeTo(3, 14)]);
    expect(Math.abs(vectors[0])).toBeCloseTo(Math.SQRT1_2, 14);
  });

  it("give the matrix back", () => {
    const size = 7;
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        matrix[i * size + j] = Math.cos(i * j) + Math.cos(i + j) + (i === j ? 5 * 10 ** i : 0);
    const { values, vectors } = eigenOf(matrix, size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        let sum = 0;
        for (let k = 0; k < size; k++) sum += vectors[i * size + k] * values[k] * vectors[j * size + k];
        expect(Math.abs(sum - matrix[i * size + j])).toBeLessThan(1e-8);
      }
  });
});
