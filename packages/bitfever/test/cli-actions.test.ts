import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bf } from "../src/cli/bf.js";
import { run, type Ran } from "./cli-run.js";

const command = (...args: readonly string[]): Promise<Ran> => run(bf, ...args);

const hold = "enter long when bar_index == 0 { size 10 unprotected }";

describe("bf backtest --actions", () => {
  const folder = mkdtempSync(join(tmpdir(), "bitfever-actions-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const header = "time,open,high,low,close,volume";
  const days = [
    "2024-01-01,70,70,70,70,5",
    "2024-01-02,70,70,70,70,5",
    "2024-01-03,70,70,70,70,5",
    "2024-01-04,10,10,10,10,5",
  ];
  const plain = file("data/X.csv", `${[header, ...days].join("\n")}\n`);
  file("data/Y.csv", `${[header, ...days].join("\n")}\n`);
  const program = file("hold.bf", `strategy "Hold" {\n${hold}\n}`);
  const many = file("many.bf", `strategy "Hold" {\nuniverse\n${hold}\n}`);
  const list = file(
    "list/X.csv",
    "date,action,value\n2024-01-03,dividend,7\n2024-01-04,split,7\n2030-01-01,split,2\n",
  );
  const given = ["--set", "lot=1", "--set", "tick=0.01", "--set", "money_decimals=2"];

  it("reads a file, a folder, and columns beside the prices, and says in what prices it tells", async () => {
    const columns = ["dividend,split", "0,1", "0,1", "7,1", ",7"];
    const beside = file(
      "beside/X.csv",
      `${[header, ...days].map((row, i) => `${row},${columns[i]}`).join("\n")}\n`,
    );
    for (const [data, actions] of [
      [plain, list],
      [plain, join(folder, "list")],
      [beside, "data"],
    ]) {
      const from = ["--data", data, "--actions", actions];
      const { code, out, err } = await command("backtest", program, ...from, ...given);
      expect(code).toBe(0);
      expect(out).toMatch(/prices in shares of the last bar, dividends in cash: 1 split, 1 dividend/);
      expect(out).toMatch(/Dividends +10\.00, 1 payment\n/);
      expect(err).not.toContain("not used");
      expect(out.includes("1 outside the bars")).toBe(data === plain);
    }
  });

  it("the view is a setting, and stands in report and result", async () => {
    const report = join(folder, "report.html");
    const raw = ["--set", "adjustment=none", "--report", report, "--json", "-"];
    const { code, out, err } = await command(
      ...["backtest", program, "--data", plain, "--actions", list, ...given, ...raw],
    );
    expect(code).toBe(0);
    expect(err).toMatch(
      /prices as traded, splits and dividends at their opens: 1 split, 1 dividend; 1 outside/,
    );
    expect(JSON.parse(out)).toMatchObject({
      data: { adjustment: { view: "none", splits: 1, dividends: 1, outside: 1 } },
      settings: { adjustment: "none" },
      trades: [{ quantity: 70, entryPrice: 10, split: 7 }],
    });
    expect(readFileSync(report, "utf8")).toContain("prices as traded");
    const bad = await command("backtest", program, "--data", plain, "--set", "adjustment=all");
    expect(bad.err).toMatch(/BF5004: `adjustment=all`[^]*splits, none, total_return/);
  });

  it("of a universe from a folder, or from one file with a column of symbols", async () => {
    const one = file(
      "one.csv",
      "symbol,date,action,value\nX,2024-01-03,dividend,7\nX,2024-01-04,split,7\nY,2024-01-04,split,7\nZ,2024-01-04,split,3\n",
    );
    for (const [actions, splits] of [
      [one, "2 splits"],
      [join(folder, "list"), "1 split"],
    ]) {
      const data = ["--data", join(folder, "data"), "--actions", actions];
      const { code, out } = await command("backtest", many, ...data, ...given);
      expect(code).toBe(0);
      expect(out).toContain(`${splits}, 1 dividend`);
    }
    expect((await command("why", program, "1", "--data", plain, "--actions", list, ...given)).code).toBe(0);
  });

  it("factors and map of a symbol stand in a folder side by side", async () => {
    file(
      "factors/X-factor.csv",
      "date,price_factor,split_factor,reference_price\n20240102,0.9,0.1428571,70\n20240103,1,0.1428571,70\n20501231,1,1,0\n",
    );
    file("factors/X-map.csv", "valid_until,mapped_ticker,exchange\n20240102,w,Q\n20501231,x,Q\n");
    const data = ["--data", plain, "--actions", join(folder, "factors")];
    const { out } = await command(
      "backtest",
      program,
      ...data,
      ...given,
      "--trades",
      "-",
      "--json",
      join(folder, "a.json"),
    );
    expect(out).toMatch(/^ticker,side,/);
    expect(out).toMatch(/\nW,long,2024-01-02T00:00:00Z,10,/);
    expect(JSON.parse(readFileSync(join(folder, "a.json"), "utf8"))).toMatchObject({
      data: { adjustment: { splits: 1, dividends: 1 } },
    });
  });

  it("says what is wrong", async () => {
    const of = async (actions: string, data = plain): Promise<string> => {
      const which = data === plain ? program : many;
      const { code, err } = await command("backtest", which, "--data", data, "--actions", actions);
      expect(code).toBe(2);
      return err;
    };
    expect(await of(file("bad.csv", "date,action,value\n2024-01-04,split,0\n"))).toMatch(
      /BF5102: bad\.csv, line 2: a split of 0 for 1 cannot be\n.*7:1/,
    );
    expect(await of(file("others.csv", "symbol,date,action,value\nZ,2024-01-04,split,3\n"))).toMatch(
      /BF5104: there are no corporate actions of X in /,
    );
    expect(await of(list, join(folder, "data"))).toMatch(
      /BF5104: there are no corporate actions of X, Y in /,
    );
    expect(await of("data")).toMatch(/BF5104: X\.csv: there is no column of dividends or splits/);
    expect(await of(join(folder, "none.csv"))).toMatch(/BF5020/);
  });
});
