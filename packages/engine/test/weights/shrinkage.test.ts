import fc from "fast-check";
import { expect, it } from "vitest";
import { solvePositive } from "../../src/cholesky.js";
import { covarianceOf } from "../../src/covariance.js";
import { randomOf } from "../../src/random.js";
import { shrinkageOf, shrunkCovarianceOf } from "../../src/shrinkage.js";
import { weighReturns } from "../../src/weigh-returns.js";
import { near, returns, sum } from "./returns.js";

/* Covariances drawn towards one correlation for all: by hand, by the paper's formulas as they stand, and by chance. */

const intensityOf = (given: readonly Float64Array[]): number =>
  shrinkageOf(given, covarianceOf(given)).intensity;

// a and b are one, c has nothing in common with them: correlations 1, 0 and 0, a third on the average.
const a = Float64Array.of(1, 1, -1, -1);
const c = Float64Array.of(1, -1, 1, -1);

it("is three quarters where the paper's sums are 4, 0 and 4/3 for four returns", () => {
  // Every square is 1, so ϑ and ρ are 0. yₐ yᵦ is always its mean; the four of a, b with c are off by 1: π is 4.
  // γ is 2 (1 − 1/3)² + 4 (1/3)² = 4/3, and (4 − 0) / (4/3) / 4 = 3/4.
  expect(intensityOf([a, a, c])).toBeCloseTo(3 / 4, 14);
  // 3/4 of a third and 1/4 of what they are: 1/2, 1/4 and 1/4. Variances stay: 4/3 with one return less.
  const correlations = [...shrunkCovarianceOf([a, a, c]).values].map((each) => each / (4 / 3));
  near(correlations, [1, 1 / 2, 1 / 4, 1 / 2, 1, 1 / 4, 1 / 4, 1 / 4, 1], 1e-14);
});

it("is what the members are weighed by", () => {
  near(weighReturns("minimum_variance", [a, a, c]), [1 / 4, 1 / 4, 1 / 2], 1e-7);
  // 1.5 x + z / 4 = x / 2 + z: x is three quarters of z.
  near(weighReturns("minimum_variance", [a, a, c], { isShrunk: true }), [0.3, 0.3, 0.4], 1e-8);
  // x (1.5 x + z / 4) = z (x / 2 + z): with x = r z, 1.5 r² − r / 4 − 1 = 0.
  const r = (1 / 4 + Math.sqrt(1 / 16 + 6)) / 3;
  const parts = [r, r, 1].map((each) => each / (2 * r + 1));
  near(weighReturns("risk_parity", [a, a, c], { isShrunk: true }), parts, 1e-10);
  near(
    weighReturns("minimum_variance", [a, a, c], { isShrunk: true, cap: 0.35 }),
    [0.325, 0.325, 0.35],
    1e-8,
  );
});

/** The intensity by the formulas of Ledoit and Wolf (2004), appendix B, each as it stands there. */
function byThePaper(y: readonly Float64Array[]): number {
  const [n, T] = [y.length, y[0].length];
  const each = Array.from({ length: n }, (_, i) => i);
  const mean = y.map((row) => sum([...row]) / T);
  const over = (f: (t: number) => number): number => sum(Array.from({ length: T }, (_, t) => f(t))) / T;
  const s = each.map((i) => each.map((j) => over((t) => (y[i][t] - mean[i]) * (y[j][t] - mean[j]))));
  const pairs = each.flatMap((i) => each.filter((j) => j > i).map((j) => [i, j] as const));
  const rBar = (2 / (n * (n - 1))) * sum(pairs.map(([i, j]) => s[i][j] / Math.sqrt(s[i][i] * s[j][j])));
  const f = each.map((i) => each.map((j) => (i === j ? s[i][i] : rBar * Math.sqrt(s[i][i] * s[j][j]))));
  const off = (i: number, j: number, t: number): number =>
    (y[i][t] - mean[i]) * (y[j][t] - mean[j]) - s[i][j];
  const all = each.flatMap((i) => each.map((j) => [i, j] as const));
  const pi = (i: number, j: number): number => over((t) => off(i, j, t) ** 2);
  const theta = (k: number, i: number, j: number): number => over((t) => off(k, k, t) * off(i, j, t));
  const rho =
    sum(each.map((i) => pi(i, i))) +
    sum(
      all
        .filter(([i, j]) => i !== j)
        .map(
          ([i, j]) =>
            (rBar / 2) *
            (Math.sqrt(s[j][j] / s[i][i]) * theta(i, i, j) + Math.sqrt(s[i][i] / s[j][j]) * theta(j, i, j)),
        ),
    );
  const gamma = sum(all.map(([i, j]) => (f[i][j] - s[i][j]) ** 2));
  return Math.max(0, Math.min((sum(all.map(([i, j]) => pi(i, j))) - rho) / gamma / T, 1));
}

it("is what the formulas of the paper come to", () => {
  fc.assert(
    fc.property(
      returns.filter(({ length }) => length >= 3),
      (given) => {
        expect(Math.abs(intensityOf(given) - byThePaper(given))).toBeLessThan(1e-8);
      },
    ),
  );
});

it("leaves two members as they are, and one", () => {
  fc.assert(
    fc.property(returns, (given) => {
      const few = given.slice(0, 2);
      const sample = covarianceOf(few);
      near([...shrunkCovarianceOf(few).values], [...sample.values], 1e-15);
    }),
  );
});

/** Thirty members of which every two are correlated by 0.3, and returns of them. */
function drawn(seed: number, length: number): Float64Array[] {
  const random = randomOf(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const common = Array.from({ length }, normal);
  return Array.from({ length: 30 }, () =>
    Float64Array.from(common, (each) => Math.sqrt(0.3) * each + Math.sqrt(0.7) * normal()),
  );
}

it("comes nearer to what the returns were drawn from, and with few returns has a mix of least variance", () => {
  const missOf = (values: Float64Array): number =>
    sum([...values].map((each, at) => (each - (at % 31 === 0 ? 1 : 0.3)) ** 2));
  // What is left is mostly of the variances, which are not drawn.
  for (let seed = 1; seed <= 20; seed++) {
    const given = drawn(seed, 20);
    const shrunk = shrunkCovarianceOf(given);
    expect(missOf(shrunk.values)).toBeLessThan(missOf(covarianceOf(given).values) * 0.75);
    const mix = solvePositive((i, j) => shrunk.values[i * 30 + j], new Float64Array(30).fill(1));
    expect(mix.every(Number.isFinite)).toBe(true);
  }
});

it("draws less, the more returns there are to tell members apart", () => {
  // Half of the members are correlated by 0.3, with the others by nothing: the target is wrong.
  const apart = (length: number): Float64Array[] => [
    ...drawn(1, length).slice(0, 10),
    ...drawn(2, length).slice(0, 10),
  ];
  const intensities = [20, 200, 2_000].map((length) => intensityOf(apart(length)));
  expect(intensities[0]).toBeGreaterThan(intensities[1]);
  expect(intensities[1]).toBeGreaterThan(intensities[2]);
  expect(intensities[2]).toBeLessThan(0.1);
});
