import { expect, it } from "vitest";
import { trialClusters } from "../../src/overfitting/trial-clusters.js";
import { randomOf } from "../../src/random.js";
import { noise, normalOf } from "./matrices.js";

const rows = (kind: string, trials = 100): Float64Array[] => noise[kind](normalOf(randomOf(1)), trials, 500);

it("finds groups that are there", () => {
  const { count, groups, silhouette } = trialClusters(rows("grouped"));
  expect(count).toBe(10);
  expect([...groups]).toEqual(Array.from({ length: 100 }, (_, i) => i % 10));
  expect(silhouette).toBeGreaterThan(0.4);
});

it("finds none among trials that have nothing in common, and one where all are alike", () => {
  expect(trialClusters(rows("independent")).count).toBe(100);
  const one = rows("independent", 1)[0];
  const random = normalOf(randomOf(2));
  const alike = Array.from({ length: 50 }, () => one.map((each) => each + 0.002 * random()));
  expect(trialClusters(alike)).toMatchObject({ count: 1, groups: new Int32Array(50) });
  expect(trialClusters([one, one, one]).count).toBe(1);
});

it("is silent about few", () => {
  expect(trialClusters([]).count).toBe(0);
  expect(trialClusters(rows("independent", 1)).count).toBe(1);
  expect(trialClusters(rows("independent", 2)).count).toBe(2);
});

it("groups by correlation and not by size, and takes those that do not move together", () => {
  const [a, b] = rows("independent", 2);
  const still = new Float64Array(500);
  const { groups } = trialClusters([
    a,
    b,
    a.map((each) => each * 9),
    b.map((each) => each / 9),
    still,
    still,
  ]);
  expect([...groups]).toEqual([0, 1, 0, 1, 2, 3]);
});
