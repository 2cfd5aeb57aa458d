import type { BacktestResult } from "@bitfever/engine";
import { describe, expect, test } from "vitest";
import { accountCurve } from "../src/comparison/account-curve.js";
import { differenceCell, factText, isBetter, valueCell } from "../src/comparison/cells.js";
import { compareResults, type ComparedMetric } from "../src/comparison/compare.js";
import { comparisonHtml } from "../src/comparison/html.js";
import { comparisonMarkdown } from "../src/comparison/markdown.js";
import { fixture } from "./report/fixture.js";

const { result } = fixture();
const changed = (change: Partial<BacktestResult>): BacktestResult => ({ ...result, ...change });
const many = { ...result.metrics, trades: 45 };

describe("what differs", () => {
  test("is nothing between a run and itself, and that is said", () => {
    const { differences, cautions } = compareResults([
      changed({ metrics: many }),
      changed({ metrics: many }),
    ]);
    expect(differences).toEqual([]);
    expect(cautions).toEqual([expect.stringMatching(/these are the same run/)]);
  });

  test("is told by name, with what some runs do not have", () => {
    const other = changed({
      program: { name: "Other", hash: result.program.hash },
      params: { slow: 90, fast: 20 },
      settings: { ...result.settings, tick: 0.05 },
      settingsHash: "sha256:1",
    });
    const { runs, differences, cautions } = compareResults([result, other], ["one", "two"]);
    expect(runs).toEqual(["one", "two"]);
    expect(differences).toEqual([
      { of: "program", name: "name", values: ["Two means", "Other"] },
      { of: "parameter", name: "slow", values: [50, 90] },
      { of: "parameter", name: "reverse", values: [true, null] },
      { of: "setting", name: "tick", values: [0.01, 0.05] },
    ]);
    expect(cautions).toEqual([]);
  });

  test("in the data is warned of before all else", () => {
    const data = { ...result.data, symbol: "MSFT", hash: "sha256:other" };
    const { cautions, differences } = compareResults([result, changed({ data })]);
    expect(cautions[0]).toMatch(/^The runs are on different data/);
    expect(differences.map(({ of, name }) => `${of} ${name}`)).toEqual(["data symbol", "data hash"]);
  });

  test("of what nobody can trade, and of few trades, is warned of", () => {
    const counts = { ...result.counts, closeFills: 2 };
    const few = { ...result.metrics, trades: 29 };
    const { cautions } = compareResults([result, changed({ counts, metrics: few, settingsHash: "x" })]);
    expect(cautions).toEqual([
      expect.stringMatching(/^Only some of the runs have fills at the close/),
      expect.stringMatching(/fewer than 30 closed trades/),
    ]);
  });
});

describe("metrics side by side", () => {
  const metrics = { sharpe: 1.5, max_drawdown: 0.25, cagr: null, net_profit: 100 };
  const others = { sharpe: 1, max_drawdown: 0.2, cagr: 0.1, net_profit: 100 };
  const { metrics: found } = compareResults([changed({ metrics }), changed({ metrics: others })]);
  const named = (name: string): ComparedMetric => found.find((each) => each.name === name)!;

  test("have their distance from the first, and only those that some run has", () => {
    expect(found.map(({ name }) => name)).toEqual(["net_profit", "cagr", "max_drawdown", "sharpe"]);
    expect(named("sharpe")).toMatchObject({ values: [1.5, 1], differences: [0, -0.5] });
    expect(named("cagr")).toMatchObject({ values: [null, 0.1], differences: [null, null] });
  });

  test("are written for people, shares in points", () => {
    expect([valueCell(named("max_drawdown"), 1), differenceCell(named("max_drawdown"), 1)]).toEqual([
      "20.00%",
      "−5.00 pp",
    ]);
    expect([valueCell(named("sharpe"), 0), differenceCell(named("sharpe"), 1)]).toEqual(["1.50", "−0.50"]);
    expect([valueCell(named("cagr"), 0), differenceCell(named("cagr"), 1)]).toEqual(["–", "–"]);
  });

  test("are better or worse as each metric has it", () => {
    const judged = ["max_drawdown", "sharpe", "cagr", "net_profit"].map((name) => isBetter(named(name), 1));
    expect(judged).toEqual([true, false, null, null]);
  });
});

test("an account steps at its exits, and ends at what it came to", () => {
  const [trade] = result.trades;
  const at = (exitTime: string | null, profit: number) => ({ ...trade, exitTime, profit });
  const curve = accountCurve({
    ...result,
    data: { ...result.data, from: "2020-01-01T00:00:00Z", to: "2020-12-31T00:00:00Z" },
    settings: { initial_capital: 1000 },
    metrics: { net_profit: 150 },
    trades: [at("2020-06-01T00:00:00Z", 100), at("2020-03-01T00:00:00Z", -50), at(null, 100)],
  });
  expect(curve.time.map((time) => new Date(time).toISOString().slice(0, 10))).toEqual([
    "2020-01-01",
    "2020-03-01",
    "2020-06-01",
    "2020-12-31",
  ]);
  expect(curve.values).toEqual([0, -0.05, 0.05, 0.15]);
});

test("an account with its equity is drawn at the ends of sessions, from the capital on", () => {
  const equity = { time: ["2020-01-02T00:00:00Z", "2020-01-03T00:00:00Z"], value: [1100, 950] };
  const curve = accountCurve({
    ...result,
    equity,
    data: { ...result.data, from: "2020-01-01T00:00:00Z", to: "2020-01-03T00:00:00Z" },
    settings: { initial_capital: 1000 },
  });
  expect(curve.isStep).toBe(false);
  expect(curve.time).toEqual(["2020-01-01", "2020-01-02", "2020-01-03"].map((each) => Date.parse(each)));
  curve.values.forEach((each, i) => {
    expect(each).toBeCloseTo([0, 0.1, -0.05][i], 12);
  });
  // 200 of the 1100 were put in.
  const timeWeighted = [900, 800];
  expect(
    accountCurve({ ...result, equity: { ...equity, timeWeighted }, settings: { initial_capital: 1000 } })
      .values[1],
  ).toBeCloseTo(-0.1, 12);
  const page = comparisonHtml(
    compareResults([changed({ equity }), changed({ equity })]),
    [changed({ equity }), changed({ equity })],
    "test",
  );
  expect(page).toContain("how far it was under its peak");
  const mixed = [changed({ equity }), result];
  expect(comparisonHtml(compareResults(mixed), mixed, "test")).toContain(
    "has the account at its exits alone",
  );
});

test("facts are short", () => {
  expect(factText("sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae")).toBe(
    "2c26b46b68ff",
  );
  expect(["2020-01-01T00:00:00Z", "2020-01-01T09:30:00Z", true, null, 10_000].map(factText)).toEqual([
    "2020-01-01",
    "2020-01-01T09:30:00Z",
    "true",
    "–",
    "10,000",
  ]);
});

describe("a hostile name", () => {
  const bad = `</style><script>hit()</script>"|\n@someone`;
  const results = [result, changed({ params: { [bad]: bad }, program: { ...result.program, name: bad } })];
  const comparison = compareResults(results, [bad, "other"]);

  test("stays a name on the page", () => {
    const page = comparisonHtml(comparison, results, "BitFever test");
    expect(page).not.toContain("<script");
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page).toContain("&lt;script&gt;hit()");
    const ids = [...page.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("stays a name in a comment", () => {
    const said = comparisonMarkdown(comparison, ["sharpe"]);
    expect(said).not.toMatch(/(?<!\\)<|@/);
    expect(said.split("\n").every((line) => line === "" || /^[#>|]/.test(line))).toBe(true);
  });
});
