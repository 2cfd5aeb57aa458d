import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { backtest, readBars } from "bitfever";
import { compile as compileText, renderDiagnostic, type Source } from "@bitfever/lang";
import { calendars, catalogue, parseSettings } from "@bitfever/engine";
import { bf } from "../packages/bitfever/src/cli/bf.js";
import { run } from "../packages/bitfever/test/cli-run.js";

/*
 * Every recipe of the cookbook, and the page before it, does what it says: its programs compile without a warning and trade, its commands run one after the other in a
 * folder with its files, its TypeScript is checked and run there. `# exit code 3` behind a command says how it ends.
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}docs/cookbook/`;
const examples = `${root}examples/data/`;

interface Block {
  readonly language: string;
  /** What stands behind the language: the name of a file. */
  readonly about: string;
  readonly text: string;
}

interface Recipe {
  readonly title: string;
  readonly blocks: readonly Block[];
}

function recipeOf(title: string, text: string): Recipe {
  const blocks = [...text.matchAll(/^```(\w+)(?: ([^\n]+))?\n(.*?)^```$/gms)];
  return {
    title,
    blocks: blocks.map(([, language, about = "", block]) => ({ language, about, text: block })),
  };
}

const recipes = readdirSync(folder)
  .filter((name) => name !== "README.md")
  .flatMap((name) =>
    readFileSync(folder + name, "utf8")
      .split(/^## /m)
      .slice(1)
      .map((text) => recipeOf(text.slice(0, text.indexOf("\n")), text)),
  )
  .sort((a, b) => Number.parseInt(a.title) - Number.parseInt(b.title));

/** From nothing to a report, on a page of its own. */
const firstSteps = recipeOf("0. First steps", readFileSync(`${root}docs/first-steps.md`, "utf8"));
const all = [firstSteps, ...recipes];

const blocksOf = ({ blocks }: Recipe, language: string): readonly Block[] =>
  blocks.filter((each) => each.language === language);

/** The bars of fifteen minutes two by two: each day has an even number of them. */
function halfHours(): string {
  const [header, ...rows] = readFileSync(`${examples}SYNTHETIC-15m.csv`, "utf8").trim().split("\n");
  const paired = rows.flatMap((row, i) => {
    if (i % 2 === 1) return [];
    const [time, open, high, low, , volume] = row.split(",");
    const [, , laterHigh, laterLow, close, laterVolume] = rows[i + 1].split(",");
    const [top, bottom] = [Math.max(+high, +laterHigh), Math.min(+low, +laterLow)];
    return [[time, open, top, bottom, close, +volume + +laterVolume].join(",")];
  });
  return `${[header, ...paired].join("\n")}\n`;
}

/** A rate for each day of the sample, somewhere near 1.1. */
function rates(): string {
  const [, ...rows] = readFileSync(`${examples}SYNTHETIC-1d.csv`, "utf8").trim().split("\n");
  const priced = rows.map((row) => {
    const [time, open] = row.split(",");
    const rate = (1 + Number(open) / 2_000).toFixed(4);
    return [time, rate, rate, rate, rate].join(",");
  });
  return `${["time,open,high,low,close", ...priced].join("\n")}\n`;
}

/** The words of a command, as a shell takes them apart. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|[^\s']+/g)].map(([word, quoted]) => quoted ?? word);

describe("the cookbook", { timeout: 300_000 }, () => {
  let place: string;
  const before = process.cwd();

  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), "bitfever-cookbook-"));
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(place, { recursive: true, force: true });
  });

  /** A folder with the samples, under the names that recipes call them by, and the files of a recipe. */
  function kitchen(recipe: Recipe): string {
    const own = join(place, String(Number.parseInt(recipe.title)));
    mkdirSync(own, { recursive: true });
    cpSync(`${examples}SYNTHETIC-1d.csv`, join(own, "prices.csv"));
    cpSync(`${examples}SYNTHETIC-15m.csv`, join(own, "minutes.csv"));
    writeFileSync(join(own, "half-hours.csv"), halfHours());
    writeFileSync(join(own, "eurusd.csv"), rates());
    cpSync(`${examples}SYNTHETIC-index-1d.csv`, join(own, "index.csv"));
    cpSync(`${examples}SYNTHETIC-universe`, join(own, "members"), { recursive: true });
    for (const { language, about, text } of recipe.blocks) {
      if (language === "bf") writeFileSync(join(own, about.replace(/^module /, "") || "strategy.bf"), text);
      else if (about !== "") writeFileSync(join(own, about), text);
    }
    return own;
  }

  test("has more than thirty recipes, numbered, each with something that is run", () => {
    expect(recipes.map(({ title }) => Number.parseInt(title))).toEqual(recipes.map((_, i) => i + 1));
    expect(recipes.length).toBeGreaterThanOrEqual(30);
    for (const { title, blocks } of recipes)
      expect([title, blocks.some(({ language }) => ["bf", "sh", "ts"].includes(language))]).toEqual([
        title,
        true,
      ]);
    const known = new Set(["bf", "sh", "ts", "csv", "yaml"]);
    expect(recipes.flatMap(({ blocks }) => blocks).filter(({ language }) => !known.has(language))).toEqual(
      [],
    );
  });

  const programs = all.flatMap((recipe) =>
    blocksOf(recipe, "bf")
      .filter(({ about }) => about === "")
      .map(({ text }) => ({ title: recipe.title, recipe, text })),
  );

  test.each(programs)("$title: the program compiles without a word, and trades", async ({ recipe, text }) => {
    const own = kitchen(recipe);
    const source = { name: "strategy.bf", text };
    const findModule = (path: string): Source | undefined => {
      const found = recipe.blocks.find(({ about }) => about === `module ${path}`);
      return found && { name: path, text: found.text };
    };
    const names = calendars.map(({ name }) => name);
    const { program, diagnostics } = compileText(source, catalogue, { findModule, calendars: names });
    expect(diagnostics.map((each) => renderDiagnostic(source, each)).join("\n")).toBe("");
    const [, clock = "1d"] = / on (\d+\w)/.exec(text) ?? [];
    const isIntraday = clock !== "1d";
    const sample = { "1d": "prices.csv", "30m": "half-hours.csv", "15m": "minutes.csv" }[clock] ?? clock;
    const files = text.includes("universe")
      ? readdirSync(join(own, "members")).map((name) => `members/${name}`)
      : [sample];
    const bars = await Promise.all(files.map((file) => readBars(join(own, file))));
    const { result } = await backtest({ program: program! }, bars, {
      settings: parseSettings({ tick: "0.01", ...(isIntraday && { zone: "America/New_York" }) }),
      markets: { INDEX: await readBars(join(own, "index.csv")) },
    });
    expect(result.trades.length).toBeGreaterThan(3);
  });

  const commands = all
    .filter((recipe) => blocksOf(recipe, "sh").length > 0)
    .map((recipe) => ({ title: recipe.title, recipe }));

  test.each(commands)("$title: the commands run", async ({ recipe }) => {
    process.chdir(kitchen(recipe));
    try {
      for (const line of blocksOf(recipe, "sh").flatMap(({ text }) => text.trim().split("\n"))) {
        const [command, remark = "exit code 0"] = line.split(" # ");
        const [npx, name, ...words] = wordsOf(command);
        expect([npx, name]).toEqual(["npx", "bf"]);
        const { code, err } = await run(bf, ...words);
        expect([line, `exit code ${code}`, err]).toEqual([line, remark, err]);
      }
    } finally {
      process.chdir(before);
    }
  });

  const scripts = recipes.flatMap((recipe) =>
    blocksOf(recipe, "ts").map(({ text }) => ({ title: recipe.title, recipe, text })),
  );
  /** Beside the tests, where the names of the packages are known. */
  const scriptFile = (title: string): string =>
    `${root}test/.cookbook-${process.pid}-${Number.parseInt(title)}.ts`;

  describe("in TypeScript", () => {
    beforeAll(() => {
      for (const { title, text } of scripts) writeFileSync(scriptFile(title), `${text}\nexport {};\n`);
    });
    afterAll(() => {
      for (const { title } of scripts) rmSync(scriptFile(title), { force: true });
    });

    test("is of the right types", () => {
      const read = ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path));
      const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, root);
      const files = scripts.map(({ title }) => scriptFile(title));
      const program = ts.createProgram(files, { ...options, noEmit: true });
      const found = files.flatMap((file) => [
        ...program.getSyntacticDiagnostics(program.getSourceFile(file)),
        ...program.getSemanticDiagnostics(program.getSourceFile(file)),
      ]);
      expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
    });

    test.each(scripts)("$title: runs, and prints numbers", async ({ title, recipe }) => {
      const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
      process.chdir(kitchen(recipe));
      try {
        await import(/* @vite-ignore */ scriptFile(title));
        expect(log.mock.calls.flat().filter((each) => !Number.isFinite(each))).toEqual([]);
        expect(log.mock.calls.flat().length).toBeGreaterThan(0);
      } finally {
        process.chdir(before);
        log.mockRestore();
      }
    });
  });
});
