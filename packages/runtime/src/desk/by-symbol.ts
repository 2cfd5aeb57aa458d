/** Lists of what has to do with each symbol. */
export function bySymbol<Value>(
  values: readonly Value[],
  symbolOf: (value: Value) => string,
): ReadonlyMap<string, readonly Value[]> {
  const lists = new Map<string, Value[]>();
  for (const each of values) {
    const symbol = symbolOf(each);
    const list = lists.get(symbol);
    if (list === undefined) lists.set(symbol, [each]);
    else list.push(each);
  }
  return lists;
}

/** Whether bars of an interval are those that somebody means; 0 is any, on either side. */
export const isOfInterval = (
  { intervalMs }: { readonly intervalMs: number },
  meant: { readonly intervalMs: number },
): boolean => meant.intervalMs === 0 || intervalMs === 0 || intervalMs === meant.intervalMs;
