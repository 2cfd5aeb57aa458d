import { describe, expect, it } from "vitest";
import type { Mistake } from "./mistakes.js";
import { worldVenues } from "./venues/index.js";
import { World, type Outcome } from "./world.js";

/*
 * The real adapters and the desk against a venue over loopback on which everything goes wrong, from seeds: `WORLDS=500` at night. One that
 * fails is run alone by `SEED=n WORLDS=1`; `VENUE=alpaca` draws worlds of venues by whose names that is.
 */

const worlds = Number(process.env["WORLDS"] ?? 20);
const first = Number(process.env["SEED"] ?? 1);
const venues = worldVenues.filter(({ name }) => name.includes(process.env["VENUE"] ?? ""));
const chunk = 20;
/** Most of the time of a world is spent waiting. */
const atOnce = 6;

/** Seeds next to each other have other venues. */
const world = (seed: number, mistake: Mistake | null = null): World =>
  new World(seed, venues[seed % venues.length], mistake);

/** By what each mistake is found. */
const mistakes: readonly (readonly [Mistake, RegExp])[] = [
  ["sends again under a new id", /was sent under \d ids/],
  ["forgets a trade", /(are held|cash .*), and at the venue/],
  ["sends twice", /was sent under \d ids/],
];

async function outcomes(seeds: readonly number[]): Promise<readonly Outcome[]> {
  const left = [...seeds];
  const found: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift())
      found.push(await world(seed).run());
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found;
}

describe("a world over loopback drawn from a seed", { timeout: 1_800_000 }, () => {
  const seen: Outcome[] = [];

  it.each(Array.from({ length: Math.ceil(worlds / chunk) }, (_, i) => first + i * chunk))(
    "loses, doubles and lets through nothing, and ends as the venue does: seeds from %i",
    async (from) => {
      const seeds = Array.from({ length: Math.min(chunk, first + worlds - from) }, (_, i) => from + i);
      const found = await outcomes(seeds);
      seen.push(...found);
      expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
    },
  );

  it.skipIf(worlds < 20)("is a world in which things happen", () => {
    const sum = (name: keyof Outcome["counts"]): number =>
      seen.reduce((total, { counts }) => total + counts[name], 0);
    expect(new Set(seen.map(({ venue }) => venue)).size).toBe(venues.length);
    expect(sum("orders")).toBeGreaterThan(worlds * 3);
    expect(sum("trades")).toBeGreaterThan(worlds * 2);
    expect(sum("lives")).toBeGreaterThan(worlds);
    expect(sum("mishaps")).toBeGreaterThan(worlds);
    // How many nobody answers in time depends on the machine: on a quiet one every fifth world has one.
    expect(sum("unknown")).toBeGreaterThan(worlds / 20);
  });

  it.each(mistakes)("finds in one of a few worlds an adapter that %s", async (mistake, sign) => {
    const isFound = async (seed: number): Promise<boolean> =>
      (await world(seed, mistake).run()).problems.some((each) => sign.test(each));
    // Every fifth world sends an order again, which is when the first mistake is made: forty miss it once in ten thousand times.
    let from = 1;
    const next = (): readonly number[] => Array.from({ length: atOnce }, (_, i) => from + i);
    while (from <= 40 && !(await Promise.all(next().map(isFound))).some(Boolean)) from += atOnce;
    expect(from).toBeLessThanOrEqual(40);
  });
});
