import { describe, expect, test } from "vitest";
import { messages } from "../src/messages.js";
import { families } from "./diagnostics/cases.js";
import { applied, codesOf, compileText, entering, errorsOf, strategy } from "./helpers.js";

const offered = Object.values(families)
  .flat()
  .flatMap((text) =>
    compileText(text).diagnostics.flatMap(({ code, fix }) => (fix === undefined ? [] : { code, text, fix })),
  );

test("many mistakes come with a fix", () => {
  expect(offered.length).toBeGreaterThan(40);
});

test.each(offered)("$code, $fix.title: $text", ({ code, text, fix }) => {
  const before = compileText(text).diagnostics;
  const after = compileText(applied(text, fix)).diagnostics;
  const count = (of: typeof before): number => codesOf(of).filter((each) => each === code).length;
  expect(count(after)).toBe(count(before) - 1);
  const isError = before.some((each) => each.code === code && each.severity === "error");
  expect(errorsOf(applied(text, fix)).length).toBe(errorsOf(text).length - (isError ? 1 : 0));
});

/** Those of the wrong programs in the documentation of each message. */
const documented = Object.values(messages).flatMap(({ wrong }) => {
  const { diagnostics } = compileText(wrong);
  return diagnostics.flatMap(({ code, fix }) =>
    fix === undefined ? [] : { code, wrong, fix, before: codesOf(diagnostics) },
  );
});

test("many messages offer a fix for their wrong program", () => {
  expect(new Set(documented.map(({ code }) => code)).size).toBeGreaterThan(10);
});

test.each(documented)(
  "the fix of $code, $fix.title, removes it and adds nothing",
  ({ code, wrong, fix, before }) => {
    const after = codesOf(compileText(applied(wrong, fix)).diagnostics);
    const expected = before.toSpliced(before.indexOf(code), 1);
    for (const each of new Set(after)) {
      const count = (of: readonly string[]): number => of.filter((other) => other === each).length;
      expect(count(after), each).toBeLessThanOrEqual(count(expected));
    }
  },
);

describe("what a fix writes", () => {
  test.each([
    ["let a = close + 2%", "let a = close * (1 + 2%)"],
    ["let a = close - 2%", "let a = close * (1 - 2%)"],
    ["let a = close + open + 2%", "let a = (close + open) * (1 + 2%)"],
    ["let a = (close + open) + 2%", "let a = (close + open) * (1 + 2%)"],
    ["let a = (close) + (open) + 2%", "let a = ((close) + (open)) * (1 + 2%)"],
    ["let a = (close + open) / 2 + 2%", "let a = (close + open) / 2 * (1 + 2%)"],
    ["let a = 2 / (close + 2%)", "let a = 2 / (close * (1 + 2%))"],
    ["let a = close + (1% + 2%)", "let a = close * (1 + (1% + 2%))"],
    ["let a = close + 2 * 1%", "let a = close * (1 + 2 * 1%)"],
    ["let a = sma((close + 2%), 20)", "let a = sma((close * (1 + 2%)), 20)"],
    [
      "let a = (if close > open then high else low) + 2%",
      "let a = (if close > open then high else low) * (1 + 2%)",
    ],
    ["let a = open < close < high", "let a = open < close and close < high"],
    ["let a = (open < close) < high", "let a = (open < close) and close < high"],
    ["let a = ta.sma(close, 20)", "let a = sma(close, 20)"],
    ["let a = sma(close, 20).value2", "let a = sma(close, 20)"],
    ["let a = close > open&&high > low", "let a = close > open and high > low"],
    ["let a = !(close > open)", "let a = not (close > open)"],
    ["let a = close; let b = open", "let a = close let b = open"],
    ["let a = close # why\nlet b = open", "let a = close // why\nlet b = open"],
    ["let a = close /* why */ + open", "let a = close // why\n + open"],
    ["let a = close /* why\n because */", "let a = close // why\n//  because"],
    ["fast = close", "let fast = close"],
  ])("%s", (wrong, right) => {
    const [{ fix }] = errorsOf(entering(wrong));
    if (fix === undefined) throw new Error("no fix");
    expect(applied(entering(wrong), fix)).toBe(entering(right));
    expect(errorsOf(entering(right))).toEqual([]);
  });

  test("a text in single quotes keeps its quotes", () => {
    const text = strategy(`enter long 'the "big" one' when close > open { stop at low }`);
    const [{ fix }] = errorsOf(text);
    if (fix === undefined) throw new Error("no fix");
    expect(applied(text, fix)).toBe(
      strategy(String.raw`enter long "the \"big\" one" when close > open { stop at low }`),
    );
  });
});
