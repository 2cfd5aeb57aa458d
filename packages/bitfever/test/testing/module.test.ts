import { compile, runTests as runTestsOfLibrary } from "bitfever";
import { describe, expect, it } from "vitest";
import { compileForTests } from "../../src/testing/test-program.js";
import { runTests } from "../../src/testing/run-tests.js";

const text = `edition 2026

pub fn width(n: bars) = highest(high, n) - lowest(low, n)

let half = width(2) / 2

test "the width of two bars" {
  bars { open high low close
    10 12 9 11
    11 14 10 13
  }
  expect width(2) == 5 on bar 2
  expect half == 3 on bar 2
}

property "a width is not negative" { assert width(3) >= 0 }
property "a width is positive" { assert width(3) > 0 }
`;

describe("a module", () => {
  it("has tests of its functions and values, and failures at their places", async () => {
    const program = compileForTests({ name: "width.bf", text });
    const { passed, failed, outcomes } = await runTests(program);
    expect({ passed, failed }).toEqual({ passed: 1, failed: 2 });
    const [first, holds, broken] = outcomes.map((each) => each.failures);
    expect(first.map((each) => each.message)).toEqual(["`half == 3 on bar 2` is false: 2.5 == 3"]);
    expect(text.slice(first[0].span.start, first[0].span.end)).toBe("expect half == 3 on bar 2");
    expect(holds).toEqual([]);
    expect(broken[0].details.split("\n")).toHaveLength(6);
  });

  it("with an error is refused with its diagnostics, as it stands in the file", () => {
    const wrong = {
      name: "wrong.bf",
      text: 'pub fn f(n: bars) = smaa(close, n)\ntest "t" { expect f(2) > 0 }\n',
    };
    expect(() => compileForTests(wrong)).toThrow(/smaa/);
  });
});

describe("the library face", () => {
  it("runs the tests of a strategy, all or some", async () => {
    const strategy = compile(
      `strategy "S" { enter long when close > open { stop at low } law prefix property "p" { bars 1..20 assert close > 0 } }`,
    );
    expect(await runTestsOfLibrary(strategy)).toMatchObject({ program: "S", passed: 2, failed: 0 });
    const { outcomes } = await runTestsOfLibrary(strategy, { filter: "LAW P", runs: 5 });
    expect(outcomes.map((each) => each.name)).toEqual(["prefix"]);
  });
});
