/**
 * Columns as an Arrow IPC file: numbers where a column has no texts, else texts; null where there is nothing.
 *
 * @param columns  by name, all of one length
 */
export async function arrowFile(
  columns: ReadonlyMap<string, readonly (string | number | null)[]>,
): Promise<Uint8Array> {
  const { Float64, Table, tableToIPC, Utf8, vectorFromArray } = await import("apache-arrow");
  const vectors = [...columns].map(([name, cells]) => {
    const isText = cells.some((each) => typeof each === "string");
    return [name, vectorFromArray(cells, isText ? new Utf8() : new Float64())] as const;
  });
  return tableToIPC(new Table(Object.fromEntries(vectors)), "file");
}
