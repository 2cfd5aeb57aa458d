import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, describe, expect, expectTypeOf, it } from "vitest";
import {
  backtest,
  barsOf,
  compile,
  defineStrategy,
  evaluate,
  paperOverHistory,
  readBars,
  reportHtml,
  tradesCsv,
  type Strategy,
} from "../src/index.js";
import { emitTypeScript } from "@bitfever/lang";
import { codeOf } from "./code-of.js";

/* The library as a program uses it. */

const root = fileURLToPath(new URL("../../..", import.meta.url));
const bars = await readBars(`${root}examples/data/SYNTHETIC-1d.csv`);
const cross = `strategy "Cross" {
  param fast: bars = 10 in 5..20
  param slow: bars = 30
  param both: bool = false
  require fast < slow
  enter long when sma(close, fast) crosses above sma(close, slow) { size 50% of equity stop at close * 0.9 }
  enter short when both and sma(close, fast) crosses below sma(close, slow) { size 50% of equity stop at close * 1.1 }
  exit when sma(close, fast) crosses below sma(close, slow)
}`;

describe("the library", () => {
  it("makes rolling figures and regimes when they are read, and once", async () => {
    const { curves, result } = await backtest(compile(cross), bars, { params: { fast: 5 } });
    const isMade = (of: object, key: string): boolean =>
      Object.getOwnPropertyDescriptor(of, key)?.get === undefined;
    expect([isMade(curves, "rolling"), isMade(result, "regimes")]).toEqual([false, false]);
    expect(curves.rolling).toBe(curves.rolling);
    expect(result.regimes).toBe(result.regimes);
    expect(structuredClone(curves).rolling).toEqual(curves.rolling);
    expect(structuredClone(result)).toEqual({ ...result });
  });

  it("compiles, runs, and answers with plain data and curves", async () => {
    const { result, curves } = await backtest(compile(cross), bars, { params: { fast: 5, both: true } });
    expect(result).toEqual(JSON.parse(JSON.stringify(result)));
    expect(result.params).toEqual({ fast: 5, slow: 30, both: true });
    expect(new Set(result.trades.map((each) => each.side))).toEqual(new Set(["long", "short"]));
    expect(curves.equity).toHaveLength(bars.length);
    expect(tradesCsv(result).split("\n")).toHaveLength(result.trades.length + 2);
    expect(reportHtml({ result, curves }, bars, cross)).toContain("<!doctype html>");
  });

  it("says what it rests on: layout does not change the hash of a program, its meaning does", async () => {
    const hash = async (text: string): Promise<string> =>
      (await backtest(compile(text), bars)).result.program.hash;
    expect(await hash(cross.replaceAll("\n", "\n\n  // a remark\n"))).toBe(await hash(cross));
    expect(await hash(cross.replace("0.9", "0.8"))).not.toBe(await hash(cross));
    const data = (await backtest(compile(cross), bars)).result.data.hash;
    const close = bars.close.map((price, i) => (i === 9 ? price + 1 : price));
    expect((await backtest(compile(cross), barsOf("X", { ...bars, close }))).result.data.hash).not.toBe(data);
  });

  it("says between what the result lies, as far as the path inside the bars decides", async () => {
    // A stop and a target inside one bar.
    const tight = compile(`strategy "Tight" {
      enter long when close > open { size 10 stop at close * 0.998 target at close * 1.002 }
    }`);
    const { result } = await backtest(tight, bars, { ambiguityBand: true });
    expect(result.counts.ambiguousFills).toBeGreaterThan(0);
    for (const path of ["worst", "best"] as const) {
      const { metrics, ambiguity } = (await backtest(tight, bars, { settings: { path } })).result;
      expect(ambiguity).toBeNull();
      const { net_profit, total_return, max_drawdown } = metrics;
      expect(result.ambiguity?.[path]).toEqual({ net_profit, total_return, max_drawdown });
    }
    const profits = [result.ambiguity?.worst, result.metrics, result.ambiguity?.best].map(
      (each) => each?.net_profit,
    );
    expect(profits).toEqual(profits.toSorted((a, b) => Number(a) - Number(b)));
    expect((await paperOverHistory(tight, bars, { ambiguityBand: true })).result).toEqual(result);
    expect((await backtest(compile(cross), bars, { ambiguityBand: true })).result.ambiguity).toBeNull();
  });

  it("paper over history gives the same result", async () => {
    const tested = await backtest(compile(cross), bars);
    const traded = await paperOverHistory(compile(cross), bars);
    expect(traded.result).toEqual(tested.result);
  });

  it("evaluates expressions, one column for each output", () => {
    const columns = evaluate("bbands(close, 20, 2, 2)", bars);
    expect(columns.map((each) => each.name)).toEqual(["upper", "middle", "lower"]);
    expect(columns.map((each) => each.unit)).toEqual(["price", "price", "price"]);
    expect(evaluate("close[1]", bars)[0].values[5]).toBe(bars.close[4]);
  });

  it.each([
    ["ln(close)", Math.log],
    ["sqrt(close)", Math.sqrt],
    ["sin(close)", Math.sin],
  ])("leaves the unit of a price out of %s", (expression, expected) => {
    const [{ unit, values }] = evaluate(expression, bars);
    expect(unit).toBe("number");
    expect(values[5]).toBe(expected(bars.close[5]));
    expect(() => evaluate(`${expression} + close`, bars)).toThrow("a number and a price cannot be added");
  });

  it("takes a number alone for a length in the wrong place, and a condition alone for what it is", () => {
    expect(() => evaluate("sma(20)", bars)).toThrow("`20` is the same on every bar");
    expect(evaluate("pivot_point_levels(true).p", bars)[0].values[1]).not.toBeNaN();
  });

  it("throws errors with codes", async () => {
    expect(await codeOf(() => compile("strategy"))).toBe("BF1000");
    expect(await codeOf(() => evaluate("close +", bars))).toBe("BF1000");
    expect(await codeOf(() => backtest(compile(cross), bars, { params: { fats: 1 } }))).toBe("BF5001");
    expect(await codeOf(() => backtest(compile(cross), bars, { params: { fast: 40 } }))).toBe("BF5002");
    expect(await codeOf(() => backtest(compile(cross.replace('"Cross"', '"Cross" on 15m')), bars))).toBe(
      "BF5005",
    );
    expect(await codeOf(() => readBars("nowhere.csv"))).toBe("BF5020");
  });

  it("tells progress and stops when told to", async () => {
    const seen: number[] = [];
    await backtest(compile(cross), bars, { onProgress: (done) => seen.push(done) });
    expect(seen.at(-1)).toBe(bars.length);
    const stop = new AbortController();
    stop.abort();
    await expect(backtest(compile(cross), bars, { signal: stop.signal })).rejects.toThrow(/abort/i);
  });

  it("refuses no bars at all, and runs on one", async () => {
    const few = (count: number) => barsOf("FEW", { ...bars, ...Object.fromEntries(columns(count)) });
    expect(await codeOf(() => backtest(compile(cross), few(0)))).toBe("BF5007");
    const { result } = await backtest(compile(cross), few(1));
    expect(result.trades).toEqual([]);
    expect(result.metrics["sharpe"]).toBeNull();
    expect(evaluate("close", few(0))[0].values).toHaveLength(0);
  });
});

const columns = (count: number): [string, Float64Array][] =>
  (["time", "open", "high", "low", "close", "volume"] as const).map((name) => [
    name,
    bars[name].subarray(0, count),
  ]);

describe("an emitted module", () => {
  const folder = mkdtempSync(join(root, "packages/bitfever/test/.emitted-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** What the compiler says of a use of the emitted module, under the repository's own strict options. */
  function problems(use: string): string[] {
    writeFileSync(join(folder, "cross.ts"), emitTypeScript(compile(cross).program));
    const file = join(folder, "use.ts");
    writeFileSync(
      file,
      `import { backtest, readBars } from "bitfever";\nimport { strategy, type Parameters } from "./cross.js";\n${use}\n`,
    );
    const config = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
    const program = ts.createProgram([file], { ...options, noUnusedLocals: false });
    // What the rest of the repository has to say is another check's.
    return ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map((each) => ts.flattenDiagnosticMessageText(each.messageText, "\n"));
  }

  it("knows the names and types of its parameters", () => {
    const right = `export const all: Parameters = { fast: 5, slow: 30, both: true };
export const run = async () => backtest(strategy, await readBars("x.csv"), { params: { fast: 5, both: true } });`;
    expect(problems(right)).toEqual([]);
    expect(problems(right.replace("fast: 5, both", "fats: 5, both")).join()).toMatch(/'fats' does not exist/);
    expect(problems(right.replace("both: true } })", "both: 3 } })")).join()).toMatch(
      /'number' is not assignable to type 'boolean/,
    );
  }, 60_000);

  it("is a strategy like one compiled from text", async () => {
    const strategy = defineStrategy<{ fast: number }>(compile(cross).program);
    expectTypeOf(strategy).toEqualTypeOf<Strategy<{ fast: number }>>();
    const { result } = await backtest(strategy, bars, { params: { fast: 7 } });
    expect(result.params["fast"]).toBe(7);
  });
});
