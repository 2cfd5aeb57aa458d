import { describe, expect, test } from "vitest";
import { format } from "../../src/format.js";
import { everything, members } from "./everything.js";

const formatted = (text: string): string => {
  const result = format({ name: "example.bf", text });
  if ("diagnostics" in result) throw new Error(result.diagnostics[0].message);
  return result.text;
};

/** A statement of a strategy, formatted. */
const inStrategy = (body: string): string =>
  formatted(`strategy "A" {\n${body}\n}`)
    .split("\n")
    .slice(1, -2)
    .map((each) => each.replace(/^ {2}/, ""))
    .join("\n");

test("nearly every production", () => {
  expect(formatted(everything)).toMatchSnapshot();
  expect(formatted(members)).toMatchSnapshot();
});

test("a file that cannot be parsed is not touched", () => {
  expect(format({ name: "example.bf", text: 'strategy "A" { let a close }' })).toEqual({
    diagnostics: [expect.objectContaining({ code: "BF1002" })],
  });
});

describe("a text and how it is formatted", () => {
  test.each([
    [
      "blanks go where they belong",
      "let a=-close [ 1 ]*( open+2 ) let b = not(a>1)",
      "let a = -close[1] * (open + 2)\nlet b = not (a > 1)",
    ],
    [
      "numbers, texts and parentheses stay",
      'let a = ((1_000 + .5e3)) plot a "a  b"',
      'let a = ((1_000 + .5e3))\nplot a "a  b"',
    ],
    ["at most one empty line", "\n\nlet a = close\n\n\n\nlet b = open\n\n", "let a = close\n\nlet b = open"],
    [
      "a block on one line stays on it",
      "costs { commission 1%\tslippage 1 tick }",
      "costs { commission 1%  slippage 1 tick }",
    ],
    [
      "a block on several lines stays on them",
      "costs { commission 1%\nslippage 1 tick }",
      "costs {\n  commission 1%\n  slippage   1 tick\n}",
    ],
    [
      "a block that is too long for one line gets several",
      `enter long "a long tag of some forty characters......" when close > open { size 20% of equity stop at low }`,
      `enter long "a long tag of some forty characters......" when close > open {\n  size 20% of equity\n  stop at low\n}`,
    ],
    [
      "a literal that fits has one line",
      "let a = {\n  x: close,\n  y: open,\n}",
      "let a = { x: close, y: open }",
    ],
    [
      "a literal that does not fit has one entry a line",
      "let a = { first: highest(high, 20) - atr(14), second: lowest(low, 20) + atr(14), third: sma(close, 200) }",
      "let a = {\n  first: highest(high, 20) - atr(14),\n  second: lowest(low, 20) + atr(14),\n  third: sma(close, 200),\n}",
    ],
    [
      "there is no comma behind the last member of an enum",
      "enum A { // all\n x, // one\n y // two\n }",
      "enum A { // all\n  x, // one\n  y // two\n}",
    ],
    [
      "a comma comes before the comment on its entry",
      "let a = { x: close // one\n , y: open // two\n }",
      "let a = {\n  x: close, // one\n  y: open, // two\n}",
    ],
    [
      "parameters are columns, up to the next empty line",
      "param a: bars = 5 in 1..10\n// longer\nparam length: number = 2.5\n\nparam b: bool = true",
      "param a: bars        = 5 in 1..10\n// longer\nparam length: number = 2.5\n\nparam b: bool = true",
    ],
    [
      "so are their steps",
      "param a: bars = 5 in 1..10 step 2\nparam b: bars = 100 in 50..500 log",
      "param a: bars = 5   in 1..10   step 2\nparam b: bars = 100 in 50..500 log",
    ],
    [
      "a value with operators that is too long goes below its name",
      "let with_a_long_name_that_takes_room = (high[1] + low[1] + close[1]) / 3 + (close - open) * volume / 2",
      "let with_a_long_name_that_takes_room =\n    (high[1] + low[1] + close[1]) / 3 + (close - open) * volume / 2",
    ],
    [
      "clauses are columns",
      "enter long when close > open { size 1\n target at high stop at low unprotected }",
      "enter long when close > open {\n  size   1\n  target at high\n  stop   at low\n  unprotected\n}",
    ],
    [
      "bars are a table",
      `test "t" { bars 1d { open close 1 10.5 20 none } expect close > 1 }`,
      `test "t" {\n  bars 1d {\n    open close\n       1  10.5\n      20  none\n  }\n  expect close > 1\n}`,
    ],
    [
      "the loosest operators break first",
      "let entry = close > sma(close, 200) and volume > sma(volume, 50) * 1.5 or high - low > 2 * atr(14) or false",
      "let entry =\n    close > sma(close, 200) and volume > sma(volume, 50) * 1.5\n    or high - low > 2 * atr(14)\n    or false",
    ],
    [
      "a chain of choices goes down, not to the right",
      "let a = if close > sma(close, 200) then highest(high, 20) else if close > open then lowest(low, 55) else low",
      "let a = if close > sma(close, 200) then highest(high, 20)\n    else if close > open then lowest(low, 55)\n    else low",
    ],
    [
      "the condition of a long rule has a line of its own",
      'enter long "tag" at limit close - 2 * atr(14) when close > sma(close, 200) and volume > sma(volume, 50) { stop at low }',
      'enter long "tag" at limit close - 2 * atr(14)\n    when close > sma(close, 200) and volume > sma(volume, 50) { stop at low }',
    ],
    [
      "comments stay where they are",
      "// before\nlet a = close // behind\n// between\n\nlet b = // inside\n open\ncosts { // first\n\n // last\n }\n\n// end",
      "// before\nlet a = close // behind\n// between\n\nlet b = // inside\n    open\ncosts { // first\n  // last\n}\n\n// end",
    ],
  ])("%s", (_, text, expected) => {
    expect(inStrategy(text)).toBe(expected);
    expect(inStrategy(expected)).toBe(expected);
  });

  test("a file of nothing is nothing, and one of comments keeps them", () => {
    expect(formatted("// one\r\n\r\n\r\n// two\r\n")).toBe("// one\n\n// two\n");
  });
});
