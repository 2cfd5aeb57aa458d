type Column = Float64Array | Int32Array | Int8Array;

/**
 * Rows that are mostly enough where one in so many bars has one. What is never written to takes no memory, but columns that grow
 * are copied, and touch new memory each time.
 */
export const rowsFor = (bars: number, each: number): number => Math.max(64, Math.ceil(bars / each));

/** A column twice as long, with the same values at its beginning. */
export function grown<Kind extends Column>(column: Kind): Kind {
  const longer = new (column.constructor as new (length: number) => Kind)(2 * column.length);
  longer.set(column);
  return longer;
}
