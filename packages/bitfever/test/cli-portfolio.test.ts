import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { PortfolioResult } from "../src/index.js";
import { bf } from "../src/cli/bf.js";
import { run } from "./cli-run.js";

/* `bf portfolio`: the file it reads, what it says of a wrong one, and what it writes. */

const root = fileURLToPath(new URL("../../..", import.meta.url));
const example = join(root, "examples/portfolio.yaml");
const folder = mkdtempSync(join(tmpdir(), "bitfever-portfolio-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A portfolio in another folder, so with whole paths. */
function file(text: string): string {
  const path = join(folder, "portfolio.yaml");
  writeFileSync(path, text);
  return path;
}

const system = (more = ""): string => `
  - name: cross
    program: ${root}examples/moving-average-cross/strategy.bf
    data: ${root}examples/data/SYNTHETIC-1d.csv${more}
`;

describe("bf portfolio", () => {
  it("runs the example of the docs", { timeout: 60_000 }, async () => {
    const text = readFileSync(example, "utf8");
    expect(readFileSync(join(root, "docs/portfolio.md"), "utf8")).toContain(`\`\`\`yaml\n${text}\`\`\``);
    const csv = join(folder, "equity.csv");
    const report = join(folder, "report.html");
    const { code, out, err } = await run(
      bf,
      "portfolio",
      example,
      "--random",
      "19",
      "--json",
      "-",
      "--equity",
      csv,
      "--report",
      report,
    );
    expect(code).toBe(0);
    const result = JSON.parse(out) as PortfolioResult;
    expect(result.schema).toBe("bitfever/portfolio@1");
    expect(result.days.count).toBe(2020);
    expect(result.systems.map(({ name, share, filter }) => [name, share, filter])).toEqual([
      ["cross", 0.6, "average"],
      ["macd", 0.4, "drawdown"],
    ]);
    expect(result.systems[0].windows).toHaveLength(17);
    expect(result.systems[0].settings.commission).not.toEqual(result.systems[1].settings.commission);
    expect(result.chance?.runs).toBe(19);
    expect(err).toContain("rolling walk of 500 days and 125, out of sample");
    expect(err).toContain(result.verdict);
    const page = readFileSync(report, "utf8");
    expect(page).toContain("<title>cross, macd · portfolio</title>");
    expect(page).toContain(result.systems[1].settingsHash);
    expect(err).toContain(`wrote ${report}`);
    const rows = readFileSync(csv, "utf8").trim().split("\n");
    expect(rows[0]).toBe("day,equity,always,cross on,macd on");
    expect(rows).toHaveLength(2021);
    const last = Number(rows[2020].split(",")[1]);
    expect(last - 100_000).toBeCloseTo(result.metrics.net_profit ?? NaN, 6);
  });

  it("draws what the seed says", { timeout: 60_000 }, async () => {
    const text = `systems:${system("\n    filter: { name: average }")}`;
    const drawn = async (seed: string) =>
      (await run(bf, "portfolio", file(text), "--random", "19", "--seed", seed)).out;
    const first = await drawn("1");
    expect(first).toMatch(
      /cross: average \(sessions 50\), on in \d+ % of sessions in \d+ spells, \d+ position/,
    );
    expect(first).toMatch(/of 19 random switchings/);
    expect(await drawn("1")).toBe(first);
    expect(await drawn("2")).not.toBe(first);
  });

  it("reads JSON too, and says when nothing is ever switched", async () => {
    const program = `${root}examples/macd/strategy.bf`;
    const data = { path: `${root}examples/data/SYNTHETIC-1d.csv`, symbol: "ABC", mode: "lenient" };
    const { code, out } = await run(
      bf,
      "portfolio",
      file(JSON.stringify({ systems: [{ name: "m", program, data }], random: { runs: 19 } })),
    );
    expect(code).toBe(0);
    expect(out).toMatch(/nothing was ever switched/);
  });

  const wrong: readonly (readonly [why: string, text: string, message: RegExp])[] = [
    ["no YAML", "systems: [", /BF5082: \S+portfolio\.yaml:1: this is not YAML/],
    ["nothing", "", /BF5082: \S+portfolio\.yaml: `systems` is missing\n.*list the systems/],
    ["no group", "- a\n- b", /BF5082: \S+:1: the file is a list/],
    [
      "a name that is not known",
      "sytems: []",
      /:1: `sytems` is not known here\n.*the names are systems, set/,
    ],
    ["no program", "systems:\n  - name: a", /BF5082: .*`systems\[1\]\.program` is missing/],
    ["a choice", `systems:${system()}when_off: stop`, /:5: `when_off` is `stop`\n.*it is close or run/],
    ["a share", `systems:${system("\n    share: 0%")}`, /:5: `systems\[1\]\.share` is `0%`\n.*above 0%/],
    [
      "a walk",
      `systems:${system()}walk: { train: 2.5, test: 3 }`,
      /:5: `walk\.train` is `2\.5`\n.*from 1 on/,
    ],
    ["few draws", `systems:${system()}random: { runs: 5 }`, /:5: `random\.runs` is `5`\n.*from 19 on/],
    ["a setting", `systems:${system()}set: { lot: -1 }`, /BF50\d\d: \S+:5: .*lot/],
    [
      "the capital",
      `systems:${system("\n    set: { initial_capital: 5 }")}`,
      /:5: .*is that of the whole account/,
    ],
    ["a parameter", `systems:${system("\n    params: { fast: soon }")}`, /BF5002: \S+:5: `fast=soon`/],
    ["a filter", `systems:${system("\n    filter: { name: averag }")}`, /BF5080: \S+:5: .*`averag`/],
    ["no filter", `systems:${system("\n    filter: average")}`, /BF5082: \S+:5: .*filter` is `average`/],
    [
      "a value",
      `systems:${system("\n    filter: { name: average, sessions: 1 }")}`,
      /BF5081: \S+:5: .*cannot be 1\n/,
    ],
  ];
  it.each(wrong)("says where it is wrong: %s", async (_, text, message) => {
    const { code, err, out } = await run(bf, "portfolio", file(text));
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
    expect(err).toMatch(/help: \S/);
  });

  it("says that there is no such file", async () => {
    const { code, err } = await run(bf, "portfolio", join(folder, "none.yaml"));
    expect(code).toBe(2);
    expect(err).toMatch(/BF5020/);
  });
});
