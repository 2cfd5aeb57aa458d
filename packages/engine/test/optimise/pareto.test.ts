import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crowdingOf, frontsOf, paretoSet, ranked } from "../../src/optimise/pareto.js";

const outcome = (objectives: number[], violation = 0) => ({ objectives, violation });

describe("the Pareto set", () => {
  it("is what nothing betters", () => {
    const rows = [
      [1, 5],
      [2, 4],
      [2, 3],
      [3, 1],
      [3, 1],
      [0, 5],
      [NaN, 9],
    ];
    expect(paretoSet(rows)).toEqual([0, 1, 3, 4]);
    expect(paretoSet([])).toEqual([]);
    expect(paretoSet([[1], [3], [2], [3]])).toEqual([1, 3]);
  });

  it("is what comparing each with each finds", () => {
    const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(NaN, Infinity, -Infinity));
    const rows = fc
      .integer({ min: 1, max: 3 })
      .chain((size) => fc.array(fc.array(value, { minLength: size, maxLength: size })));
    fc.assert(
      fc.property(rows, (all) => {
        const betters = (a: number[], b: number[]) =>
          a.every((each, k) => each >= b[k]) && a.some((each, k) => each > b[k]);
        const known = all.map((each) => !each.some(Number.isNaN));
        const expected = all.flatMap((row, i) =>
          known[i] && !all.some((other, j) => known[j] && betters(other, row)) ? [i] : [],
        );
        expect(paretoSet(all)).toEqual(expected);
        // Fronts are Pareto sets of what is left.
        const fronts = frontsOf(all.map((each) => outcome(each)));
        let left = all.map((_, i) => i).filter((i) => known[i]);
        for (const front of fronts) {
          if (left.length === 0) break;
          const next = paretoSet(left.map((i) => all[i])).map((place) => left[place]);
          expect([...front].sort((a, b) => a - b)).toEqual(next);
          left = left.filter((i) => !next.includes(i));
        }
        expect(fronts.flat().length).toBe(all.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe("ranking", () => {
  it("has what holds before what does not, that by how far it is, and what failed last", () => {
    const trials = [
      outcome([NaN]),
      outcome([9], 2),
      outcome([1]),
      outcome([9], 1),
      outcome([3]),
      outcome([3]),
      outcome([5], NaN),
    ];
    expect(ranked(trials)).toEqual([4, 5, 2, 3, 1, 0, 6]);
    const several = trials.map(({ objectives, violation }) => ({
      objectives: [...objectives, 0],
      violation,
    }));
    expect(ranked(several)).toEqual([4, 5, 2, 3, 1, 0, 6]);
  });

  it("has the lonely first on a front", () => {
    const front = [
      [0, 10],
      [2, 8],
      [3, 7],
      [6, 4],
      [10, 0],
    ].map((each) => outcome(each));
    // (3 − 0 + 10 − 7) / 10, (6 − 2 + 8 − 4) / 10, (10 − 3 + 7 − 0) / 10.
    expect([...crowdingOf(front)]).toEqual([Infinity, 0.6, 0.8, 1.4, Infinity]);
    expect(ranked(front)).toEqual([0, 4, 3, 2, 1]);
  });
});
