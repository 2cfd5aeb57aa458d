import { tableFromArrays, tableFromIPC, tableToIPC } from "apache-arrow";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  backtest,
  barsTable,
  compile,
  equityTable,
  readBars,
  tradesCsv,
  tradesTable,
  type Bars,
  type GivenBars,
} from "../src/index.js";
import { codeOf } from "./code-of.js";

/* Bars that are in memory are the bars of a file; results as Arrow tables are the results. */

const path = fileURLToPath(new URL("../../../examples/data/SYNTHETIC-1d.csv", import.meta.url));
const bars = await readBars(path, { symbol: "S" });
const table = await barsTable(bars);
const names = ["time", "open", "high", "low", "close", "volume"] as const;
const rowsOf = (of: Bars) =>
  Array.from(of.time, (time, i) => ({
    ...{ time, open: of.open[i], high: of.high[i], low: of.low[i], close: of.close[i], volume: of.volume[i] },
  }));

describe("readBars", () => {
  const rows = rowsOf(bars);
  const columns = Object.fromEntries(names.map((name) => [name, bars[name]]));
  it.each<[string, GivenBars]>([
    ["rows", rows],
    ["rows with dates", rows.map((row) => ({ ...row, time: new Date(row.time) }))],
    [
      "rows of texts",
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, String(v)]))),
    ],
    ["columns", columns],
    ["columns of plain arrays", Object.fromEntries(names.map((name) => [name, [...bars[name]]]))],
    ["columns with 64-bit times", { ...columns, time: BigInt64Array.from(bars.time, BigInt) }],
    [
      "columns in other letters",
      {
        Date: bars.time,
        Open: bars.open,
        High: bars.high,
        Low: bars.low,
        Close: bars.close,
        Volume: bars.volume,
      },
    ],
    ["bars", { ...bars }],
    ["an Arrow table of numbers", tableFromArrays(columns)],
    ["its own Arrow table", table],
    ["an Arrow table from a file", tableFromIPC(tableToIPC(table))],
  ])("takes %s", async (_, given) => {
    expect(await readBars(given, { symbol: "S" })).toEqual(bars);
  });

  it("takes the name that stands beside columns, or that of a table", async () => {
    expect((await readBars({ ...bars })).symbol).toBe("S");
    expect((await readBars(table)).symbol).toBe("S");
    expect((await readBars(rows)).symbol).toBe("BARS");
  });

  it("copies no columns of 64-bit floats", async () => {
    expect((await readBars({ ...bars })).close.buffer).toBe(bars.close.buffer);
  });

  it.each<[string, unknown, string]>([
    ["nothing", null, "BF5350"],
    ["a number", 5, "BF5350"],
    ["rows that are none", [1, 2], "BF5350"],
    ["columns of other lengths", { ...columns, close: bars.close.subarray(1) }, "BF5350"],
    [
      "a date that is none among texts",
      rows.map((row, i) => ({ ...row, time: i === 1 ? new Date(NaN) : new Date(row.time).toISOString() })),
      "BF4022",
    ],
    ["no rows", [], "BF4002"],
    ["a high below the low", rows.map((row) => ({ ...row, high: row.low - 1 })), "BF4029"],
  ])("refuses %s", async (_, given, code) => {
    expect(await codeOf(() => readBars(given as GivenBars))).toBe(code);
  });
});

describe("tables", () => {
  const strategy = compile(`strategy "Cross" {
    enter long when sma(close, 10) crosses above sma(close, 30) { stop at close * 0.9 }
    exit long when sma(close, 10) crosses below sma(close, 30)
  }`);

  it("of trades have the columns and the rows of their CSV", async () => {
    const { result } = await backtest(strategy, bars);
    const table = await tradesTable(result);
    const [header, ...lines] = tradesCsv(result).trimEnd().split("\n");
    expect(table.schema.fields.map(({ name }) => name)).toEqual(header.split(","));
    expect(table.numRows).toBe(lines.length);
    expect(table.getChild("profit")?.toArray()).toEqual(
      Float64Array.from(result.trades, ({ profit }) => profit),
    );
    expect(Number(table.getChild("entryTime")?.get(0))).toBe(Date.parse(result.trades[0].entryTime));
  });

  it("of the account have a row for each bar", async () => {
    const run = await backtest(strategy, bars);
    const table = await equityTable(run);
    expect(table.getChild("equity")?.toArray()).toEqual(run.curves.equity);
    expect(table.schema.fields.map(({ name }) => name)).toEqual(["time", "equity", "position"]);
    expect(Number(table.getChild("time")?.get(3))).toBe(bars.time[3]);
  });
});
