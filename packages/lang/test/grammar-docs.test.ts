import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { accountValues, fields } from "../src/catalogue.js";
import { limits } from "../src/limits.js";
import { operators, prefixOperators } from "../src/operators.js";
import { keyword, textOf } from "../src/tokens.js";
import { parameterTypes } from "../src/type.js";
import { ebnf } from "./ebnf.js";

const page = readFileSync(new URL("../../../docs/language.md", import.meta.url), "utf8");
const section = (title: string): string =>
  page.split(/^## /m).find((each) => each.startsWith(`${title}\n`)) ?? "";

test("docs/language.md has the grammar of the parser", () => {
  expect(/```ebnf\n(.*?)```/s.exec(page)?.[1].trim()).toBe(ebnf());
});

test.each([
  ["every word that is never a name", section("Names"), Object.values(keyword).map(textOf)],
  [
    "every field and account value",
    section("Names"),
    [...Object.keys(fields), ...Object.keys(accountValues)],
  ],
  ["every type of parameter", section("Parameters"), Object.keys(parameterTypes)],
  ["every operator", section("Operators"), [...operators.keys(), ...Object.keys(prefixOperators)]],
  ["every limit", section("The grammar"), Object.values(limits).map(String)],
])("it has %s", (_, text, words) => {
  for (const each of words)
    expect(text).toMatch(new RegExp(`(?<!\\w)${each.replaceAll(/\W/g, "\\$&")}(?!\\w)`));
});

test("its table of operators goes from the tightest to the loosest", () => {
  const rows = section("Operators")
    .split("\n")
    .filter((each) => each.startsWith("| `"))
    .map((each) => [...each.split("|")[1].matchAll(/`([^`]+)`/g)].map(([, symbol]) => symbol));
  const binding = rows.map((row) =>
    row.map(
      (each) => operators.get(each)?.precedence ?? prefixOperators[each === "-x" ? "-" : "not"].precedence,
    ),
  );
  const ofOperators = binding.slice(1, -1);
  for (const row of ofOperators) expect(new Set(row).size).toBe(1);
  const tightness = ofOperators.map(([first]) => first);
  expect(tightness).toEqual(tightness.toSorted((a, b) => b - a));
});
