import { describe, expect, it } from "vitest";
import { expectedBest } from "../../src/expected-best.js";
import { effectiveTrials } from "../../src/overfitting/effective-trials.js";
import { RealityCheck } from "../../src/overfitting/reality-check.js";
import { trialClusters } from "../../src/overfitting/trial-clusters.js";
import { randomOf } from "../../src/random.js";
import { noise, normalOf } from "./matrices.js";
import { otherEstimates } from "./other-estimates.js";

/*
 * What an effective number of trials is for: that the best to be expected of so many is the best that noise shows. In
 * deviations, where a number of trials is nearly its logarithm. The table is in ADR 0044.
 */

const trials = 60;
const sessions = 500;

const rowsOf = (kind: string, seed: number): Float64Array[] =>
  noise[kind](normalOf(randomOf(seed)), trials, sessions);

function ratioOf(row: Float64Array): number {
  const mean = row.reduce((sum, each) => sum + each, 0) / row.length;
  const variance = row.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (row.length - 1);
  return mean / Math.sqrt(variance / row.length);
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

/** Of many searches in noise, the mean of the best; off by about 0.04. */
const trueBest = (kind: string): number =>
  meanOf(Array.from({ length: 120 }, (_, seed) => Math.max(...rowsOf(kind, seed + 1).map(ratioOf))));

function estimatesOf(kind: string, seed: number): Record<string, number> {
  const rows = rowsOf(kind, seed);
  const check = new RealityCheck({ sessions, draws: 500, seed: 1, meanBlock: Math.sqrt(sessions) });
  for (const row of rows) check.add(row);
  return {
    ours: effectiveTrials(check.result(0)),
    all: trials,
    clusters: trialClusters(rows).count,
    ...otherEstimates(rows),
  };
}

const known = new Map<string, Record<string, number>>();

/** How far the best that each estimate expects is from the true one, on the average of a few searches. */
function missesOf(kind: string): Record<string, number> {
  const before = known.get(kind);
  if (before !== undefined) return before;
  const truth = trueBest(kind);
  const found = [1, 2, 3, 4].map((seed) => estimatesOf(kind, seed));
  const misses = Object.fromEntries(
    Object.keys(found[0]).map((name) => [
      name,
      meanOf(found.map((each) => expectedBest(Math.max(1, each[name])))) - truth,
    ]),
  );
  known.set(kind, misses);
  return misses;
}

describe("the best to be expected of the effective trials", () => {
  // Where profits linger it is the deviation of a ratio that is larger, not the number of trials.
  const kinds = Object.keys(noise).filter((kind) => kind !== "lingering");

  it.each(kinds)("is that of noise, %s", (kind) => {
    expect(Math.abs(missesOf(kind).ours)).toBeLessThan(0.2);
  });

  it("is nearer to it than that of any other estimate, at its worst", () => {
    const worst = (name: string): number => Math.max(...kinds.map((kind) => Math.abs(missesOf(kind)[name])));
    const others = Object.keys(missesOf("crosses")).filter((name) => name !== "ours");
    expect(others).toHaveLength(7);
    for (const name of others) expect(worst(name), name).toBeGreaterThan(1.5 * worst("ours"));
  });
});
