import { describe, expect, test } from "vitest";
import { diagnostic, renderDiagnostic, type Diagnostic } from "../src/diagnostic.js";
import { intervalMs, intervalName } from "../src/interval.js";
import { compileText, entering, rendered } from "./helpers.js";

const at = (text: string, word: string): { start: number; end: number } => {
  const start = text.indexOf(word);
  return { start, end: start + word.length };
};

const shown = (text: string, given: Diagnostic): string => renderDiagnostic({ name: "x.bf", text }, given);

describe("a diagnostic as people read it", () => {
  test("places on several lines, in their order, with a common gutter", () => {
    const text = `${"\n".repeat(8)}let a = open\nlet b = close\nlet a = high`;
    const second = text.lastIndexOf("a =");
    const given = diagnostic(
      "BF2002",
      { start: second, end: second + 1 },
      { name: "a" },
      { labels: [{ span: at(text, "a ="), text: "first here" }] },
    );
    expect(shown(text, given)).toMatchInlineSnapshot(`
      "error BF2002: \`a\` is already defined
         ┌─ x.bf:11:5
       9 │ let a = open
         │     --- first here
      11 │ let a = high
         │     ^
         = explain: bf-compile --explain BF2002"
    `);
  });

  test("marks stand under tabs and behind carriage returns", () => {
    const text = "let a = open\r\n\t\tlet b = closee\r\nlet c = low\r\n";
    const given = diagnostic("BF2001", at(text, "closee"), { name: "closee" });
    expect(shown(text, given).split("\n").slice(1, 4)).toEqual([
      "  ┌─ x.bf:2:11",
      "2 │ \t\tlet b = closee",
      "  │ \t\t        ^^^^^^",
    ]);
  });

  test("a place that goes over lines is marked on its first", () => {
    const text = "let a = sma(\n  close)";
    const given = diagnostic("BF2005", at(text, "sma(\n  close)"), { name: "sma", problem: "x", usage: "y" });
    expect(shown(text, given)).toContain("  │         ^^^^\n");
  });

  test("the end of a text can be marked", () => {
    expect(shown("", diagnostic("BF1002", { start: 0, end: 0 }, { problem: "nothing" }))).toContain(
      "1 │ \n  │ ^",
    );
  });

  test("a very long line is cut around the place", () => {
    const text = `let a = ${"close + ".repeat(100)}closee${" + close".repeat(100)}`;
    const lines = shown(text, diagnostic("BF2001", at(text, "closee"), { name: "closee" })).split("\n");
    expect(Math.max(...lines.map((each) => each.length))).toBeLessThan(220);
    expect(lines[2].startsWith("1 │ …") && lines[2].endsWith("…")).toBe(true);
    const mark = lines[3].indexOf("^");
    expect(lines[2].slice(mark, mark + 6)).toBe("closee");
  });

  test("nothing a terminal would act on is shown as it is", () => {
    const text = entering("let a = \u001b[31m\u0007 close \u202e + closee");
    const output = rendered(text);
    const odd = Array.from(output).filter((each) => /\p{Cc}|\p{Bidi_Control}/u.test(each) && each !== "\n");
    expect(odd).toEqual([]);
    expect(output).toContain("U+001B");
  });

  test("a painter is asked for everything but the text of the program", () => {
    const paint = {
      error: (text: string) => `<error>${text}</error>`,
      warning: (text: string) => `<warning>${text}</warning>`,
      accent: (text: string) => `<accent>${text}</accent>`,
      faint: (text: string) => `<faint>${text}</faint>`,
    };
    const source = { name: "x.bf", text: entering("let a = open\n  let a = close") };
    const [first] = compileText(source.text).diagnostics;
    expect(renderDiagnostic(source, first, paint)).toMatchInlineSnapshot(`
      "<error>error BF2002</error>: \`a\` is already defined
        <faint>┌─</faint> x.bf:3:7
      <faint>2 │</faint>   let a = open
      <faint>  │</faint>       <accent>- first here</accent>
      <faint>3 │</faint>   let a = close
      <faint>  │</faint>       <error>^</error>
        <faint>=</faint> explain: bf-compile --explain BF2002"
    `);
  });
});

describe("intervals", () => {
  test.each([
    ["15m", 900_000],
    ["1d", 86_400_000],
    ["2w", 1_209_600_000],
    ["500ms", 500],
    ["90s", 90_000],
    ["1mo", null],
    ["5constructor", null],
    ["m", null],
    ["", null],
  ])("%s is %d ms", (name, length) => {
    expect(intervalMs(name)).toBe(length);
  });

  test.each([
    [900_000, "15m"],
    [3_600_000, "1h"],
    [90_000, "90s"],
    [86_400_000, "1d"],
    [604_800_000, "1w"],
    [1_500, "1500ms"],
    [0, "unknown"],
    [-5, "unknown"],
  ])("%d ms is %s", (length, name) => {
    expect(intervalName(length)).toBe(name);
  });
});
