import { describe, expect, test } from "vitest";
import { defaultValues, specialise } from "../src/compile.js";
import { BitFeverError } from "../src/error.js";
import type { ParameterValues } from "../src/static.js";
import { catalogue } from "./catalogue.js";
import { compileText, entering, planOf, planOfExpression, programOf, strategy } from "./helpers.js";

const kernelsOf = (plan: ReturnType<typeof planOf>): string[] =>
  plan.nodes.flatMap((node) =>
    node.kind === "kernel"
      ? `${node.kernel}(${[...node.inputs.map((each) => `#${each}`), ...node.parameters].join(", ")})`
      : [],
  );

describe("equal nodes are one node", () => {
  test.each([
    ["sma(close, 20) + sma(close, 20)", 1],
    ["sma(close, 20) + sma(close, 21)", 2],
    ["sma(close, 20) + sma(open, 20)", 2],
    ["sma(close, 20) + sma(close, 4 * 5)", 1],
    ["sma(hl2, 5) + sma((high + low) / 2, 5)", 1],
    ["bbands(close, 20).upper - bbands(close, 20).lower", 1],
    ["sma(close, 20)[1] + sma(close, 20)[2]", 1],
    ["sma(close, 20) + sma(close[0], 20)", 1],
  ])("%s has %i windows", (text, count) => {
    const windows = kernelsOf(planOfExpression(text)).filter((each) => /^(?:sma|bbands)/.test(each));
    expect(windows).toHaveLength(count);
  });

  test("through names and rules alike", () => {
    const plan = planOf(
      strategy(`let a = sma(close, 20)
  let b = sma(close, 20)
  enter long when a > open and sma(close, 20) > low { stop at b }
  exit when b < open`),
    );
    expect(kernelsOf(plan).filter((each) => each.startsWith("sma"))).toHaveLength(1);
  });

  test("every node needs only those before it, and fills columns of its own", () => {
    const plan = planOf(
      entering("let a = bbands(b, 20).upper - c\n  let c = atr() * 2\n  let b = sma(close[1], 5)"),
      {},
      { withLets: true },
    );
    let filled = 0;
    for (const node of plan.nodes) {
      if (node.kind === "kernel") expect(Math.max(...node.inputs)).toBeLessThan(filled);
      expect(node.columns).toEqual(node.columns.map((_, i) => filled + i));
      filled += node.columns.length;
    }
    expect(plan.columns).toBe(filled);
  });
});

describe("warm-up and look-back", () => {
  test.each([
    ["close", 0, 0],
    ["5", 0, 0],
    ["close[3]", 3, 3],
    ["close[3][4]", 7, 4],
    ["close + open[2]", 2, 2],
    ["sma(close, 20)", 19, 19],
    ["sma(close, 1)", 0, 0],
    ["sma(close, 20)[1]", 20, 19],
    ["sma(close[5], 20)", 24, 19],
    ["sma(close, 20) - sma(close, 50)", 49, 49],
    ["sma(sma(close, 20), 10)", 28, 19],
    ["sma(ema(close, 10), 20)", 28, 19],
    ["ema(close, 100)", 99, 0],
    ["rsi(close, 14)", 14, 1],
    ["rsi(sma(close, 3), 14)", 16, 2],
    ["atr(14) * 2", 14, 1],
    ["bbands(close, 20).upper", 19, 19],
    ["close crosses above open", 1, 1],
    ["close crosses above sma(close, 20)", 20, 19],
    ["(close crosses above sma(close, 20))[2]", 22, 19],
    ["if close > open then sma(close, 5) else sma(close, 9)", 8, 8],
    ["not (close > sma(close, 5))", 4, 4],
  ])("%s: %i and %i bars", (text, warmup, lookback) => {
    expect(planOfExpression(text)).toMatchObject({ warmup, lookback });
  });

  test("what is only looked at does not delay the first order", () => {
    const text = entering("let slow = sma(close, 200)\n  let slower = slow[50]");
    expect(planOf(text).warmup).toBe(0);
    const seen = planOf(text, {}, { withLets: true });
    expect(seen).toMatchObject({ warmup: 0, lookback: 199 });
    expect(seen.outputs.map((each) => each.name)).toEqual(["slow", "slower"]);
    expect(kernelsOf(planOf(text)).some((each) => each.startsWith("sma"))).toBe(false);
  });

  test.each([
    ["the condition", "enter long when close > sma(close, 10) { stop at low }"],
    ["the stop", "enter long when close > open { stop at low - atr(9) }"],
    ["the target", "enter long when close > open { stop at low target at close + atr(9) }"],
    ["the size", "enter long when close > open { size sma(volume, 10) stop at low }"],
    [
      "the cap",
      "enter long when close > open { size risk(1%) capped sma(close / open, 10) / 100 of equity stop at low }",
    ],
    ["an exit", "enter long when close > open { stop at low }\n  exit when close < sma(close, 10)"],
  ])("%s delays it", (_, rules) => {
    expect(planOf(strategy(rules)).warmup).toBe(9);
  });
});

describe("lets", () => {
  test("in any order", () => {
    const [forward, backward] = [
      "let a = sma(close, 5)\n  let b = a * 2\n  let c = a + b",
      "let c = a + b\n  let b = a * 2\n  let a = sma(close, 5)",
    ].map((lets) => planOf(strategy(`${lets}\n  enter long when c > open { stop at low }`)));
    expect(backward.nodes).toEqual(forward.nodes);
    expect(backward.rules).toEqual(forward.rules);
  });

  test("units go through them", () => {
    const text = entering(
      "let value = close * volume\n  let mean = sma(value, 5)\n  let per = value / close",
    );
    const { outputs } = planOf(text, {}, { withLets: true });
    expect(outputs.map(({ name, unit }) => [name, unit])).toEqual([
      ["value", "money"],
      ["mean", "money"],
      ["per", "quantity"],
    ]);
  });

  test("one that doubles the one before, sixty times over", () => {
    const lets = Array.from({ length: 60 }, (_, i) => `let a${i + 1} = a${i} + a${i}`).join("\n  ");
    const text = strategy(`let a0 = close\n  ${lets}\n  enter long when a60 > open { stop at low }`);
    expect(kernelsOf(planOf(text)).filter((each) => each.startsWith("add"))).toHaveLength(60);
    const folded = strategy(
      `param n: number = 1\n  let a0 = n\n  ${lets}\n  enter long when close > a60 * open { stop at low }`,
    );
    expect(planOf(folded).nodes).toContainEqual(
      expect.objectContaining({ kind: "constant", value: 2 ** 60 }),
    );
  });

  test("five thousand that build on one another, the last one first", () => {
    const lets = Array.from({ length: 5000 }, (_, i) => `let a${i} = a${i + 1} + 1`).join("\n  ");
    const text = strategy(`${lets}\n  let a5000 = close\n  enter long when a0 > open { stop at low }`);
    expect(planOf(text, {}, { withLets: true }).outputs).toHaveLength(5001);
  });
});

describe("what is known before the run is a constant", () => {
  test.each([
    ["2 + 3 * 4", 14],
    ["2 * 3 == 6", 1],
    ["if 2 > 3 then 4 else 5", 5],
    ["not (1 > 2) and true", 1],
    ["-(3 - 5)", 2],
    ["1 / 0", NaN],
    ["0 / 0 > 1", NaN],
    ["not (1 / 0 > 1)", NaN],
    ["1 / 0 > 1 and false", 0],
    ["1 / 0 > 1 or true", 1],
    ["1 / 0 > 1 and true", NaN],
    ["if 1 / 0 > 1 then 2 else 3", NaN],
    ["1 / 0 != 1", NaN],
  ])("%s is %d", (text, value) => {
    expect(planOfExpression(text).nodes).toMatchObject([{ kind: "constant", value }]);
  });

  test("next to data too", () => {
    const plan = planOfExpression("close * (2 + 3) + close * 5");
    expect(kernelsOf(plan)).toHaveLength(2);
  });

  test("zero and minus zero are two", () => {
    expect(
      planOfExpression("close * 0 + close * -0").nodes.filter((each) => each.kind === "constant"),
    ).toHaveLength(2);
  });
});

describe("columns and what is per bar", () => {
  test("only what depends on the account is per bar", () => {
    const plan = planOf(
      strategy(`let held = position_bars[1] + 1
  let fast = sma(close, 5)
  enter long when close > fast { size equity / close stop at low }
  exit when held > 5 or close < fast`),
      {},
      { withLets: true },
    );
    const phases = plan.nodes.map((node) => [node.kind === "kernel" ? node.kernel : node.kind, node.phase]);
    expect(phases).toContainEqual(["sma", "column"]);
    expect(phases).toContainEqual(["account", "bar"]);
    expect(phases).toContainEqual(["delay", "bar"]);
    expect(phases).toContainEqual(["divide", "bar"]);
    expect(phases).toContainEqual(["or", "bar"]);
    expect(phases).toContainEqual(["less", "column"]);
  });
});

describe("parameters", () => {
  const text = strategy(`param fast: bars = 5 in 2..50
  param slow: bars = 20
  param shift: int = 1
  param stake: ratio = 1%
  param loud: bool = true
  require fast < slow
  let quick = sma(close, fast)
  enter long when quick > sma(close, slow)[shift] and loud { size risk(stake) stop at low }`);
  const given = (values: ParameterValues) => specialise(programOf(text), catalogue, values);
  const refusal = (values: ParameterValues): BitFeverError => {
    try {
      given(values);
    } catch (error) {
      if (error instanceof BitFeverError) return error;
      throw error;
    }
    throw new Error("accepted");
  };

  test("have their defaults", () => {
    expect(defaultValues(programOf(text))).toEqual({ fast: 5, slow: 20, shift: 1, stake: 0.01, loud: 1 });
    expect(given({})).toMatchObject({ warmup: 20, lookback: 19, parameters: { fast: 5, slow: 20 } });
  });

  test("set lengths, history, sizes and conditions", () => {
    const plan = given({ fast: 7, slow: 100, shift: 3, stake: 0.02, loud: 0 });
    expect(plan).toMatchObject({
      warmup: 102,
      lookback: 99,
      parameters: { fast: 7, slow: 100, shift: 3, stake: 0.02, loud: 0 },
    });
    expect(kernelsOf(plan).filter((each) => /sma|delay/.test(each))).toEqual([
      expect.stringMatching(/^sma\(.*, 7\)/),
      expect.stringMatching(/^sma\(.*, 100\)/),
      expect.stringMatching(/^delay\(.*, 3\)/),
    ]);
    expect(plan.nodes).toContainEqual(expect.objectContaining({ kind: "constant", value: 0.02 }));
  });

  test("a history of 0 bars is the value itself", () => {
    expect(kernelsOf(given({ shift: 0 })).some((each) => each.startsWith("delay"))).toBe(false);
  });

  test.each<[ParameterValues, string, string]>([
    [{ quick: 3 }, "BF5001", '"Example" has no parameter `quick`'],
    [{ toString: 3 }, "BF5001", '"Example" has no parameter `toString`'],
    [{ fast: 0 }, "BF5002", '"Example": `fast` is 0; it must be a whole number, at least 1'],
    [{ fast: 2.5 }, "BF5002", '"Example": `fast` is 2.5; it must be a whole number, at least 1'],
    [{ fast: NaN }, "BF5002", '"Example": `fast` is NaN; it must be a whole number, at least 1'],
    [{ stake: Infinity }, "BF5002", '"Example": `stake` is Infinity; it must be a number'],
    [{ loud: 2 }, "BF5002", '"Example": `loud` is 2; it must be true or false'],
    [{ shift: 0.5 }, "BF5002", '"Example": `shift` is 0.5; it must be a whole number'],
    [{ shift: -1 }, "BF5002", '"Example": `[-1]` would read a bar that has not happened yet'],
    [{ fast: 20 }, "BF5002", '"Example": this does not hold for fast = 20, slow = 20'],
    [
      { fast: 3_000_000, slow: 4_000_000 },
      "BF5002",
      '"Example": `length` of `sma` is 3000000; it must be at most 1,000,000 bars',
    ],
    [{ stake: 0 }, "BF5002", '"Example": this size is 0; it must be more than 0'],
  ])("%o is refused", (values, code, message) => {
    expect(refusal(values)).toMatchObject({ code, message });
    expect(refusal(values).hint).toBeTruthy();
  });

  test("the names of objects are no parameters", () => {
    const odd = entering(
      "param constructor: bars = 5\n  param toString: bars = 6\n  let a = sma(close, constructor + toString)",
    );
    expect(planOf(odd, {}, { withLets: true }).lookback).toBe(10);
    expect(compileText(entering("param constructor: bars = toString")).program).toBeNull();
  });

  test("an `int` counts bars as well as a `bars`", () => {
    const both = entering("param n: int = 5\n  let a = sma(close, n) + close[n]");
    expect(planOf(both, { n: 7 }, { withLets: true }).lookback).toBe(7);
  });

  test("what is multiplied of bars stays bars, what is divided may be none", () => {
    expect(
      planOf(entering("param n: bars = 5\n  let a = sma(close, n * 2 + 1)"), {}, { withLets: true }).lookback,
    ).toBe(10);
    expect(compileText(entering("param n: bars = 5\n  let a = sma(close, n / 2)")).diagnostics).toMatchObject(
      [{ code: "BF2009" }],
    );
  });
});
