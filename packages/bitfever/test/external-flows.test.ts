import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import {
  backtest,
  BitFeverError,
  compile,
  equityCsv,
  paperOverHistory,
  readBars,
  readFlows,
  reportHtml,
} from "../src/index.js";
import { bf } from "../src/cli/bf.js";
import { run } from "./cli-run.js";

/* Deposits and withdrawals as who uses the library or the commands meets them. */

const root = fileURLToPath(new URL("../../..", import.meta.url));
const sample = `${root}examples/data/SYNTHETIC-1d.csv`;
const cross = `${root}examples/moving-average-cross/strategy.bf`;
const bars = await readBars(sample);
const folder = mkdtempSync(join(tmpdir(), "bitfever-flows-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const dayOf = (bar: number): string => new Date(bars.time[bar]).toISOString().slice(0, 10);
const path = join(folder, "flows.csv");
writeFileSync(
  path,
  `time,amount,note\n${dayOf(10)},5000,bonus\n${dayOf(100)},-2000,rent\n${dayOf(200)},-1000000,house\n`,
);
const flows = await readFlows(path);
const settings = { money_decimals: 2, lot: 1, tick: 0.01 };
const strategy = compile(readFileSync(cross, "utf8"));

describe("the library", () => {
  it("puts them into equity and into no return", async () => {
    const plain = await backtest(strategy, bars, { settings });
    const { result, curves } = await backtest(strategy, bars, { settings, flows });
    expect(result.cashFlows).toMatchObject([
      { reason: "deposit", amount: 5_000, time: `${dayOf(10)}T00:00:00Z`, note: "bonus" },
      { reason: "withdrawal", amount: -2_000, note: "rent" },
      { reason: "withdrawal", asked: -1_000_000, note: "house" },
    ]);
    const moved = (result.cashFlows ?? []).reduce((sum, { amount }) => sum + amount, 0);
    const last = curves.equity[curves.equity.length - 1];
    expect(result.metrics["net_profit"]).toBeCloseTo(last - moved - 100_000, 6);
    const weighted = curves.timeWeighted?.[bars.length - 1] ?? NaN;
    expect(result.metrics["total_return"]).toBeCloseTo(weighted / 100_000 - 1, 12);
    expect(result.metrics["money_weighted_return"]).not.toBeNull();
    expect(curves.flow?.[10]).toBe(5_000);
    expect(plain.curves.flow).toBeUndefined();
    expect(plain.result.cashFlows).toBeUndefined();
    expect(plain.result.metricReasons["money_weighted_return"]).toBe("no deposits and no withdrawals");
    // The run is another one, and its hash says so; bars and program are the same.
    expect(result.settingsHash).not.toBe(plain.result.settingsHash);
    expect(result.data.hash).toBe(plain.result.data.hash);
  });

  it("returns do not hear of money that is never used", async () => {
    const small = compile(
      `strategy "Small" { enter long when close > open { size 1 unprotected } exit when close < open }`,
    );
    const [plain, rich] = [
      await backtest(small, bars, { settings }),
      await backtest(small, bars, { settings, flows: flows.slice(0, 2) }),
    ];
    expect(rich.result.trades).toEqual(plain.result.trades);
    expect(rich.result.metrics["net_profit"]).toBeCloseTo(plain.result.metrics["net_profit"] ?? NaN, 6);
  });

  it("paper trading books them alike", async () => {
    const [told, done] = [
      await paperOverHistory(strategy, bars, { settings, flows }),
      await backtest(strategy, bars, { settings, flows }),
    ];
    expect(told.result).toEqual(done.result);
    expect(told.curves.timeWeighted).toEqual(done.curves.timeWeighted);
  });

  it("shows them in the report and in the table of the account", async () => {
    const done = await backtest(strategy, bars, { settings, flows });
    const page = reportHtml(done, bars);
    expect(page).toMatch(/<h2 id="cash-flows-title">Cash flows<\/h2>/);
    expect(page).toContain("house; −1,000,000.00 was asked for");
    expect(page).toContain("1 withdrawal got");
    const [head, ...rows] = equityCsv(done).trim().split("\n");
    expect(head).toBe("time,equity,position,flow,time_weighted");
    expect(rows[10].split(",")[3]).toBe("5000");
    const [plainHead] = equityCsv(await backtest(strategy, bars, { settings })).split("\n");
    expect(plainHead).toBe("time,equity,position");
  });

  it.each([
    ["before the first bar", { time: bars.time[0] - 1, amount: 5 }, /lies outside the bars, which open from/],
    ["after the last", { time: bars.time[bars.length - 1] + 1, amount: 5 }, /lies outside the bars/],
    ["of nothing", { time: bars.time[5], amount: 0 }, /moves no money/],
    ["of no number", { time: bars.time[5], amount: NaN }, /moves no money/],
    ["at no time", { time: Infinity, amount: 1 }, /moves no money/],
  ])("refuses one %s", async (_title, flow, said) => {
    const failed = await backtest(strategy, bars, { flows: [flow] }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(BitFeverError);
    expect(failed).toMatchObject({ code: "BF5100", message: expect.stringMatching(said) as string });
  });
});

describe("bf backtest --flows", () => {
  const given = ["--data", sample, "--set", "money_decimals=2", "--set", "lot=1", "--set", "tick=0.01"];

  it("tells of them, and writes the account", async () => {
    const { code, out, err } = await run(bf, "backtest", cross, ...given, "--flows", path, "--equity", "-");
    expect(code).toBe(0);
    expect(out).toMatch(/^time,equity,position,flow,time_weighted\n/);
    expect(err).toMatch(/Money-weighted return +[−\d.]+ %/);
    expect(err).toMatch(/Deposits +5,000\.00, 1 deposit\n/);
    expect(err).toMatch(/Withdrawals +[\d,.]+, 2 withdrawals\n/);
    expect(err).toMatch(/1 withdrawal got [\d,.]+ less than asked for/);
  });

  it("also on bf paper and bf why, and says what is wrong with the file", async () => {
    const paper = await run(bf, "paper", cross, ...given, "--flows", path);
    expect([paper.code, paper.out]).toEqual([0, expect.stringMatching(/Deposits +5,000\.00/)]);
    expect((await run(bf, "why", cross, "1", ...given, "--flows", path)).code).toBe(0);
    const bad = join(folder, "bad.csv");
    writeFileSync(bad, "time,amount\n2020-01-01,much\n");
    const refused = await run(bf, "backtest", cross, ...given, "--flows", bad);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/BF5101: bad\.csv, line 2: the amount "much" is no number/);
    const none = await run(bf, "backtest", cross, ...given, "--flows", join(folder, "none.csv"));
    expect(none.err).toMatch(/BF5020/);
  });
});
