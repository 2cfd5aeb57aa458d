import { describe, expect, it } from "vitest";
import { paretoSet } from "../../src/optimise/pareto.js";
import { searchMethodOf, startSearch } from "../../src/optimise/search.js";
import type { Point } from "../../src/optimise/space.js";
import { interval, medianOf, ripples, rosenbrock, spaceOf, sphere, whole } from "./functions.js";
import { batchesOf, cube, maximising, runStudy } from "./studies.js";

describe("genetic", () => {
  it.each([
    ["a sphere in five dimensions", cube(5, -5, 5), sphere, 20],
    ["Rosenbrock in four dimensions", cube(4, -5, 5), rosenbrock, 10],
    ["two lengths on a grid", spaceOf([whole("fast", 2, 60), whole("slow", 20, 200)]), ripples, 2],
  ])("does better than chance: %s", (_name, space, of, times) => {
    const budget = { trials: 400, seeds: 5 };
    expect(medianOf("genetic", space, of, budget)).toBeLessThan(
      medianOf("random", space, of, budget) / times,
    );
    const uniform = { ...budget, options: { crossover: "uniform" } };
    expect(medianOf("genetic", space, of, uniform)).toBeLessThan(medianOf("random", space, of, budget));
  });

  it("keeps the elite without trying it again", () => {
    const options = { population: 20, elite: 4 };
    const search = startSearch(searchMethodOf("genetic"), cube(3, -5, 5), { seed: 1, trials: 100, options });
    const sizes = batchesOf(
      search,
      maximising((point) => -sphere(point)),
    ).map((batch) => batch.length);
    expect(sizes).toEqual([20, 16, 16, 16, 16, 16]);
  });
});

/** Zitzler, Deb & Thiele 2000: the front is y = 1 − √x, where all parameters but the first are 0. */
const zdt1 = (x: Point) => {
  const g = 1 + (9 * x.slice(1).reduce((sum, each) => sum + each, 0)) / (x.length - 1);
  return { objectives: [-x[0], -g * (1 - Math.sqrt(x[0] / g))], violation: 0 };
};

describe("nsga2", () => {
  it("comes as near to the front of ZDT1 as its authors did, with half the trials", () => {
    const options = { population: 100, crossover_index: 20, mutation_index: 20 };
    const input = { seed: 1, trials: 12_500, objectives: 2, options };
    const trials = runStudy(startSearch(searchMethodOf("nsga2"), cube(30, 0, 1), input), zdt1);
    const found = paretoSet(trials.map(({ objectives }) => objectives)).map(
      (place) => trials[place].objectives,
    );
    const front = Array.from({ length: 501 }, (_, i) => [-i / 500, -(1 - Math.sqrt(i / 500))]);
    const distances = found.map(([x, y]) => Math.min(...front.map(([a, b]) => Math.hypot(x - a, y - b))));
    // Table II of Deb et al. 2002: a mean distance of 0.033482 to 500 points of the front after 25,000 trials.
    expect(distances.reduce((sum, each) => sum + each, 0) / distances.length).toBeLessThan(0.033482);
    // And all along it.
    const along = found.map(([x]) => -x).sort((a, b) => a - b);
    expect(along[0]).toBeLessThan(0.01);
    expect(along[along.length - 1]).toBeGreaterThan(0.95);
    expect(Math.max(...along.slice(1).map((each, i) => each - along[i]))).toBeLessThan(0.05);
  });

  it("keeps to what is allowed: the problem of Binh and Korn", () => {
    const space = spaceOf([interval("x", 0, 5), interval("y", 0, 3)]);
    const evaluate = ([x, y]: Point) => ({
      objectives: [-(4 * x ** 2 + 4 * y ** 2), -((x - 5) ** 2 + (y - 5) ** 2)],
      violation: Math.max(0, (x - 5) ** 2 + y ** 2 - 25) + Math.max(0, 7.7 - (x - 8) ** 2 - (y + 3) ** 2),
    });
    const search = startSearch(searchMethodOf("nsga2"), space, { seed: 1, trials: 2_000, objectives: 2 });
    const allowed = runStudy(search, evaluate).filter(({ violation }) => violation === 0);
    const front = paretoSet(allowed.map(({ objectives }) => objectives)).map((place) => allowed[place]);
    expect(front.length).toBeGreaterThan(100);
    // The known optima: x = y up to 3, then y = 3 and x on to 5. Objectives as shares of their ranges, 0..136 and 4..50.
    const known = Array.from({ length: 501 }, (_, i) => evaluate([i / 100, Math.min(i / 100, 3)]).objectives);
    const distances = front.map(({ objectives: [f, g] }) =>
      Math.min(...known.map(([a, b]) => Math.hypot((f - a) / 136, (g - b) / 46))),
    );
    expect(Math.max(...distances)).toBeLessThan(0.02);
  });
});
