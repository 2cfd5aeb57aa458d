import { describe, expect, test } from "vitest";
import { compile, defaultValues, specialise } from "../src/compile.js";
import { clockNameOf, type Plan } from "../src/plan.js";
import { catalogue } from "./catalogue.js";
import { codesOf, compileText, entering, planOf, programOf, strategy, written } from "./helpers.js";

/* What other markets, unfinished bars, universes and words for arguments become in a plan. */

const onMinutes = (body: string): string =>
  `strategy "Example" on 15m {\n  ${body}\n  enter long when close > open { stop at low }\n}\n`;
const withLets = (text: string): Plan => planOf(text, {}, { withLets: true });

/** What a `let` is computed from. */
const computed = (plan: Plan, name: string): string => {
  const output = plan.outputs.find((each) => each.name === name);
  if (output === undefined) throw new Error(`no \`${name}\``);
  return written(plan, output.column);
};
const clocksOf = (plan: Plan): string[] => plan.clocks.map((_, i) => clockNameOf(plan, i));

describe("other markets", () => {
  const text = onMinutes(`market "SPY" as spy
  market "DAX" as dax calendar XETRA
  market "TLT" as bonds
  on spy 1w { let slow = sma(close, 10) }
  on spy { let fast = sma(close, 3)  let week = latest(slow) }
  let a = latest(slow)
  let b = latest(fast) + latest(spy.close)
  let c = latest(dax.high)
  let d = latest(week) + latest(bonds.close - bonds.close)`);

  test("are in the plan as far as they are read, with their calendars", () => {
    expect(withLets(text).markets).toEqual([
      { name: "spy", symbol: "SPY", calendar: null },
      { name: "dax", symbol: "DAX", calendar: "XETRA" },
      { name: "bonds", symbol: "TLT", calendar: null },
    ]);
    expect(planOf(text).markets).toEqual([]);
  });

  test("have a clock each, and their slower bars one behind it", () => {
    expect(clocksOf(withLets(text))).toEqual(["15m", "spy", "spy 1w", "dax", "bonds"]);
    expect(withLets(text).clocks.map((each) => each.market)).toEqual([null, 0, 0, 1, 2]);
  });

  test("are read with `latest`", () => {
    const plan = withLets(text);
    expect(computed(plan, "a")).toBe("latest(sma(close, 10))");
    expect(computed(plan, "b")).toBe("add(latest(sma(close, 3)), latest(close))");
    expect(computed(plan, "c")).toBe("latest(high)");
  });

  test("need bars of their own before the first order", () => {
    const plan = planOf(
      strategy(`market "SPY" as spy
  on spy { let trend = sma(close, 50) }
  enter long when close > sma(close, 5) and latest(trend) > latest(spy.close[60]) { stop at low }`),
    );
    // The fiftieth bar of the market has the average; the sixty-first a close sixty before.
    expect(plan.clocks).toMatchObject([
      { market: null, warmup: 4 },
      { market: 0, warmup: 61, lookback: 60 },
    ]);
  });

  test("are theirs in functions, and a parameter of the name is not", () => {
    const plan = withLets(
      onMinutes(`market "SPY" as spy
  fn beta() = latest(spy.close)
  fn upper(spy) = spy.upper
  let a = beta()
  let b = upper(bbands(close, 20))`),
    );
    expect(computed(plan, "a")).toBe("latest(close)");
    expect(computed(plan, "b")).toBe("bbands(close, 20, 2, 2, 0).0");
  });
});

describe("unfinished bars", () => {
  const day = "on 1d { let trend = sma(close, 50) }";

  test("are read as far as they have come, and count as one bar", () => {
    const rule = (read: string): Plan =>
      planOf(
        `strategy "Example" on 15m { allow forming ${day} enter long when close > ${read}(trend) { stop at low } }`,
      );
    expect(rule("forming").clocks[1]).toMatchObject({ interval: "1d", warmup: 49 });
    expect(rule("latest").clocks[1]).toMatchObject({ interval: "1d", warmup: 50 });
    expect(rule("forming").allowsForming).toBe(true);
  });

  test("need no permission to be looked at", () => {
    const text = onMinutes(
      `${day}\n  alert "{forming(trend)}" when close > forming(trend)\n  plot forming(trend)`,
    );
    expect(compileText(text).diagnostics).toEqual([]);
    expect(planOf(text).allowsForming).toBe(false);
  });

  test.each([
    [
      "a size",
      `${day}\n  enter short when close < open { size volume * forming(trend) / close stop at high }`,
    ],
    ["a stop", `${day}\n  enter short when close < open { stop at forming(trend) }`],
    ["a cancel", `${day}\n  cancel when close < forming(trend)`],
    ["a flatten", `${day}\n  flatten when close < forming(trend)`],
    ["a name of a name", `${day}\n  let a = forming(trend)\n  let b = a\n  exit when close < b`],
    ["an older value", `${day}\n  let a: price = (a[1] or else forming(trend))\n  exit when close < a`],
    [
      "a state",
      `${day}\n  state a = false reset never { when close < forming(trend) { set a = true } }\n  exit when a`,
    ],
    ["a function", `${day}\n  fn now() = forming(trend)\n  exit when close < now()`],
    ["a comparison of members", `universe\n  ${day}\n  exit when rank(forming(trend)) > 5`],
  ])("%s rests on one", (_, body) => {
    expect(codesOf(compileText(onMinutes(body)).diagnostics)).toContain("BF2106");
  });
});

describe("members of a universe", () => {
  const universe = (body: string): string => entering(`universe\n  ${body}`);

  test("all, or those that are named", () => {
    expect(planOf(universe("")).universe).toEqual({ symbols: null, rebalances: [] });
    expect(planOf(entering('universe "B", "A"')).universe?.symbols).toEqual(["B", "A"]);
    expect(planOf(entering("")).universe).toBeNull();
  });

  test.each([
    ["rank(close)", "rank across close"],
    ["top(close, 3)", "less_or_equal(rank across close, 3)"],
    ["bottom(close, 3)", "less_or_equal(rank across negate(close), 3)"],
    ["sum(for each: close)", "sum across close"],
    ["max(for each: close)", "max across close"],
    ["count(for each: close > open)", "sum across greater(close, open)"],
    ["mean(for each: close)", "divide(sum across close, count across close)"],
    ["sum(for each where close > 5: volume)", "sum across choose(greater(close, 5), volume, NaN)"],
    ["any(for each: close > open)", "greater(sum across greater(close, open), 0)"],
    [
      "all(for each: close > open)",
      "equal(sum across greater(close, open), count across greater(close, open))",
    ],
  ])("%s", (text, expected) => {
    expect(computed(withLets(universe(`let a = ${text}`)), "a")).toBe(expected);
  });

  test("are ranked once for all who ask", () => {
    const plan = withLets(
      universe(
        "let a = rank(sma(close, 5))\n  let b = top(sma(close, 5), 3)\n  let c = top(sma(close, 5), 4)",
      ),
    );
    expect(plan.nodes.filter((each) => each.kind === "across")).toHaveLength(1);
  });

  test("delay the first order by what they are compared by", () => {
    const text = strategy("universe\n  enter long when rank(sma(close, 20)) < 3 { stop at low }");
    expect(planOf(text).warmup).toBe(19);
  });

  test.each([
    [
      "what a state has come to",
      "state n = 0 reset never { when close > open { set n = n + 1 } }\n  let a = rank(n)",
    ],
    ["in a state", "state a: number? = none reset never { set a = rank(close) }"],
    ["what is older", "let a = rank(close[3])[2]"],
    ["in a loop that is not theirs", "let a = sum(for k in 0..3: rank(close))"],
    [
      "in a function",
      "fn place(x) = rank(x) / count(for each: x > 0)\n  let a = place(close) + place(volume)",
    ],
    ["a name called `each`", "let a = sum(for each in 0..3: close[each])"],
    [
      "a function's parameter called `top`",
      "fn f(top) = top * 2\n  let rank = f(close)\n  let a = rank(rank)",
    ],
  ])("%s", (_, body) => {
    expect(compileText(universe(body)).diagnostics).toEqual([]);
  });

  test("are compared by functions of other files, where there is a universe", () => {
    const library = {
      name: "factors.bf",
      text: "pub fn place(x) = rank(x)\npub fn typed(x: price) = top(x, 3)\n",
    };
    const codes = (text: string): string[] =>
      codesOf(compile({ name: "a.bf", text }, catalogue, { findModule: () => library }).diagnostics);
    const importing = (body: string): string =>
      `import "factors.bf" as factors\n${entering(`${body}\n  let a = factors.place(close)`)}`;
    expect(codes(importing("universe"))).toEqual([]);
    expect(codes(importing(""))).toEqual(["BF2018"]);
    expect(codesOf(compile(library, catalogue).diagnostics)).toEqual([]);
  });

  test.each(["mean", "sum", "max"])("what depends on the account cannot be compared by `%s`", (name) => {
    const text = universe(`exit when ${name}(for each: position_size) > 3`);
    expect(compileText(text).diagnostics.map((each) => each.message)).toEqual([
      `\`${name}\` compares the members of a universe; this depends on the account, which is known bar by bar`,
    ]);
  });

  test("how many are taken is judged with the values of a run", () => {
    const text = strategy("universe\n  param n: int = 3\n  enter long when top(close, n) { stop at low }");
    expect(() => planOf(text, { n: 5 })).not.toThrow();
    expect(() => planOf(text, { n: 0 })).toThrow("how many `top` takes is 0");
  });
});

describe("rebalances", () => {
  const text = `strategy "Example" on 1d {
  universe "A", "B", "C"
  market "SPY" as spy
  param n: int = 2 in 1..5
  param most: ratio = 40% in 10%..60%
  let calm = latest(spy.close) > latest(spy.close[20])
  let strength = close / close[60]
  rebalance "monthly" every 1mo when calm {
    hold top n by strength where volume > 1_000
    short bottom 1 by strength
    weight by 1 / strength capped most
    band 1%
  }
  rebalance { hold each weight at 10% }
}
`;

  test("are clauses of columns and numbers", () => {
    const plan = planOf(text);
    const [monthly, other] = plan.universe?.rebalances ?? [];
    expect(monthly).toMatchObject({ tag: "monthly", every: "1mo", cap: 0.4, band: 0.01 });
    expect(monthly.when === null ? null : written(plan, monthly.when)).toBe(
      "greater(latest(close), latest(delay(close, 20)))",
    );
    const [long, short] = monthly.holds;
    expect(long).toMatchObject({ side: "long", order: "top", count: 2 });
    expect(short).toMatchObject({ side: "short", order: "bottom", count: 1, by: long.by, where: null });
    expect(monthly.weight.kind).toBe("by");
    expect(other).toMatchObject({
      tag: "rebalance",
      every: null,
      when: null,
      holds: [{ side: "long", count: null, by: null, where: null }],
      weight: { kind: "at" },
      cap: null,
      band: 0,
    });
  });

  test("share by returns, under a cap and an exposure", () => {
    const shares = (clauses: string) =>
      planOf(strategy(`universe\n  param n: bars = 60\n  rebalance { hold each ${clauses} }`), {});
    const plan = shares("weight risk_parity(n) shrunk capped 10% redistributed exposure 80%");
    const [rebalance] = plan.universe?.rebalances ?? [];
    expect(rebalance).toMatchObject({ cap: 0.1, isRedistributed: true, exposure: 0.8 });
    const { weight } = rebalance;
    if (weight.kind !== "returns") throw new Error(weight.kind);
    expect(weight).toMatchObject({ weighting: "risk_parity", isShrunk: true, length: 60 });
    expect(written(plan, weight.close)).toBe("close");
    expect(written(plan, weight.oldest)).toBe("delay(close, 60)");
    expect(plan.warmup).toBe(60);
    const plain = shares("weight minimum_variance(20) capped 10%").universe?.rebalances[0];
    expect(plain).toMatchObject({ cap: 0.1, isRedistributed: false, exposure: null });
    expect(plain?.weight).toMatchObject({ isShrunk: false });
  });

  test("words of a weight are names elsewhere", () => {
    const body = `universe\n  let risk_parity = close\n  let exposure = 5\n  let redistributed = 2\n  let shrunk = 3
  rebalance { hold top exposure by risk_parity exposure 50% }\n  rebalance "b" { hold top redistributed by shrunk * close }`;
    expect(compileText(strategy(body)).diagnostics).toEqual([]);
  });

  test("delay the first order by all that they need", () => {
    const plan = planOf(text);
    expect(plan.warmup).toBe(60);
    expect(plan.clocks[1]).toMatchObject({ market: 0, warmup: 21 });
  });

  test("follow the parameters of a run", () => {
    expect(defaultValues(programOf(text))).toEqual({ n: 2, most: 0.4 });
    const plan = specialise(programOf(text), catalogue, { n: 3, most: 0.5 });
    expect(plan.universe?.rebalances[0]).toMatchObject({ holds: [{ count: 3 }, { count: 1 }], cap: 0.5 });
  });

  test.each([
    [{ n: 0 }, "how many to hold is 0"],
    [{ n: -1 }, "how many to hold is -1"],
    [{ most: 0 }, "the most of one member is 0"],
    [{ most: 1.5 }, "the most of one member is 1.5"],
  ])("%o is refused", (values, message) => {
    expect(() => planOf(text, values)).toThrow(message);
  });

  test.each([
    ["time", 'time > datetime("2024-01-01T00:00Z")'],
    ["the calendar", "month == 1 and day_of_week == 5"],
    ["the account", "equity > 5 and drawdown < 10%"],
    ["what all come to", "mean(for each: close / open) > 1"],
    ["an older value of that", "mean(for each: close / open)[5] > 1"],
    ["a market", "latest(spy.close) > 5"],
  ])("ask once for all: %s", (_, when) => {
    const body = `universe\n  market "SPY" as spy\n  let a = latest(spy.close)\n  rebalance when ${when} { hold top 1 by a }`;
    expect(compileText(strategy(body)).diagnostics).toEqual([]);
  });

  test.each([
    "close > 5",
    "hl2 > 5",
    "session_bar > 5",
    "bar_index > 5",
    "tick_size > 5",
    "position_size > 5",
    "open_profit > 5",
    "rank(close) > 5",
    "top(close, 5)",
    "strength > 5",
    "(strength > 5)[1]",
    "count > 5",
    "smooth[1] > 5",
    "latest(top_of_week) > 5",
    "best(close)",
  ])("cannot ask of one: %s", (when) => {
    const body = `universe
  let strength = close * 2
  let smooth: price = (smooth[1] or else close) * 0.9 + close * 0.1
  state count = 0 reset never { when close > open { set count = count + 1 } }
  fn best(x) = x > 5
  on 1w { let top_of_week = high }
  rebalance when ${when} { hold top 1 by strength }`;
    expect(codesOf(compileText(`strategy "Example" on 1d {\n  ${body}\n}\n`).diagnostics)).toEqual([
      "BF2109",
    ]);
  });

  test.each([
    ["weight at 20%", true],
    ["weight at 20.1%", false],
    ["weight at n * 10%", true],
    ["weight equal capped 100%", true],
  ])("of five members, %s", (clause, isFine) => {
    const body = `universe\n  param n: int = 2\n  rebalance { hold top 5 by close ${clause} }`;
    const unused = codesOf(compileText(strategy(body)).diagnostics).filter((each) => each !== "BF3005");
    expect(unused).toEqual(isFine ? [] : ["BF2009"]);
  });
});

test.each([
  ["hold top 5 by close weight at 30%", true],
  ["hold top 5 by close short bottom 5 by close weight at 33%", true],
  ["hold each weight at 30%", true],
  ["hold each weight at 40%", false],
  ["hold each where close > 5 weight at 40%", true],
  ["hold top 2 by close short bottom 5 by close weight at 40%", false],
])("of three members, %s", (clauses, isFine) => {
  const { diagnostics } = compileText(strategy(`universe "A", "B", "C"\n  rebalance { ${clauses} }`));
  expect(codesOf(diagnostics)).toEqual(isFine ? [] : ["BF2009"]);
});

describe("words for arguments", () => {
  test.each([
    ["bbands(close, 20, ma: ema).middle", 1],
    ["bbands(close, 20, ma: 1).middle", 1],
    ["bbands(close, ma: wma).middle", 2],
    ["bbands(close, 20, 2, 2, ema).middle", 1],
    ["bbands(close, 20, 2, 2).middle", 0],
    ["bbands(close).middle", 0],
    ["bbands(close, ma: kind).middle", 2],
    ["bbands(close, ma: if fast then ema else sma).middle", null],
    ["bbands(close, ma: place).middle", 1],
  ])("%s", (text, place) => {
    const body = `enum Kind { wma, sma }
  param kind: Kind = Kind.wma in { Kind.wma, Kind.sma }
  param place: int = 1
  param fast: bool = true
  let a = ${text}`;
    const { program, diagnostics } = compileText(entering(body));
    if (place === null) expect(program).toBeNull();
    else {
      expect(codesOf(diagnostics).filter((each) => each !== "BF3005")).toEqual([]);
      expect(computed(withLets(entering(body)), "a")).toBe(`bbands(close, 20, 2, 2, ${place}).1`);
    }
  });

  test("a series of the name does not take the word away, a number known before the run does", () => {
    const plan = (body: string): string =>
      computed(withLets(entering(`${body}\n  let a = bbands(close, ma: ema).middle`)), "a");
    expect(plan("let ema = close * 2")).toContain("2, 2, 1)");
    expect(plan("let ema = 2")).toContain("2, 2, 2)");
  });

  test("an enum chooses with the values of a run", () => {
    const text = strategy(`enum Kind { wma, sma }
  param kind: Kind = Kind.wma in { Kind.wma, Kind.sma }
  enter long when close > bbands(close, ma: kind).middle { stop at low }`);
    const kernels = (kind: number): string[] =>
      planOf(text, { kind }).nodes.flatMap((each) =>
        each.kind === "kernel" && each.kernel === "bbands" ? each.parameters.join(" ") : [],
      );
    expect(kernels(0)).toEqual(["20 2 2 2"]);
    expect(kernels(1)).toEqual(["20 2 2 0"]);
  });
});
