import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compile, specialise } from "../src/compile.js";
import { editions } from "../src/editions.js";
import { catalogue } from "./catalogue.js";
import { codesOf, compileText, entering } from "./helpers.js";

/* What docs/editions.md promises of editions, as far as there are any. */

const page = readFileSync(new URL("../../../docs/editions.md", import.meta.url), "utf8");
const program = entering("let a = sma(close, 20)");

it("has a page with every edition that the compiler knows, and no other", () => {
  expect([...page.matchAll(/^\| (\d{4}) /gm)].map(([, edition]) => edition)).toEqual(editions);
});

describe.each(editions)("edition %s", (edition) => {
  it("compiles, of a program and of what that imports", () => {
    const text = `edition ${edition}\nimport "m.bf" as m\n${entering("let a = m.twice(close)")}`;
    const findModule = () => ({
      name: "m.bf",
      text: `edition ${edition}\npub fn twice(x: price) = x * 2`,
    });
    expect(compile({ name: "a.bf", text }, catalogue, { findModule }).diagnostics).toEqual([]);
  });
});

it("is the first one where a program states none", () => {
  const stated = compileText(`edition ${editions[0]}\n${program}`);
  const silent = compileText(program);
  if (stated.program === null || silent.program === null) throw new Error("does not compile");
  expect(specialise(silent.program, catalogue, {})).toEqual(specialise(stated.program, catalogue, {}));
});

it("is refused where nobody knows it, also in a module, whatever the program that imports it is of", () => {
  expect(codesOf(compileText(`edition 1999\n${program}`).diagnostics)).toEqual(["BF1003"]);
  const findModule = () => ({ name: "m.bf", text: "edition 1999\npub let two = 2" });
  const text = `import "m.bf" as m\n${program}`;
  const [refused] = compile({ name: "a.bf", text }, catalogue, { findModule }).diagnostics;
  expect([refused.code, refused.message]).toEqual([
    "BF2201",
    `\`m.bf\` cannot be imported: there is no edition 1999; this compiler knows ${editions.join(", ")}`,
  ]);
});
