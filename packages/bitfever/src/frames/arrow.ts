import type { Table } from "apache-arrow";
import { arrowFile, readBars, writeArrow, type Bars } from "@bitfever/engine";
import type { EvaluatedColumn } from "../evaluate.js";
import { barsOfFrame, frame, type ColumnReadOptions } from "./read-columns.js";
import { columnsOf, isBars, joined, type Cell, type Tabular } from "./tabular.js";

/**
 * An Arrow IPC file, which pandas, polars and DuckDB read: of bars with `time` as timestamps of UTC, of rows with times as texts.
 *
 * @param rows    bars, rows such as `result.trades`, columns of `evaluate`, or a whole result
 * @param beside  columns to stand beside those of the rows, one value for each
 * @throws BitFeverError BF5353 for what has no rows, and for columns of another length
 * @example
 * const { result } = await backtest(strategy, bars);
 * await writeFile("trades.arrow", await toArrow(result.trades));
 */
export function toArrow(rows: Tabular, beside: readonly EvaluatedColumn[] = []): Promise<Uint8Array> {
  if (beside.length === 0 && isBars(rows)) return writeArrow(rows);
  const columns = joined(columnsOf(rows), beside);
  return arrowFile(new Map([...columns].map(([name, cells]) => [name, cells.map(written)])));
}

/**
 * Bars of an Arrow table, or of the bytes of an IPC file or stream, checked as those of a file are.
 *
 * @throws BitFeverError BF4002 to BF4032 for what is wrong with the bytes, the columns or the bars
 * @example
 * const same = await fromArrow(await toArrow(bars), { symbol: "SPY" });
 */
export async function fromArrow(from: Table | Uint8Array, options: ColumnReadOptions = {}): Promise<Bars> {
  if (!(from instanceof Uint8Array)) return barsOfFrame(from, options);
  return (await readBars(from, { ...options, name: frame, format: "arrow" })).bars;
}

/** Arrow has its own word for what is absent. */
const written = (cell: Cell): string | number | null =>
  typeof cell === "boolean" ? String(cell) : typeof cell === "number" && Number.isNaN(cell) ? null : cell;
