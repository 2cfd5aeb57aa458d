import { describe, expect, it } from "vitest";
import { optionsOf } from "../../src/optimise/option.js";
import { searchMethodOf, startSearch } from "../../src/optimise/search.js";
import { sphere } from "./functions.js";
import { batchesOf, cube, runStudy, type Evaluate } from "./studies.js";

const method = searchMethodOf("successive_halving");

/** A look at a share of the history is the truth with an error that shrinks. */
const noisy: Evaluate = (point, fidelity) => ({
  objectives: [-sphere(point) + (1 - fidelity) * Math.sin(1e4 * point[0])],
  violation: 0,
});

describe("successive halving", () => {
  it("spends what it says", () => {
    const options = { samples: 27, eta: 3, min_fidelity: 0.03 };
    const search = startSearch(method, cube(2, -5, 5), { seed: 1, trials: 40, options });
    const batches = batchesOf(search, noisy);
    // 27 on 1/27, 9 on 1/9, 3 on 1/3 and 1 on all: each rung is a history read once.
    expect(batches.map((batch) => batch.length)).toEqual([27, 9, 3, 1]);
    for (const [k, batch] of batches.entries()) {
      const spent = batch.reduce((sum, { fidelity }) => sum + fidelity, 0);
      expect(batch[0].fidelity).toBeCloseTo(3 ** (k - 3), 12);
      expect(spent).toBeCloseTo(1, 12);
    }
  });

  it("goes on with the best of each rung", () => {
    const options = { samples: 27, min_fidelity: 0.1 };
    const search = startSearch(method, cube(2, -5, 5), { seed: 1, trials: 39, options });
    const [first, second, third] = batchesOf(search, noisy);
    const bestOf = (batch: typeof first, count: number) =>
      [...batch].sort((a, b) => b.objectives[0] - a.objectives[0]).slice(0, count);
    expect(second.map(({ point }) => point)).toEqual(bestOf(first, 9).map(({ point }) => point));
    expect(third.map(({ point }) => point)).toEqual(bestOf(second, 3).map(({ point }) => point));
    expect(third.map(({ fidelity }) => fidelity)).toEqual([1, 1, 1]);
  });

  it("begins with as many points as its trials can decide", () => {
    const about = { dimensions: 2, trials: 100 };
    // 70 + ⌊70/3⌋ + ⌊70/9⌋ = 70 + 23 + 7 = 100.
    expect(optionsOf(method, {}, about).samples).toBe(70);
    // 50 + 25 + 12 + 6 + 3 = 96; 52 + 26 + 13 + 6 + 3 = 100; 53 + 26 + 13 + 6 + 3 = 101.
    expect(optionsOf(method, { eta: 2, min_fidelity: 1 / 16 }, about).samples).toBe(52);
  });

  it.each(["random", "latin_hypercube", "sobol", "tpe"])(
    "takes points from %s, and others where they are decided",
    (sampler) => {
      const options = { samples: 9, min_fidelity: 0.3, sampler };
      const search = startSearch(method, cube(2, -5, 5), { seed: 1, trials: 36, options });
      const trials = runStudy(search, noisy);
      expect(trials.filter(({ fidelity }) => fidelity < 1)).toHaveLength(27);
      expect(trials.filter(({ fidelity }) => fidelity === 1)).toHaveLength(9);
      const points = trials.filter(({ fidelity }) => fidelity < 1).map(({ point }) => point.join());
      expect(new Set(points).size).toBe(27);
    },
  );

  it("does not go on with what failed", () => {
    const options = { samples: 9, min_fidelity: 0.3 };
    const failing: Evaluate = ([x], fidelity) =>
      x < 3 && fidelity < 1 ? { objectives: [NaN], violation: Infinity } : { objectives: [x], violation: 0 };
    const trials = runStudy(startSearch(method, cube(1, -5, 5), { seed: 1, trials: 60, options }), failing);
    for (const { point, fidelity } of trials) if (fidelity === 1) expect(point[0]).toBeGreaterThanOrEqual(3);
  });

  it("goes on where a share is too short to tell anything", () => {
    const options = { samples: 27, min_fidelity: 0.1 };
    const short: Evaluate = ([x], fidelity) => ({ objectives: [fidelity < 0.2 ? NaN : x], violation: 0 });
    const search = startSearch(method, cube(1, -5, 5), { seed: 1, trials: 39, options });
    const [first, second, third] = batchesOf(search, short);
    expect(second.map(({ point }) => point)).toEqual(first.slice(0, 9).map(({ point }) => point));
    expect(third.map(({ fidelity }) => fidelity)).toEqual([1, 1, 1]);
    expect(third[0].point[0]).toBe(Math.max(...second.map(({ point: [x] }) => x)));
  });
});
