import { compile, specialise } from "@bitfever/lang";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/catalogue.js";
import { countFeasible, feasiblePoints, neighboursOf, sizeOf } from "../../src/optimise/points.js";
import { fromShare, shareOf } from "../../src/optimise/scale.js";
import { countOf, spaceOf, valuesAt, type Dimension, type Space } from "../../src/optimise/space.js";

/** The space of a strategy with these declarations. */
function spaceWith(declarations: string): { space: Space; program: Parameters<typeof spaceOf>[0] } {
  const entry = "enter long when close > open { size 1 unprotected }";
  const text = `edition 2026\nstrategy "S" { ${declarations}\n${entry} }`;
  const { program, diagnostics } = compile({ name: "s.bf", text }, catalogue);
  if (program === null) throw new Error(diagnostics.map((each) => each.message).join("\n"));
  return { space: spaceOf(program, catalogue), program };
}

describe("the space of a program", () => {
  it("has a dimension for each parameter with a range, in order, and fixes the others", () => {
    const { space } = spaceWith(`
      param slow: bars = 55 in 20..120 step 5
      param fixed: bars = 7
      param stake: ratio = 0.5% in 0.1%..2% log
      param factor: number = 2 in { 3, 1, 1.5, 2, 2 }
      param shout: bool = true in { true, false }
      param only: bars = 5 in 5..7 step 4
      param long: bars = 5 in 5..7
      param wait: duration = 30m in 30m..2h step 30m`);
    expect(space.dimensions).toEqual([
      { name: "slow", kind: "steps", from: 20, step: 5, count: 21, logarithmic: false },
      { name: "stake", kind: "interval" as const, from: 0.001, to: 0.02, logarithmic: true },
      { name: "factor", kind: "choices", values: [1, 1.5, 2, 3], isOrdered: true },
      { name: "shout", kind: "choices", values: [1, 0], isOrdered: false },
      { name: "long", kind: "steps", from: 5, step: 1, count: 3, logarithmic: false },
      { name: "wait", kind: "steps", from: 1_800_000, step: 1_800_000, count: 4, logarithmic: false },
    ]);
    expect(space.fixed).toEqual({ fixed: 7, only: 5 });
    expect(sizeOf(space)).toBe(Infinity);
    expect(countFeasible(space)).toBeNull();
  });

  it("has values as one writes them, up to the end of the range where a step meets it", () => {
    const { space } = spaceWith("param share: number = 0.5 in 0..1 step 0.1");
    const values = [...feasiblePoints(space)].map(([each]) => each);
    expect(values).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  });

  it("leaves out what `require` does not allow, through `let`s too", () => {
    const { space, program } = spaceWith(`
      param fast: bars = 2 in 1..4
      param slow: bars = 3 in 1..4
      let gap = slow - fast
      require gap >= 2 or fast == 2 and slow == 3`);
    // Of 16: gaps of 2 are 1-3 and 2-4, of 3 is 1-4, and 2-3 by name.
    const points = [...feasiblePoints(space)];
    expect(points).toEqual([
      [1, 3],
      [1, 4],
      [2, 3],
      [2, 4],
    ]);
    expect(sizeOf(space)).toBe(16);
    expect(countFeasible(space)).toBe(4);
    for (const point of points)
      expect(specialise(program, catalogue, valuesAt(space, point)).parameters).toEqual({
        fast: point[0],
        slow: point[1],
      });
    expect(() => specialise(program, catalogue, valuesAt(space, [2, 2]))).toThrow(/fast = 2, slow = 2/);
  });

  it("is one point where nothing has a range", () => {
    const { space } = spaceWith("param length: bars = 5");
    expect([sizeOf(space), countFeasible(space), [...feasiblePoints(space)]]).toEqual([1, 1, [[]]]);
    expect(valuesAt(space, [])).toEqual({ length: 5 });
  });

  it("is not counted beyond what it is worth", () => {
    const { space } = spaceWith("param a: bars = 1 in 1..100\nparam b: bars = 1 in 1..101");
    expect(sizeOf(space)).toBe(10_100);
    expect(countFeasible(space, 10_099)).toBeNull();
    expect(countFeasible(space, 10_100)).toBe(10_100);
  });
});

describe("neighbours", () => {
  it("are a step away along each dimension, and every other of choices without an order", () => {
    const { space } = spaceWith(`
      enum Kind { a, b, c }
      param length: bars = 10 in 5..15 step 5
      param factor: number = 1 in { 1, 2, 4 }
      param kind: Kind = Kind.a in { Kind.a, Kind.b, Kind.c }
      param level: price = 100 in 100..300`);
    expect(neighboursOf(space, [10, 1, 1, 200], 0.25)).toEqual([
      [5, 1, 1, 200],
      [15, 1, 1, 200],
      [10, 2, 1, 200],
      [10, 1, 0, 200],
      [10, 1, 2, 200],
      [10, 1, 1, 150],
      [10, 1, 1, 250],
    ]);
  });

  it("are within the space", () => {
    const { space } = spaceWith(`
      param fast: bars = 1 in 1..3
      param slow: bars = 2 in 1..3
      require fast < slow`);
    expect(neighboursOf(space, [1, 2])).toEqual([[1, 3]]);
  });
});

const dimensions: fc.Arbitrary<Dimension> = fc.oneof(
  fc
    .record({
      from: fc.integer({ min: 1, max: 50 }),
      span: fc.integer({ min: 1, max: 500 }),
      log: fc.boolean(),
    })
    .map(({ from, span, log }) => ({
      name: "x",
      kind: "interval" as const,
      from,
      to: from + span,
      logarithmic: log,
    })),
  fc
    .record({
      from: fc.integer({ min: 1, max: 50 }),
      step: fc.constantFrom(0.1, 0.25, 1, 5, 100),
      count: fc.integer({ min: 2, max: 300 }),
      logarithmic: fc.boolean(),
    })
    .map((each) => ({ name: "x", kind: "steps" as const, ...each })),
  fc
    .uniqueArray(fc.integer(), { minLength: 2, maxLength: 9 })
    .map((values) => ({ name: "x", kind: "choices" as const, values, isOrdered: false })),
);

describe("the scale of a dimension", () => {
  it("leads from a share to a value, never back by more than the part of that value", () => {
    fc.assert(
      fc.property(dimensions, fc.double({ min: 0, max: 1, noNaN: true }), (dimension, share) => {
        const value = fromShare(dimension, share);
        const back = shareOf(dimension, value);
        expect(back).toBeGreaterThanOrEqual(0);
        expect(back).toBeLessThanOrEqual(1);
        if (dimension.kind === "interval") expect(back).toBeCloseTo(share, 9);
        else if (!("logarithmic" in dimension && dimension.logarithmic))
          expect(Math.abs(back - share)).toBeLessThanOrEqual(0.5 / countOf(dimension) + 1e-9);
        if (dimension.kind !== "interval") expect(fromShare(dimension, back)).toBe(value);
      }),
      { numRuns: 1_000 },
    );
  });

  it("gives each value of a grid an equal part, and of a logarithmic one the longer the lower it is", () => {
    const values = (logarithmic: boolean): number[] => {
      const dimension = { name: "x", kind: "steps", from: 1, step: 1, count: 4, logarithmic } as const;
      return Array.from({ length: 1_000 }, (_, i) => fromShare(dimension, (i + 0.5) / 1_000));
    };
    const shares = (of: number[]): number[] =>
      [1, 2, 3, 4].map((each) => of.filter((v) => v === each).length);
    expect(shares(values(false))).toEqual([250, 250, 250, 250]);
    // Ends at 1²/1.5, 1.5, 2.5, 3.5 and 4²/3.5: logarithms 0.811, 0.511, 0.336 and 0.267 apart, of 1.925 in all.
    expect(shares(values(true))).toEqual([421, 266, 174, 139]);
  });
});
