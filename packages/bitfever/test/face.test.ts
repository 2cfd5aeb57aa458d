import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import {
  backtest,
  backtestPortfolio,
  bf,
  compile,
  defineIndicator,
  optimize,
  paper,
  portfolioHtml,
  readBars,
  report,
  reportHtml,
  studyHtml,
  walkForward,
  walkHtml,
} from "../src/index.js";
import { codeOf } from "./code-of.js";

/* What makes the library short to write. */

const path = fileURLToPath(new URL("../../../examples/data/SYNTHETIC-1d.csv", import.meta.url));
const bars = await readBars(path);
const text = `strategy "Cross" {
  param fast: bars = 10 in 5..15 step 5
  enter long when sma(close, fast) crosses above sma(close, 30) { stop at close * 0.9 }
  exit long when sma(close, fast) crosses below sma(close, 30)
}`;
const strategy = compile(text);

describe("bf", () => {
  it("compiles what a template says", () => {
    expect(bf`${text}`.program).toEqual(strategy.program);
    const written = bf`strategy "Cross" { enter long when close > ${1e-7} * ${2} { stop at low * ${0.1 + 0.2} } }`;
    expect(written.program.source.text).toContain(
      "close > 0.0000001 * 2 { stop at low * 0.30000000000000004 }",
    );
  });

  it("refuses what no program can say", async () => {
    expect(await codeOf(() => bf`strategy "S" { enter long when close > ${NaN} { unprotected } }`)).toBe(
      "BF5351",
    );
    expect(await codeOf(() => bf`strategy "S" { enter long when ${{} as string} { unprotected } }`)).toBe(
      "BF5351",
    );
    expect(await codeOf(() => bf`strategy`)).toBe("BF1000");
  });
});

describe("report", () => {
  it("makes the page of any result", async () => {
    const run = await backtest(strategy, bars);
    expect(report(run, { programText: text })).toBe(reportHtml(run, bars, text));
    const found = await optimize(strategy, bars).result;
    expect(report(found)).toBe(studyHtml(found));
    const walked = await walkForward(strategy, bars, { train: 400, test: 200 }).result;
    expect(report(walked)).toBe(walkHtml(walked));
    const filter = { name: "average", sessions: 20 };
    const switched = await backtestPortfolio([{ name: "s", strategy, bars, filter }]);
    expect(report(switched)).toBe(portfolioHtml(switched));
  });
});

describe("paper", () => {
  const folder = mkdtempSync(join(tmpdir(), "bitfever-paper-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("trades what a backtest trades", async () => {
    const account = await paper(strategy, bars, { params: { fast: 5 } });
    const { result } = await backtest(strategy, bars, { params: { fast: 5 } });
    account.close();
    expect(account.trades.filter(({ exitTime }) => exitTime !== null)).toHaveLength(
      result.trades.filter(({ exitTime }) => exitTime !== null).length,
    );
    expect(account.trades.length).toBeGreaterThan(0);
  });

  it("stops when told to, and goes on from its journal", async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const journal = join(folder, "account");
    const stopped = paper(strategy, bars, {
      journal,
      signal: stop.signal,
      onProgress: (done) => {
        told.push(done);
        if (done > 0) stop.abort();
      },
    });
    await expect(stopped).rejects.toThrow(/abort/i);
    const account = await paper(strategy, bars, { journal });
    const whole = await paper(strategy, bars);
    expect(account.trades).toEqual(whole.trades);
    expect(told.at(-1)).toBeLessThan(bars.length);
    account.close();
    whole.close();
  });

  it("takes no indicators of one's own", async () => {
    const half = defineIndicator({
      ...{
        name: "half",
        summary: "Half",
        description: "Half of it.",
        source: "a test",
        formula: "source / 2",
      },
      ...{ memory: "window", gaps: "restart", cost: "constant" },
      inputs: [{ name: "source", type: "same" }],
      outputs: [{ name: "value", type: "same" }],
      ...{ warmup: () => 0, lookback: () => 0, start: () => ({}) },
      advance(_state, _parameters, [source], [out], from, to) {
        for (let i = from; i < to; i++) out[i] = source[i] / 2;
      },
      examples: [],
    });
    const own = compile('strategy "S" { enter long when half(close) > 1 { unprotected } }', {
      indicators: [half],
    });
    expect(await codeOf(() => paper(own, bars))).toBe("BF5136");
  });
});
