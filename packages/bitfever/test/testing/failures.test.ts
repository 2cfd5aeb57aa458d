import { describe, expect, it } from "vitest";
import { compileForTests } from "../../src/testing/test-program.js";
import { runTests } from "../../src/testing/run-tests.js";
import type { TestOptions } from "../../src/testing/options.js";
import type { TestOutcome } from "../../src/testing/outcome.js";

/** What a person would read of one failure. */
const told = ({ failures }: TestOutcome): string =>
  failures
    .map(({ message, details, hint }) => [message, details, hint].filter((each) => each).join("\n"))
    .join("\n---\n");

async function outcomesOf(body: string, options: TestOptions = {}): Promise<readonly TestOutcome[]> {
  return (await runTests(compileForTests({ name: "s.bf", text: strategyWith(body) }), options)).outcomes;
}

const strategyWith = (body: string): string => `strategy "S" on 1d {\n${body}\n}\n`;

const breakout = `param slow: bars = 20 in 10..60
let upper = highest(high, slow)[1]
enter long "breakout" when close crosses above upper { size 10 stop at low }`;

const table = `bars { open high low close
  10 11 9 10
  10 11 9 10
  10 11 9 10
  10 14 10 13
  13 14 12 13
}`;

describe("a test", () => {
  it("holds when all is as it says", async () => {
    const [outcome] = await outcomesOf(`${breakout}
      test "t" with { slow: 2 } {
        ${table}
        expect orders { bar 5: buy 10 at open tag "breakout" }
        expect upper == 11 on bar 4
        expect upper > 0
        expect warmup == 3 bars
      }`);
    expect(outcome.failures).toEqual([]);
  });

  it.each([
    ["a wrong order", `${table} expect orders { bar 4: buy 9 at close tag "x" }`],
    ["one order too many", `${table} expect orders { bar 5: buy at 13 bar 6: sell at open }`],
    ["orders that were not to be", `${table} expect orders { }`],
    ["a wrong value", `${table} expect upper == 12 on bar 4`],
    ["an absent value", `${table} expect upper == 12 on bar 1`],
    ["a condition that is no comparison", `${table} expect close crosses above upper on bar 5`],
    ["a value on every bar", `${table} expect upper < 11`],
    ["a value on no bar", `${table} expect sma(close, 10) > 0`],
    ["a value without bars", `expect close > 0`],
    ["the warm-up", `expect warmup == 4 bars`],
    ["a bar that is not there", `${table} expect close > 0 on bar 6`],
    ["no rows", `bars { open high low close } expect close > 0`],
    ["a high below the low", `bars { open high low close 1 0 1 1 } expect close > 0`],
    ["times in disorder", `bars { time open high low close 5 1 1 1 1 4 1 1 1 1 } expect close > 0`],
    ["bars of another interval", `bars 1h { open high low close 1 1 1 1 } expect close > 0`],
  ])("says what is wrong: %s", async (_, body) => {
    const [outcome] = await outcomesOf(`${breakout} test "t" with { slow: 2 } { ${body} }`);
    expect(told(outcome)).toMatchSnapshot();
  });

  it("fails for values that the program does not allow", async () => {
    const [outcome] = await outcomesOf(`param a: bars = 5 param b: bars = 9 require a < b
      enter long when sma(close, a) > sma(close, b) { stop at low }
      test "t" with { a: 10 } { ${table} expect close > 0 }`);
    expect(told(outcome)).toMatchSnapshot();
  });
});

describe("a property", () => {
  it("holds where it holds, and where its values are absent", async () => {
    const outcomes = await outcomesOf(`${breakout}
      property "the channel is above the lows" with { slow: 3 } { bars 1..50 assert upper >= low[1] }
      property "absent" { bars 1..10 assert upper > 1_000_000 }`);
    expect(outcomes.flatMap((each) => each.failures)).toEqual([]);
  });

  it("is tried on bars that can be: the low is lowest, the high highest, and all is above 0", async () => {
    const outcomes = await outcomesOf(`${breakout} property "p" {
      assert low <= open and low <= close
      assert high >= open and high >= close
      assert low > 0
      assert bar_index == 0 or time > time[1]
    }`);
    expect(outcomes.map(told)).toEqual([""]);
  });

  it.each([
    ["needs one bar", "bars 1..200 assert high > low"],
    ["needs two bars", "bars 1..200 assert close >= close[1]"],
    ["needs three bars", "bars 1..200 assert not (close > close[1] and close[1] > close[2])"],
    ["needs a gap", "bars 1..100 assert not (low > high[1])"],
    ["needs an extreme move", "bars 1..100 assert close > close[1] * 60%"],
    ["needs volume", "bars 1..100 assert volume <= 500"],
    ["has a least number of bars", "bars 4..9 assert high > low"],
    ["reads the account", "bars 1..60 assert position_size == 0"],
  ])("is refuted by few bars: %s", async (_, body) => {
    const [outcome] = await outcomesOf(`${breakout} property "p" with { slow: 2 } { ${body} }`);
    expect(told(outcome)).toMatchSnapshot();
  });

  it.each([
    "assert close >= close[1]",
    "assert not (low > high[1])",
    "assert day_of_week != 5 or close <= open",
    "assert latest(daily) >= latest(daily[1])",
  ])("is refuted in a test by the bars it is refuted by: %s", async (body) => {
    const inStrategy = async (test: string): Promise<TestOutcome> => {
      const text = `strategy "S" on 15m { enter long when close > open { size 10 stop at low }
        on 1d { let daily = close }
        ${test} }`;
      const [outcome] = (await runTests(compileForTests({ name: "s.bf", text }))).outcomes;
      return outcome;
    };
    const { failures } = await inStrategy(`property "p" { bars 1..200 ${body} }`);
    const [{ message, details }] = failures;
    const bar = /bar (\d+) of/.exec(message)?.[1] ?? "none";
    const again = await inStrategy(
      `test "t" { ${details} expect ${body.replace("assert", "")} on bar ${bar} }`,
    );
    expect(again.failures.map((each) => each.message)).toEqual([
      message.replace("` is", ` on bar ${bar}\` is`).replace(/ \(bar .*/, ""),
    ]);
  });

  it.each(["0..5", "5..1", "1..1_000_000", "1.5..3"])("is refused for %s bars", (range) => {
    const text = strategyWith(`${breakout} property "p" { bars ${range} assert close > 0 }`);
    expect(() => compileForTests({ name: "s.bf", text })).toThrow(
      /the number of bars.* whole numbers from 1/,
    );
  });

  it("is refuted by the same bars each time, and by others of another seed", async () => {
    const body = `${breakout} property "p" { assert close >= close[1] }`;
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map(async (seed) => (await outcomesOf(body, { seed })).map(told)),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

const symmetric = `let upper = highest(high, 5)[1]
let lower = lowest(low, 5)[1]
enter long "up" when close > upper { size 50% of equity stop at close - 2 * atr(5) target at close + 3 * atr(5) }
enter short "down" when close < lower { size 50% of equity stop at close + 2 * atr(5) target at close - 3 * atr(5) }`;

describe("a law", () => {
  it("holds for a strategy that knows no price, side or date, and trades", async () => {
    const outcomes = await outcomesOf(`${symmetric} law scale law mirror law shift law prefix`);
    expect(outcomes.map(told)).toEqual(["", "", "", ""]);
    expect(outcomes.map((each) => each.note)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it.each([
    ["scale: a price", `enter long "up" when close > 100 { stop at low - 1 } law scale`],
    ["scale: an amount", `enter long when close > open { size worth 5_000 stop at low } law scale`],
    ["mirror: one side", `enter long when close > close[1] { stop at low } law mirror`],
    ["shift: a month", `enter long when close > open and month == 9 { stop at low } law shift`],
  ])("is broken: %s", async (_, body) => {
    const [outcome] = await outcomesOf(body);
    expect(told(outcome)).toMatchSnapshot();
  });

  it("is broken by no more bars than it takes: 40 for the average, and one to trade on", async () => {
    const [{ failures }] = await outcomesOf(
      `enter long when close > 100 and close > sma(close, 40) { stop at low * 90% } law scale`,
    );
    const [, table = ""] = (failures[0]?.details ?? "").split("bars {\n");
    const rows = table.trimEnd().split("\n").slice(1, -1);
    expect(rows).toHaveLength(41);
  });

  it("says when there was nothing to compare", async () => {
    const [outcome] = await outcomesOf(`enter long when close < 0 { stop at low - 1 } law scale`);
    expect(outcome).toMatchObject({ failures: [], note: "no fill on any of 100 histories" });
  });
});
