import { BitFeverError } from "@bitfever/lang";
import { describe, expect, it, test } from "vitest";
import { parseComparison } from "../../src/measure/comparison.js";
import { parseMetricExpression } from "../../src/measure/expression.js";
import { parseObjective } from "../../src/measure/objective.js";

const known = { sharpe: 1.5, trades: 16, max_drawdown: 0.2, cagr: 0.1, sortino: null };

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof BitFeverError) return error.code;
    throw error;
  }
  return "nothing was thrown";
};

describe("an expression over metrics", () => {
  test.each([
    ["sharpe", 1.5],
    ["sharpe * sqrt(trades)", 6],
    // 1.5 + 2 × 16 − 8 ÷ 4 ÷ 2 = 1.5 + 32 − 1
    ["sharpe + 2*trades - 8/4/2", 32.5],
    // From the right: 2^(3^2) = 512, and the sign stands outside.
    ["-2^3^2 + 0*trades", -512],
    ["2^-1 * trades", 8],
    ["(sharpe - 0.5) * 3", 3],
    ["cagr / max(max_drawdown, 25%)", 0.4],
    ["min(trades, 20, 1e1)", 10],
    ["--sharpe", 1.5],
    ["abs(1 - trades) + log(exp(sharpe))", 16.5],
    // What is not known is not known of the whole.
    ["sortino + sharpe", null],
    ["max(sortino, sharpe)", null],
    ["sharpe / (trades - 16)", null],
    ["sqrt(0 - sharpe)", null],
  ])("%s is %s", (text, value) => {
    const found = parseMetricExpression(text).valueOf(known);
    if (value === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(value, 12);
  });

  test.each([
    ["", "BF5130"],
    ["sharpe *", "BF5130"],
    ["sharpe trades", "BF5130"],
    ["sqrt(trades", "BF5130"],
    ["sqrt(trades, 2)", "BF5130"],
    ["sharpe $ 2", "BF5130"],
    ["sqrt", "BF5031"],
    ["shape + 1", "BF5031"],
    ["constructor", "BF5031"],
  ])("%s is refused with %s", (text, code) => {
    expect(codeOf(() => parseMetricExpression(text))).toBe(code);
  });
});

describe("a comparison", () => {
  test.each([
    ["trades >= 16", true, 0],
    // 4 of 20 are missing.
    ["trades >= 20", false, 0.2],
    ["max_drawdown < 10%", false, 1],
    ["max_drawdown < 20%", false, 1e-9],
    ["cagr > 0", true, 0],
    ["cagr < 0", false, 0.1],
    ["sharpe > 10 * max_drawdown", false, 0.25],
    ["sortino > 1", false, Infinity],
    ["trades != 16", false, 1e-9],
  ])("%s: %s, %s from holding", (text, holds, violation) => {
    const comparison = parseComparison(text);
    expect(comparison.holds(known)).toBe(holds);
    expect(comparison.violation(known)).toBeCloseTo(violation, 12);
  });

  test.each([["sharpe"], ["sharpe >"], ["1 < 2"], ["0 < sharpe < 2"], [""]])("%s is refused", (text) => {
    expect(codeOf(() => parseComparison(text))).toBe("BF5030");
  });
});

describe("an objective", () => {
  test.each([
    ["sharpe", "higher"],
    ["max_drawdown", "lower"],
    ["maximise max_drawdown", "higher"],
    ["minimize sharpe", "lower"],
    ["sharpe * sqrt(trades)", "higher"],
    ["sharpe - max_drawdown", "higher"],
    ["minimise max_drawdown * 2", "lower"],
  ])("of %s %s is better", (text, better) => {
    expect(parseObjective(text).better).toBe(better);
  });

  it("asks which is better where a metric does not know it, and of what is made of drawdowns alone", () => {
    expect(codeOf(() => parseObjective("trades"))).toBe("BF5131");
    expect(codeOf(() => parseObjective("2 * max_drawdown"))).toBe("BF5131");
    expect(codeOf(() => parseObjective("maximise 2"))).toBe("BF5130");
  });
});
