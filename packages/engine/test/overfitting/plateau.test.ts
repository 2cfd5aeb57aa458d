import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isUnknown } from "../../src/metric.js";
import { plateauOf, type Plateau, type PlateauInput } from "../../src/overfitting/plateau.js";
import { randomOf } from "../../src/random.js";

function known(input: PlateauInput): Plateau {
  const plateau = plateauOf(input);
  if (isUnknown(plateau)) throw new Error(plateau.reason);
  return plateau;
}

/** A row of one parameter, or a grid of two. */
const line = (values: readonly number[], chosen: number): PlateauInput => ({
  points: values.map((_, i) => [i]),
  kinds: ["ordered"],
  values,
  better: "higher",
  chosen,
});

describe("by hand", () => {
  it("is 1 on a plateau and 0 for a lonely peak", () => {
    expect(known(line([2, 2, 2, 2, 2], 2)).score).toBe(1);
    expect(known(line([0, -1, 2, 0, -5], 2))).toEqual({
      score: 0,
      least: 0,
      basis: { kind: "steps", found: 4, possible: 4 },
    });
  });

  it("counts two steps half", () => {
    // (0.5 + 1 × 1 + 0.5 × 0.5 + 0.5 × 0) ÷ 3: one step away keep a half and all, two steps away a half and nothing.
    expect(known(line([1, 1, 2, 2, 0], 2)).score).toBeCloseTo((0.5 + 1 + 0.25) / 3, 14);
  });

  it("stops at the edge of what was tried, and says so", () => {
    expect(known(line([2, 1, 1], 0))).toEqual({
      score: 0.5,
      least: 0.5,
      basis: { kind: "steps", found: 2, possible: 2 },
    });
  });

  it("does not count what is better for more than all, nor what has no value for anything", () => {
    expect(known(line([9, 1, NaN], 1)).score).toBe(0.5);
  });

  it("turns around where lower is better", () => {
    // A drawdown of 5% beside ones of 10% and 20%, two and one steps away: (½ × ½ + ¼) ÷ 1½.
    const found = known({ ...line([0.1, 0.2, 0.05], 2), better: "lower" });
    expect(found.score).toBeCloseTo((0.25 + 0.25) / 1.5, 14);
  });

  it("asks along each parameter, and never another choice", () => {
    const points: number[][] = [];
    const values: number[] = [];
    for (const choice of [0, 1])
      for (let x = 0; x < 5; x++)
        for (let y = 0; y < 5; y++) {
          points.push([choice, x, y]);
          // Falls along x alone; the other choice loses everywhere.
          values.push(choice === 1 ? -1 : 4 - Math.abs(x - 2));
        }
    const found = known({
      points,
      kinds: ["choice", "ordered", "ordered"],
      values,
      better: "higher",
      chosen: 12,
    });
    expect(found.basis).toEqual({ kind: "steps", found: 8, possible: 8 });
    // Along x ¾ and ½, along y all: (2 × ¾ + 2 × ½ × ½ + 2 + 2 × ½) ÷ 6.
    expect(found.score).toBeCloseTo((1.5 + 0.5 + 2 + 1) / 6, 14);
    expect(found.least).toBe(0.5);
  });

  it("asks the nearest where the grid was not walked, nearer ones counting more", () => {
    // One parameter: four nearest, at 0.5, 1.5, 2.5 and 3.5 of a range of 10, the next one at 5: weights 0.9 down to 0.3.
    const at = [0, 0.5, 1.5, 2.5, 3.5, 5, 10];
    const values = [2, 2, 1, 1, 0, -9, -9];
    const found = known({ ...line(values, 0), points: at.map((each) => [each]) });
    expect(found.score).toBeCloseTo((0.9 + 0.7 * 0.5 + 0.5 * 0.5) / (0.9 + 0.7 + 0.5 + 0.3), 14);
    expect(found.basis).toEqual({
      kind: "nearest",
      found: 4,
      meanDistance: expect.closeTo(0.2, 12) as number,
    });
  });

  it("says why it is not known", () => {
    expect(plateauOf(line([-1, -2], 0))).toEqual({ reason: "the chosen value is not above 0" });
    expect(plateauOf({ ...line([1], 0) })).toEqual({ reason: "no other trial is near it" });
    const choices: PlateauInput = { ...line([1, 1], 0), kinds: ["choice"] };
    expect(plateauOf(choices)).toEqual({ reason: "no other trial is near it" });
  });
});

/** Trials anywhere in a space of two parameters, with values of a hill as wide as asked, or of chance. */
const searches = fc.record({
  seed: fc.nat(),
  trials: fc.integer({ min: 20, max: 80 }),
  isGrid: fc.boolean(),
});

function search(
  seed: number,
  trials: number,
  isGrid: boolean,
  value: (x: number, y: number) => number,
): PlateauInput {
  const random = randomOf(seed);
  const points = Array.from({ length: trials }, (_, i) =>
    isGrid ? [i % 8, Math.floor(i / 8)] : [8 * random(), 8 * random()],
  );
  const values = points.map(([x, y]) => value(x, y));
  const chosen = values.reduce((best, each, i) => (each > values[best] ? i : best), 0);
  return { points, kinds: ["ordered", "ordered"], values, better: "higher", chosen };
}

describe("laws", () => {
  it("is between 0 and 1, not below its least, and does not change with the size of the objective", () => {
    fc.assert(
      fc.property(searches, ({ seed, trials, isGrid }) => {
        const random = randomOf(seed + 1);
        const input = search(seed, trials, isGrid, () => random() - 0.3);
        fc.pre(input.values[input.chosen] > 0);
        const found = known(input);
        expect(found.score).toBeGreaterThanOrEqual(found.least);
        expect(found.score).toBeLessThanOrEqual(1);
        expect(found.least).toBeGreaterThanOrEqual(0);
        expect(known({ ...input, values: Array.from(input.values, (each) => 8 * each) })).toEqual(found);
      }),
    );
  });

  it("is higher on a wider hill", () => {
    const hill = (width: number) => (x: number, y: number) =>
      Math.exp(-((x - 4) ** 2 + (y - 4) ** 2) / (2 * width ** 2));
    fc.assert(
      fc.property(searches, ({ seed, isGrid }) => {
        const scores = [0.5, 1, 2, 4].map((width) => known(search(seed, 64, isGrid, hill(width))).score);
        expect(scores).toEqual([...scores].sort((a, b) => a - b));
      }),
    );
  });
});
