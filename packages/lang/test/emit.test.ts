import { describe, expect, test } from "vitest";
import ts from "typescript";
import { emitJavaScript, emitTypeScript } from "../src/emit.js";
import { compile } from "../src/compile.js";
import { catalogue } from "./catalogue.js";
import { programOf, strategy } from "./helpers.js";

const declarations = `param fast: bars = 5
  param stake: ratio = 0.5%
  param loud: bool = true
  enter long when close > sma(close, fast) and loud { size risk(stake) stop at low }`;

const hostile = [
  'quote " here',
  "`${process.exit(1)}`",
  "*/ after",
  "// <script>",
  "line\u2028and\u2029paragraph",
  "'",
  "\\",
  "é😀",
  "\u0000",
];

/** What a module hands to `defineStrategy`, read back. */
function programIn(module: string): unknown {
  const found = /defineStrategy(?:<Parameters>)?\((.*)\);\n$/s.exec(module);
  return JSON.parse(found?.[1] ?? "null");
}

function programNamed(name: string): ReturnType<typeof programOf> {
  const written = JSON.stringify(name).replaceAll(/\\u[0-9a-f]{4}/g, "?");
  const { program } = compile(
    { name: `${name}.bf`, text: strategy(declarations).replace('"Example"', written) },
    catalogue,
  );
  if (program === null) throw new Error(`does not compile: ${written}`);
  return program;
}

describe.each(hostile)("a strategy named %j", (name) => {
  const program = programNamed(name);

  test("is in both modules as it is", () => {
    expect(programIn(emitTypeScript(program))).toEqual(program);
    expect(programIn(emitJavaScript(program))).toEqual(program);
  });

  test("leaves the module readable", () => {
    const { diagnostics } = ts.transpileModule(emitTypeScript(program), { reportDiagnostics: true });
    expect(diagnostics).toEqual([]);
    // One line of comment, whatever the file is called.
    expect(emitJavaScript(program).split(/[\n\r\u2028\u2029]/)[1]).toBe("");
  });
});

test("the program survives JSON", () => {
  const program = programOf(strategy(declarations));
  expect(JSON.parse(JSON.stringify(program))).toEqual(program);
});

test("a typed module", () => {
  const { source, ...rest } = programOf(strategy(declarations));
  const module = emitTypeScript({ ...rest, source: { ...source, text: "" } });
  expect(module.slice(0, module.indexOf("defineStrategy<"))).toMatchInlineSnapshot(`
    "// Compiled by bf-compile from example.bf. Do not edit.

    import { defineStrategy, type Strategy } from "bitfever";

    export interface Parameters {
      /** bars, 5 by default */
      fast: number;
      /** ratio, 0.005 by default */
      stake: number;
      /** bool, true by default */
      loud: boolean;
    }

    export const strategy: Strategy<Parameters> = "
  `);
});

test("a strategy without parameters has none to give", () => {
  const module = emitTypeScript(programOf(strategy("enter long when close > open { stop at low }")));
  expect(module).toContain("export type Parameters = Record<string, never>;");
});
