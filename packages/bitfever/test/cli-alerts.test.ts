import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bf } from "../src/cli/bf.js";
import { run } from "./cli-run.js";

/* What a program limits, says and plots, from its text to what is printed and written. */

const folder = mkdtempSync(join(tmpdir(), "bitfever-alerts-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const at = (name: string): string => join(folder, name);

/** Falls from 110 to 100, up to 120, and down to 90. */
const closes = [110, 105, 100, 105, 110, 115, 120, 115, 110, 105, 100, 95, 90];
const day = (i: number): string => `2024-01-${String(i + 1).padStart(2, "0")}`;
writeFileSync(
  at("prices.csv"),
  [
    "time,open,high,low,close",
    ...closes.map((close, i) => [day(i), close, close, close, close].join(",")),
  ].join("\n"),
);

const rules = `  enter long "up" when close crosses above 102 { size 90% of equity  unprotected }
  exit long when close < 100
`;
const program = (name: string, more: string): string => {
  writeFileSync(at(name), `strategy "Told" on 1d {\n${rules}${more}}\n`);
  return at(name);
};

const plain = program("plain.bf", "");
const told = program(
  "told.bf",
  `  fills { on close }
  limit drawdown 10% { halt }
  limit orders 5
  let above = close > 112
  alert "close {close}, \\"high\\"" when above
  plot above "Above"
  plot close "Close" color red width 2 style step
`,
);

describe("limits, alerts and fills at the close", () => {
  it("are summed up below the metrics", async () => {
    const { code, out } = await run(bf, "backtest", told, "--data", at("prices.csv"));
    expect(code).toBe(0);
    expect(out).toContain("  2 fills at the close that decided them, which nobody can have\n");
    expect(out).toContain("  limit drawdown acted 1 time (halt)\n");
    expect(out).not.toContain("limit orders");
    expect(out).toContain("  1 alert\n");
  });

  it("say nothing of what there is not", async () => {
    const { out } = await run(bf, "backtest", plain, "--data", at("prices.csv"));
    expect(out).not.toMatch(/alert|limit|close that decided/);
  });

  it("are in the report, with the plots as they shall look", async () => {
    await run(bf, "backtest", told, "--data", at("prices.csv"), "--report", at("r.html"));
    const page = readFileSync(at("r.html"), "utf8");
    expect(page).toContain(`<section id="limits"`);
    expect(page).toContain(`<section id="alerts"`);
    expect(page).toContain(`"look":{"style":"background","color":null,"width":1,"pane":null}`);
    expect(page).toContain(`"look":{"style":"step","color":"red","width":2,"pane":null}`);
    await run(bf, "backtest", plain, "--data", at("prices.csv"), "--report", at("p.html"));
    expect(readFileSync(at("p.html"), "utf8")).not.toMatch(/<section id="(limits|alerts)"|"look":\{/);
  });
});

describe("bf backtest --alerts", () => {
  it("writes them as CSV, quoted where it must be", async () => {
    const { code, out, err } = await run(bf, "backtest", told, "--data", at("prices.csv"), "--alerts", "-");
    expect(code).toBe(0);
    expect(out).toBe(`time,text\n2024-01-06T00:00:00Z,"close 115, ""high"""\n`);
    expect(err).toMatch(/Told/);
  });

  it("writes the header alone when there is none", async () => {
    await run(bf, "backtest", plain, "--data", at("prices.csv"), "--alerts", at("none.csv"));
    expect(readFileSync(at("none.csv"), "utf8")).toBe("time,text\n");
  });
});
