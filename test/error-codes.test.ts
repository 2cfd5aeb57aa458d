import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { messages } from "@bitfever/lang";
import { expect, it } from "vitest";
import { errorCodes } from "../scripts/error-codes.js";

/* The lists of codes against what is written in the sources and on the pages. */

const root = fileURLToPath(new URL("..", import.meta.url));
const known = Object.values(errorCodes).flatMap((codes) => Object.keys(codes));

function codesIn(folder: string, extension: string): readonly string[] {
  const files = readdirSync(root + folder, { recursive: true, withFileTypes: true }).filter(
    (each) => each.isFile() && each.name.endsWith(extension),
  );
  const found = files.flatMap(({ parentPath, name }) =>
    [...readFileSync(`${parentPath}/${name}`, "utf8").matchAll(/\bBF[1-5]\d{3}\b/g)].map(([code]) => code),
  );
  return [...new Set(found)].sort();
}

it("the list has every code but those of diagnostics, each once, and no other", () => {
  const sources = ["lang", "engine", "runtime", "brokers", "bitfever"].map((name) => `packages/${name}/src`);
  const used = new Set(
    sources.flatMap((folder) => codesIn(folder, ".ts")).filter((code) => !(code in messages)),
  );
  expect([...known].sort()).toEqual([...used].sort());
});

it("pages name no code that there is not", () => {
  const all = new Set([...known, ...Object.keys(messages)]);
  expect(codesIn("docs", ".md").filter((code) => !all.has(code))).toEqual([]);
});
