import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { DataFrame } from "danfojs-node";
import type { Bars, GivenColumn } from "@bitfever/engine";
import type { EvaluatedColumn } from "../evaluate.js";
import type * as Danfo from "./danfo.js";
import { barsOfFrame, type ColumnReadOptions } from "./read-columns.js";
import { columnsOf, joined, type Cell, type Tabular } from "./tabular.js";

/** A frame of danfojs, of whatever copy: what is read of it. */
export interface FrameColumns {
  readonly columns: readonly string[];
  readonly column: (name: string) => { readonly values: unknown };
}

/**
 * A danfojs DataFrame: one row for each bar, trade, trial or window. Times are texts in ISO-8601 UTC, an absent number is NaN.
 *
 * The library comes with BitFever and is loaded at the first call: it computes in JavaScript, and reads and writes no Excel.
 *
 * @param rows    bars, rows such as `result.trades`, columns of `evaluate`, or a whole result
 * @param beside  columns to stand beside those of the rows, one value for each
 * @throws BitFeverError BF5353 for what has no rows, and for columns of another length
 * @example
 * const { result } = await backtest(strategy, bars);
 * const trades = toDataFrame(result.trades);
 * trades.groupby(["exitReason"]).col(["profit"]).mean().print();
 */
export function toDataFrame(rows: Tabular, beside: readonly EvaluatedColumn[] = []): DataFrame {
  const columns = joined(columnsOf(rows), beside);
  const { DataFrame } = danfo();
  const names = [...columns.keys()];
  const length = columns.values().next().value?.length ?? 0;
  if (length === 0) return new DataFrame([], { columns: names });
  const values = Object.fromEntries([...columns].map(([name, cells]) => [name, framed(cells)]));
  return new DataFrame(values, { dtypes: [...columns.values()].map(typeOf) });
}

/**
 * Bars of a DataFrame with the columns `time,open,high,low,close` and, if there is one, `volume`, in any order and case, checked as those of
 * a file are. Another copy of danfojs will do.
 *
 * @throws BitFeverError BF4005 to BF4032 for what is wrong with its columns or its bars
 * @example
 * const same = await fromDataFrame(toDataFrame(bars), { symbol: "SPY" });
 */
export function fromDataFrame(frame: FrameColumns, options: ColumnReadOptions = {}): Promise<Bars> {
  const columns = frame.columns.map((name) => [name, valuesOf(frame.column(name).values)] as const);
  return barsOfFrame(Object.fromEntries(columns), options);
}

const valuesOf = (values: unknown): GivenColumn =>
  Array.from(values as Extract<GivenColumn, readonly unknown[]>);

/** An absent number is NaN: with null the library computes nothing. */
const framed = (cells: readonly Cell[]): readonly Cell[] =>
  typeOf(cells) === "float32" ? cells.map((cell) => cell ?? NaN) : cells;

/** Danfojs looks at the first rows alone, and takes a column for numbers that has its first text later. */
function typeOf(cells: readonly Cell[]): "string" | "boolean" | "int32" | "float32" {
  if (cells.some((cell) => typeof cell === "string")) return "string";
  if (cells.every((cell) => typeof cell === "boolean")) return "boolean";
  return cells.every((cell) => Number.isInteger(cell)) ? "int32" : "float32";
}

let loaded: typeof Danfo | undefined;

function danfo(): typeof Danfo {
  if (loaded !== undefined) return loaded;
  const load = createRequire(import.meta.url);
  // The package finds itself by its name, whether it was built or is run from source.
  const folder = dirname(load.resolve("bitfever/package.json"));
  return (loaded = load(join(folder, "dist", "danfo.cjs")) as typeof Danfo);
}
