import { describe, expect, it } from "vitest";
import { SearchEvidence } from "../../src/overfitting/search-evidence.js";
import { verdictOn, type VerdictWord } from "../../src/overfitting/verdict.js";
import { randomOf } from "../../src/random.js";
import { noise, normalOf } from "./matrices.js";

/*
 * How often noise is taken for more, and how often what is there is found. `NOISE_RUNS` says in how many searches of each
 * kind; the nightly run makes 1,000.
 */

const runs = Number(process.env.NOISE_RUNS ?? 20);
const sessions = 500;
const trials = 60;

/** The verdict on the trial that has the highest Sharpe ratio. */
function verdictOf(rows: readonly Float64Array[]): VerdictWord {
  const evidence = new SearchEvidence({ sessions, sessionsPerYear: 252, draws: 499, blocks: 10 });
  rows.forEach((row, trial) => evidence.add(trial, row));
  const part = evidence.take();
  evidence.absorb(part);
  const { traces } = part;
  const best = traces.reduce((a, b) => (b.ratio > a.ratio ? b : a)).trial;
  const report = evidence.report(best, rows[best]);
  return verdictOn(report).word;
}

function count(
  kind: string,
  change: (row: Float64Array, trial: number) => Float64Array,
): Record<VerdictWord, number> {
  const words = { luck: 0, undecided: 0, edge: 0 };
  for (let seed = 1; seed <= runs; seed++)
    words[verdictOf(noise[kind](normalOf(randomOf(seed)), trials, sessions).map(change))]++;
  return words;
}

/** So many of the runs that no more than the share is exceeded by chance once in a thousand times. */
const atMost = (share: number): number => runs * share + 3.1 * Math.sqrt(runs * share * (1 - share));

describe.each(Object.keys(noise))("a search in noise, %s", (kind) => {
  it("is luck, but for the stated level", () => {
    const words = count(kind, (row) => row);
    expect(words.luck + words.undecided + words.edge).toBe(runs);
    expect(words.undecided + words.edge).toBeLessThanOrEqual(atMost(0.05));
    // Of a thousand the share itself is known well enough: at most 4.1%, where profits linger, and 0.5% to 2% elsewhere.
    if (runs >= 1_000) expect(words.edge).toBeLessThanOrEqual(0.05 * runs);
    else if (kind !== "lingering") expect(words.edge).toBeLessThanOrEqual(0.05 * runs);
  });
});

// A yearly Sharpe ratio of 5 of a deviation of 1%: 5 ÷ √252 of it a day. In two years it stands 7 deviations above 0.
const lift = (0.01 * 5) / Math.sqrt(252);

describe.each(["independent", "heavyTailed", "grouped", "clustered"])("a planted edge, %s", (kind) => {
  it("is found, in one trial of sixty", () => {
    // Of heavy tails the deviation is √2 as large.
    const words = count(kind, (row, trial) =>
      trial === 7 ? row.map((each) => each + Math.SQRT2 * lift) : row,
    );
    expect(words.luck).toBe(0);
    expect(words.edge).toBeGreaterThanOrEqual(0.9 * runs);
  });
});

it("is found where all trials have it, though none is better than the others", () => {
  const words = count("resembling", (row) => row.map((each) => each + lift));
  expect(words.luck).toBe(0);
  expect(words.edge).toBeGreaterThanOrEqual(0.9 * runs);
});

it("draws noise that resembles what it is called", () => {
  const rows = noise.resembling(normalOf(randomOf(1)), 2, 4_000);
  const sum = (of: (i: number) => number): number => rows[0].reduce((total, _, i) => total + of(i), 0);
  const correlation =
    sum((i) => rows[0][i] * rows[1][i]) /
    Math.sqrt(sum((i) => rows[0][i] ** 2) * sum((i) => rows[1][i] ** 2));
  expect(correlation).toBeCloseTo(0.5, 1);
});
