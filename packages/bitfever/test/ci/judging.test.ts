import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BacktestResult } from "../../src/index.js";
import { bf } from "../../src/cli/bf.js";
import { run, runWith } from "../cli-run.js";

/* What CI asks of a run: bounds, a baseline that it may not be worse than, annotations and the page of a job. */

const examples = fileURLToPath(new URL("../../../../examples", import.meta.url));
const sample = join(examples, "data/SYNTHETIC-1d.csv");
const cross = join(examples, "moving-average-cross/strategy.bf");
const folder = mkdtempSync(join(tmpdir(), "bitfever-judging-"));
const at = (name: string): string => join(folder, name);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const backtest = (...args: readonly string[]) => run(bf, "backtest", cross, "--data", sample, ...args);
const worse = ["--param", "fast=10"];
const before = at("before.json");
beforeAll(async () => {
  expect((await backtest("--json", before)).code).toBe(0);
  // The first command of all loads what the others find loaded.
}, 300_000);

/** A baseline that differs from the run in what is given. */
function baseline(name: string, change: (result: BacktestResult) => object): string {
  const result = JSON.parse(readFileSync(before, "utf8")) as BacktestResult;
  writeFileSync(at(name), JSON.stringify({ ...result, ...change(result) }));
  return at(name);
}

describe("bf backtest --baseline", () => {
  it("holds for the same run, and says that it is the same", async () => {
    const { code, out } = await backtest("--baseline", before);
    expect(code).toBe(0);
    expect(out).toMatch(/caution: Program, data, parameters and settings are the same/);
    expect(out).toMatch(/✓ sharpe at most 5% worse than the baseline {2}\(sharpe is 0\.31, as before\)\n/);
  });

  it("fails where a metric is worse, with both values, what was changed, and the first trades that are others", async () => {
    const junit = at("junit.xml");
    const { code, out } = await backtest(...worse, "--baseline", before, "--junit", junit);
    expect(code).toBe(3);
    expect(out).toMatch(/Beside \S+before\.json +baseline +now +Δ +may be worse by\n/);
    expect(out).toMatch(/✗ Maximum drawdown +29\.79% +39\.21% +\+9\.42 pp +5%\n/);
    expect(out).toMatch(/\n {2}parameter fast: 20 → 10\n/);
    expect(out).toMatch(/@@ trade 1 @@\n {2}- long 974\.\d+ "cross" 2015-08-28 at .*\n {2}\+ long 984\.\d+/);
    expect(out).toMatch(/@@ and 30 more @@\n/);
    expect(out).toMatch(
      /✗ max_drawdown at most 5% worse .*\(max_drawdown is 39\.21%, \+9\.42 pp from 29\.79%\)/,
    );
    expect(readFileSync(junit, "utf8")).toMatch(
      /tests="3" failures="3".*\n.*\n.*name="net_profit at most 5% worse than the baseline"><failure message="net_profit is 25,651\.66, /,
    );
  });

  // Worse by 8,927.24 of 34,578.90, which are 25.8%; by 9.42 points of 29.79%, which are 31.6%; by 0.0633 of 0.3125.
  it.each([
    [["net_profit=25%"], 3],
    [["net_profit=26%"], 0],
    [["net_profit=8927"], 3],
    [["net_profit=8928"], 0],
    [["max_drawdown=9.42pp"], 3],
    [["max_drawdown=9.43pp"], 0],
    [["max_drawdown=31%"], 3],
    [["max_drawdown=32%"], 0],
    [["max_drawdown=.0943"], 0],
    [["net_profit=26%", "sharpe=0.01"], 3],
    [["net_profit=26%", "sharpe=0.1"], 0],
    // More trades are neither better nor worse, and a metric that is better is never too good.
    [["win_rate=0.1pp", "net_profit=26%"], 3],
  ])("allows what is allowed: %j", async (allowed, code) => {
    const given = allowed.flatMap((each) => ["--allow-worse", each]);
    expect((await backtest(...worse, "--baseline", before, ...given)).code).toBe(code);
  });

  it("lets a run be better", async () => {
    const better = baseline("poor.json", ({ metrics }) => ({
      metrics: { ...metrics, net_profit: 1, max_drawdown: 0.9, sharpe: 0.01 },
    }));
    const { code, out } = await backtest("--baseline", better);
    expect(code).toBe(0);
    expect(out).toMatch(/✓ max_drawdown .*\(max_drawdown is 29\.79%, −60\.21 pp from 90\.00%\)/);
  });

  it("fails a metric that is no longer known, and not one that was not", async () => {
    const unknown = baseline("unknown.json", ({ metrics }) => ({ metrics: { ...metrics, sharpe: null } }));
    const ran = await backtest("--baseline", unknown, "--allow-worse", "sharpe=0%");
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/✓ sharpe .*\(sharpe of the baseline is not known\)/);
    const none = at("none.bf");
    writeFileSync(none, `strategy "None" { enter long when close > 1e9 { stop at close * 0.9 } }`);
    const given = ["--baseline", before, "--allow-worse", "sharpe=99%"];
    const { code, out } = await run(bf, "backtest", none, "--data", sample, ...given);
    expect(code).toBe(3);
    expect(out).toMatch(/✗ sharpe .*\(sharpe is unknown: .+; it was 0\.31\)/);
  });

  it("warns of other data, and shows no trades beside theirs", async () => {
    const other = at("short.csv");
    writeFileSync(other, readFileSync(sample, "utf8").split("\n").slice(0, 2000).join("\n"));
    const { out } = await run(bf, "backtest", cross, "--data", other, "--baseline", before);
    expect(out).toMatch(/caution: The runs are on different data/);
    expect(out).toMatch(/data bars: 2,520 → 1,999\n/);
    expect(out).not.toContain("@@");
  });

  it.each([
    ["sharp=5%", /BF5031: there is no metric `sharp`/],
    ["exposure=5%", /BF5354: nobody can say which `exposure` is worse\n.*--assert 'exposure < …'/],
    [
      "sharpe=much",
      /BF5354: `sharpe=much` does not say .*\n.*write sharpe=5% \(of what it was\) or sharpe=0\.1\n/,
    ],
    ["sharpe=2pp", /BF5354/],
    ["max_drawdown=-1", /BF5354: .*\n.*max_drawdown=2pp \(percentage points\)/],
  ])("refuses %s", async (allowed, message) => {
    const { code, err } = await backtest("--baseline", before, "--allow-worse", allowed);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });

  it("refuses a baseline that is none, or is not there", async () => {
    expect((await backtest("--allow-worse", "sharpe=5%")).err).toMatch(
      /BF5138: --allow-worse goes with --baseline/,
    );
    expect(await backtest("--baseline", at("no.json"))).toMatchObject({ code: 2, out: "" });
    expect((await backtest("--baseline", cross)).err).toMatch(/BF5070: .*is not JSON/);
  });
});

describe("--github", () => {
  /** On a runner, where the page of the job is a file to append to. */
  function github(summary: string) {
    appendFileSync(at(summary), "");
    return async (...args: readonly string[]) => {
      const ran = await runWith({ env: { GITHUB_STEP_SUMMARY: at(summary) } }, bf, ...args, "--github");
      return { ...ran, page: readFileSync(at(summary), "utf8") };
    };
  }

  it("annotates the strategy, and puts verdict, difference and picture on the page of the job", async () => {
    const { code, err, page } = await github("failed.md")(
      ...["backtest", cross, "--data", sample, ...worse],
      ...["--baseline", before, "--assert", "sharpe > 1", "--assert", "trades > 5"],
    );
    expect(code).toBe(3);
    expect(err).toMatch(/^::error file=\S+strategy\.bf,line=3,title=sharpe > 1::sharpe is 0\.2\d+\n/);
    expect(err).toMatch(
      /title=max_drawdown at most 5%25 worse than the baseline::max_drawdown is 39\.21%25, /,
    );
    expect(err.split("\n").filter((each) => each.startsWith("::error"))).toHaveLength(4);
    expect(page).toMatch(/^## ❌ Moving-average cross: 4 of 5 do not hold\n/);
    expect(page).toMatch(/\n\| ✅ trades \\> 5 \| trades is 32 \|\n/);
    expect(page).toMatch(/\n\| ❌ Maximum drawdown \| 29\.79% \| 39\.21% \| \+9\.42 pp \| 5% \|\n/);
    expect(page).toMatch(/```diff\n@@ trade 1 @@\n- long .*\n\+ long /);
    expect(page).toMatch(
      /```mermaid\n[^`]*xychart-beta\n[^`]*\n {2}line \[[^\]]+\]\n {2}line \[[^\]]+\]\n```/,
    );
    expect(page).toMatch(/\n\nBlue: now\. Grey: the baseline\.\n/);
    expect(page).toMatch(/\n### Moving-average cross · SYNTHETIC-1d\n/);
  });

  it("adds to the page, and says little where all holds", async () => {
    appendFileSync(at("two.md"), "before\n");
    const { code, err, page } = await github("two.md")(
      ...["backtest", cross, "--data", sample, "--assert", "trades > 5"],
    );
    expect([code, err]).toEqual([0, ""]);
    expect(page).toMatch(/^before\n## ✅ Moving-average cross: holds\n/);
    expect(page).not.toContain("Blue:");
  });

  it("annotates what the compiler says, in every command that compiles", async () => {
    writeFileSync(at("bad.bf"), `strategy "Bad" {\n  enter long when closee > 1 { stop at low }\n}\n`);
    const annotation =
      /::error file=\S+bad\.bf,line=2,col=19,title=BF2001::`closee` is not defined%0Adid you mean `close`\?\n/;
    const on = github("none.md");
    for (const args of [
      ["backtest", at("bad.bf"), "--data", sample],
      ["check", at("bad.bf")],
      ["test", at("bad.bf")],
    ]) {
      const { code, err } = await on(...args);
      expect([args[0], code, err]).toEqual([args[0], 1, expect.stringMatching(annotation)]);
    }
    const { err } = await on("backtest", cross, "--data", at("nowhere.csv"));
    expect(err).toMatch(
      /^::error title=BF5020::cannot read .*nowhere\.csv: there is no such file%0Acheck the path\n/,
    );
  });

  it("annotates tests that fail where they say what does not hold", async () => {
    const program = readFileSync(cross, "utf8").replace("bar 22: buy", "bar 23: buy");
    writeFileSync(at("failing.bf"), program);
    const { code, err, page } = await github("tests.md")("test", at("failing.bf"), "--runs", "2");
    expect(code).toBe(3);
    expect(err).toMatch(/::error file=\S+failing\.bf,line=\d+,col=\d+,title=test "buys the day after /);
    expect(page).toMatch(/^## ❌ 3 tests: 1 failed\n\n\| File .*\n.*\n\| ❌ .*failing\.bf \| 2 \| 1 \|\n/);
    expect(page).toMatch(/```text\nfailed: /);
  });

  it("stays within what GitHub shows, and says how many there are more", async () => {
    const lets = Array.from({ length: 14 }, (_, i) => `  let a${i} = nothing${i}`).join("\n");
    writeFileSync(
      at("many.bf"),
      `strategy "Many" {\n${lets}\n  enter long when close > 1 { stop at low }\n}\n`,
    );
    const { err } = await github("many.md")("check", at("many.bf"));
    const lines = err.split("\n").filter((each) => each.startsWith("::error"));
    expect(lines).toHaveLength(10);
    expect(lines[9]).toBe("::error title=5 more::5 more are in the log of this step");
  });

  it("says where a page cannot be written", async () => {
    const { code, err } = await runWith(
      { env: { GITHUB_STEP_SUMMARY: join(folder, "no", "where.md") } },
      ...[bf, "backtest", cross, "--data", sample, "--github"],
    );
    expect([code, err]).toEqual([2, expect.stringMatching(/BF5021: cannot write .*GITHUB_STEP_SUMMARY/)]);
  });
});

describe("exit codes", () => {
  it("tell apart a program, usage, a demand and data", async () => {
    writeFileSync(at("wrong.bf"), `strategy "Wrong" { enter long when closee > 1 { stop at low } }`);
    writeFileSync(at("wrong.csv"), "time,open,high,low,close\n2024-01-01,1,2,1,1.5\n2024-01-02,1,0.5,1,1\n");
    const codes = await Promise.all([
      backtest(),
      run(bf, "backtest", at("wrong.bf"), "--data", sample),
      backtest("--set", "tick=none of it"),
      backtest("--assert", "sharpe > 99"),
      run(bf, "backtest", cross, "--data", at("wrong.csv")),
    ]);
    expect(codes.map(({ code }) => code)).toEqual([0, 1, 2, 3, 4]);
  });
});
