import type { Table } from "apache-arrow";

/** What stands in a table: an instant is a `Date`. */
export type ArrowCell = string | number | Date | null;

/**
 * Columns as an Arrow table: timestamps of UTC where a column has dates, texts where it has any, else 64-bit floats; null where
 * there is nothing.
 *
 * @param columns  by name, all of one length
 */
export async function arrowTable(columns: ReadonlyMap<string, readonly ArrowCell[]>): Promise<Table> {
  const { Float64, Table, TimestampMillisecond, Utf8, vectorFromArray } = await import("apache-arrow");
  const vectors = [...columns].map(([name, cells]) => {
    const has = (test: (cell: ArrowCell) => boolean): boolean => cells.some(test);
    const type = has((each) => each instanceof Date)
      ? new TimestampMillisecond("UTC")
      : has((each) => typeof each === "string")
        ? new Utf8()
        : new Float64();
    return [name, vectorFromArray(cells, type)] as const;
  });
  return new Table(Object.fromEntries(vectors));
}

/** The same as the bytes of an Arrow IPC file. */
export async function arrowFile(columns: ReadonlyMap<string, readonly ArrowCell[]>): Promise<Uint8Array> {
  const [{ tableToIPC }, table] = await Promise.all([import("apache-arrow"), arrowTable(columns)]);
  return tableToIPC(table, "file");
}
