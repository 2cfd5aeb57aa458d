import { arrowFile, readBars, type Bars, type ReadOptions } from "@bitfever/engine";

/** How bars are read that lie in memory. */
export interface ColumnReadOptions extends Omit<ReadOptions, "name" | "format"> {
  /** What they are called: `frame` if nothing says it. */
  readonly symbol?: string | undefined;
}

/** Bars of columns by name, with all checks that a file gets: they go the way of one. */
export async function barsOfColumns(
  columns: ReadonlyMap<string, readonly unknown[]>,
  options: ColumnReadOptions,
): Promise<Bars> {
  const cells = new Map([...columns].map(([name, values]) => [name, values.map(cellOf)] as const));
  return barsOfArrow(await arrowFile(cells), options);
}

export async function barsOfArrow(bytes: Uint8Array, options: ColumnReadOptions): Promise<Bars> {
  const { bars } = await readBars(bytes, { ...options, name: "frame", format: "arrow" });
  return bars;
}

function cellOf(value: unknown): string | number | null {
  if (typeof value === "number") return Number.isNaN(value) ? null : value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string") return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  return value === null || value === undefined ? null : JSON.stringify(value);
}
