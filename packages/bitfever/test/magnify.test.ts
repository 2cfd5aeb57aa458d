import { describe, expect, it } from "vitest";
import { backtest, barsOf, compile, paperOverHistory, type Bars } from "../src/index.js";

const minute = 60_000;
type Row = readonly [minute: number, open: number, high: number, low: number, close: number];

function barsFrom(rows: readonly Row[]): Bars {
  const column = (k: 1 | 2 | 3 | 4): Float64Array => Float64Array.from(rows, (row) => row[k]);
  return barsOf("HAND", {
    time: Float64Array.from(rows, ([at]) => at * minute),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: new Float64Array(rows.length).fill(NaN),
  });
}

const quarters = barsFrom([
  [0, 100, 101, 99, 100],
  [15, 100, 106, 94, 101],
  [30, 101, 102, 100, 101],
]);
/** Up to the target in the first minute, and only then down. */
const minutes: readonly Row[] = [
  [15, 100, 106, 100, 105],
  [16, 105, 105, 94, 101],
];
const strategy = compile(
  `strategy "Both" on 15m { fills { path worst } enter long when bar_index == 0 { size 1 stop at 95 target at 105 } }`,
);

describe("finer bars", () => {
  it("decide what four prices do not", async () => {
    const plain = await backtest(strategy, quarters);
    expect(plain.result.trades[0]).toMatchObject({ exitReason: "stop", exitPrice: 95 });
    expect(plain.result.counts.ambiguousFills).toBe(1);
    const { result } = await backtest(strategy, quarters, { finer: barsFrom(minutes) });
    expect(result.trades[0]).toMatchObject({ exitReason: "target", exitPrice: 105 });
    expect(result.counts.ambiguousFills).toBe(0);
    expect(result.data.magnifiedBars).toBe(1);
    expect(result.data.hash).not.toBe(plain.result.data.hash);
  });

  it("leave bars without any to the path", async () => {
    const later = barsFrom([
      [30, 101, 102, 100, 101],
      [31, 101, 101, 101, 101],
    ]);
    const { result } = await backtest(strategy, quarters, { finer: later });
    expect(result.trades[0]).toMatchObject({ exitReason: "stop" });
    expect(result.data.magnifiedBars).toBe(1);
  });

  it("must be finer, and of the same market", async () => {
    const refused = expect.objectContaining({ code: "BF5072", hint: expect.any(String) });
    await expect(backtest(strategy, quarters, { finer: quarters })).rejects.toThrow(refused);
    const beyond = barsFrom([[15, 100, 107, 100, 105], minutes[1]]);
    await expect(backtest(strategy, quarters, { finer: beyond })).rejects.toThrow(refused);
  });

  it("are nothing that paper trading or a universe has", async () => {
    const refused = expect.objectContaining({ code: "BF5072" });
    const finer = barsFrom(minutes);
    await expect(paperOverHistory(strategy, quarters, { finer })).rejects.toThrow(refused);
    const many = compile(
      `strategy "Many" on 15m { universe enter long when bar_index == 0 { size 1 unprotected } }`,
    );
    await expect(backtest(many, quarters, { finer })).rejects.toThrow(refused);
  });
});
