import type { CstNode } from "chevrotain";
import { describe, expect, test } from "vitest";
import { layOut } from "../src/layout.js";
import { theParser, theRecoveringParser, type BitFeverParser } from "../src/parser.js";
import { tokenize } from "../src/tokens.js";
import { corpus } from "./format/corpus.js";
import { codesOf, compileText, entering, errorsOf, strategy } from "./helpers.js";

/** Code and the text it is about. */
const found = (text: string): string[] =>
  compileText(text).diagnostics.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);

describe("each broken declaration is one error, and the rest is read", () => {
  const broken: [string, string, string][] = [
    ["let a close", "BF1002 close", "a"],
    ["let a = ", "BF1002 let", "a"],
    ["let a = close close", "BF1002 close", "a"],
    ["let a = close + * 2", "BF1002 *", "a"],
    ["let a = sma(close 20)", "BF1002 20", "a"],
    ["let a = sma(close, 20", "BF1002 let", "a"],
    ["let a = sma(close, 20))", "BF1002 )", "a"],
    ["let a = (close + open", "BF1002 let", "a"],
    ["let a = close[1", "BF1002 let", "a"],
    ["let a = close @ open", "BF1001 @", "a"],
    ["let a = if close > open then high", "BF1002 let", "a"],
    ["let a = { close }", "BF1002 {", "a"],
    ["let a = close }", "BF1009 }", "a"],
    ["param a: bars 20", "BF1002 20", "a"],
    ["param a = 20", "BF1002 =", "a"],
    ["param a: bars = 20 in 5..", "BF1002 let", "a"],
    ["param a: bars = 20 in { 5, 6", "BF1002 let", "a"],
    ["a = close", "BF1008 a", "a"],
    ["state a = 0", "BF1002 let", "a"],
    ["on 1d { let a = close }", "BF2101 1d", "a"],
    ["if close > open { let a = close }", "BF1010 if", "a"],
  ];

  test.each(broken)("%s", (declaration, error, name) => {
    const text = strategy(`${declaration}
  let good = closee
  let other = good * 2
  enter long when ${name} > open { stop at low }
  exit when lowe > ${name}`);
    // The name is known although its declaration is not; the mistakes behind it are still seen.
    expect(found(text)).toEqual([error, "BF2001 closee", "BF2001 lowe"]);
  });

  test.each([
    ["enter long when", "BF1002 exit"],
    ["enter long close > open { stop at low }", "BF1002 close"],
    ["enter long when close > { stop at low }", "BF1002 {"],
    ["enter long when close > open { stop low }", "BF1002 low"],
    ["enter long when close > open { stop at }", "BF1002 }"],
    ["enter long when close > open { stop at low", "BF1002 exit"],
    ["enter long when close > open { stop at low } }", "BF1009 }"],
    ["enter long when close > open { size risk(1%) stop low }", "BF1002 low"],
    ["enter long when close > open { size risk(1%) stopp at low }", "BF1002 stopp"],
    ["enter long when close > open stop at low", "BF1002 stop"],
    ["enter long when close = open { stop at low }", "BF1002 ="],
    ["enter", "BF1002 exit"],
    ["entre long when close > open { stop at low }", "BF1002 entre"],
    ['enter long "break when close > open { stop at low }', 'BF1007 "break when close > open '],
  ])("%s: nothing about missing entries, stops or exits", (declaration, error) => {
    expect(found(strategy(`${declaration}\n  exit long when close < open`))).toEqual([error]);
  });

  test.each([
    ['market "SPY" spy', "BF1002 spy"],
    ["market SPY as spy", "BF1002 SPY"],
    ['markt "SPY" as spy', "BF1002 markt"],
    ['market "SPY" as spy calender NYSE', "BF1002 calender"],
    ['market "SPY as spy', 'BF1007 "SPY as spy'],
  ])("%s: the market is known all the same", (declaration, error) => {
    const text = `strategy "A" on 15m {
  ${declaration}
  on spy 1w { let week = sma(close, 10) }
  let a = latest(spy.close) + latest(week)
  enter long when a > opn { stop at low }
  exit when lowe > a
}`;
    expect(found(text)).toEqual([error, "BF2001 opn", "BF2001 lowe"]);
  });

  test.each([
    ["univrse", "BF1002 univrse"],
    ['univrse "A", "B"', "BF1002 univrse"],
    ['universe "A" "B"', 'BF1002 "B"'],
    ['universe "A",', "BF1002 let"],
    ["universe A", "BF1002 A"],
    ["alow forming", "BF1002 alow"],
    ["universe\n  reblance { hold top 5 by close }", "BF1002 reblance"],
    ["universe\n  rebalance evry 1mo { hold top 5 by close }", "BF1002 evry"],
    ["universe\n  rebalance every month { hold top 5 by close }", "BF1002 month"],
    ["universe\n  rebalance on 1mo { hold top 5 by close }", "BF1002 on"],
    ["universe\n  rebalance hold top 5 by close", "BF1002 hold"],
    ["universe\n  rebalance { hld top 5 by close }", "BF1002 hld"],
    ["universe\n  rebalance { hold tpo 5 by close }", "BF1002 tpo"],
    ["universe\n  rebalance { hold top 5 bye close }", "BF1002 bye"],
    ["universe\n  rebalance { hold top 5 by close were close > 5 }", "BF1002 were"],
    ["universe\n  rebalance { hold top 5 by close wieght equal }", "BF1002 wieght"],
    ["universe\n  rebalance { hold top 5 by close weight equl }", "BF1002 equl"],
    ["universe\n  rebalance { hold top 5 by close weight equal caped 5% }", "BF1002 caped"],
    ["universe\n  rebalance { hold top 5 by close weight risk_party(5) }", "BF1002 risk_party"],
    ["universe\n  rebalance { hold top 5 by close weight risk_parity 5 }", "BF1002 5"],
    ["universe\n  rebalance { hold top 5 by close expsure 5% }", "BF1002 expsure"],
    ["universe\n  rebalance { hold top 5 by close bnd 1% }", "BF1002 bnd"],
    ["universe\n  rebalance { hold top 5 by close band }", "BF1002 }"],
  ])("%s", (declaration, error) => {
    const text = strategy(`${declaration}\n  let good = closee\n  exit when lowe > good`);
    expect(found(text)).toEqual([error, "BF2001 closee", "BF2001 lowe"]);
  });

  test("within an entry each clause is read for itself", () => {
    const text = strategy(
      "enter long when closee > open { size 5 of stop at lowe target high * 2 unprotected }\n  exit when close < open",
    );
    expect(found(text)).toEqual(["BF2001 closee", "BF1002 stop", "BF2001 lowe", "BF1002 high"]);
  });

  test("a file of many mistakes", () => {
    const text = strategy(`param fast bars = 5
  param slow: bars = 2.5
  let a close
  let b = sma(closee, fast)
  let c = a + b + d
  costs { commission }
  require fast < slow
  enter long when c > open and { stop at low }
  enter short when c < lowe { stop at c }
  exit whn a > b`);
    expect(found(text)).toEqual([
      "BF1002 bars",
      "BF2009 2.5",
      "BF1002 close",
      "BF2001 closee",
      "BF2001 d",
      "BF1002 }",
      "BF1002 {",
      "BF2001 lowe",
      "BF1002 whn",
    ]);
  });

  test("errors come in the order of their places", () => {
    const text = strategy(
      "exit when closee > 1\n  let a = b\n  let b = a\n  enter long when opn > 2 { stop at }",
    );
    const starts = compileText(text).diagnostics.map((each) => each.span.start);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(starts).toHaveLength(4);
  });
});

describe("one mistake is told once", () => {
  test("a wrong `let` that is used often", () => {
    const text = entering(
      "let a = closee\n  let b = a + a\n  let c = sma(b, 5) + a\n  exit when a > b and c > a",
    );
    expect(found(text)).toEqual(["BF2001 closee"]);
  });

  test("a circle, and what hangs on it", () => {
    const text = entering("let a = b\n  let b = a\n  let c = a + b\n  exit when c > a");
    expect(found(text)).toEqual(["BF2003 a"]);
  });

  test("two circles are two", () => {
    const text = entering("let a = b\n  let b = a\n  let c = d\n  let d = c[0]");
    expect(found(text)).toEqual(["BF2003 a", "BF2003 c"]);
  });

  test("mistakes beside a circle are told too", () => {
    const text = entering("let a = b + closee\n  let b = a");
    expect(found(text)).toEqual(["BF2003 a", "BF2001 closee"]);
  });

  test("a parameter of an unknown type", () => {
    const text = entering("param n: whole = 5\n  let a = sma(close, n)\n  exit when close > n");
    expect(found(text)).toEqual(["BF2011 whole"]);
  });

  test("a wrong length used through two names", () => {
    const text = entering("let a = sma(close, 0)\n  let b = a\n  exit when a > b");
    expect(found(text)).toEqual(["BF2009 0"]);
  });
});

describe("no false warnings", () => {
  test.each([
    ["a parameter in a broken declaration", entering("param n: bars = 5\n  let a = sma(close, n")],
    [
      "a parameter in a declaration of a taken name",
      entering("param n: bars = 5\n  let close = sma(open, n)"),
    ],
    [
      "a parameter in a second definition",
      entering("param n: bars = 5\n  let a = open\n  let a = sma(open, n)"),
    ],
    ["a parameter in a call of no function", entering("param n: bars = 5\n  let a = smaaaa(open, n)")],
    ["a parameter in a call with a prefix", entering("param n: bars = 5\n  let a = ta.sma(open, n)")],
    ["a parameter in a sum of wrong units", entering("param n: bars = 5\n  let a = close + n")],
    ["a parameter in a circle", entering("param n: bars = 5\n  let a = sma(b, n)\n  let b = a")],
    [
      "a parameter in a rebalance that cannot be read",
      entering("param n: bars = 5\n  rebalance on 1w when sma(close, n) > 1"),
    ],
    [
      "an entry with a wrong condition",
      strategy("enter long when closee > 1 { stop at low }\n  exit long when true"),
    ],
    [
      "an entry with a wrong stop",
      strategy("enter long when close > 1 { stop at lowe }\n  exit long when true"),
    ],
  ])("%s", (_, text) => {
    expect(errorsOf(text)).toHaveLength(1);
    expect(codesOf(compileText(text).diagnostics.filter((each) => each.severity === "warning"))).toEqual([]);
  });
});

test("whoever can go on after an error reads a program without one as who cannot", () => {
  let read = 0;
  for (const text of corpus) {
    const { tokens } = layOut(tokenize(text).tokens);
    const treeOf = (parser: BitFeverParser): CstNode => {
      parser.input = tokens;
      return parser.file();
    };
    const tree = treeOf(theParser());
    const recovered = treeOf(theRecoveringParser());
    expect(theRecoveringParser().errors.length > 0, text).toBe(theParser().errors.length > 0);
    if (theParser().errors.length > 0) continue;
    read++;
    expect(recovered, text).toEqual(tree);
  }
  expect(read).toBeGreaterThan(150);
});
