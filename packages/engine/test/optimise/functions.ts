import type { SearchMethod } from "../../src/optimise/method.js";
import type { OptionValues } from "../../src/optimise/option.js";
import { searchMethodOf, startSearch } from "../../src/optimise/search.js";
import type { Dimension, Point, Space } from "../../src/optimise/space.js";
import { maximising, runStudy } from "./studies.js";

/* Functions that optimisers are told apart by, each with its least value 0. */

/** Least at 1.3 in every dimension, which is no middle of any space here. */
export const sphere = (x: Point): number => x.reduce((sum, each) => sum + (each - 1.3) ** 2, 0);

export const rosenbrock = (x: Point): number =>
  x.slice(1).reduce((sum, each, i) => sum + 100 * (x[i] ** 2 - each) ** 2 + (x[i] - 1) ** 2, 0);

export const ellipsoid = (x: Point): number =>
  x.reduce((sum, each, i) => sum + 1e6 ** (i / (x.length - 1)) * (each - 1.3) ** 2, 0);

/** Three equal valleys in −5..10 × 0..15. */
export const branin = ([x, y]: Point): number =>
  (y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6) ** 2 +
  10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) +
  10 -
  0.39788735772973816;

/** Two lengths of averages, as a strategy might like them: a basin with ripples in it, least near 17 and 83. */
export const ripples = ([fast, slow]: Point): number =>
  ((fast - 17) / 20) ** 2 +
  ((slow - 83) / 60) ** 2 +
  0.3 * Math.sin(fast / 3) ** 2 +
  0.2 * Math.sin(slow / 7) ** 2;

export const interval = (name: string, from: number, to: number, logarithmic = false): Dimension => ({
  ...{ name, kind: "interval", from, to, logarithmic },
});

/** Whole numbers. */
export const whole = (name: string, from: number, to: number, logarithmic = false): Dimension => ({
  ...{ name, kind: "steps", from, step: 1, count: to - from + 1, logarithmic },
});

export const spaceOf = (
  dimensions: readonly Dimension[],
  isFeasible: Space["isFeasible"] = () => true,
): Space => ({ dimensions, fixed: {}, isFeasible });

/** The least value that a method finds with so many trials, in the middle of several seeds. */
export function medianOf(
  name: SearchMethod["name"],
  space: Space,
  of: (point: Point) => number,
  {
    trials,
    seeds,
    options = {},
  }: { readonly trials: number; readonly seeds: number; readonly options?: OptionValues },
): number {
  const found = Array.from({ length: seeds }, (_, seed) => {
    const search = startSearch(searchMethodOf(name), space, { seed: seed + 1, trials, options });
    return -Math.max(
      ...runStudy(
        search,
        maximising((point) => -of(point)),
      ).map((each) => each.objectives[0]),
    );
  });
  return found.sort((a, b) => a - b)[Math.floor(seeds / 2)];
}
