import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { daysOf, timingOf, catalogue, Evaluation, type Fields } from "@bitfever/engine";
import { compile, compileExpression, renderDiagnostic, type Diagnostic, type Source } from "@bitfever/lang";

/*
 * The code in the pages about the language does what they say. A block without `strategy` is a few declarations, which
 * are tested beside an entry unless they have one. What may be said of a block stands behind its language:
 * `bf error BF2007`, `bf warning BF3001`, `bf expression`, `bf module levels.bf` (a file that others of the page
 * import), `bf given` (what the tables of the page stand beside).
 *
 * In a table with a column called BitFever, all code in it is tested: declarations, clauses of an entry or an exit, and
 * values. A cell without code starts with a dash.
 */

interface Page {
  readonly name: string;
  readonly text: string;
}

interface Block {
  readonly page: string;
  readonly line: number;
  readonly kind: string;
  readonly about: string | undefined;
  readonly text: string;
}

const docs = new URL("../docs/", import.meta.url);
const read = (name: string): Page => ({ name, text: readFileSync(new URL(name, docs), "utf8") });
const reference = read("language.md");
const comingFrom = readdirSync(new URL("coming-from/", docs)).map((name) => read(`coming-from/${name}`));
const pages = [reference, read("tour.md"), ...comingFrom];

const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;

const blocks = pages.flatMap(({ name, text: page }) =>
  [...page.matchAll(/^```bf(?: (\w+))?(?: ([\w.]+))?\n(.*?)^```$/gms)].map(
    ({ index, 1: kind = "program", 2: about, 3: text }): Block => ({
      page: name,
      line: lineAt(page, index),
      kind,
      about,
      text,
    }),
  ),
);

const ofKind = (...kinds: string[]): Block[] => blocks.filter((each) => kinds.includes(each.kind));

const isWhole = (text: string): boolean => /^(?:pub |strategy ")/m.test(text);

function wholeProgram(text: string): string {
  if (isWhole(text)) return text;
  const imports = [...text.matchAll(/^import .*\n/gm)].map(([each]) => each).join("");
  const body = text.replaceAll(/^import .*\n/gm, "");
  const entry = /\b(?:enter (?:long|short)|rebalance)\b/.test(body)
    ? ""
    : "enter long when close > open { stop at low }\n";
  return `${imports}strategy "Example" on 15m {\n${body}${entry}}\n`;
}

const findModule = (path: string): Source | undefined => {
  const found = ofKind("module").find((each) => each.about === path);
  return found && { name: path, text: found.text };
};

function diagnosticsOf(text: string): readonly Diagnostic[] {
  return compile({ name: "example.bf", text: wholeProgram(text) }, catalogue, { findModule }).diagnostics;
}

const show = (text: string, given: readonly Diagnostic[]): string =>
  given.map((each) => renderDiagnostic({ name: "example.bf", text }, each)).join("\n");

test("every block is of a kind that is tested", () => {
  expect(new Set(blocks.map((each) => each.kind))).toEqual(
    new Set(["program", "error", "warning", "expression", "module", "given"]),
  );
  for (const { name } of pages)
    expect([name, blocks.some((each) => each.page === name)]).toEqual([name, true]);
  expect(blocks.length).toBeGreaterThan(100);
});

describe("what compiles", () => {
  test.each(ofKind("program", "module", "given"))("$page, line $line", ({ text }) => {
    // A few declarations need not use each other.
    const found = diagnosticsOf(text).filter((each) => isWhole(text) || each.code !== "BF3005");
    expect(show(wholeProgram(text), found)).toBe("");
  });

  test.each(ofKind("expression"))("$page, line $line", ({ text }) => {
    expect(compileExpression({ name: "language.md", text }, catalogue).diagnostics).toEqual([]);
  });
});

describe("what is refused, and what is warned of", () => {
  test.each(ofKind("error", "warning"))("$page, line $line: $about", ({ text, kind, about }) => {
    const found = diagnosticsOf(text);
    expect(found.map((each) => each.code)).toEqual([about]);
    expect(found.map((each) => each.severity)).toEqual([kind]);
  });
});

/** The cells of a page that stand in columns called BitFever. */
function cellsOf({ name, text }: Page): { page: string; line: number; cell: string }[] {
  let column = -1;
  return text.split("\n").flatMap((row, i) => {
    const cells = row.split(/(?<!\\)\|/).map((each) => each.trim());
    if (!row.startsWith("|")) column = -1;
    else if (cells.includes("BitFever")) column = cells.indexOf("BitFever");
    else if (column >= 0 && !/^:?-+:?$/.test(cells[column]))
      return [{ page: name, line: i + 1, cell: cells[column] }];
    return [];
  });
}

/** What a cell shows as a program: its declarations, its values as `let`s, its clauses in an entry or an exit. */
function programOf(cell: string): string {
  const codes = [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
  const starting = (words: string): string[] =>
    codes.filter((each) => new RegExp(`^(?:${words})\\b`).test(each));
  const headers = starting("strategy");
  const imports = starting("import");
  const declarations = starting(
    "param|require|let|state|on|fn|type|enum|costs|fills|enter|exit|flatten|cancel|limit|alert|plot|test|property|law|golden|market|universe|rebalance|allow",
  );
  const clauses = starting("size|stop|target|trail|good|pyramid|oco|unprotected");
  const shares = starting("take");
  const named = new Set([...headers, ...imports, ...declarations, ...clauses, ...shares]);
  const values = codes.filter((each) => !named.has(each)).map((each, i) => `let value_${i} = ${each}`);
  const stop = clauses.some((each) => /^(?:stop|trail|unprotected)/.test(each)) ? "" : " stop at low";
  const entry = clauses.length > 0 ? [`enter long when close > open { ${clauses.join(" ")}${stop} }`] : [];
  const exit = shares.length > 0 ? [`exit long when close < open { ${shares.join(" ")} }`] : [];
  const body = `${[...declarations, ...values, ...entry, ...exit].join("\n")}\n`;
  const [header] = headers;
  if (header === undefined) return [...imports.map((each) => `${each}\n`), body].join("");
  return `${header} {\n${body}enter long when close > open { stop at low }\n}\n`;
}

/** What only a whole strategy can answer: stops, exits, what is used and which tags there are. */
const ofTheRest = new Set(["BF3001", "BF3003", "BF3004", "BF3005", "BF3017"]);

function wrongIn(cell: string, given: string): string {
  if (!cell.includes("`")) return cell.startsWith("—") ? "" : "neither code nor a dash";
  const text = wholeProgram(`${given}${programOf(cell)}`);
  const found = diagnosticsOf(text).filter((each) => !ofTheRest.has(each.code));
  return show(text, found);
}

const givenOn = (page: string): string =>
  ofKind("given")
    .filter((each) => each.page === page)
    .map((each) => each.text)
    .join("");

describe("the tables for those who come from elsewhere", () => {
  test.each(comingFrom.flatMap(cellsOf))("$page, line $line: $cell", ({ page, cell }) => {
    const given = cell.includes("`strategy ") ? "" : givenOn(page);
    expect(wrongIn(cell, given)).toBe("");
  });

  test.each(comingFrom)("$name has a good many", (page) => {
    expect(cellsOf(page).length).toBeGreaterThan(30);
  });

  test.each([
    "`let a = closee`",
    "`sma(20)`",
    "`stop at 5%`",
    "`take 200%`",
    "`enter long at 5 when close > open`",
    "`close > open`, then `close +`",
    '`strategy "A" on 15`',
    "as in Pine",
  ])("a wrong cell is found: %s", (cell) => {
    expect(wrongIn(cell, "")).not.toBe("");
  });
});

/** What a heading is called behind the `#` of a link. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");

test.each(pages)("the links of $name lead somewhere", ({ name, text }) => {
  const links = [...text.matchAll(/\]\((?!http)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
  for (const [link, path, heading] of links) {
    const there = path === "" ? text : readFileSync(new URL(path, new URL(name, docs)), "utf8");
    const headings = [...there.matchAll(/^#+ (.*)$/gm)].map(([, each]) => anchor(each));
    if (heading !== undefined) expect([link, headings]).toEqual([link, expect.arrayContaining([heading])]);
  }
  expect(links.length).toBeGreaterThan(0);
});

describe("the numbers of the rules", () => {
  const ids = [...reference.text.matchAll(/\[(L-[A-Z]+-\d+)\]/g)].map(([, id]) => id);

  test("are given once", () => {
    expect(ids.filter((each, i) => ids.indexOf(each) < i)).toEqual([]);
    expect(ids.length).toBeGreaterThan(120);
  });

  test("are those that other pages name", () => {
    const decisions = readdirSync(new URL("decisions/", docs)).map((name) => read(`decisions/${name}`));
    const named = [...pages, ...decisions].flatMap(({ text }) =>
      [...text.matchAll(/\bL-[A-Z]+-\d+\b/g)].map(([id]) => id),
    );
    expect(named.filter((each) => !ids.includes(each))).toEqual([]);
  });

  test("stand in every section that has rules", () => {
    const without = reference.text
      .split(/^## /m)
      .slice(1)
      .filter((each) => !/\[L-[A-Z]+-\d+\]/.test(each))
      .map((each) => each.slice(0, each.indexOf("\n")));
    expect(without).toEqual(["A strategy", "The grammar"]);
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
  const evaluation = new Evaluation(plan, 3, {
    timing: timingOf(daysOf({ zone: "UTC" }), 0),
    instrument: { tick: null, lot: null, multiplier: 1 },
  });
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
  const rows = reference.text
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
