import { readBars } from "@bitfever/engine";
import { inferSchema, initParser } from "udsv";
import { csvText } from "./csv-text.js";
import { keepResult } from "./keep-result.js";
import { madeUpBars } from "./made-up-bars.js";
import { side, type Side } from "./side.js";
import { apart, serve, sideAskedFor } from "./side-process.js";
import { measure } from "./workload.js";

/*
 * W6: a CSV file of a million rows, from its bytes in memory to columns of numbers.
 */

const rows = 1_000_000;
const rounds = 7;

const bytes = (): Uint8Array => new TextEncoder().encode(csvText(madeUpBars(rows)));
const sumOf = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

const ours = side("BitFever", {
  prepare: bytes,
  run: async (given) => (await readBars(given, { name: "bars.csv" })).bars,
  outcome: ({ time, open, high, low, close, volume }) => ({
    trades: [],
    netProfit: null,
    metrics: Object.fromEntries(
      Object.entries({ time, open, high, low, close, volume }).map(([name, column]) => [name, sumOf(column)]),
    ),
  }),
});

const names = ["time", "open", "high", "low", "close", "volume"];
const inUdsv = side("udsv", {
  prepare: bytes,
  run: (given) => {
    const text = new TextDecoder().decode(given);
    return initParser(inferSchema(text)).typedCols(text) as unknown as [Date[], ...number[][]];
  },
  outcome: (columns) => ({
    trades: [],
    netProfit: null,
    metrics: Object.fromEntries(
      columns.map((column, i) => [names[i], sumOf(column.map((value) => Number(value)))]),
    ),
  }),
  lacks: "a check of the bars; columns are arrays, and times are dates",
});

const sides: readonly Side[] = [ours, inUdsv];
const asked = sides.find(({ name }) => name === sideAskedFor());
if (asked !== undefined) serve(asked);
else
  keepResult({
    workload: "w6",
    title: "a CSV file of 1,000,000 rows to columns",
    inside:
      "from bytes in memory to six columns of numbers; ours also finds the dialect and checks every bar (order, duplicates, high and low)",
    parts: [
      {
        title: `${rows} rows`,
        sides: await measure(
          sides.map((each) => apart(each)),
          rounds,
        ),
      },
    ],
  });
