const unitsMs: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 604_800_000],
]);

/** The length of an interval such as `15m` in milliseconds; null for months, which have none. */
export function intervalMs(interval: string): number | null {
  const [, count = "", unit = ""] = /^(\d+)([a-z]+)$/.exec(interval) ?? [];
  const length = unitsMs.get(unit);
  return length === undefined ? null : Number(count) * length;
}

/** The shortest way to write a length: `15m`, `1d`; `90s` where minutes do not come out even. */
export function intervalName(lengthMs: number): string {
  if (lengthMs <= 0) return "unknown";
  const [name, length] = [...unitsMs].reverse().find(([, each]) => lengthMs % each === 0) ?? ["ms", 1];
  return `${lengthMs / length}${name}`;
}
