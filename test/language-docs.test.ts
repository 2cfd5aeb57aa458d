import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { catalogue, Evaluation, type Fields } from "@bitfever/engine";
import { compile, compileExpression, renderDiagnostic, type Diagnostic } from "@bitfever/lang";

/*
 * The code in docs/language.md does what the page says. A block without `strategy` is a few declarations, which are
 * tested beside an entry unless they have one. What may be said of a block stands behind its language:
 * `bf error BF2007`, `bf warning BF3001`, `bf expression`.
 */

interface Block {
  readonly line: number;
  readonly kind: string;
  readonly code: string | undefined;
  readonly text: string;
}

const page = readFileSync(new URL("../docs/language.md", import.meta.url), "utf8");

const blocks = [...page.matchAll(/^```bf(?: (\w+))?(?: (\w+))?\n(.*?)^```$/gms)].map(
  ({ index, 1: kind = "program", 2: code, 3: text }): Block => ({
    line: page.slice(0, index).split("\n").length,
    kind,
    code,
    text,
  }),
);

const ofKind = (kind: string): Block[] => blocks.filter((each) => each.kind === kind);

function wholeProgram(text: string): string {
  if (text.includes("strategy ")) return text;
  const entry = text.includes("enter ") ? "" : "enter long when close > open { stop at low }";
  return `strategy "Example" {\n${text}${entry}\n}\n`;
}

function diagnosticsOf(text: string): readonly Diagnostic[] {
  return compile({ name: "language.md", text: wholeProgram(text) }, catalogue).diagnostics;
}

const show = (text: string, given: readonly Diagnostic[]): string =>
  given.map((each) => renderDiagnostic({ name: "language.md", text }, each)).join("\n");

test("every block is of a kind that is tested", () => {
  expect(new Set(blocks.map((each) => each.kind))).toEqual(
    new Set(["program", "error", "warning", "expression"]),
  );
  expect(blocks.length).toBeGreaterThan(25);
});

describe("what compiles", () => {
  test.each(ofKind("program"))("line $line", ({ text }) => {
    // A few declarations need not use each other.
    const isFragment = !text.includes("strategy ");
    const found = diagnosticsOf(text).filter((each) => !isFragment || each.code !== "BF3005");
    expect(show(wholeProgram(text), found)).toBe("");
  });

  test.each(ofKind("expression"))("line $line", ({ text }) => {
    expect(compileExpression({ name: "language.md", text }, catalogue).diagnostics).toEqual([]);
  });
});

describe("what is refused, and what is warned of", () => {
  test.each([...ofKind("error"), ...ofKind("warning")])("line $line: $code", ({ text, kind, code }) => {
    const found = diagnosticsOf(text);
    expect(found.map((each) => each.code)).toEqual([code]);
    expect(found.map((each) => each.severity)).toEqual([kind]);
  });
});

/** The value of an expression on the last of a few bars. */
function valueOf(expression: string): number {
  const { plan, diagnostics } = compileExpression({ name: "expression", text: expression }, catalogue);
  if (plan === null) throw new Error(show(expression, diagnostics));
  const column = (...values: number[]): Float64Array => Float64Array.from(values);
  const bars: Fields = {
    open: column(1, 1, 1),
    high: column(3, 3, 3),
    low: column(1, 1, 1),
    close: column(2, 2, 2),
    volume: column(0, 0, 0),
    time: column(0, 1, 2),
    session_bar: column(0, 1, 2),
  };
  const evaluation = new Evaluation(plan, 3);
  evaluation.append(bars, 0, 3);
  return evaluation.value(plan.outputs[0].column, 2);
}

/** Each answer once as it is known before the run, and once as it comes from bars. */
const known: Record<string, string> = { true: "(1 < 2)", false: "(1 > 2)", absent: "(1 / 0 < 1)" };
const fromBars: Record<string, string> = {
  true: "(open < close)",
  false: "(open > close)",
  absent: "(close / (close - close) > 1)",
};
const answer: Record<string, number> = { true: 1, false: 0, absent: NaN };

describe("the table of three answers", () => {
  const rows = page
    .split("\n")
    .map((each) => each.split("|").map((cell) => cell.trim()))
    .filter((cells) => cells.length === 7 && Object.hasOwn(answer, cells[1]))
    .map(([, a, b, and, or, not]) => ({ a, b, and, or, not }));

  test("is whole", () => {
    expect(rows).toHaveLength(9);
  });

  test.each(rows)("$a, $b", ({ a, b, and, or, not }) => {
    for (const [first, second] of [
      [known, known],
      [known, fromBars],
      [fromBars, known],
      [fromBars, fromBars],
    ]) {
      expect(valueOf(`${first[a]} and ${second[b]}`)).toBe(answer[and]);
      expect(valueOf(`${first[a]} or ${second[b]}`)).toBe(answer[or]);
      expect(valueOf(`not ${first[a]}`)).toBe(answer[not]);
    }
  });
});

describe("what is known before the run is what columns would be", () => {
  const numbers: readonly [string, string][] = [
    ["2", "close"],
    ["-2", "(-close)"],
    ["1", "open"],
    ["0", "(close - close)"],
    ["(1 / 0)", "(close / ((close - close) / close))"],
  ];
  const operators = ["+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!="];
  const pairs = numbers.flatMap((a) => numbers.map((b) => [a, b] as const));

  test.each(operators)("%s", (operator) => {
    for (const [a, b] of pairs) {
      // Bare numbers have no unit; the columns are divided by one that is 1.
      const folded = valueOf(`${a[0]} ${operator} ${b[0]}`);
      const computed = valueOf(`(${a[1]}) / open ${operator} (${b[1]}) / open`);
      expect([a[0], operator, b[0], folded]).toEqual([a[0], operator, b[0], computed]);
    }
  });

  test("if", () => {
    for (const condition of ["true", "false", "absent"]) {
      const folded = valueOf(`if ${known[condition]} then 2 else 3`);
      expect(folded).toBe(valueOf(`if ${fromBars[condition]} then close / open else high / open`));
    }
  });
});
