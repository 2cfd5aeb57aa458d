import { readdirSync, readFileSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { afterAll, describe, expect, it } from "vitest";
import { bf } from "../../src/cli/bf.js";
import { bfCompile } from "../../src/cli/bf-compile.js";
import { run } from "../cli-run.js";
import { expectWritten, validatorOf } from "../json-outputs.js";

/*
 * What is written for machines has a published schema. `cli-run.ts` holds whatever any test of the commands makes them write against it;
 * here is asked that there is a schema for each, and that it refuses what is not as it says.
 */

const examples = fileURLToPath(new URL("../../../../examples", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bitfever-json-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const quiet = {
  ...{ out: () => undefined, err: () => undefined, isTerminal: false, color: false },
  signal: new AbortController().signal,
};
const withJson = (command: Command, name: string): readonly string[] => [
  ...(command.options.some(({ long }) => long === "--json") ? [name] : []),
  ...command.commands.flatMap((each) => withJson(each, name === "" ? each.name() : `${name}-${each.name()}`)),
];

it("every command with --json has a schema, and no other has", async () => {
  const all = [
    ...withJson(await bf(quiet, () => undefined, []), ""),
    ...withJson(await Promise.resolve(bfCompile(quiet, () => undefined)), "bf-compile"),
  ];
  const published = readdirSync(new URL("../../schemas", import.meta.url));
  expect(published.sort()).toEqual(all.map((name) => `${name}.schema.json`).sort());
});

describe("what is written", () => {
  const cross = join(examples, "moving-average-cross/strategy.bf");
  const sample = ["--data", join(examples, "data/SYNTHETIC-1d.csv")];
  const broken = join(folder, "broken.bf");
  writeFileSync(broken, `strategy "Broken" { enter long when closee > 1 { stop at low } }`);

  it("is as the schema says, of a backtest with all that can be asked for", async () => {
    const given = ["--resample", "100", "--trials", "5", "--set", "tick=0.01", "--json", "-"];
    const { out } = await run(bf, "backtest", cross, ...sample, ...given);
    expectWritten("backtest", out);
    expectWritten("paper", out);
  });

  it.each([
    ["bf-compile", bfCompile, ["--json", broken]],
    ["check", bf, ["check", "--json", broken, cross]],
    ["test", bf, ["test", cross, "--json", "-", "--runs", "2"]],
    ["venues", bf, ["venues", "--json"]],
  ] as const)("is as the schema says, of %s", async (command, program, args) => {
    expectWritten(command, (await run(program, ...args)).out);
  });

  it("is refused where a field is missing, is another, or is one too many", async () => {
    const { out } = await run(bf, "backtest", cross, ...sample, "--json", "-");
    const result = JSON.parse(out) as { trades: object[]; warmup: number };
    const validate = validatorOf("backtest");
    const { warmup: _warmup, ...without } = result;
    for (const wrong of [
      without,
      { ...result, warmup: "60" },
      { ...result, more: 1 },
      { ...result, schema: "bitfever/backtest@2" },
      { ...result, trades: [{ ...result.trades[0], profit: null }] },
    ])
      expect(validate?.(wrong)).toBe(false);
    expect(validate?.(result)).toBe(true);
  });
});

it("the schemas are in the package", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    files: string[];
    exports: Record<string, unknown>;
  };
  expect(manifest.files).toContain("schemas");
  expect(manifest.exports["./schemas/*"]).toBe("./schemas/*");
});
