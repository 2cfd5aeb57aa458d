import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { accountValues, calendarValues, fields, instrumentValues } from "../src/catalogue.js";
import { colors, limitMeasures } from "../src/check-rules.js";
import { limits } from "../src/limits.js";
import { operators, prefixOperators } from "../src/operators.js";
import { lawNames, plotStyles } from "../src/program.js";
import { longestLoop } from "../src/static.js";
import { keyword, textOf } from "../src/tokens.js";
import { parameterTypes, writtenTypes } from "../src/type.js";
import { ebnf } from "./ebnf.js";

const page = readFileSync(new URL("../../../docs/language.md", import.meta.url), "utf8");
const section = (title: string): string =>
  page.split(/^## /m).find((each) => each.startsWith(`${title}\n`)) ?? "";

test("docs/language.md has the grammar of the parser: `npm run generate` writes it", () => {
  expect(/```ebnf\n(.*?)```/s.exec(page)?.[1].trim()).toBe(ebnf());
});

test.each([
  ["every word that is never a name", "Names", Object.values(keyword).map(textOf)],
  [
    "every name that is taken",
    "Names",
    [fields, calendarValues, instrumentValues, accountValues].flatMap((each) => Object.keys(each)),
  ],
  ["every type of parameter", "Parameters", Object.keys(parameterTypes)],
  ["every type that can be written", "Values and types", Object.keys(writtenTypes)],
  ["every operator", "Operators", [...operators.keys(), ...Object.keys(prefixOperators)]],
  ["everything that can be limited", "Limits", limitMeasures],
  ["every style and colour of a plot", "Alerts and plots", [...plotStyles, ...colors]],
  ["every law", "Tests", lawNames],
  ["how long a loop may be", "Loops", [longestLoop.toLocaleString("en")]],
  ["every limit", "The grammar", Object.values(limits).map(String)],
])("it has %s", (_, title, words) => {
  for (const each of words)
    expect(section(title)).toMatch(new RegExp(`(?<!\\w)${each.replaceAll(/\W/g, "\\$&")}(?!\\w)`));
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
  expect(ofOperators.flat()).toHaveLength(operators.size + Object.keys(prefixOperators).length);
  for (const row of ofOperators) expect(new Set(row).size).toBe(1);
  const tightness = ofOperators.map(([first]) => first);
  expect(tightness).toEqual(tightness.toSorted((a, b) => b - a));
});
