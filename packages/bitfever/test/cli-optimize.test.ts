import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { StudyResult, WalkResult } from "../src/index.js";
import { bf } from "../src/cli/bf.js";
import { run } from "./cli-run.js";
import { cross } from "./optimize/cross.js";

const sample = fileURLToPath(new URL("../../../examples/data/SYNTHETIC-1d.csv", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bitfever-optimize-"));
const at = (name: string): string => join(folder, name);
afterAll(() => {
  rmSync(folder, { recursive: true });
});
writeFileSync(at("cross.bf"), cross);
const search = [at("cross.bf"), "--data", sample];

describe("bf optimize", () => {
  it("says why trials failed, and ends with an error where all of them did", async () => {
    const tooFar = cross.replace("sma(close, fast) crosses above", "sma(close, fast - 5) crosses above");
    writeFileSync(at("some.bf"), tooFar);
    const some = await run(bf, "optimize", at("some.bf"), "--data", sample);
    expect(some.code).toBe(0);
    expect(some.out).toMatch(/grid: 11 trials, 3 failed\n3 failed with BF5002: .*sma/);
    // In such units the account cannot be counted.
    const none = await run(bf, "optimize", ...search, "--set", "money_decimals=12");
    expect(none.code).toBe(1);
    expect(none.out).toMatch(/grid: 11 trials, 11 failed\n\d+ failed with BF5010: .* too large/);
  });

  it("refuses bars of another interval than the program's at once", async () => {
    writeFileSync(at("hours.bf"), cross.replace('"Cross" {', '"Cross" on 1h {'));
    const { code, err } = await run(bf, "optimize", at("hours.bf"), "--data", sample);
    expect(code).toBe(2);
    expect(err).toMatch(/BF5005.* is written for 1h bars, but most of these are 1d apart/);
  });

  it("prints the best trials and how much of them is luck, and writes them", async () => {
    const files = [
      "--json",
      at("s.json"),
      "--csv",
      at("s.csv"),
      "--arrow",
      at("s.arrow"),
      "--study",
      at("s.jsonl"),
      "--report",
      at("s.html"),
    ];
    const goal = ["--objective", "sharpe * sqrt(trades)", "--constraint", "trades >= 5"];
    const account = ["--set", "commission=0.001"];
    const { code, out, err } = await run(
      bf,
      "optimize",
      ...search,
      ...account,
      ...goal,
      ...files,
      "--top",
      "3",
    );
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^Cross {2}most sharpe \* sqrt\(trades\), with trades >= 5\n/);
    expect(out).toMatch(/grid: 11 trials/);
    expect(out).toMatch(/trial {2}fast {2}slow {2}sharpe \* sqrt\(trades\) {2}net_profit/);
    expect(out).toMatch(/(LUCK|UNDECIDED|EDGE) {2}Chance alone makes the best of 11 trials/);
    expect(out).toMatch(/Deflated Sharpe ratio .* %\n.*Probability of overfitting/);
    const result = JSON.parse(readFileSync(at("s.json"), "utf8")) as StudyResult;
    expect(result).toMatchObject({ schema: "bitfever/optimize@1", counts: { trials: 11 } });
    expect(out.split("\n")[5].trim().split(/\s+/)[0]).toBe(String(result.best?.number));
    const [header, ...rows] = readFileSync(at("s.csv"), "utf8").trim().split("\n");
    expect(header).toMatch(/^trial,fast,slow,kind,fidelity,allowed,sharpe \* sqrt\(trades\),net_profit/);
    expect(rows).toHaveLength(11);
    expect(readFileSync(at("s.arrow")).subarray(0, 6).toString()).toBe("ARROW1");
    const page = readFileSync(at("s.html"), "utf8");
    expect(page).toContain("<title>Cross · search</title>");
    expect(page).toContain(
      `"command":"bf backtest ${at("cross.bf")} --data ${sample} --set commission=0.001"`,
    );
    // Once more it has nothing to do.
    const again = await run(
      bf,
      "optimize",
      ...search,
      ...account,
      ...goal,
      "--study",
      at("s.jsonl"),
      "--json",
      "-",
    );
    expect(JSON.parse(again.out)).toEqual(result);
    expect(again.err).toMatch(/11 trials/);
  });

  it("shows what nothing betters of several objectives", async () => {
    const goals = ["--objective", "total_return", "--objective", "max_drawdown"];
    const { out } = await run(bf, "optimize", ...search, ...goals);
    expect(out).toMatch(/most total_return, least max_drawdown/);
    expect(out).toMatch(/grid: 11 trials, \d+ trials? that nothing betters/);
  });

  it("refuses what it does not know, with what would help", async () => {
    const unknown = await run(bf, "optimize", ...search, "--method", "gird");
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringMatching(/BF5110.*\n.*grid, /)]);
    const other = await run(bf, "optimize", ...search, "--study", at("s.jsonl"), "--seed", "2");
    expect([other.code, other.err]).toEqual([2, expect.stringMatching(/BF5133: .*another seed/)]);
    const none = await run(bf, "optimize", ...search, "--objective", "max_drawdown * 2");
    expect([none.code, none.err]).toEqual([
      2,
      expect.stringMatching(/BF5131.*\n.*minimise max_drawdown \* 2/),
    ]);
  });
});

describe("bf walk", () => {
  it("prints the windows and what they come to out of sample", async () => {
    const windows = ["--train", "1000", "--test", "500", "--anchored"];
    const files = ["--json", at("w.json"), "--equity", at("w.csv"), "--report", at("w.html")];
    const tables = ["--csv", at("windows.csv"), "--arrow", at("windows.arrow")];
    const { code, out, err } = await run(bf, "walk", ...search, ...windows, ...files, ...tables);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(
      /anchored windows of 1000 sessions, 500 traded after each, \d+ left out before; grid, 44 trials/,
    );
    expect(out).toMatch(/Walk-forward efficiency/);
    expect(out).toMatch(/(LUCK|UNDECIDED|EDGE) {2}Out of sample its Sharpe ratio/);
    const result = JSON.parse(readFileSync(at("w.json"), "utf8")) as WalkResult;
    expect(result.windows).toHaveLength(4);
    expect(readFileSync(at("w.csv"), "utf8").trim().split("\n")).toHaveLength(1 + 1520);
    const [header, ...rows] = readFileSync(at("windows.csv"), "utf8").trim().split("\n");
    expect(header).toMatch(
      /^window,learnt_from,learnt_to,learnt_sessions,traded_from,.*,trials,fast,slow,in sample: sharpe,/,
    );
    const [first] = result.windows;
    expect(rows).toHaveLength(4);
    expect(rows[0].split(",").slice(0, 2)).toEqual(["1", first.learnt.from]);
    expect(rows[0]).toContain(
      `,${String(first.params?.["slow"])},${String(first.inSample)},${String(first.outOfSample)},`,
    );
    expect(readFileSync(at("windows.arrow")).subarray(0, 6).toString()).toBe("ARROW1");
    expect(readFileSync(at("w.html"), "utf8")).toContain("<title>Cross · walk-forward</title>");
  });
});
