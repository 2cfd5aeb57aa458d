import type { ParameterValue } from "../parameters.js";
import { csv } from "../tables.js";

type Cell = string | number | null;

/** A column of a table, with its cell in a row. */
export type TableColumn<Row> = readonly [name: string, cell: (row: Row, place: number) => Cell];

/** Columns by name; of those of one name, as of an objective that is a metric, the first counts. */
export function tableOf<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
): ReadonlyMap<string, readonly Cell[]> {
  const table = new Map<string, readonly Cell[]>();
  for (const [name, cell] of columns) if (!table.has(name)) table.set(name, rows.map(cell));
  return table;
}

/** A line for each row. */
export function tableCsv(table: ReturnType<typeof tableOf>): string {
  const columns = [...table.values()];
  return csv(
    [...table.keys()],
    columns[0].map((_, row) => columns.map((each) => each[row])),
  );
}

/** A value of a parameter in a table; null where there is none. */
export const parameterCell = (value: ParameterValue | undefined): Cell =>
  typeof value === "boolean" ? String(value) : (value ?? null);
