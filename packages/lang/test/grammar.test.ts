import { LLkLookaheadStrategy } from "chevrotain";
import { describe, expect, test } from "vitest";
import {
  compileText,
  entering,
  expressionCodes,
  planOf,
  planOfExpression,
  programOf,
  strategy,
  written,
} from "./helpers.js";
import { layOut } from "../src/layout.js";
import { lookaheadPaths } from "../src/lookahead.generated.js";
import { lookaheadTable } from "../src/lookahead-table.js";
import { BitFeverParser, theParser } from "../src/parser.js";
import { makeLexer, tokenize } from "../src/tokens.js";
import { corpus } from "./format/corpus.js";

type Models = readonly (readonly [string, ...(number | null)[]])[];

describe("precedence and associativity", () => {
  test.each([
    ["close - open - low", "subtract(subtract(close, open), low)"],
    ["close / open / low", "divide(divide(close, open), low)"],
    ["close - open + low", "add(subtract(close, open), low)"],
    ["close + open * 2", "add(close, multiply(open, 2))"],
    ["close * 2 + open", "add(multiply(close, 2), open)"],
    ["(close + open) * 2", "multiply(add(close, open), 2)"],
    ["close * open / low", "divide(multiply(close, open), low)"],
    ["-close * open", "multiply(negate(close), open)"],
    ["close * -open", "multiply(close, negate(open))"],
    ["close - -open", "subtract(close, negate(open))"],
    ["--close", "negate(negate(close))"],
    ["-close[1]", "negate(delay(close, 1))"],
    ["-(close + open)", "negate(add(close, open))"],
    ["not close > open", "not(greater(close, open))"],
    ["not not close > open", "not(not(greater(close, open)))"],
    ["not close > open and high > low", "and(not(greater(close, open)), greater(high, low))"],
    ["close > open and not high > low", "and(greater(close, open), not(greater(high, low)))"],
    [
      "close > open and high > low or close < 5",
      "or(and(greater(close, open), greater(high, low)), less(close, 5))",
    ],
    [
      "close > open or high > low and close < 5",
      "or(greater(close, open), and(greater(high, low), less(close, 5)))",
    ],
    [
      "close > open or high > low or close < 5",
      "or(or(greater(close, open), greater(high, low)), less(close, 5))",
    ],
    ["close + 1 > open - 1", "greater(add(close, 1), subtract(open, 1))"],
    ["close > open == (high > low)", "equal(greater(close, open), greater(high, low))"],
    ["close >= open != (high <= low)", "not_equal(greater_or_equal(close, open), less_or_equal(high, low))"],
    ["close crosses above open + 1", "crosses_above(close, add(open, 1))"],
    ["close crosses below open and high > low", "and(crosses_below(close, open), greater(high, low))"],
    ["not close crosses above open", "not(crosses_above(close, open))"],
    ["if close > open then high else low + 1", "choose(greater(close, open), high, add(low, 1))"],
    ["if close > open then high + 1 else low", "choose(greater(close, open), add(high, 1), low)"],
    ["2 * if close > open then high else low", "multiply(2, choose(greater(close, open), high, low))"],
    ["(if close > open then high else low) + 1", "add(choose(greater(close, open), high, low), 1)"],
    [
      "if close > open then 1 else if close < open then 2 else 3",
      "choose(greater(close, open), 1, choose(less(close, open), 2, 3))",
    ],
    [
      "if close > open then if high > low then 1 else 2 else 3",
      "choose(greater(close, open), choose(greater(high, low), 1, 2), 3)",
    ],
  ])("%s", (text, expected) => {
    expect(written(planOfExpression(text))).toBe(expected);
  });
});

describe("suffixes", () => {
  test.each([
    ["close[1]", "delay(close, 1)"],
    ["close[0]", "close"],
    ["close[1][2]", "delay(delay(close, 1), 2)"],
    ["close[1 + 2]", "delay(close, 3)"],
    ["(close - open)[1]", "delay(subtract(close, open), 1)"],
    ["close - open[1]", "subtract(close, delay(open, 1))"],
    ["sma(close, 20)[1]", "delay(sma(close, 20), 1)"],
    ["sma(close[1], 20)", "sma(delay(close, 1), 20)"],
    ["(close > open)[1]", "delay(greater(close, open), 1)"],
    ["(if close > open then high else low)[1]", "delay(choose(greater(close, open), high, low), 1)"],
    ["bbands(close, 20).lower", "bbands(close, 20, 2, 2, 0).2"],
    ["bbands(close, 20).lower[1]", "delay(bbands(close, 20, 2, 2, 0).2, 1)"],
    ["sma(close, 20).value", "sma(close, 20)"],
  ])("%s", (text, expected) => {
    expect(written(planOfExpression(text))).toBe(expected);
  });
});

describe("calls", () => {
  test.each([
    ["sma(close, 20)", "sma(close, 20)"],
    ["sma(close, length: 20)", "sma(close, 20)"],
    ["sma(length: 20, source: close)", "sma(close, 20)"],
    ["sma(close, 20 bars)", "sma(close, 20)"],
    ["sma(close, 1 bar)", "sma(close, 1)"],
    ["sma(close, 2 * 10)", "sma(close, 20)"],
    ["atr()", "atr(high, low, close, 14)"],
    ["atr(10)", "atr(high, low, close, 10)"],
    ["bbands(close, down: 3).upper", "bbands(close, 20, 2, 3, 0).0"],
    ["correlation(close, open, 20)", "correlation(close, open, 20)"],
  ])("%s", (text, expected) => {
    expect(written(planOfExpression(text))).toBe(expected);
  });

  test("a function of several outputs gives all of them, by name", () => {
    const plan = planOfExpression("bbands(close, 20)");
    expect(plan.outputs.map((each) => each.name)).toEqual(["upper", "middle", "lower"]);
    expect(plan.nodes.filter((each) => each.kind === "kernel")).toHaveLength(1);
  });
});

describe("numbers", () => {
  test.each([
    ["5", 5],
    ["0.5", 0.5],
    [".5", 0.5],
    ["1_000.5", 1000.5],
    ["1e3", 1000],
    ["1.5E-3", 0.0015],
    ["0.1%", 0.001],
    ["5%", 0.05],
    [".5%", 0.005],
    ["100%", 1],
    ["33.3%", 0.333],
    ["5 bps", 0.0005],
    ["5bps", 0.0005],
    ["0.1 bps", 0.00001],
    ["20 bars", 20],
    ["-5", -5],
    ["1 / 0 == 1 / 0", NaN],
  ])("%s", (text, value) => {
    expect(planOfExpression(text).nodes).toMatchObject([{ kind: "constant", value }]);
  });

  test("every percentage of up to three decimals is the double next to its value", () => {
    for (let thousandths = 0; thousandths <= 20_000; thousandths++) {
      const decimals = String(thousandths % 1000).padStart(3, "0");
      const text = `${Math.floor(thousandths / 1000)}.${decimals}%`;
      const value = Number(`${thousandths}e-5`);
      expect(planOfExpression(text).nodes[0]).toMatchObject({ value });
    }
  });
});

describe("words that are names wherever they mean nothing else", () => {
  const words = [
    "stop",
    "range",
    "size",
    "bars",
    "bar",
    "tick",
    "ticks",
    "bps",
    "target",
    "at",
    "of",
    "long",
    "short",
    "log",
    "step",
    "above",
    "below",
    "capped",
    "commission",
    "slippage",
    "unprotected",
    "plot",
    "limit",
    "test",
    "trail",
    "take",
    "type",
    "risk",
    "all",
    "lettuce",
    "online",
    "notional",
  ];

  test.each(words)("let %s", (name) => {
    const { diagnostics } = compileText(
      entering(`let ${name} = close\n  let other = ${name} + 1 - ${name}[1]`),
    );
    expect(diagnostics).toEqual([]);
  });

  test.each(words)("param %s", (name) => {
    const { diagnostics } = compileText(
      entering(`param ${name}: bars = 5\n  let other = sma(close, ${name})`),
    );
    expect(diagnostics).toEqual([]);
  });

  test.each(["stop", "size", "limit", "trail", "target"])("%s in the clauses of an entry", (name) => {
    const text = strategy(
      `let ${name} = low * 0.9\n  enter long when close > open { stop at ${name} target at ${name} * 2 size risk(1%) }`,
    );
    expect(compileText(text).diagnostics).toEqual([]);
  });

  test("bars after a number is its unit, elsewhere a name", () => {
    const text = entering("let bars = 3\n  let a = sma(close, bars)\n  let b = sma(close, 3 bars)");
    expect(
      planOf(text, {}, { withLets: true }).nodes.filter(
        (each) => each.kind === "kernel" && each.kernel === "sma",
      ),
    ).toHaveLength(1);
  });

  test.each([
    "and",
    "or",
    "not",
    "if",
    "then",
    "else",
    "true",
    "false",
    "let",
    "when",
    "enter",
    "exit",
    "on",
    "in",
  ])("%s is never a name", (name) => {
    expect(compileText(entering(`let ${name} = close`)).program).toBeNull();
  });
});

describe("a program", () => {
  test("newlines, blanks and comments mean nothing", () => {
    const spread = `// first\nstrategy\n"Example" // name\n{\n\tenter\r\nlong when close\n>\nopen {\n stop at\n low }\n}\n// last`;
    const { source: _a, ...one } = programOf(spread);
    const { source: _b, ...other } = programOf('strategy "Example"{enter long when close>open{stop at low}}');
    const withoutSpans = (of: object): string =>
      JSON.stringify(of, (key, value: unknown) => (key === "span" ? undefined : value));
    expect(withoutSpans(one)).toBe(withoutSpans(other));
  });

  test("a byte order mark is a blank", () => {
    expect(compileText(`\ufeff${entering("")}`).diagnostics).toEqual([]);
  });

  test("texts have escapes", () => {
    const { name, rules } = programOf(
      String.raw`strategy "a \"b\" \\ c" { enter long "x\ty\n" when close > open { stop at low } }`,
    );
    expect(name).toBe('a "b" \\ c');
    expect(rules).toMatchObject([{ tag: "x\ty\n" }]);
  });

  test("what is left out has a default", () => {
    const { clock, rules, costs } = programOf(
      strategy("enter short when close < open { stop at high }\n  exit when true"),
    );
    expect(clock).toBeNull();
    expect(costs).toEqual({ commissions: [], slippages: [], carries: [] });
    expect(rules).toMatchObject([
      {
        kind: "enter",
        side: "short",
        tag: "short",
        size: { kind: "equity", value: { value: 1 }, cap: null },
        targets: [],
      },
      { kind: "exit", side: null, tag: "exit" },
    ]);
  });

  test.each([
    ["size 10", { kind: "units", cap: null }],
    ["size 20% of equity", { kind: "equity", cap: null }],
    ["size 20% of equity capped 10% of equity", { kind: "equity", cap: { value: 0.1 } }],
    ["size 10 capped 50% of equity", { kind: "units", cap: { value: 0.5 } }],
    ["size risk(1%)", { kind: "risk", value: { value: 0.01 }, cap: null }],
    ["size risk(1%) capped 50% of equity", { kind: "risk", cap: { value: 0.5 } }],
    ["size equity / close", { kind: "units", cap: null }],
  ])("%s", (clause, size) => {
    expect(programOf(strategy(`enter long when close > open { ${clause} stop at low }`)).rules).toMatchObject(
      [{ size }],
    );
  });

  test.each<[string, Models, Models, Models?]>([
    ["commission 0.1%", [["share", 0.001, 0, null]], []],
    [
      "carry borrow(2%) carry funding(-1 bps)",
      [],
      [],
      [
        ["borrow", 0.02],
        ["funding", -0.0001, 8],
      ],
    ],
    ["slippage 2 ticks", [], [["ticks", 2]]],
    ["slippage 5 bps commission 1 bps", [["share", 0.0001, 0, null]], [["share", 0.0005]]],
    ["commission per_unit(0.005, minimum: 1)", [["per_unit", 0.005, 1, null]], []],
    [
      "commission per_order(2) commission share(0.1%, maximum: 50)",
      [
        ["per_order", 2],
        ["share", 0.001, 0, 50],
      ],
      [],
    ],
    ["commission maker_taker(-1 bps, 5 bps)", [["maker_taker", -0.0001, 0.0005]], []],
    [
      "slippage spread(2 bps) slippage square_root(1)",
      [],
      [
        ["spread", 0.0002],
        ["square_root", 1],
      ],
    ],
  ])("costs { %s }", (clauses, commissions, slippages, carries = []) => {
    const models = (given: Models) => given.map(([model, ...parameters]) => ({ model, parameters }));
    expect(planOf(entering(`costs { ${clauses} }`)).costs).toEqual({
      commissions: models(commissions),
      slippages: models(slippages),
      carries: models(carries),
    });
  });

  test.each([
    [
      "n: bars = 20 in 5..60",
      {
        type: "bars",
        default: 20,
        range: { kind: "interval", from: 5, to: 60, step: null, logarithmic: false },
      },
    ],
    ["n: int = -2 in -5..5 step 1", { type: "int", default: -2, range: { from: -5, to: 5, step: 1 } }],
    [
      "n: ratio = 0.5% in 0.1%..2% log",
      { type: "ratio", default: 0.005, range: { from: 0.001, to: 0.02, logarithmic: true } },
    ],
    ["n: number = 2 in { 1, 2, 4 }", { type: "number", range: { kind: "choices", values: [1, 2, 4] } }],
    [
      "n: bool = true in { true, false }",
      { type: "bool", default: 1, range: { kind: "choices", values: [1, 0] } },
    ],
    ["n: price = 100", { type: "price", default: 100, range: null }],
    ["n: bars = 4 * 5 bars", { type: "bars", default: 20 }],
  ])("param %s", (declaration, parameter) => {
    const { parameters } = programOf(entering(`param ${declaration}`));
    expect(parameters).toMatchObject([parameter]);
  });

  test("an unprotected entry says so and is fine when an exit ends it", () => {
    const text = strategy("enter long when close > open { unprotected }\n  exit when close < open");
    expect(compileText(text).diagnostics).toEqual([]);
  });
});

describe("one expression", () => {
  test.each([
    ["", ["BF1002"]],
    ["close close", ["BF1002"]],
    ["close +", ["BF1002"]],
    ["closee", ["BF2001"]],
    ["close + 2%", ["BF2007"]],
    ["sma(close, 2.5)", ["BF2009"]],
    ["close[-1]", ["BF2010"]],
    ["let a = close", ["BF1002"]],
    ["(".repeat(5000), ["BF1006"]],
    ["close @", ["BF1001"]],
    ['"text', ["BF1007"]],
    ["close && open", ["BF1005"]],
  ])("%s", (text, codes) => {
    expect(expressionCodes(text)).toEqual(codes);
  });

  test("its output has its text for a name", () => {
    expect(planOfExpression("  close * 2 ").outputs).toMatchObject([{ name: "close * 2", unit: "price" }]);
  });
});

describe("what Chevrotain can say against the grammar", () => {
  test("its tokens do not hide one another", () => {
    expect(makeLexer(true).lexerDefinitionErrors).toEqual([]);
  });

  test("it is looked ahead in as Chevrotain does", () => {
    expect(lookaheadPaths()).toEqual(lookaheadTable());
    const own = new LLkLookaheadStrategy({ maxLookahead: 2 });
    const parsers = [theParser(), new BitFeverParser({ recovers: false, lookahead: own })];
    for (const text of corpus) {
      const { tokens } = layOut(tokenize(text).tokens);
      const [ours, theirs] = parsers.map((parser) => {
        parser.input = tokens;
        return { tree: parser.file(), errors: parser.errors.map(({ message }) => message) };
      });
      expect(ours, text).toEqual(theirs);
    }
  });

  test("it is not ambiguous, and nothing in it can never be reached", () => {
    expect(() => new BitFeverParser({ recovers: true, isValidated: true })).not.toThrow();
  });
});
