import { barsOf, type Bars } from "../src/index.js";

const minute = 60_000;

/** Bars of a minute from four prices each, without a volume. */
export function barsByHand(
  rows: readonly (readonly [open: number, high: number, low: number, close: number])[],
): Bars {
  const column = (k: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(rows, (row) => row[k]);
  return barsOf("HAND", {
    time: Float64Array.from(rows, (_, i) => i * minute),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: new Float64Array(rows.length).fill(NaN),
  });
}
