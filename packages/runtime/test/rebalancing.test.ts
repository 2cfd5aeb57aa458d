import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlannedRebalance } from "@bitfever/lang";
import { sharesOf, type Candidate } from "../src/universe/rebalancing.js";

/* How a rebalance shares the account: what must hold of the shares, whatever the members are worth. */

const plan = (more: Partial<PlannedRebalance>): PlannedRebalance => ({
  ...{
    tag: "rebalance",
    every: null,
    when: null,
    cap: null,
    isRedistributed: false,
    exposure: null,
    band: 0,
  },
  holds: [{ side: "long", order: "top", count: null, by: null, where: null }],
  weight: { kind: "by", column: 0 },
  ...more,
});

const valued = (values: readonly number[], share = 0): Candidate[] =>
  values.map((each) => ({ value: () => each, share, returns: () => new Float64Array(0) }));

const leastVariance: PlannedRebalance["weight"] = {
  ...{ kind: "returns", weighting: "minimum_variance", isShrunk: false },
  ...{ length: 3, close: 0, oldest: 0 },
};

const sum = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, each) => total + Math.abs(each ?? NaN), 0);

const values = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 100, noNaN: true })), {
  minLength: 1,
  maxLength: 12,
});
const part = fc.double({ min: 0.01, max: 1, noNaN: true });

describe("shares", () => {
  it("are of no member more than the cap, together what there is room for, and in proportion below it", () => {
    fc.assert(
      fc.property(values, part, part, (given, cap, exposure) => {
        const shares = sharesOf(plan({ cap, exposure, isRedistributed: true }), valued(given));
        const weighed = given.filter((each) => each > 0).length;
        expect(Math.abs(sum(shares) - Math.min(weighed === 0 ? 0 : exposure, cap * weighed))).toBeLessThan(
          1e-9,
        );
        const ratios = shares.flatMap((each, i) =>
          each !== null && each > 0 && each < cap ? [each / given[i]] : [],
        );
        shares.forEach((each, i) => {
          expect(each).toBeLessThanOrEqual(cap);
          if (given[i] === 0) expect(each).toBe(0);
          // Who is at the cap would have more in proportion.
          if (each === cap && ratios.length > 0)
            expect(cap / given[i]).toBeLessThanOrEqual(ratios[0] * (1 + 1e-9));
        });
        for (const each of ratios) expect(Math.abs(each / ratios[0] - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  it("leave cash what a cap cuts off, unless it is redistributed", () => {
    fc.assert(
      fc.property(values, part, (given, cap) => {
        const free = sharesOf(plan({}), valued(given));
        const capped = sharesOf(plan({ cap }), valued(given));
        expect(capped).toEqual(free.map((each) => Math.min(each ?? NaN, cap)));
      }),
    );
  });

  it("are made smaller to an exposure, and `at` only where they are more", () => {
    expect(sharesOf(plan({ exposure: 0.5 }), valued([1, 3]))).toEqual([0.125, 0.375]);
    const weight = { kind: "at", column: 0 } as const;
    expect(sharesOf(plan({ exposure: 0.5, weight }), valued([0.1, 0.2]))).toEqual([0.1, 0.2]);
    expect(sharesOf(plan({ exposure: 0.5, weight }), valued([0.5, 0.5]))).toEqual([0.25, 0.25]);
    expect(sharesOf(plan({ weight }), valued([0.75, 0.75]))).toEqual([0.75, 0.75]);
  });

  it("are absent where a weight is, and none where it is not above zero", () => {
    expect(sharesOf(plan({}), valued([NaN, 1, -1, 0, Infinity, 3]))).toEqual([NaN, 0.25, 0, 0, NaN, 0.75]);
  });

  it("by returns ask for those that are chosen only, and turn round those that are short", () => {
    const returns = [Float64Array.of(0.1, -0.1, 0.1), Float64Array.of(0.2, -0.2, 0.2)];
    const asked: number[] = [];
    const candidates = [1, 2, 0].map((score, i) => ({
      value: () => score,
      share: 0,
      returns: (): Float64Array => {
        asked.push(i);
        return returns[i];
      },
    }));
    const hold = { order: "top", by: 0, where: null } as const;
    const shares = sharesOf(
      plan({
        holds: [
          { ...hold, side: "long", count: 1 },
          { ...hold, side: "short", count: 2 },
        ],
        weight: leastVariance,
      }),
      candidates,
    );
    expect(asked.sort()).toEqual([0, 1]);
    // Short of what moves half as much: twice as much of it, and nothing moves.
    expect(shares[0]).toBeCloseTo(-2 / 3, 8);
    expect(shares[1]).toBeCloseTo(1 / 3, 8);
    expect(shares[2]).toBe(0);
  });

  it("by returns meet a cap within the weights, where it is redistributed", () => {
    // Variances 1, 4 and 16 with nothing in common: 16 : 4 : 1. The cap is of equity, so 40% of what is 80% of it is
    // half of all that is held, and 4 : 1 share the other half.
    const rows = [
      [1, 1, 1, 1, -1, -1, -1, -1],
      [2, 2, -2, -2, 2, 2, -2, -2],
      [4, -4, 4, -4, 4, -4, 4, -4],
    ];
    const candidates = rows.map((row) => ({
      value: () => 1,
      share: 0,
      returns: () => Float64Array.from(row),
    }));
    const sharesUnder = (isRedistributed: boolean): readonly (number | null)[] =>
      sharesOf(plan({ cap: 0.4, exposure: 0.8, isRedistributed, weight: leastVariance }), candidates);
    const expected = [
      [true, [0.4, 0.32, 0.08]],
      [false, [0.4, (4 / 21) * 0.8, (1 / 21) * 0.8]],
    ] as const;
    for (const [isRedistributed, wanted] of expected)
      sharesUnder(isRedistributed).forEach((each, i) => {
        expect(each).toBeCloseTo(wanted[i], 8);
      });
  });
});
