/**
 * Rows that are mostly enough where one in so many bars has one. What is never written to takes no memory, but columns that grow
 * are copied, and touch new memory each time.
 */
export const rowsFor = (bars: number, each: number): number => Math.max(64, Math.ceil(bars / each));

/** A column with room for twice as many rows, and the same at its beginning. */
export function grown<Column extends Float64Array | Int32Array | Int8Array>(
  column: Column,
  make: (length: number) => Column,
): Column {
  const longer = make(2 * column.length);
  longer.set(column);
  return longer;
}
