import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { CrossValidationResult, MonteCarloResult, PermutationResult } from "../src/index.js";
import { bf } from "../src/cli/bf.js";
import { run } from "./cli-run.js";
import { cross } from "./optimize/cross.js";

const sample = fileURLToPath(new URL("../../../examples/data/SYNTHETIC-1d.csv", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bitfever-chance-"));
const at = (name: string): string => join(folder, name);
afterAll(() => {
  rmSync(folder, { recursive: true });
});
writeFileSync(at("cross.bf"), cross);
const given = [at("cross.bf"), "--data", sample];

describe("bf permute", () => {
  it("prints a histogram with the observed value, and what was asked and what not", async () => {
    const draws = ["--runs", "19", "--enough", "5", "--json", at("p.json")];
    const { code, out, err } = await run(bf, "permute", ...given, "--param", "fast=20", ...draws);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^Cross {2}strategy against permuted bars by sharpe\n/);
    expect(out).toMatch(/values given: fast 20, slow 40, kind ema\n/);
    expect(out).toMatch(/█ +\d+ {2}← observed|← observed -?\d/);
    expect(out).toMatch(/p-value +0\.\d{3} ± 0\.\d{3}\n/);
    expect(out).toMatch(/(LUCK|UNDECIDED) {2}Permuted bars do as well in \d+ of \d+ runs/);
    expect(out).toMatch(/Not asked: that its values were chosen on these bars/);
    const result = JSON.parse(readFileSync(at("p.json"), "utf8")) as PermutationResult;
    expect(result).toMatchObject({ schema: "bitfever/permutation@1", tested: "strategy", seed: 1 });
    expect(result.draws).toHaveLength(result.runs);
  });

  it("says what would help where something has no meaning", async () => {
    const { code, err } = await run(bf, "permute", ...given, "--trials", "50");
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/BF5144: `trials` is about a search.*\n.*`search`/),
    ]);
    const kind = await run(bf, "permute", ...given, "--bars", "shuffled");
    expect([kind.code, kind.err]).toEqual([2, expect.stringMatching(/permuted, bootstrapped/)]);
  });
});

describe("bf montecarlo", () => {
  it("prints the distributions beside what the run came to", async () => {
    const draws = ["--of", "bars", "--runs", "25", "--ruin", "80%", "--json", at("m.json")];
    const { code, out, err } = await run(bf, "montecarlo", ...given, ...draws);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^Cross {2}Monte Carlo of bars drawn\n/);
    expect(out).toMatch(
      /observed +5% +25% +50% +75% +95% +draws below\n +Final equity( +[\d,.]+){6} +[\d.]+ %/,
    );
    expect(out).toMatch(/← observed 1?\d\d,\d{3}\.\d\d/);
    expect(out).toMatch(/Ruined: at 80\.00 % of the start +[\d.]+ %, \d+ of 25\n/);
    const result = JSON.parse(readFileSync(at("m.json"), "utf8")) as MonteCarloResult;
    expect(result).toMatchObject({ schema: "bitfever/monte-carlo@1", of: "bars", runs: 25, failed: 0 });
  });

  it("says what would help where something has no meaning", async () => {
    const { code, err } = await run(bf, "montecarlo", ...given, "--shuffle", "--block", "5");
    expect([code, err]).toEqual([2, expect.stringMatching(/BF5144: .*\n.*leave the length of blocks out/)]);
    const ruin = await run(bf, "montecarlo", ...given, "--ruin", "150%");
    expect([ruin.code, ruin.err]).toEqual([
      2,
      expect.stringMatching(/share above 0 and below 1, such as 50%/),
    ]);
  });
});

describe("bf validate", () => {
  it("prints the splits, the histories out of sample and a verdict", async () => {
    const how = ["--combinatorial", "4,2", "--purge", "5", "--json", at("v.json")];
    const { code, out, err } = await run(bf, "validate", ...given, ...how);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(
      /4 groups, 2 tested at a time; 5 sessions left out on either side, 60 more after; grid, 66 trials/,
    );
    expect(out).toMatch(/tested +fast +slow +sharpe in +out +year in +out\n/);
    expect(out).toMatch(/3 histories out of sample, each as one account\n +path +sharpe/);
    expect(out).toMatch(/Best on the whole history +-?\d\.\d\d {2}fast \d+, slow \d+\n/);
    expect(out).toMatch(/(LUCK|UNDECIDED|EDGE) {2}Chance alone makes the best of 11 trials/);
    const result = JSON.parse(readFileSync(at("v.json"), "utf8")) as CrossValidationResult;
    expect(result).toMatchObject({
      schema: "bitfever/cross-validation@1",
      groups: 4,
      testGroups: 2,
      purge: 5,
    });
    expect([result.splits.length, result.paths.length, result.dates.length]).toEqual([6, 3, 2520]);
  });

  it("says what would help", async () => {
    const both = await run(bf, "validate", ...given, "--folds", "3", "--combinatorial", "4,2");
    expect([both.code, both.err]).toEqual([2, expect.stringMatching(/cannot be used with/)]);
    const none = await run(bf, "validate", ...given, "--combinatorial", "6");
    expect([none.code, none.err]).toEqual([2, expect.stringMatching(/groups,tested: 6,2/)]);
  });
});
