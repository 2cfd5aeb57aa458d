import {
  backtest,
  barsOf,
  checkIndicator,
  compile,
  defineStrategy,
  evaluate,
  paperOverHistory,
  runTests,
} from "bitfever";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { compileText } from "../src/compilation.js";
import { doubled } from "./doubled.js";

const own = { indicators: [doubled] };

const close = Float64Array.from({ length: 30 }, (_, i) => 100 + (i % 7));
const time = close.map((_, i) => Date.UTC(2024, 0, 1) + i * 86_400_000);
const bars = barsOf("TEST", { time, open: close, high: close, low: close, close, volume: close });

const text = `strategy "Own" on 1d {
  on 1w { let weekly = doubled(close) }
  let far = doubled(close) / 2
  enter long when far > far[1] and latest(weekly) > 0 { size 1 stop at close - 50 }
  exit long when far < far[1]
  test "t" { bars { open high low close 1 1 1 1 2 2 2 2 } expect far == 2 on bar 2 }
  property "p" { bars 1..20 assert doubled(close) == 2 * close }
  law prefix
}`;

describe("docs/own-indicators.md", () => {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const page = readFileSync(`${root}docs/own-indicators.md`, "utf8");
  const blocks = (language: string): string[] =>
    [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map((each) => each[1]);

  it("has an indicator that keeps the laws and trades", async () => {
    const [block] = blocks("ts");
    const file = `${root}test/.own-indicators-${process.pid}.ts`;
    writeFileSync(file, block);
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    try {
      await import(/* @vite-ignore */ file);
      expect(log.mock.calls).toEqual([[[]], [5]]);
    } finally {
      log.mockRestore();
      rmSync(file);
    }
  });

  it("has functions of the language that compile without a warning", () => {
    for (const block of blocks("bf")) {
      const fns = /^fn [^]*?\n(?=\n)/m.exec(block)?.[0] ?? "";
      const source = {
        name: "own.bf",
        text: `${fns}\nstrategy "Own" {\n${block.slice(fns.length)}\n exit long when close < open }`,
      };
      expect(compileText(source).diagnostics).toEqual([]);
    }
  });
});

describe("an indicator of one's own", () => {
  it("keeps the laws", () => {
    expect(checkIndicator(doubled)).toEqual([]);
  });

  it("is a function of the language where a program is compiled with it, and nowhere else", () => {
    expect(compile(text, own).program.lets.map((each) => each.name)).toContain("far");
    expect(() => compile(text)).toThrow(/there is no function `doubled`/);
    expect(() => compile(text, { indicators: [{ ...doubled, name: "sma" }] })).toThrow(
      /there is an indicator `sma` already/,
    );
  });

  it("is run in a backtest, bar by bar, in tests and in an expression", async () => {
    const strategy = compile(text, own);
    const { result, curves } = await backtest(strategy, bars);
    expect(result.trades.length).toBeGreaterThan(2);
    expect(curves.series.find(({ name }) => name === "far")?.values).toEqual(close);
    const paper = await paperOverHistory(strategy, bars);
    expect(paper.result.trades).toEqual(result.trades);
    expect(await runTests(strategy, { runs: 5 })).toMatchObject({ passed: 3, failed: 0 });
    const [{ values }] = evaluate("doubled(close)", bars, undefined, own);
    expect([...values]).toEqual([...close].map((each) => 2 * each));
  });

  it("is run on every member of a universe", async () => {
    const rotation = compile(
      `strategy "All" on 1d { universe rebalance { hold top 1 by doubled(close) } }`,
      own,
    );
    const other = { ...bars, symbol: "OTHER", close: close.map((each) => each / 2) };
    const { result } = await backtest(rotation, [bars, other]);
    expect(new Set(result.trades.map((each) => each.symbol))).toEqual(new Set(["TEST"]));
  });

  it("goes with a program that was compiled before", async () => {
    const { program } = compile(text, own);
    const { result } = await backtest(defineStrategy(program, own), bars);
    expect(result.trades.length).toBeGreaterThan(2);
  });
});
