import { BitFeverError } from "@bitfever/lang";
import { isoTime, type BacktestResult, type Bars } from "@bitfever/engine";
import type { EvaluatedColumn } from "../evaluate.js";
import type { StudyResult } from "../optimize/study-result.js";
import { tableOfTrials } from "../optimize/study-table.js";
import type { WalkResult } from "../optimize/walk-result.js";
import { tableOfWindows } from "../optimize/walk-table.js";
import { commonTradeColumns } from "../tables.js";

/**
 * What can stand in a table: bars, columns of `evaluate`, rows such as trades, or a result: of a backtest its trades, of a search its trials,
 * of a walk-forward its windows.
 */
export type Tabular =
  Bars | readonly EvaluatedColumn[] | readonly object[] | BacktestResult | StudyResult | WalkResult;

export type Cell = string | number | boolean | null;

/** Columns of one length by name. Times are texts in ISO-8601 UTC; NaN and null are absent. */
export type Columns = ReadonlyMap<string, readonly Cell[]>;

/**
 * The columns of a value. A row's parts become columns under their path: `params.fast`.
 *
 * @throws BitFeverError BF5353 for what has none
 */
export function columnsOf(value: Tabular): Columns {
  if (Array.isArray(value)) return isEvaluated(value) ? evaluatedColumns(value) : columnsOfRows(value);
  if (isBars(value)) return barColumns(value);
  const schema: unknown = "schema" in value ? value.schema : undefined;
  if (schema === "bitfever/backtest@1") return tradeColumns((value as BacktestResult).trades);
  if (schema === "bitfever/optimize@1") return tableOfTrials(value as StudyResult);
  if (schema === "bitfever/walk@1") return tableOfWindows(value as WalkResult);
  const names = Object.keys(value).slice(0, 5).join(", ");
  throw new BitFeverError("BF5353", `an object with ${names === "" ? "nothing in it" : names} has no rows`, {
    hint: "give bars, an array of rows such as `result.trades`, columns of `evaluate`, or the result of a backtest, search or walk",
  });
}

/** Only columns of one length can stand side by side. */
export function joined(columns: Columns, beside: readonly EvaluatedColumn[]): Columns {
  const length = columns.values().next().value?.length ?? 0;
  for (const { name, values } of beside) {
    if (values.length === length) continue;
    throw new BitFeverError("BF5353", `the column ${name} has ${values.length} values for ${length} rows`, {
      hint: "compute it over the same bars",
    });
  }
  return new Map([...columns, ...evaluatedColumns(beside)]);
}

export const isBars = (value: unknown): value is Bars =>
  typeof value === "object" &&
  value !== null &&
  "time" in value &&
  value.time instanceof Float64Array &&
  "close" in value &&
  "intervalMs" in value;

const isEvaluated = (value: readonly unknown[]): value is readonly EvaluatedColumn[] =>
  value.length > 0 &&
  value.every(
    (each) =>
      typeof each === "object" && each !== null && "values" in each && each.values instanceof Float64Array,
  );

const barColumns = ({ time, open, high, low, close, volume }: Bars): Columns =>
  new Map<string, readonly Cell[]>([
    ["time", Array.from(time, isoTime)],
    ...Object.entries({ open, high, low, close, volume }).map(
      ([name, values]) => [name, Array.from(values)] as const,
    ),
  ]);

const evaluatedColumns = (columns: readonly EvaluatedColumn[]): Columns =>
  new Map(columns.map(({ name, values }) => [name, Array.from(values)]));

/** A run without trades has their columns all the same. */
const tradeColumns = (trades: BacktestResult["trades"]): Columns =>
  trades.length === 0 ? new Map(commonTradeColumns.map((name) => [name, []])) : columnsOfRows(trades);

function columnsOfRows(rows: readonly object[]): Columns {
  const columns = new Map<string, Cell[]>();
  rows.forEach((row, place) => {
    for (const [name, cell] of cellsOf(row, "")) {
      const column = columns.get(name) ?? new Array<Cell>(rows.length).fill(null);
      column[place] = cell;
      columns.set(name, column);
    }
  });
  return columns;
}

function* cellsOf(value: unknown, path: string): Generator<readonly [string, Cell]> {
  if (value instanceof Date) yield [path, value.toISOString()];
  else if (typeof value !== "object" || value === null) yield [path, cellOf(value)];
  else
    for (const [name, part] of Object.entries(value))
      yield* cellsOf(part, path === "" ? name : `${path}.${name}`);
}

function cellOf(value: unknown): Cell {
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "string") return value;
  return typeof value === "bigint" ? String(value) : null;
}
