import { describe, expect, it } from "vitest";
import { searchMethodOf, startSearch } from "../../src/optimise/search.js";
import type { Space } from "../../src/optimise/space.js";
import type { OptionValues } from "../../src/optimise/option.js";
import { interval, spaceOf, whole } from "./functions.js";
import { cube, maximising, runStudy } from "./studies.js";

const pointsOf = (name: string, space: Space, trials: number, options: OptionValues = {}, seed = 3) =>
  runStudy(
    startSearch(searchMethodOf(name), space, { seed, trials, options }),
    maximising(() => 0),
  ).map(({ point }) => point);

describe("grid", () => {
  it("has every combination in order, and levels of what has no steps", () => {
    const space = spaceOf([whole("a", 1, 2), interval("b", 1, 100, true)]);
    expect(pointsOf("grid", space, 100, { levels: 3 })).toEqual([
      [1, 1],
      [1, 10],
      [1, 100],
      [2, 1],
      [2, 10],
      [2, 100],
    ]);
  });
});

describe("random", () => {
  it("draws the same whatever the size of a batch", () => {
    const space = cube(3, -1, 1);
    expect(pointsOf("random", space, 50, { batch: 7 })).toEqual(pointsOf("random", space, 50));
  });

  it("has as many points in each tenth of a scale as chance has", () => {
    const points = pointsOf("random", spaceOf([interval("x", 0.01, 100, true)]), 10_000);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const [x] of points) tenths[Math.floor(((Math.log10(x) + 2) / 4) * 10)]++;
    // χ² of 9 degrees of freedom is above 27.9 one time in a thousand.
    const chi = tenths.reduce((sum, each) => sum + (each - 1_000) ** 2 / 1_000, 0);
    expect(chi).toBeLessThan(27.9);
  });
});

describe("latin_hypercube", () => {
  const partsOf = (values: readonly number[], from: number, to: number, count: number) =>
    values.map((each) => Math.floor(((each - from) / (to - from)) * count)).sort((a, b) => a - b);

  it("has one point in each part of each parameter", () => {
    const points = pointsOf("latin_hypercube", cube(4, -5, 5), 40);
    for (let i = 0; i < 4; i++)
      expect(
        partsOf(
          points.map((each) => each[i]),
          -5,
          5,
          40,
        ),
      ).toEqual(Array.from({ length: 40 }, (_, part) => part));
  });

  it("has them also where not every point is allowed, as far as that can be", () => {
    const space: Space = { ...cube(2, 0, 1), isFeasible: ([a, b]) => a + b < 1.5 };
    const points = pointsOf("latin_hypercube", space, 50);
    for (let i = 0; i < 2; i++) {
      const parts = new Set(
        partsOf(
          points.map((each) => each[i]),
          0,
          1,
          50,
        ),
      );
      expect(parts.size).toBeGreaterThanOrEqual(48);
    }
  });

  it("has each value of a grid equally often", () => {
    const points = pointsOf("latin_hypercube", spaceOf([whole("a", 1, 10), whole("b", 1, 100)]), 100);
    for (let value = 1; value <= 10; value++) expect(points.filter(([a]) => a === value)).toHaveLength(10);
    expect(new Set(points.map(([, b]) => b)).size).toBe(100);
  });

  it("draws another hypercube where a study goes on", () => {
    const points = pointsOf("latin_hypercube", cube(1, 0, 1), 20, { samples: 10 });
    for (const part of [points.slice(0, 10), points.slice(10)])
      expect(
        partsOf(
          part.map(([x]) => x),
          0,
          1,
          10,
        ),
      ).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
