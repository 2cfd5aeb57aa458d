import type { Verdict } from "@bitfever/engine";
import { describe, expect, it } from "vitest";
import { compile, crossValidate, optimize, permutationTest, walkForward } from "../../src/index.js";
import { barsWith, buyFalls, noise, noises, reverting, twoSided } from "../chance/series.js";

/*
 * How often a strategy that is searched on bars without anything to find is called an edge, and whether what is there is found.
 * `NOISE_RUNS` says in how many markets of each kind; the nightly run makes 1,000.
 */

const runs = Number(process.env.NOISE_RUNS ?? 10);
const level = 0.05;
/** So many of the runs that no more than the level is exceeded by chance once in a thousand times. */
const atMost = runs * level + 3.1 * Math.sqrt(runs * level * (1 - level));

type Judged = (returns: readonly number[]) => Promise<Verdict | undefined>;

const searched =
  (text: string): Judged =>
  async (returns) => {
    const { honesty } = await optimize(compile(text), barsWith(returns), { workers: 0 }).result;
    return honesty?.verdict;
  };

async function counted(
  judged: Judged,
  draw: (seed: number) => readonly number[],
): Promise<Record<string, number>> {
  const words: Record<string, number> = { luck: 0, undecided: 0, edge: 0 };
  for (let seed = 1; seed <= runs; seed++) words[(await judged(draw(seed)))?.word ?? "undecided"]++;
  return words;
}

describe.each(Object.keys(noises))("a search on bars of noise, %s", (kind) => {
  it.each([
    ["that buys falls", buyFalls],
    ["on both sides", twoSided],
  ])("of a strategy %s is no edge, but for the stated level", async (_, text) => {
    const words = await counted(searched(text), (seed) => noises[kind](seed, 500));
    expect(words["edge"]).toBeLessThanOrEqual(atMost);
  });
});

it("a search finds a planted edge", async () => {
  const words = await counted(searched(buyFalls), (seed) => reverting(seed, 500, 0.4));
  expect(words["edge"]).toBeGreaterThanOrEqual(0.9 * runs);
});

describe.each<[string, Judged]>([
  [
    "a permutation test",
    async (returns) =>
      (
        await permutationTest(compile(buyFalls), barsWith(returns), {
          search: true,
          runs: 19,
          enough: 2,
          workers: 0,
        })
      ).verdict,
  ],
  [
    "a cross-validation",
    async (returns) => (await crossValidate(compile(buyFalls), barsWith(returns), { workers: 0 })).verdict,
  ],
  [
    "a walk-forward",
    async (returns) =>
      (await walkForward(compile(buyFalls), barsWith(returns), { train: 150, test: 50, workers: 0 }).result)
        .verdict,
  ],
])("%s", (_, judged) => {
  it("calls noise no edge, but for the stated level", async () => {
    const words = await counted(judged, (seed) => noise(10_000 + seed, 500));
    expect(words["edge"]).toBeLessThanOrEqual(atMost);
  });

  it("finds a planted edge", async () => {
    const words = await counted(judged, (seed) => reverting(seed, 500, 0.5));
    expect(words["edge"]).toBeGreaterThanOrEqual(0.9 * runs);
  });
});
