import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { rmSync } from "node:fs";
import type { BacktestResult } from "../src/index.js";
import { bf } from "../src/cli/bf.js";
import { bfCompile } from "../src/cli/bf-compile.js";
import { run } from "./cli-run.js";

/* The commands as a shell would run them, with their streams caught. */

const examples = fileURLToPath(new URL("../../../examples", import.meta.url));
const sample = join(examples, "data/SYNTHETIC-1d.csv");
const cross = join(examples, "moving-average-cross/strategy.bf");
const folder = mkdtempSync(join(tmpdir(), "bitfever-cli-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const broken = file(
  "broken.bf",
  `strategy "Broken" {\n  let a = smaa(close, 20)\n  enter long when closee > a { stop at low }\n}\n`,
);

describe("bf backtest of a universe", () => {
  const rotation = join(examples, "momentum-rotation/strategy.bf");
  const members = join(examples, "data/SYNTHETIC-universe");
  const index = join(examples, "data/SYNTHETIC-index-1d.csv");

  it("reads a folder, and other markets by their symbol", async () => {
    const csv = join(folder, "rotation.csv");
    const given = ["--data", members, "--market", `INDEX=${index}`, "--trades", csv];
    const { code, out, err } = await run(bf, "backtest", rotation, ...given);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/6 symbols, equal weight, 1000 bars of 1d/);
    const [header, ...rows] = readFileSync(csv, "utf8").trim().split("\n");
    expect(header).toMatch(/^symbol,side,entryTime/);
    expect(new Set(rows.map((row) => row.split(",")[0])).size).toBeGreaterThan(3);
  });

  it("says what is missing, and how to give it", async () => {
    const without = await run(bf, "backtest", rotation, "--data", members);
    expect(without.code).toBe(2);
    expect(without.err).toMatch(/BF5046: there are no bars of INDEX.*\n.*--market INDEX=PATH/);
    const two = file(
      "two.bf",
      `strategy "Two" { universe "ALDER", "OAK" rebalance { hold top 1 by close weight equal } }`,
    );
    const none = await run(bf, "backtest", two, "--data", members);
    expect(none.code).toBe(2);
    expect(none.err).toMatch(/BF5047: there are no bars of OAK in .*\n.*OAK\.csv/);
    const empty = await run(bf, "backtest", two, "--data", mkdtempSync(join(folder, "empty-")));
    expect(empty.err).toMatch(/BF5007/);
    const single = await run(bf, "backtest", cross, "--data", members);
    expect(single.code).toBe(2);
    expect(single.err).toMatch(/it is a folder/);
  });
});

describe("bf compare", () => {
  const result = async (name: string, ...given: readonly string[]): Promise<string> => {
    const path = join(folder, name);
    expect((await run(bf, "backtest", cross, "--data", sample, "--json", path, ...given)).code).toBe(0);
    return path;
  };

  it("puts results side by side, on the screen and in files", async () => {
    const [slow, quick] = [await result("slow.json"), await result("quick.json", "--param", "fast=10")];
    const [html, json] = [join(folder, "both.html"), join(folder, "both.json")];
    const { code, out, err } = await run(bf, "compare", slow, quick, "--report", html, "--json", json);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/Metric +slow +quick +Δ\n +Net profit +[\d,.]+ +[\d,.]+ +[−+][\d,.]+\n/);
    expect(out).toMatch(
      /What differs +slow +quick\n +parameter fast +20 +10\nwrote .*both\.json\nwrote .*both\.html\n$/,
    );
    expect(readFileSync(html, "utf8")).toContain("<title>slow · quick · comparison</title>");
    // The account at the end of each session of the sample, which has one a day.
    const { equity, metrics, data } = JSON.parse(readFileSync(slow, "utf8")) as BacktestResult;
    expect(equity?.time).toHaveLength(data.bars);
    expect([equity?.time[0], equity?.time.at(-1)]).toEqual([data.from, data.to]);
    expect((equity?.value.at(-1) ?? NaN) - 100_000).toBeCloseTo(metrics.net_profit ?? NaN, 6);
    expect(readFileSync(html, "utf8")).toContain("how far it was under its peak");
    const comparison = JSON.parse(readFileSync(json, "utf8")) as { runs: string[]; metrics: unknown[] };
    expect(comparison).toMatchObject({ schema: "bitfever/comparison@1", runs: ["slow", "quick"] });
    expect(comparison.metrics.length).toBeGreaterThan(60);

    const comment = await run(bf, "compare", slow, quick, quick, "--markdown", "-");
    expect(comment.out).toMatch(/^### slow 1 · quick 2 · quick 3\n[^<]*$/);
    expect(comment.err).toMatch(/What differs/);
  });

  it("refuses what is no result", async () => {
    const slow = await result("slow.json");
    for (const [text, said] of [
      ["{", /BF5070: .*other\.json is not JSON/],
      ["[]", /BF5070: .* is no result of a backtest: it says no schema/],
      [`{"schema":"bitfever/test@1"}`, /it is of the schema "bitfever\/test@1"\n.*bf backtest … --json FILE/],
    ] as const) {
      const { code, err } = await run(bf, "compare", slow, file("other.json", text));
      expect(code).toBe(2);
      expect(err).toMatch(said);
    }
    expect((await run(bf, "compare", slow)).code).toBe(2);
  });
});

describe("bf backtest", () => {
  it("draws sessions and trades anew, the same ones of the same seed", async () => {
    const drawn = (...seed: readonly string[]) =>
      run(bf, "backtest", cross, "--data", sample, "--resample", "200", ...seed);
    const { code, out } = await drawn();
    expect(code).toBe(0);
    expect(out).toMatch(/Drawn anew, 200 times +2\.5 % +50 % +97\.5 %\n +Total return +-?[\d.]+ %/);
    expect((await drawn("--seed", "1")).out).toBe(out);
    expect((await drawn("--seed", "2")).out).not.toBe(out);
    const few = await run(bf, "backtest", cross, "--data", sample, "--resample", "5");
    expect(few.code).toBe(2);
    expect(few.err).toMatch(/write a whole number from 100 on/);
  });

  it("deflates the Sharpe ratio by the number of trials", async () => {
    const tried = async (...given: readonly string[]): Promise<number> => {
      const { code, out } = await run(bf, "backtest", cross, "--data", sample, ...given);
      expect(code).toBe(0);
      return Number(/Deflated Sharpe ratio +([\d.]+) %/.exec(out)?.[1]);
    };
    expect(await tried()).toBeNaN();
    const [ten, thousand] = [await tried("--trials", "10"), await tried("--trials", "1000")];
    expect(thousand).toBeLessThan(ten);
    expect(await tried("--trials", "10", "--trials-deviation", "0.01")).toBeGreaterThan(ten);
    const given = ["--trials", "10", "--assert", "deflated_sharpe > 0.95"];
    expect((await run(bf, "backtest", cross, "--data", sample, ...given)).code).toBe(3);
    for (const [wrong, said] of [
      [["--trials", "0"], /write a whole number from 1 on/],
      [["--trials-deviation", "0"], /write a number above 0/],
    ] as const) {
      const { code, err } = await run(bf, "backtest", cross, "--data", sample, ...wrong);
      expect(code).toBe(2);
      expect(err).toMatch(said);
    }
  });

  it("writes a comment and a picture", async () => {
    const svg = join(folder, "run.svg");
    const { code, out } = await run(bf, "backtest", cross, "--data", sample, "--markdown", "-", "--svg", svg);
    expect(code).toBe(0);
    expect(out).toMatch(/^### Moving-average cross · SYNTHETIC-1d\n[^<]*$/);
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg[^]*<\/svg>\n$/);
  });

  it("prints a summary for people", async () => {
    const { code, out, err } = await run(bf, "backtest", cross, "--data", sample);
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(out).toMatch(/Moving-average cross {2}\(fast 20, slow 60\)/);
    expect(out).toMatch(/SYNTHETIC-1d, 2520 bars of 1d, 2015-01-02 to 2024-08-29, warm-up 60 bars/);
    expect(out).toMatch(/Sharpe/);
  });

  it("puts nothing but JSON on stdout when asked for it there", async () => {
    const { code, out, err } = await run(
      bf,
      "backtest",
      cross,
      "--data",
      sample,
      "--json",
      "-",
      "--param",
      "fast=10",
    );
    const result = JSON.parse(out) as Record<string, unknown>;
    expect(code).toBe(0);
    expect(result).toMatchObject({ schema: "bitfever/backtest@1", params: { fast: 10, slow: 60 } });
    expect(err).toMatch(/Moving-average cross/);
  });

  it("writes every kind of file whole, and leaves nothing unfinished behind", async () => {
    const at = (name: string): string => join(folder, "made", name);
    const { code, out } = await run(
      bf,
      ...["backtest", cross, "--data", sample, "--json", at("r.json"), "--trades", at("t.csv")],
      ...["--report", at("r.html"), "--assert", "trades > 5", "--junit", at("j.xml")],
    );
    expect(code).toBe(0);
    expect(readdirSync(join(folder, "made")).sort()).toEqual(["j.xml", "r.html", "r.json", "t.csv"]);
    const result = JSON.parse(readFileSync(at("r.json"), "utf8")) as { trades: unknown[] };
    const lines = readFileSync(at("t.csv"), "utf8").trimEnd().split("\n");
    expect(lines[0]).toBe(
      "side,entryTime,entryPrice,exitTime,exitPrice,quantity,profit,commission,entryTag,exitReason,exitTag",
    );
    expect(lines.length).toBe(result.trades.length + 1);
    expect(readFileSync(at("j.xml"), "utf8")).toMatch(/<testsuites tests="1" failures="0">/);
    expect(readFileSync(at("r.html"), "utf8")).toMatch(/^<!doctype html>/);
    expect(out).toContain(`wrote ${at("r.html")}`);
    expect(out).toContain("✓ trades > 5");
  });

  it("exits with 3 when an assertion does not hold, and says what was found", async () => {
    const junit = join(folder, "failed.xml");
    const { code, out } = await run(
      bf,
      "backtest",
      cross,
      "--data",
      sample,
      "--assert",
      "sharpe > 99",
      "--assert",
      "max_drawdown < 90%",
      "--junit",
      junit,
    );
    expect(code).toBe(3);
    expect(out).toMatch(/✗ sharpe > 99 {2}\(sharpe is -?[\d.]+\)/);
    expect(out).toMatch(/✓ max_drawdown < 90%/);
    expect(readFileSync(junit, "utf8")).toMatch(
      /<testcase classname="Moving-average cross" name="sharpe &gt; 99"><failure message="sharpe is /,
    );
  });

  it.each([
    ["no data", ["backtest", cross], 2, /required option '--data <path>' not specified/],
    [
      "a missing file",
      ["backtest", "nowhere.bf", "--data", sample],
      2,
      /error BF5020: cannot read nowhere\.bf: there is no such file/,
    ],
    ["missing data", ["backtest", cross, "--data", "nowhere.csv"], 2, /BF5020/],
    [
      "an unknown parameter",
      ["backtest", cross, "--data", sample, "--param", "fasst=3"],
      2,
      /BF5001.*no parameter `fasst`[\s\S]*fast, slow/,
    ],
    [
      "a parameter that is no number",
      ["backtest", cross, "--data", sample, "--param", "fast=x"],
      2,
      /BF5002/,
    ],
    [
      "a broken requirement",
      ["backtest", cross, "--data", sample, "--param", "fast=90"],
      2,
      /error BF3008[\s\S]*require fast < slow/,
    ],
    [
      "a parameter without a value",
      ["backtest", cross, "--data", sample, "--param", "fast"],
      2,
      /write it as name=value/,
    ],
    ["an unknown setting", ["backtest", cross, "--data", sample, "--set", "tik=1"], 2, /BF5003.*`tik`/],
    [
      "a bad value of a setting",
      ["backtest", cross, "--data", sample, "--set", "path=kind"],
      2,
      /BF5004[\s\S]*nearest, ohlc/,
    ],
    [
      "an unknown metric",
      ["backtest", cross, "--data", sample, "--assert", "shape > 1"],
      2,
      /BF5031.*`shape`/,
    ],
    ["an assertion that is none", ["backtest", cross, "--data", sample, "--assert", "sharpe"], 2, /BF5030/],
    [
      "an unknown option",
      ["backtest", cross, "--data", sample, "--repot", "x"],
      2,
      /unknown option '--repot'[\s\S]*--report/,
    ],
    [
      "an unknown option in the place of one that must be there",
      ["backtest", cross, "--dta", sample],
      2,
      /unknown option '--dta'[\s\S]*Did you mean --data\?/,
    ],
    ["an option that must be there", ["backtest", cross], 2, /required option '--data <path>'/],
    ["an unknown command", ["backtes", cross], 2, /unknown command 'backtes'[\s\S]*backtest/],
    [
      "bars of another interval",
      ["backtest", join(examples, "opening-range/strategy.bf"), "--data", sample],
      2,
      /BF5005.*15m bars, but most of these are 1d apart/,
    ],
    [
      "a program with errors",
      ["backtest", broken, "--data", sample],
      1,
      /error BF2004[\s\S]*did you mean `sma`[\s\S]*error BF2001[\s\S]*`closee`[\s\S]*2 errors/,
    ],
    [
      "a report where none can be",
      ["backtest", cross, "--data", sample, "--report", join(sample, "x.html")],
      2,
      /BF5021: cannot write/,
    ],
  ] as const)("%s", async (_title, args, code, message) => {
    const ran = await run(bf, ...args);
    expect(ran.err).toMatch(message);
    expect(ran.code).toBe(code);
    expect(ran.err).not.toMatch(/\n\s+at /);
  });

  it("refuses defective data, and drops and tells when asked to", async () => {
    const data = file(
      "bad.csv",
      "time,open,high,low,close\n2024-01-01,1,2,1,1.5\n2024-01-02,1,0.5,1,1\n2024-01-03,1,2,1,1.5\n",
    );
    const strategy = file("any.bf", `strategy "Any" { enter long when close > open { stop at low * 0.9 } }`);
    const strict = await run(bf, "backtest", strategy, "--data", data);
    expect(strict.code).toBe(4);
    expect(strict.err).toMatch(/BF40\d\d.*bad\.csv/);
    const lenient = await run(bf, "backtest", strategy, "--data", data, "--data-mode", "lenient");
    expect(lenient.code).toBe(0);
    expect(lenient.err).toMatch(/1 bar of .*bad\.csv dropped\n {2}line 3/);
  });

  it("bf paper gives the trades of bf backtest", async () => {
    const tested = await run(bf, "backtest", cross, "--data", sample, "--trades", "-");
    const traded = await run(bf, "paper", cross, "--data", sample, "--trades", "-");
    expect(traded.code).toBe(0);
    expect(traded.out).toBe(tested.out);
    expect(traded.out.split("\n").length).toBeGreaterThan(10);
  });
});

describe("bf eval", () => {
  it("has a column for each output, and an empty cell where there is no value", async () => {
    const { code, out } = await run(bf, "eval", "macd(close, 12, 26, 9)", "--data", sample, "--csv", "-");
    const lines = out.trimEnd().split("\n");
    expect(code).toBe(0);
    expect(lines[0]).toBe("time,macd,signal,histogram");
    expect(lines[1]).toBe("2015-01-02T00:00:00Z,,,");
    expect(lines.length).toBe(2_521);
    expect(lines[34]).toMatch(/^2015-02-18T00:00:00Z(,-?[\d.e-]+){3}$/);
  });

  it("prints the last bars without --csv", async () => {
    const { out } = await run(bf, "eval", "sma(close, 3)", "--data", sample);
    expect(out.trimEnd().split("\n").length).toBe(11);
  });

  it.each([
    ["smma(close, 3)", 1, /did you mean `sma`/],
    ["close +", 1, /BF1002/],
    ["equity", 2, /BF5006/],
    ["sma(close, 0)", 1, /BF2009/],
  ])("%s", async (expression, code, message) => {
    const ran = await run(bf, "eval", expression, "--data", sample);
    expect(ran.err).toMatch(message);
    expect(ran.code).toBe(code);
  });
});

describe("bf explain and bf check", () => {
  it("explains what a plan costs", async () => {
    const text = `strategy "Costs" on 15m {
  let middle = median(close, 200)
  on 1d { let trend = sma(close, 50) }
  enter long when close > middle and close > latest(trend) { size 10% of equity stop at close * 0.9 }
  exit long when close < middle
}`;
    const { code, out } = await run(bf, "explain", "--cost", file("costs.bf", text));
    expect(code).toBe(0);
    expect(out).toMatch(/median\(close, 200\)\s+15m\s+column\s+199\s+200\s/);
    expect(out).toContain("200 of them for median(close, 200), more the longer its window");
    expect(out).toMatch(/cost {7}\d+ steps for each bar, 2 steps for each bar of 1d/);
  });

  it("explains a plan", async () => {
    const { code, out } = await run(bf, "explain", cross, "--param", "slow=100");
    expect(code).toBe(0);
    expect(out).toMatch(/warm-up {4}100 bars before the first on which an order can be placed/);
    expect(out).toMatch(/sma\(close, 100\)/);
  });

  it("checks files and counts", async () => {
    const { code, err } = await run(bf, "check", cross, broken);
    expect(code).toBe(1);
    expect(err).toMatch(/2 files checked: 2 errors, 0 warnings/);
  });
});

describe("bf-compile", () => {
  it("is quiet and 0 for a good file", async () => {
    expect(await run(bfCompile, cross)).toEqual({
      code: 0,
      out: "",
      err: "1 file checked: 0 errors, 0 warnings\n",
    });
  });

  it("prints diagnostics as JSON", async () => {
    const { code, out } = await run(bfCompile, broken, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      { file: broken, code: "BF2004", severity: "error", line: 2, column: 11 },
      { code: "BF2001", line: 3, column: 19 },
    ]);
  });

  it("explains a code", async () => {
    const { code, out } = await run(bfCompile, "--explain", "BF2007");
    expect(code).toBe(0);
    expect(out).toMatch(/^BF2007, error: units do not match\n/);
  });

  it("emits modules and plans, beside the source or where told", async () => {
    const source = file("emit.bf", readFileSync(cross, "utf8"));
    expect((await run(bfCompile, source, "--emit", "ts")).code).toBe(0);
    const module = readFileSync(join(folder, "emit.ts"), "utf8");
    expect(module).toMatch(/export interface Parameters \{/);
    expect(module).toMatch(/export const strategy: Strategy<Parameters> = defineStrategy<Parameters>\(/);
    expect((await run(bfCompile, source, "--emit", "dts")).code).toBe(0);
    expect(readFileSync(join(folder, "emit.d.bf.ts"), "utf8")).toContain(
      "export declare const strategy: Strategy<",
    );
    expect((await run(bfCompile, source, "--emit", "js", "-o", join(folder, "out.mjs"))).code).toBe(0);
    expect(readFileSync(join(folder, "out.mjs"), "utf8")).toMatch(/export const strategy = defineStrategy\(/);
    const { out } = await run(bfCompile, source, "--emit", "plan", "-o", "-");
    expect(JSON.parse(out)).toMatchObject({ schema: "bitfever/plan@1", warmup: 60 });
  });

  it.each([
    ["no file", [], 2, /BF5050/],
    ["an unknown code", ["--explain", "BF9"], 2, /BF5051/],
    ["an unknown format", [cross, "--emit", "wasm"], 2, /Allowed choices are ts, js, dts, plan/],
    ["a missing file", ["nowhere.bf"], 2, /BF5020/],
  ])("%s", async (_title, args, code, message) => {
    const ran = await run(bfCompile, ...args);
    expect(ran.err).toMatch(message);
    expect(ran.code).toBe(code);
  });
});
