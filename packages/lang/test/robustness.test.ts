import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile, compileExpression, specialise } from "../src/compile.js";
import { renderDiagnostic, type Diagnostic } from "../src/diagnostic.js";
import { explain } from "../src/explain.js";
import { limits } from "../src/limits.js";
import { tokenize, vocabulary } from "../src/tokens.js";
import { catalogue } from "./catalogue.js";
import { families } from "./diagnostics/cases.js";
import { examples } from "./examples.js";
import { compileText, entering, errorsOf, rendered, strategy } from "./helpers.js";

const tokensOf = (text: string): string[] => tokenize(text).tokens.map((each) => each.image);

/** What the language is made of, and what it is not. */
const words: readonly string[] = [
  ...new Set([
    ...vocabulary.flatMap(({ PATTERN }) => (typeof PATTERN === "string" ? [PATTERN] : [])),
    ...examples.flatMap(tokensOf),
    ...[
      "sma",
      "closee",
      "__proto__",
      "constructor",
      "state",
      "plot",
      "market",
      "universe",
      "rebalance",
      "allow",
      "forming",
      "rank",
      "spy",
      "trail",
      "1e999",
      '"',
      "'",
      "@",
      ";",
      "//",
      "/*",
      "\n",
      "é",
    ],
  ]),
];

/** Everything a caller may do with a text. */
function useAll(text: string): readonly Diagnostic[] {
  const source = { name: "any.bf", text };
  const { program, diagnostics } = compile(source, catalogue);
  for (const each of diagnostics) {
    const { start, end } = each.span;
    if (!(0 <= start && start <= end && end <= text.length))
      throw new Error(`${each.code} is at ${start} to ${end}`);
    renderDiagnostic(source, each);
  }
  // A file without a strategy is a module, and no program by itself.
  if (program === null && /\bstrategy\b/.test(text) && !diagnostics.some((each) => each.severity === "error"))
    throw new Error("no reason given");
  if (program !== null) explain(program, specialise(program, catalogue, {}, { withLets: true }));
  return diagnostics;
}

describe("whatever the text, there is an answer", () => {
  test("any characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        useAll(text);
        compileExpression({ name: "any", text }, catalogue);
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  test("characters of the language", () => {
    const characters = fc.constantFrom(...Array.from("abclet=+-*/<>!&|()[]{}\"'\\.,:%#@ \n\t0159_e"));
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 60 }), (text) => void useAll(entering(text))),
      { seed: 2, numRuns: 400 },
    );
  });

  test("words of the language in any order", () => {
    const soup = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((each) => each.join(" "));
    fc.assert(
      fc.property(soup, (text) => {
        useAll(text);
        useAll(strategy(text));
        useAll(entering(`let a = ${text}`));
      }),
      { seed: 3, numRuns: 250 },
    );
  });

  test("a piece of a program", () => {
    for (const text of examples) for (let end = 0; end < text.length; end += 11) useAll(text.slice(0, end));
    for (const text of examples)
      for (let start = 0; start < text.length; start += 31) useAll(text.slice(start));
  });

  test("the same answer each time", () => {
    for (const text of [...examples, ...Object.values(families).flat()]) {
      const first = JSON.stringify(compileText(text));
      compileText(words.join(" "));
      expect(JSON.stringify(compileText(text))).toBe(first);
    }
  });
});

interface Injection {
  readonly name: string;
  readonly edit: (tokens: readonly string[], at: number, other: string) => string[];
}

const injections: readonly Injection[] = [
  { name: "deleted", edit: (tokens, at) => tokens.toSpliced(at, 1) },
  { name: "doubled", edit: (tokens, at) => tokens.toSpliced(at, 0, tokens[at]) },
  { name: "replaced", edit: (tokens, at, other) => tokens.toSpliced(at, 1, other) },
  {
    name: "swapped with the next",
    edit: (tokens, at) => tokens.toSpliced(at, 2, tokens[at + 1] ?? "", tokens[at]),
  },
];

/** The tokens with the line breaks of the text they come from, and where each is in it. */
function joined(tokens: readonly string[], breaks: ReadonlySet<number>): { text: string; starts: number[] } {
  let text = "";
  const starts = tokens.map((token, i) => {
    text += breaks.has(i) ? "\n" : " ";
    text += token;
    return text.length - token.length;
  });
  return { text, starts };
}

// Thousands of compilations each; a machine with something else to do takes its time.
describe("one slip in a sound program", { timeout: 120_000 }, () => {
  test.each(injections)("a token $name", ({ name, edit }) => {
    let all = 0;
    let accepted = 0;
    let near = 0;
    let single = 0;
    for (const [e, example] of examples.entries()) {
      const lexed = tokenize(example).tokens;
      const tokens = lexed.map((each) => each.image);
      const breaks = new Set(
        lexed.flatMap((each, i) => (i > 0 && each.startLine !== lexed[i - 1].startLine ? [i] : [])),
      );
      for (const at of tokens.keys()) {
        const others =
          name === "replaced" ? [0, 1].map((i) => words[(at * 7 + i * 31 + e * 13) % words.length]) : [""];
        for (const other of others) {
          const { text, starts } = joined(edit(tokens, at, other), breaks);
          const errors = useAll(text).filter((each) => each.severity === "error");
          all++;
          if (errors.length === 0) {
            accepted++;
            continue;
          }
          const place = starts.findLastIndex((start) => start <= errors[0].span.start);
          if (Math.abs(place - at) <= 2) near++;
          if (errors.length === 1) single++;
        }
      }
    }
    const refused = all - accepted;
    console.info(
      `token ${name}: ${all} programs, ${refused} refused; the first error within 2 tokens of the slip in ` +
        `${((100 * near) / refused).toFixed(1)} %, a single error in ${((100 * single) / refused).toFixed(1)} %`,
    );
    expect(near / refused).toBeGreaterThan(0.9);
    expect(single / refused).toBeGreaterThan(0.7);
  });
});

describe("more than can be read", () => {
  const many = 20_000;
  test.each([
    ["parentheses", `let a = ${"(".repeat(many)}close${")".repeat(many)}`],
    ["open parentheses", `let a = ${"(".repeat(many)}`],
    ["calls", `let a = ${"sma(".repeat(many)}close`],
    ["brackets", `let a = ${"close[".repeat(many)}`],
    ["ifs", `let a = ${"if close > open then 1 else ".repeat(many)}2`],
    ["open ifs", `let a = ${"if ".repeat(many)}`],
    ["sums", `let a = close${" + close".repeat(many)}`],
    ["minuses", `let a = ${"-".repeat(many)}close`],
    ["nots", `let a = ${"not ".repeat(many)}true`],
    ["suffixes", `let a = close${"[1]".repeat(many)}`],
    ["members", `let a = close${".a".repeat(many)}`],
    ["methods", `let a = close${".a()".repeat(many)}`],
    ["means of members", `let a = ${"mean(for each: ".repeat(many)}close`],
  ])("%s", (_, body) => {
    expect(errorsOf(entering(body)).map((each) => each.code)).toEqual(["BF1006"]);
    expect(compileExpression({ name: "x", text: body.slice(8) }, catalogue).plan).toBeNull();
  });

  test.each([
    ["parentheses", limits.nesting, (count: number) => `${"(".repeat(count)}close${")".repeat(count)}`],
    ["calls", limits.nesting, (count: number) => `${"ema(".repeat(count)}close${", 2)".repeat(count)}`],
    ["ifs", limits.nesting, (count: number) => `${"if close > open then close else ".repeat(count)}open`],
    ["operators", limits.operators, (count: number) => `close${" + close".repeat(count)}`],
    ["minuses", limits.operators, (count: number) => `${"- ".repeat(count)}close`],
    ["suffixes", limits.operators, (count: number) => `close${"[1]".repeat(count)}`],
  ])("%s: %i and no more", (name, count, make) => {
    const text = (n: number): string => entering(`let a = ${make(n)}`);
    // An `if` has a comparison of its own.
    expect(errorsOf(text(name === "ifs" ? count - 1 : count))).toEqual([]);
    expect(errorsOf(text(count + 1)).map((each) => each.code)).toEqual(["BF1006"]);
  });

  test("the deepest that is allowed, all at once", () => {
    const deep = `${"(".repeat(63)}close${" + close)".repeat(63)}${" + close".repeat(430)}`;
    const lets = Array.from({ length: 50 }, (_, i) => `let a${i} = a${i + 1} + ${deep}`).join("\n");
    expect(compileText(entering(`${lets}\nlet a50 = close`)).diagnostics).toEqual([]);
  });

  test.each([
    ["a digit", `let a = close > ${"1".repeat(200_000)}`, ["BF2009"]],
    ["a letter", `let ${"a".repeat(200_000)} = closee`, ["BF2001"]],
    ["a letter that is a typo", `let a = ${"a".repeat(200_000)}`, ["BF2001"]],
    ["an unknown character", `let a = ${"€".repeat(200_000)}`, ["BF1001"]],
    ["a text without an end", `enter long "${"a".repeat(200_000)}`, ["BF1007"]],
    ["a comment of another language", `/* ${"a".repeat(200_000)}`, ["BF1005", "BF1002"]],
    ["a brace that closes", "}".repeat(20_000), undefined],
    ["a brace that opens", "{".repeat(20_000), undefined],
    ["a broken declaration", "let a close ".repeat(2_000), undefined],
    ["a market", Array.from({ length: 2_000 }, (_, i) => `market "S${i}" as s${i}`).join(" "), []],
    ["a symbol", `universe ${Array.from({ length: 20_000 }, (_, i) => `"S${i}"`).join(", ")}`, []],
    ["the same symbol", `universe ${Array.from({ length: 2_000 }, () => '"S"').join(", ")}`, undefined],
    ["a rebalance", "universe rebalance { hold each } ".repeat(2_000), undefined],
    ["a declaration", Array.from({ length: 20_000 }, (_, i) => `let a${i} = close`).join(" "), []],
  ])("%s, many times over", (_, body, codes) => {
    const text = entering(body);
    const errors = errorsOf(text);
    if (codes !== undefined) expect(errors.map((each) => each.code)).toEqual(codes);
    expect(errors.slice(0, 5).every((each) => each.message.length < 1000)).toBe(true);
    expect(rendered(text).length).toBeLessThan(100_000);
  });
});

/** A strategy of declarations, with something in front of it. */
const within = (body: string, before = ""): string =>
  `${before}strategy "E" on 15m {\n${body}\nenter long when close > open { stop at low }\n}`;
const times = (count: number, make: (i: number) => string, between = "\n"): string =>
  Array.from({ length: count }, (_, i) => make(i)).join(between);
const many = 20_000;

describe("more than can be held", { timeout: 30_000 }, () => {
  test.each([
    ["records in records", within(`let a = ${"{ a: ".repeat(many)}1${" }".repeat(many)}`), ["BF1006"]],
    ["records that are not closed", within(`let a = ${"{ a: ".repeat(many)}`), ["BF1006"]],
    ["a wide record", within(`let a = { ${times(many, (i) => `f${i}: close`, ", ")} }`), ["BF1006"]],
    [
      "whens in whens",
      within(
        `state s = 0 reset never { ${"when close > open { ".repeat(many)}set s = 1${" }".repeat(many)} }`,
      ),
      ["BF1006"],
    ],
    ["many actions", within(`state s = 0 reset never { ${"set s = s + 1 ".repeat(many)} }`), ["BF1006"]],
    [
      "a chain of functions",
      within(
        `${times(5_000, (i) => `fn f${i}(x) = ${i === 0 ? "x" : `f${i - 1}(x)`} + 1`)}\nlet a = f4999(close)`,
      ),
      ["BF1006"],
    ],
    [
      "functions that double",
      within(
        `${times(60, (i) => `fn f${i}(x) = ${i === 0 ? "x + close" : `f${i - 1}(x * 2) + f${i - 1}(x * 3)`}`)}\nlet a = f59(close)`,
      ),
      undefined,
    ],
    [
      "values that double",
      within(
        times(60, (i) => `let a${i} = ${i === 0 ? "close - open" : `a${i - 1} - a${i - 1}[1]`}`),
      ).replace("stop at low", "stop at a59"),
      [],
    ],
    [
      "functions that double in a loop",
      within(
        `${times(40, (i) => `fn f${i}(x) = ${i === 0 ? "x" : `f${i - 1}(x) + f${i - 1}(x)`}`)}\nlet a = sum(for k in 0..9: f39(close[k]))`,
      ),
      ["BF1006"],
    ],
    [
      "types that double",
      within(
        `${times(60, (i) => `type T${i} = { ${i === 0 ? "a: price" : `a: T${i - 1}, b: T${i - 1}`} }`)}\nfn f(x: T59) = 1`,
      ),
      ["BF1006"],
    ],
    ["types of one another", within("type A = { b: B }\ntype B = { a: A }\nfn f(x: A) = 1"), ["BF2017"]],
    [
      "records that double",
      within(
        times(
          60,
          (i) => `let r${i} = ${i === 0 ? "{ a: close, b: open }" : `{ a: r${i - 1}, b: r${i - 1} }`}`,
        ),
      ),
      ["BF1006"],
    ],
    [
      "loops in loops",
      within(`let a = ${"sum(for k in 0..999: ".repeat(20)}close${")".repeat(20)}`),
      ["BF1006"],
    ],
    [
      "loops of numbers in loops",
      within("let a = sma(close, sum(for i in 1..999: sum(for j in 1..999: sum(for k in 1..999: 1))))"),
      ["BF1006"],
    ],
    ["statements", within(times(100_000, (i) => `let v${i} = close`)), ["BF1006"]],
    ["imports", within("", `${times(5_000, (i) => `import "x${i}" as y${i}`)}\n`), undefined],
    ["alerts", within(times(5_000, (i) => `alert "a {close + ${i}}" when close > open`)), []],
    ["values in an alert", within(`alert "${"{close}".repeat(5_000)}" when close > open`), []],
    ["words that ask", within(`let a = b ${"at ".repeat(100_000)}`), ["BF1002"]],
    ["blocks in blocks", within("on 1d { ".repeat(5_000)), undefined],
    [
      "lets that need one another's past",
      within(times(3_000, (i) => `let a${i}: price = (a${(i + 1) % 3_000}[1] or else close)`)),
      [],
    ],
    ["question marks", within(`let a: price${"?".repeat(many)} = close`), undefined],
    ["a NUL", within("let a = clo\u0000se"), undefined],
    ["a sign that turns text round", within("let a = close \u202e + 1"), undefined],
    ["half a character", within('enter short "\ud800" when close < open { stop at high }'), []],
  ])("%s", (_, text, codes) => {
    const { diagnostics } = compileText(text);
    const errors = diagnostics.filter((each) => each.severity === "error");
    if (codes !== undefined) expect(new Set(errors.map((each) => each.code))).toEqual(new Set(codes));
    else expect(errors.length).toBeGreaterThan(0);
    expect(rendered(text).length).toBeLessThan(100_000);
  });
});
