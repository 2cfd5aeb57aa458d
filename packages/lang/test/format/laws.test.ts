import type { CstNode } from "chevrotain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryProgram } from "../../../../test/support/arbitrary-program.js";
import { format } from "../../src/format.js";
import { layOut } from "../../src/layout.js";
import { parseFile } from "../../src/parse.js";
import { theParser } from "../../src/parser.js";
import { tokenize } from "../../src/tokens.js";
import { corpus } from "./corpus.js";
import { everything } from "./everything.js";

/* What holds of every file that can be parsed. */

const sourceOf = (text: string) => ({ name: "example.bf", text });

function formatted(text: string): string {
  const result = format(sourceOf(text));
  if ("diagnostics" in result) throw new Error(`${result.diagnostics[0].message}\n${text}`);
  return result.text;
}

const isParsed = (text: string): boolean => parseFile(sourceOf(text)).diagnostics.length === 0;

/** Tokens without commas that end a list. */
function tokensOf(text: string): string[] {
  const { tokens } = tokenize(text);
  return tokens.map(({ image }) => image).filter((image, i, all) => image !== "," || all[i + 1] !== "}");
}

/** Tokens and comments as they follow each other; a comment behind an entry may change places with its comma. */
function piecesOf(text: string): string[] {
  const { tokens, groups } = tokenize(text);
  return [...tokens, ...(groups["comments"] ?? [])]
    .sort((a, b) => a.startOffset - b.startOffset)
    .map(({ image }) => image.trimEnd())
    .filter((image) => image !== ",");
}

function expectLaws(text: string): void {
  const once = formatted(text);
  expect(tokensOf(once)).toEqual(tokensOf(text));
  expect(piecesOf(once)).toEqual(piecesOf(text));
  expect(formatted(once)).toBe(once);
  expect(once).not.toMatch(/[ \t\r]\n|\n\n\n|^\n|\n\n$/);
  expect(once === "" || once.endsWith("\n")).toBe(true);
}

const programs = corpus.filter(isParsed);

test("the corpus is large", () => {
  expect(programs.length).toBeGreaterThan(150);
});

test("every production of the grammar is in it", () => {
  const seen = new Set<string>();
  const visit = ({ name, children }: CstNode): void => {
    seen.add(name);
    for (const each of Object.values(children).flat()) if ("children" in each) visit(each);
  };
  for (const text of programs) {
    theParser().input = layOut(tokenize(text).tokens).tokens;
    visit(theParser().file());
  }
  const all = Object.keys(theParser().getGAstProductions()).filter((name) => name !== "soleExpression");
  expect(all.filter((name) => !seen.has(name))).toEqual([]);
});

test.each(programs)("%s", (text) => {
  expectLaws(text);
  expect(formatted(text.replaceAll("\n", "\r\n"))).toBe(formatted(text));
});

const seed = { seed: 20260719 };
const timeout = 60_000;
const anyProgram = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...programs) }, arbitraryProgram());
const blanks = fc.constantFrom(" ", " ", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r\n\r\n", "\n \n\n");
const comments = fc.constantFrom(" // why\n", "// why\r\n", "\n// why\n", "\n\n  // why  \n\n", " //\n");

/** The tokens and comments of a program with something else between them. */
const spaced = (program: string, between: readonly string[]): string => {
  const { tokens, groups } = tokenize(program);
  return [...tokens, ...(groups["comments"] ?? [])]
    .sort((a, b) => a.startOffset - b.startOffset)
    .map(({ image }, i) => `${between[i % between.length]}${image}${image.startsWith("//") ? "\n" : ""}`)
    .join("");
};

// Where a line starts tells what its author took for a declaration, so that some of these texts are refused.
describe.each([
  ["generated", anyProgram],
  [
    "re-spaced",
    fc
      .tuple(anyProgram, fc.array(blanks, { minLength: 1, maxLength: 60 }))
      .map(([program, between]) => spaced(program, between)),
  ],
  [
    "with comments anywhere",
    fc
      .tuple(
        anyProgram,
        fc.array(fc.oneof({ weight: 6, arbitrary: blanks }, comments), { minLength: 1, maxLength: 60 }),
      )
      .map(([program, between]) => spaced(program, between)),
  ],
])("programs %s", (_, arbitrary) => {
  test("keep their tokens and comments, and are as they were when formatted again", { timeout }, () => {
    let formattedOnes = 0;
    fc.assert(
      fc.property(arbitrary, (text) => {
        if (!isParsed(text)) return;
        formattedOnes++;
        expectLaws(text);
      }),
      { ...seed, numRuns: 400 },
    );
    expect(formattedOnes).toBeGreaterThan(300);
  });
});

/** One comment in a program that has every production. */
test("a comment at any place", { timeout }, () => {
  const starts = tokenize(everything).tokens.map(({ startOffset }) => startOffset);
  const places = fc.constantFrom(...starts, everything.length);
  fc.assert(
    fc.property(places, comments, (at, comment) => {
      const commented = everything.slice(0, at) + comment + everything.slice(at);
      if (isParsed(commented)) expectLaws(commented);
    }),
    { ...seed, numRuns: 100 },
  );
});

test("a token that is taken out or comes twice is an error or makes another program", { timeout }, () => {
  const texts = fc.tuple(fc.constantFrom(...programs), fc.nat(), fc.constantFrom(0, 2));
  let formattedOnes = 0;
  fc.assert(
    fc.property(texts, ([program, at, times]) => {
      const { tokens } = tokenize(program);
      const changed = tokens
        .map(({ image }, i) => (i === at % tokens.length ? `${image} `.repeat(times) : image))
        .join(" ");
      const result = format(sourceOf(changed));
      if ("diagnostics" in result) expect(result.diagnostics).not.toEqual([]);
      else {
        formattedOnes++;
        expectLaws(changed);
      }
    }),
    { ...seed, numRuns: 400 },
  );
  expect(formattedOnes).toBeGreaterThan(0);
});
