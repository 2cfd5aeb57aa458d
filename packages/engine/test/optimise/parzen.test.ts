import { describe, expect, it } from "vitest";
import { ParzenEstimator } from "../../src/optimise/parzen.js";
import type { Dimension, Point } from "../../src/optimise/space.js";
import { randomOf } from "../../src/random.js";
import { interval } from "./functions.js";

const five: Dimension = { name: "x", kind: "steps", from: 10, step: 5, count: 5, logarithmic: false };
const letters: Dimension = { name: "x", kind: "choices", values: [0, 1, 2], isOrdered: false };
const unit = interval("x", 0, 1);

const densities = (dimensions: readonly Dimension[], points: readonly Point[], at: readonly Point[]) => {
  const estimator = new ParzenEstimator(
    dimensions,
    points,
    points.map(() => 1),
  );
  return at.map((each) => estimator.logDensity(each));
};

const expectClose = (found: readonly number[], expected: readonly number[]): void => {
  for (const [i, each] of expected.entries()) expect(found[i]).toBeCloseTo(each, 4);
};

/* The numbers are those of scipy 1.17.1: truncnorm on 0..1, mixed in equal parts with the kernel of mean 0.5 and deviation 1. */
describe("a Parzen estimator", () => {
  it("is as dense as its kernels", () => {
    // The gap is 0.5 for both.
    expectClose(
      densities([unit], [[0.2], [0.7]], [[0], [0.3], [0.95]]),
      [-0.139268178479705, 0.07126775987192586, -0.1966322258979485],
    );
    // One point, of deviation 0.9: how far the farther end is.
    expectClose(densities([unit], [[0.9]], [[0.25]]), [-0.05367689048422225]);
  });

  it("has kernels of all dimensions together", () => {
    // Gaps 0.3, 0.4, 0.4 along the first and 0.1, which is below 1/5, 0.6, 0.6 along the second dimension.
    const points = [
      [0.1, 0.2],
      [0.4, 0.9],
      [0.8, 0.3],
    ];
    const at = [
      [0.1, 0.2],
      [0.5, 0.5],
      [0.9, 0.9],
    ];
    expectClose(
      densities([unit, unit], points, at),
      [0.5589391953426907, 0.07871399249211128, -0.3807719392542827],
    );
  });

  it("has the mass of its part for each value of a grid", () => {
    const values = [10, 15, 20, 25, 30];
    const found = densities(
      [five],
      [[15], [25]],
      values.map((each) => [each]),
    );
    expectClose(
      found,
      [
        -1.7530987556780988, -1.547882264439497, -1.4778328786638972, -1.5478822644394963,
        -1.7530987556780997,
      ],
    );
    expect(found.reduce((sum, each) => sum + Math.exp(each), 0)).toBeCloseTo(1, 4);
  });

  it("counts choices", () => {
    // Kernels of the points 1 and 1: (1/3 + 1, 1/3, 1/3) / 2 for the choice itself and the others; the third is even.
    const [zero, one, two] = densities([letters], [[1], [1]], [[0], [1], [2]]).map(Math.exp);
    expect(one).toBeCloseTo((2 * (2 / 3) + 1 / 3) / 3, 12);
    expect(zero).toBeCloseTo((2 * (1 / 6) + 1 / 3) / 3, 12);
    expect(two).toBe(zero);
  });

  it("draws as it is dense", () => {
    const random = randomOf(1);
    const estimator = new ParzenEstimator(
      [five, letters],
      [
        [10, 2],
        [25, 0],
      ],
      [1, 1],
    );
    const count = 20_000;
    const seen = new Map<string, number>();
    for (let i = 0; i < count; i++) {
      const key = estimator.draw(random).join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    for (const place of [10, 15, 20, 25, 30])
      for (const letter of [0, 1, 2]) {
        const expected = Math.exp(estimator.logDensity([place, letter]));
        // Four standard errors of a share.
        const error = 4 * Math.sqrt((expected * (1 - expected)) / count);
        expect(Math.abs((seen.get(`${place},${letter}`) ?? 0) / count - expected)).toBeLessThan(error);
      }
  });
});
