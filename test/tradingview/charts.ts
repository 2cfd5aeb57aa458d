import type { ListedTrade } from "./trades.js";

/** The bars that a chart showed: the open times of its first and its last, in milliseconds UTC. */
export interface Chart {
  readonly from: number;
  readonly to: number;
}

const chart = (from: string, to: string): Chart => ({ from: Date.parse(from), to: Date.parse(to) });

/*
 * The lists were exported from four charts. Where these began is told by strategies that never forget and by the first
 * bar on which an average can be full, where they ended by the marks of positions that were still open.
 */
const charts: readonly Chart[] = [
  chart("2025-04-05T00:00Z", "2026-04-05T20:45Z"),
  chart("2025-04-20T00:00Z", "2026-04-20T20:45Z"),
  chart("2025-03-31T00:00Z", "2026-04-01T00:00Z"),
  chart("2025-03-31T00:00Z", "2026-05-01T00:00Z"),
];

/** The shortest chart that all of a list lies in. */
export function chartOf(list: readonly ListedTrade[]): Chart {
  const first = list.reduce((time, { entryTime }) => Math.min(time, entryTime), Infinity);
  const last = list.reduce((time, { exitTime }) => Math.max(time, exitTime), -Infinity);
  const found = charts.find(({ from, to }) => from <= first && last <= to);
  if (found === undefined) throw new Error("a list that lies in no chart");
  return found;
}
