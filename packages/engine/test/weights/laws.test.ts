import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covarianceOf } from "../../src/covariance.js";
import { weighReturns } from "../../src/weigh-returns.js";
import { weightings } from "../../src/weights/index.generated.js";
import { covarianceWith, near, returns, sum, varianceOf } from "./returns.js";

/* What is true of every weighting, and what each of them is there for; no run of it says what to expect. */

describe.each(weightings.map(({ name }) => name))("%s", (name) => {
  const weigh = (given: readonly Float64Array[]): readonly number[] => weighReturns(name, given);

  it("gives parts that are not below 0 and are the whole together", () => {
    fc.assert(
      fc.property(returns, (given) => {
        const weights = weigh(given);
        for (const each of weights) expect(each).toBeGreaterThanOrEqual(0);
        expect(Math.abs(sum(weights) - 1)).toBeLessThan(1e-12);
      }),
    );
  });

  it("gives the same whatever the order of the members", () => {
    fc.assert(
      fc.property(returns, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (given, keys) => {
        const order = given
          .map((_, i) => ({ i, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ i }) => i);
        const weights = weigh(given);
        near(
          weigh(order.map((i) => given[i])),
          order.map((i) => weights[i]),
          1e-7,
        );
      }),
    );
  });

  it("gives the same whatever the returns are measured in, to the bit where that rounds nothing", () => {
    fc.assert(
      fc.property(returns, fc.double({ min: 0.01, max: 100, noNaN: true }), (given, scale) => {
        const weights = weigh(given);
        expect(weigh(given.map((row) => row.map((each) => each * 1024)))).toEqual(weights);
        near(weigh(given.map((row) => row.map((each) => each * scale))), weights, 1e-7);
      }),
    );
  });

  it("gives all to one", () => {
    fc.assert(
      fc.property(returns, ([one]) => {
        expect(weigh([one])).toEqual([1]);
      }),
    );
  });

  it("gives two that are alike as much as one another, though their covariance is singular", () => {
    fc.assert(
      fc.property(returns, (given) => {
        const weights = weigh([...given, given[0]]);
        expect(Math.abs(sum(weights) - 1)).toBeLessThan(1e-12);
        // A ridge of 1e-9 alone holds them apart: seven of their digits are rounding.
        near([weights.at(-1) ?? NaN], [weights[0]], 1e-5);
      }),
    );
  });

  it("leaves out who has no returns, or never moved", () => {
    fc.assert(
      fc.property(returns, (given) => {
        const late = given[0].map((each, k) => (k === 0 ? NaN : each));
        const still = given[0].map(() => 0.001);
        expect(weigh([late, ...given, still])).toEqual([NaN, ...weigh(given), NaN]);
      }),
    );
  });

  it("gives nothing to nobody", () => {
    expect(weigh([])).toEqual([]);
    expect(weigh([Float64Array.of(0, 0, 0)])).toEqual([NaN]);
  });
});

it("inverse volatility: the part times the standard deviation is the same for all", () => {
  fc.assert(
    fc.property(returns, (given) => {
      const risks = weighReturns("inverse_volatility", given).map((each, i) => each * deviation(given[i]));
      near(risks, Array(risks.length).fill(risks[0]) as number[], 1e-12 * risks[0]);
    }),
  );
});

it("inverse volatility is twice as much of what moves half as much", () => {
  const moves = Float64Array.of(0.01, -0.02, 0.03, -0.01);
  near(weighReturns("inverse_volatility", [moves, moves.map((each) => each * 2)]), [2 / 3, 1 / 3], 1e-15);
});

it("risk parity: what each adds to the variance is the same for all", () => {
  fc.assert(
    fc.property(returns, (given) => {
      fc.pre(hasParity(given));
      const covariance = covarianceOf(given);
      const weights = weighReturns("risk_parity", given);
      const variance = varianceOf(covariance, weights);
      for (const [i, each] of weights.entries())
        expect(
          Math.abs((each * covarianceWith(covariance, weights, i)) / variance - 1 / given.length),
        ).toBeLessThan(1e-9);
    }),
  );
});

it("risk parity of two is inverse volatility, however they are correlated", () => {
  fc.assert(
    fc.property(returns, (given) => {
      fc.pre(given.length >= 2);
      const two = given.slice(0, 2);
      fc.pre(hasParity(two));
      near(weighReturns("risk_parity", two), weighReturns("inverse_volatility", two), 1e-9);
    }),
  );
});

it("risk parity of what cancels out is inverse volatility", () => {
  const moves = Float64Array.of(0.01, -0.02, 0.03, -0.01);
  const against = moves.map((each) => each * -2);
  expect(weighReturns("risk_parity", [moves, against])).toEqual(
    weighReturns("inverse_volatility", [moves, against]),
  );
});

it("minimum variance: held members have the same covariance with the mix, no other has a smaller", () => {
  fc.assert(
    fc.property(returns, (given) => {
      const covariance = covarianceOf(given);
      const weights = weighReturns("minimum_variance", given);
      const variance = varianceOf(covariance, weights);
      const largest = Math.max(...given.map((_, i) => covariance.values[i * (given.length + 1)]));
      for (const [i, each] of weights.entries()) {
        const excess = covarianceWith(covariance, weights, i) - variance;
        expect(excess).toBeGreaterThan(-1e-8 * largest);
        if (each > 0) expect(excess).toBeLessThan(1e-8 * largest);
      }
    }),
  );
});

it("minimum variance: no mix that anybody thinks of has less", () => {
  fc.assert(
    fc.property(
      returns,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
      (given, thought) => {
        const parts = thought.slice(0, given.length).map((each) => each + 1e-9);
        const mix = parts.map((each) => each / sum(parts));
        const covariance = covarianceOf(given);
        const least = varianceOf(covariance, weighReturns("minimum_variance", given));
        expect(least).toBeLessThanOrEqual(varianceOf(covariance, mix) * (1 + 1e-8));
      },
    ),
  );
});

it("minimum variance of what has nothing in common is in proportion to 1 / variance", () => {
  const [a, b] = [Float64Array.of(0.01, -0.01, 0.01, -0.01), Float64Array.of(0.02, 0.02, -0.02, -0.02)];
  near(weighReturns("minimum_variance", [a, b]), [0.8, 0.2], 1e-9);
});

it("minimum variance of what cancels out has no risk", () => {
  const moves = Float64Array.of(0.01, -0.02, 0.03, -0.01);
  near(weighReturns("minimum_variance", [moves, moves.map((each) => each * -2)]), [2 / 3, 1 / 3], 1e-8);
});

it("is worked out for many members with fewer returns than members", () => {
  const many = Array.from({ length: 120 }, (_, i) =>
    Float64Array.from(
      { length: 40 },
      (_, k) => Math.sin(k * (i + 1) * 0.7) * 0.01 + Math.cos(k * k + i) * 0.02,
    ),
  );
  for (const { name } of weightings) {
    const weights = weighReturns(name, many);
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
    expect(Math.abs(sum(weights) - 1)).toBeLessThan(1e-12);
  }
});

function deviation(row: Float64Array): number {
  const mean = sum([...row]) / row.length;
  return Math.sqrt(sum([...row].map((each) => (each - mean) ** 2)) / (row.length - 1));
}

/** Whether every mix has some risk: where one has almost none, parity is beyond what doubles can tell. */
function hasParity(given: readonly Float64Array[]): boolean {
  const scaled = given.map((row) => row.map((each) => each / deviation(row)));
  return varianceOf(covarianceOf(scaled), weighReturns("minimum_variance", scaled)) > 1e-5;
}
