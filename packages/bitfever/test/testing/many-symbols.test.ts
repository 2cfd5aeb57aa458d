import { describe, expect, it } from "vitest";
import { compileText } from "../../src/compilation.js";
import { runTests } from "../../src/testing/run-tests.js";
import { compileForTests } from "../../src/testing/test-program.js";
import type { TestOptions } from "../../src/testing/options.js";
import type { TestOutcome } from "../../src/testing/outcome.js";

const outcomesOf = async (text: string, options: TestOptions = {}): Promise<readonly TestOutcome[]> =>
  (await runTests(compileForTests({ name: "s.bf", text }), options)).outcomes;

const told = ({ failures }: TestOutcome): string =>
  failures
    .map(({ message, details, hint }) => [message, details, hint].filter((each) => each).join("\n"))
    .join("\n---\n");

/** What a person would read of the errors of a program. */
const errorsOf = (text: string): string =>
  compileText({ name: "s.bf", text })
    .diagnostics.map(({ message, hint, fix }) => [message, hint ?? "", fix?.title ?? ""].join("\n"))
    .join("\n");

const withMarket = (body: string): string => `strategy "With the market" on 1d {
  market "SPY" as spy
  on spy { let calm = close > open }
  enter long "in" when latest(calm) and close > open { size 10 stop at low }
  ${body}
}`;

const own = `bars { open high low close
  10 12 9 11
  11 13 10 12
  12 14 11 13
}`;
const spy = `bars "SPY" { open high low close
  5 6 4 4
  4 6 4 5
  5 6 5 6
}`;

describe("a test of a strategy that reads another market", () => {
  it("gives it the bars of a table, as they have closed", async () => {
    const [outcome] = await outcomesOf(
      withMarket(`test "t" { ${own} ${spy}
        expect orders { bar 3: buy 10 at open tag "in" }
        expect not latest(calm) on bar 1
        expect latest(calm) on bar 2
        expect latest(spy.close) == 6 on bar 3 }`),
    );
    expect(told(outcome)).toBe("");
  });

  it("takes bars of another interval for it, and none at all", async () => {
    const outcomes = await outcomesOf(
      withMarket(`
        test "weekly" { ${own} bars "SPY" 1w { time open high low close 1_703_462_400_000 1 3 1 2 } expect latest(spy.close) == 2 }
        test "nothing known" { ${own} expect orders { } expect latest(spy.close) > 0 or else true }`),
    );
    expect(outcomes.map(told)).toEqual(["", ""]);
  });

  it("is refused where it names a symbol that the strategy does not read", () => {
    const text = withMarket(
      `test "t" { ${own} bars "SPI" { open high low close 1 1 1 1 } expect close > 0 }`,
    );
    expect(errorsOf(text)).toMatch(/no symbol `"SPI"`[^]*did you mean `"SPY"`/);
  });

  it("is refuted by bars of both, which refute it again", async () => {
    const claim = "not (latest(spy.close) > 104 and close < 98)";
    const [outcome] = await outcomesOf(withMarket(`property "p" { bars 1..50 assert ${claim} }`));
    expect(told(outcome)).toMatchInlineSnapshot(`
      "\`not (latest(spy.close) > 104 and close < 98)\` is false (bar 3 of 3)
      bars {
        open  high  low  close
        100   100   99   99
        99    99    98   98
        98    98    97   97
      }
      bars "SPY" {
        open  high  low   close
        1000  1000  1000  1000
        1000  1000  1000  1000
        1000  1000  1000  1000
      }
      found on history 2 of seed 1; paste the bars into a \`test\` to keep them"
    `);
    const [{ details }] = outcome.failures;
    const [again] = await outcomesOf(withMarket(`test "t" { ${details} expect ${claim} }`));
    expect(again.failures).toHaveLength(1);
  });

  it("has laws, in which the other market changes too", async () => {
    const relative = `strategy "S" on 1d {
      market "SPY" as spy
      let strength = close / latest(spy.close)
      enter long when strength > sma(strength, 3) { size 10% of equity stop at low * 99% }
      exit long when strength < sma(strength, 3)
      law scale law shift law prefix
    }`;
    const absolute = `strategy "S" on 1d {
      market "SPY" as spy
      enter long when latest(spy.close) > 100 { size 10 stop at low * 99% }
      law scale
    }`;
    expect((await outcomesOf(relative)).map(({ failures, note }) => [failures, note])).toEqual(
      Array(3).fill([[], undefined]),
    );
    const [{ failures }] = await outcomesOf(absolute);
    expect(failures[0]?.details).toContain('bars "SPY" {');
  });
});

const rotation = (body: string, symbols = '"AAA", "BBB", "CCC"'): string => `strategy "Strongest" on 1d {
  universe ${symbols}
  let strength = close / close[1]
  enter long "in" when rank(strength) == 1 { size 10 stop at low * 50% }
  exit long "out" when rank(strength) > 1
  ${body}
}`;

const table = (symbol: string, closes: readonly number[]): string =>
  `bars "${symbol}" { open high low close ${closes.map((each) => `${each} ${each + 1} ${each - 1} ${each}`).join("\n")} }`;

const tables = [table("AAA", [10, 11, 11, 11]), table("BBB", [20, 20, 30, 30])].join("\n");

describe("a test of a strategy for many symbols", () => {
  it("has a table for each, and orders with symbols", async () => {
    const [outcome] = await outcomesOf(
      rotation(`test "t" { ${tables}
        expect orders {
          bar 3: buy 10 "AAA" at open tag "in"
          bar 4: sell 10 "AAA" at open
          bar 4: buy "BBB" at 30
        }
        expect rank(strength) == 1 on bar 2 of "AAA"
        expect rank(strength) == 2 on bar 2 of "BBB"
        expect strength >= 1
      }`),
    );
    expect(told(outcome)).toBe("");
  });

  it.each([
    [
      "another symbol",
      `expect orders { bar 3: buy 10 "BBB" at open bar 4: sell at open bar 4: buy at open }`,
    ],
    ["a value of a member", `expect rank(strength) == 1 on bar 2 of "BBB"`],
    ["a value of every member", `expect rank(strength) == 1 on bar 2`],
    ["a value on every bar", `expect strength > 1`],
    ["a member without bars", `expect strength > 1 of "CCC"`],
  ])("says what is wrong: %s", async (_, body) => {
    const [outcome] = await outcomesOf(rotation(`test "t" { ${tables} ${body} }`));
    expect(told(outcome)).toMatchSnapshot();
  });

  it.each([
    ["bars of no symbol", own, /these bars are of none[^]*bars "AAA" \{/],
    ["a symbol that is not of the universe", table("ABA", [1]), /no symbol `"ABA"`[^]*"AAA"/],
    ["two tables of a symbol", `${tables} ${table("AAA", [1])}`, /the table of "AAA" is given twice/],
    ["an order in another", `${tables} expect orders { bar 1: buy "XYZ" at open }`, /no symbol `"XYZ"`/],
  ])("is refused for %s", (_, body, message) => {
    const text = rotation(`test "t" { ${body} expect close > 0 }`);
    expect(errorsOf(text)).toMatch(message);
  });

  it("takes any symbol where the universe names none", async () => {
    const [outcome] = await outcomesOf(rotation(`test "t" { ${tables} expect close > 30 of "BBB" }`, ""));
    expect(told(outcome)).toBe(`\`close > 30 of "BBB"\` is false: 20 > 30 (bar 1 of BBB)`);
  });

  it("has members with bars at other times", async () => {
    const [outcome] = await outcomesOf(
      rotation(`test "t" {
        bars "AAA" { time open high low close  0 1 1 1 1  86_400_000 1 1 1 1  172_800_000 1 1 1 1 }
        bars "BBB" { time open high low close  0 3 3 3 3  86_400_000 4 4 4 4  259_200_000 5 5 5 5 }
        expect close == 1 on bar 3 of "AAA"
        expect close == 5 on bar 4 of "BBB"
        expect orders { bar 4: buy 10 "BBB" at open }
      }`),
    );
    expect(told(outcome)).toBe("");
  });

  it("has properties and laws, on a few of its members", async () => {
    const outcomes = await outcomesOf(
      rotation(
        `property "one is first" { bars 2..40 assert rank(strength) >= 1 }
        property "no gaps" { bars 1..40 assert strength < 1.02 }
        law scale law prefix law shift`,
        '"AAA", "BBB", "CCC", "DDD", "EEE"',
      ),
      { runs: 30 },
    );
    const [first, second, ...laws] = outcomes.map(told);
    expect(first).toBe("");
    expect(second).toMatchSnapshot();
    expect(laws).toEqual(["", "", ""]);
    expect(outcomes.map(({ note }) => note)).toEqual(Array(5).fill(undefined));
  });

  it("has a golden that names the members", async () => {
    const text = rotation('golden "g"');
    const [{ golden = "" }] = await outcomesOf(text);
    expect((JSON.parse(golden) as { trades: string[] }).trades[0]).toMatch(
      /^long 10 (AAA|BBB|CCC) "in" 2024-/,
    );
    const [again] = await outcomesOf(text, { goldens: { g: golden } });
    expect(again.failures).toEqual([]);
  });
});
