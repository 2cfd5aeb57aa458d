import { barsOf, type Bars } from "@bitfever/engine";
import { tableFromIPC } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { fromArrow, toArrow } from "../../src/frames/arrow.js";
import { fromDataFrame, toDataFrame } from "../../src/frames/data-frame.js";
import type { Tabular } from "../../src/frames/tabular.js";
import { codeOf } from "../code-of.js";

const column = (...values: number[]): Float64Array => Float64Array.from(values);

const bars: Bars = barsOf("HAZEL", {
  time: column(Date.UTC(2024, 0, 2), Date.UTC(2024, 0, 3), Date.UTC(2024, 0, 4)),
  open: column(10, 10.5, 0.1 + 0.2),
  high: column(11, 10.75, 12),
  low: column(9, 10.25, 0.25),
  close: column(10.5, 10.5, 11),
  volume: column(100, 250, 0),
});

const trades = [
  { side: "long", profit: 12.5, exitTime: "2024-01-03T00:00:00Z", exitTag: null, params: { fast: 3 } },
  { side: "short", profit: NaN, exitTime: null, exitTag: "late", params: { fast: 5, slow: 9 } },
];

/** Bit for bit. */
function expectSame(found: Bars): void {
  expect(found.intervalMs).toBe(bars.intervalMs);
  for (const name of ["time", "open", "high", "low", "close", "volume"] as const)
    expect(Array.from(found[name]), name).toEqual(Array.from(bars[name]));
}

describe("a data frame", () => {
  test("of rows has a column for each of their parts, and NaN where a number is absent", () => {
    const frame = toDataFrame(trades);
    expect(frame.columns).toEqual([
      ...["side", "profit", "exitTime", "exitTag"],
      ...["params.fast", "params.slow"],
    ]);
    expect(frame.shape).toEqual([2, 6]);
    expect(frame.dtypes).toEqual(["string", "float32", "string", "string", "int32", "float32"]);
    expect(frame["params.slow"].values).toEqual([NaN, 9]);
    expect(frame["exitTag"].values).toEqual([null, "late"]);
    expect(frame["profit"].mean()).toBe(12.5);
  });

  test("groups, sorts and makes tensors without a binary", () => {
    const frame = toDataFrame([
      { tag: "a", profit: 1 },
      { tag: "b", profit: 4 },
      { tag: "a", profit: 3 },
    ]);
    expect(frame.groupby(["tag"]).col(["profit"]).mean().values).toEqual([
      ["a", 2],
      ["b", 4],
    ]);
    expect(frame.sortValues("profit", { ascending: false })["tag"].values).toEqual(["b", "a", "a"]);
    expect(
      frame
        .loc({ columns: ["profit"] })
        .tensor.sum()
        .arraySync(),
    ).toBe(8);
    expect(frame["profit"].std()).toBeCloseTo(Math.sqrt(7 / 3), 12);
  });

  test("says what is left out of it", () =>
    expect(() => toDataFrame(trades).toExcel({ filePath: "trades.xlsx" })).toThrow(
      /reads and writes no Excel/,
    ));

  test("of no trades has their columns", () => {
    const result = { schema: "bitfever/backtest@1", trades: [] } as unknown as Tabular;
    expect(toDataFrame(result).columns).toContain("exitReason");
    expect(toDataFrame(result).shape[0]).toBe(0);
    expect(toDataFrame([]).shape).toEqual([0, 0]);
  });

  test("of bars comes back as they were", async () =>
    expectSame(await fromDataFrame(toDataFrame(bars), { symbol: "HAZEL" })));

  test("has columns of `evaluate` beside its rows", async () => {
    const beside = [{ name: "rsi", unit: "number", values: column(NaN, 40, 60) }];
    const frame = toDataFrame(bars, beside);
    expect(frame.columns).toEqual(["time", "open", "high", "low", "close", "volume", "rsi"]);
    expect(frame["rsi"].values).toEqual([NaN, 40, 60]);
    expect(await codeOf(() => toDataFrame(trades, beside))).toBe("BF5353");
  });

  test("in any case and order, with dates, is bars", async () => {
    const rows = Array.from(bars.time, (time, i) => ({
      Close: bars.close[i],
      Open: bars.open[i],
      High: bars.high[i],
      Low: bars.low[i],
      Date: new Date(time),
      Volume: bars.volume[i],
    }));
    expectSame(await fromDataFrame(toDataFrame(rows)));
  });

  test("is checked as a file is", async () => {
    const bad = toDataFrame({ ...bars, high: column(11, 10, 12) });
    await expect(fromDataFrame(bad)).rejects.toMatchObject({
      code: expect.stringMatching(/^BF40/) as string,
    });
    await expect(fromDataFrame(toDataFrame(trades))).rejects.toMatchObject({ code: "BF4005" });
  });

  test("of something else is an error with a remedy", async () =>
    expect(await codeOf(() => toDataFrame({ a: 1 } as unknown as Tabular))).toBe("BF5353"));
});

describe("Arrow", () => {
  test("of bars comes back as they were, with their symbol", async () => {
    const found = await fromArrow(await toArrow(bars));
    expect(found.symbol).toBe("HAZEL");
    expectSame(found);
    expectSame(await fromArrow(tableFromIPC(await toArrow(bars))));
  });

  test("of rows has null where something is absent", async () => {
    const table = tableFromIPC(await toArrow(trades));
    expect(table.toArray().map((row: { toJSON: () => object }) => row.toJSON())).toEqual([
      {
        ...{ side: "long", profit: 12.5, exitTime: "2024-01-03T00:00:00Z", exitTag: null },
        ...{ "params.fast": 3, "params.slow": null },
      },
      {
        ...{ side: "short", profit: null, exitTime: null, exitTag: "late" },
        ...{ "params.fast": 5, "params.slow": 9 },
      },
    ]);
  });

  test("of damaged bytes is an error with a code", async () => {
    const bytes = (await toArrow(bars)).slice(0, 200);
    await expect(fromArrow(bytes)).rejects.toMatchObject({ code: expect.stringMatching(/^BF40/) as string });
  });
});
