import { describe, expect, test } from "vitest";
import { isMessageCode, messages } from "../src/messages.js";
import { applied, codesOf, compileText, errorsOf } from "./helpers.js";

const entries = Object.entries(messages).map(([code, entry]) => ({ code, ...entry }));

describe.each(entries)("$code, $title", ({ code, severity, wrong, right, explanation }) => {
  test("the wrong example has this mistake and no other error", () => {
    const { program, diagnostics } = compileText(wrong);
    const errors = diagnostics.filter((each) => each.severity === "error");
    expect([...new Set(codesOf(errors))]).toEqual(severity === "error" ? [code] : []);
    expect(codesOf(diagnostics)).toContain(code);
    expect(program === null).toBe(severity === "error");
  });

  test("the right example is right", () => {
    const { program, diagnostics } = compileText(right);
    expect(program).not.toBeNull();
    expect(codesOf(diagnostics)).toEqual([]);
  });

  test("its fixes remove it and add no error", () => {
    for (const { fix } of compileText(wrong).diagnostics) {
      if (fix === undefined) continue;
      const after = compileText(applied(wrong, fix)).diagnostics;
      expect(codesOf(after)).not.toContain(code);
      expect(errorsOf(applied(wrong, fix))).toEqual([]);
    }
  });

  test("the explanation is a sentence", () => {
    expect(explanation).toMatch(/^[A-Z`].*[.]$/s);
  });
});

test("codes are known by name, and nothing else is", () => {
  expect(isMessageCode("BF2007")).toBe(true);
  expect(["BF0000", "toString", "", "bf2007"].some(isMessageCode)).toBe(false);
});
