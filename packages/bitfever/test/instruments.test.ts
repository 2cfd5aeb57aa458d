import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { afterAll, describe, expect, it } from "vitest";
import {
  backtest,
  BitFeverError,
  compile,
  readBars,
  readInstruments,
  reportHtml,
  type BacktestResult,
  type PortfolioResult,
} from "../src/index.js";
import { backtestCommand } from "../src/cli/commands/backtest.js";
import { portfolioCommand } from "../src/cli/commands/portfolio.js";
import { whyCommand } from "../src/cli/commands/why.js";
import { run } from "./cli-run.js";

/* What files say of instruments, and what is said of files that say what nothing is. */

const folder = mkdtempSync(join(tmpdir(), "instruments-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const bars = (opens: readonly number[]): string =>
  ["time,open,high,low,close"]
    .concat(opens.map((each, i) => `2024-01-0${i + 1},${each},${each},${each},${each}`))
    .join("\n");

const program = file(
  "buys.bf",
  `strategy "Buys" on 1d {
    enter long when close == 100 { size 10.7 unprotected }
    exit long when close == 120
  }`,
);
const sap = file("SAP.csv", bars([100, 100.004, 120, 121]));
const eurusd = file("EURUSD.csv", bars([1.1, 1.2, 1.25, 1.3]));

describe("a file of instruments", () => {
  it("says of each symbol what is its own, and of all others what is said of *", async () => {
    const path = file(
      "instruments.yaml",
      `"*": { tick: 0.01, lot: 1 }
SAP:
  kind: equity
  currency: EUR
  calendar: XETRA
  commission: 0.1%
ES:
  kind: future
  tick: 0.25
  multiplier: 50
  lot: none
  commission: per_unit(2.25)
  slippage: 1 tick
  changes:
    - { from: 2001-04-09, tick: 0.1 }
`,
    );
    expect(await readInstruments(path)).toEqual({
      "*": { tick: 0.01, lot: 1 },
      SAP: { kind: "equity", currency: "EUR", calendar: "XETRA", commission: 0.001 },
      ES: {
        ...{ kind: "future", tick: 0.25, multiplier: 50, lot: null },
        commission: [{ model: "per_unit", parameters: [2.25, 0, null] }],
        slippage: { unit: "ticks", value: 1 },
        changes: [{ from: "2001-04-09", tick: 0.1 }],
      },
    });
  });

  it.each([
    ["a tick below zero", "AAPL:\n  tick: -1\n", "BF5090", /:2: `AAPL\.tick` is `-1`/],
    ["a key nobody knows", "AAPL:\n  ticks: 1\n", "BF5090", /:2: `AAPL\.ticks` is not known here/],
    ["a kind there is not", "AAPL:\n  kind: share\n", "BF5090", /`AAPL\.kind` is `share`/],
    ["a currency that is none", "AAPL:\n  currency: dollars\n", "BF5090", /`AAPL\.currency` is `dollars`/],
    ["a calendar there is not", "AAPL:\n  calendar: NYC\n", "BF5044", /:2: there is no calendar "NYC"/],
    ["another way to settle", "AAPL:\n  settles: cash\n", "BF5090", /`AAPL\.settles` is `cash`/],
    ["a list where names belong", "- AAPL\n", "BF5090", /the file is a list/],
    ["no YAML", "AAPL: [", "BF5090", /this is not YAML/],
    [
      "a day that there is not",
      "AAPL: { tick: 1, changes: [{ from: 2001-02-30, tick: 2 }] }\n",
      "BF5090",
      /AAPL\.changes\[1\]\.from` is `2001-02-30`/,
    ],
    [
      "changes out of order",
      "AAPL: { tick: 1, changes: [{ from: 2002-01-01, tick: 2 }, { from: 2001-01-01, tick: 3 }] }\n",
      "BF5090",
      /AAPL\.changes\[2\]\.from` is `2001-01-01`/,
    ],
    [
      "a change of what was not there",
      "AAPL: { changes: [{ from: 2002-01-01, tick: 2 }] }\n",
      "BF5090",
      /AAPL\.tick` is missing/,
    ],
  ])("with %s is refused, with its place", async (_, text, code, message) => {
    await expect(readInstruments(file("wrong.yaml", text))).rejects.toMatchObject({
      ...{ code, message: expect.stringMatching(message), hint: expect.any(String) },
    });
  });

  it("what the library is given is looked at in the same way", async () => {
    const strategy = compile(`strategy "S" { enter long when close > 0 { size 1 unprotected } }`);
    const history = await readBars(sap);
    const codeOf = (instruments: unknown): Promise<string> =>
      backtest(strategy, history, { instruments: instruments as never }).then(
        () => "nothing was thrown",
        (error: unknown) => (error instanceof BitFeverError ? error.code : String(error)),
      );
    expect(await codeOf({ SAP: { tick: 0 } })).toBe("BF5090");
    expect(await codeOf({ SAP: { tock: 1 } })).toBe("BF5090");
    expect(await codeOf({ SAP: { calendar: "NYC" } })).toBe("BF5044");
    expect(await codeOf({ SAP: { lot: "1" } })).toBe("BF5090");
  });
});

describe("bf backtest and bf why", () => {
  const instruments = file(
    "sap.yaml",
    `SAP: { tick: 0.01, lot: 1, currency: EUR, commission: per_order(1) }\n`,
  );
  const money = ["--instruments", instruments, "--rate", `EURUSD=${eurusd}`];

  it("a file goes before the settings of all", async () => {
    const ran = await run(
      backtestCommand,
      ...[program, "--data", sap, ...money, "--set", "currency=USD", "--set", "lot=5", "--json", "-"],
    );
    expect(ran.code).toBe(0);
    const result = JSON.parse(ran.out) as BacktestResult;
    expect(result.instruments).toEqual({
      SAP: {
        ...{ tick: 0.01, lot: 1, multiplier: 1, currency: "EUR", settles: "value", calendar: null },
        commission: "per_order(1)",
      },
    });
    // 100.004 is 100.00 by the tick, 10.7 are 10 lots: 10 × 100 × 1.10 and 10 × 121 × 1.25, less a dollar each.
    expect(result.trades).toEqual([
      expect.objectContaining({
        ...{ quantity: 10, entryPrice: 100, entryValue: 1_100, exitValue: 1_512.5 },
        ...{ profit: 410.5, commission: 2 },
      }),
    ]);
    expect(ran.err).toContain("SAP in EUR, account in USD");
  });

  it("why says at which rate money was converted", async () => {
    const ran = await run(whyCommand, program, "1", "--data", sap, ...money, "--set", "currency=USD");
    expect(ran.code).toBe(0);
    expect(ran.out).toContain("converted from EUR at 1.1\n");
    expect(ran.out).toContain("converted from EUR at 1.25");
  });

  it("a portfolio names the files of its instruments and rates", async () => {
    const portfolio = file(
      "portfolio.yaml",
      `systems: [{ name: sap, program: buys.bf, data: SAP.csv }]
set: { currency: USD }
instruments: sap.yaml
rates: { EURUSD: EURUSD.csv }
reallocate: never
`,
    );
    const ran = await run(portfolioCommand, portfolio, "--json", "-");
    expect(ran.code).toBe(0);
    const result = JSON.parse(ran.out) as PortfolioResult;
    expect(result.trades).toEqual([expect.objectContaining({ currency: "EUR", profit: 410.5 })]);
    expect(result.systems[0].instruments).toMatchObject({ SAP: { currency: "EUR", lot: 1 } });
  });

  it("a report says what each instrument was", async () => {
    const { result, curves } = await backtest(
      compile(`strategy "S" on 1d { enter long when close == 100 { size 10 unprotected } }`),
      await readBars(sap),
      {
        settings: { currency: "USD" },
        instruments: { SAP: { kind: "spot", tick: 0.01, calendar: "XETRA" } },
      },
    );
    const page = reportHtml({ result, curves }, await readBars(sap), "");
    expect(page).toContain("spot, tick 0.01, USD by value, XETRA");
  });

  it("a rate that is missing is named, with the remedy", async () => {
    const ran = await run(
      backtestCommand,
      ...[program, "--data", sap, "--instruments", instruments, "--set", "currency=USD"],
    );
    expect(ran.code).not.toBe(0);
    expect(ran.err).toContain("BF5091");
    expect(ran.err).toContain("--rate EURUSD=PATH");
  });
});
