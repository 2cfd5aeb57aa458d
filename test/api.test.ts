import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import { indicators } from "@bitfever/engine";
import * as library from "bitfever";
import { publicApi } from "../scripts/public-api.js";
import { typeErrors } from "./support/type-errors.js";

/*
 * What the library exports is described, and its examples compile and run: each as the body of an asynchronous function that sees all
 * exports, and beside them what examples begin with. Files they name are those of a folder that is made here.
 */

const api = publicApi();
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bitfever-examples-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const files: Readonly<Record<string, string>> = {
  "flows.csv": "time,amount\n2015-03-02,1000\n",
  "AAPL-actions.csv": "date,action,value\n2015-03-02,split,2\n",
  "gates.yaml": "- gate: daily_loss\n  most: 2%\n  action: halt\n",
  "instruments.yaml": "AAPL:\n  tick: 0.01\n",
};
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);

const named = (text: string): string =>
  text
    .replaceAll("examples/data/", `${root}examples/data/`)
    .replaceAll('"prices.csv"', JSON.stringify(`${root}examples/data/SYNTHETIC-1d.csv`))
    .replaceAll(/"(my-account|audit\.jsonl|[\w-]+\.(?:csv|yaml|html|svg|arrow|json))"/g, (_, name: string) =>
      JSON.stringify(join(folder, name)),
    );

const bars = await library.readBars(`${root}examples/data/SYNTHETIC-1d.csv`, { symbol: "AAPL" });
const strategy = library.compile(`strategy "Cross" {
  enter long when sma(close, 10) crosses above sma(close, 30) { stop at close * 0.9 }
  exit long when sma(close, 10) crosses below sma(close, 30)
}`);
const searched = library.compile(`strategy "Searched" {
  param fast: bars = 10 in 5..15 step 5
  enter long when sma(close, fast) crosses above sma(close, 30) { stop at close * 0.9 }
  exit long when sma(close, fast) crosses below sma(close, 30)
}`);
const [mine] = indicators.filter(({ name }) => name === "roc");
const strategies = [{ source: strategy.program.source }];
const setup = library.setUp({ strategies, symbols: [bars] });

// `readAccount` reads the account that `TradingAccount` has left.
library.TradingAccount.open({ setup, journal: join(folder, "my-account") }).close();

const surroundings: Readonly<Record<string, unknown>> = {
  ...library,
  ...{ bars, strategy, searched, strategies, setup, symbols: [bars], mine },
  console: { log: () => undefined },
  expect,
  writeFile: (path: string, text: string | Uint8Array) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
  },
};

/** The same to the compiler, with what stands in examples that are not run. */
const declared = `
import * as library from "bitfever";
declare global {
${api.map(({ name, isValue }) => `  ${isValue ? "export import" : "type"} ${name} = library.${name};`).join("\n")}
  const bars: library.Bars;
  const strategy: library.Strategy;
  const searched: library.Strategy;
  const mine: library.Indicator;
  const setup: library.AccountSetup;
  const strategies: library.SetUpOptions["strategies"];
  const symbols: NonNullable<library.SetUpOptions["symbols"]>;
  const account: library.CommandOptions["account"];
  const now: library.CommandOptions["now"];
  const quit: library.CommandOptions["quit"];
  const broker: library.LiveAccountOptions["broker"];
  const clock: library.LiveAccountOptions["clock"];
  const closedAt: library.Instant["closedAt"];
  const closedBars: library.Instant["bars"];
  const schema: library.ServiceKind["schema"];
  const make: library.ServiceKind["make"];
  const randomBytes: typeof import("node:crypto").randomBytes;
  const writeFile: typeof import("node:fs/promises").writeFile;
  const expect: (value: unknown) => { toEqual: (expected: unknown) => void };
}`;

/** What is traded for real, a module of its own, and what needs a notebook. */
const notRun = ["Commands", "LiveAccount", "Plugin", "display"];

const functionOf = Object.getPrototypeOf(async () => undefined) as {
  constructor: new (...given: string[]) => (...given: unknown[]) => Promise<unknown>;
};

async function run(example: string): Promise<void> {
  const { outputText, diagnostics = [] } = ts.transpileModule(named(example), {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  expect(diagnostics.map(({ messageText }) => messageText)).toEqual([]);
  const body = outputText.replace(/^export \{\};$/m, "");
  const made = new functionOf.constructor(...Object.keys(surroundings), `{\n${body}\n}`);
  await made(...Object.values(surroundings));
}

describe("the library", () => {
  it.each(api)("says what $name is", ({ description }) => {
    expect(description).not.toBe("");
  });

  it.each(api.filter(({ isValue }) => isValue))("has an example of $name", ({ examples }) => {
    expect(examples).not.toEqual([]);
  });

  it("exports what it is said to export", () => {
    const names = api.filter(({ isValue }) => isValue).map(({ name }) => name);
    expect(names).toEqual(Object.keys(library).sort());
  });

  const examples = api.flatMap(({ name, examples }) => examples.map((text) => ({ name, text })));

  it("has examples that compile", () => {
    const modules = examples.map(({ name, text }, i) => [`${name}-${i}.ts`, `${text}\nexport {};\n`]);
    const found = typeErrors({ "declared.ts": declared, ...Object.fromEntries(modules) });
    expect([...found].filter(([, errors]) => errors.length > 0)).toEqual([]);
  }, 300_000);

  it.each(examples.filter(({ name }) => !notRun.includes(name)))(
    "runs the example of $name",
    async ({ text }) => {
      await run(text);
    },
  );

  it("leaves no example out that is not there", () => {
    expect(notRun.filter((name) => !examples.some((each) => each.name === name))).toEqual([]);
  });
});
