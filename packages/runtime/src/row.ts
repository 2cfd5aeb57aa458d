import type { Fields, Mutable } from "@bitfever/engine";
import type { ClosedBar } from "./contract.js";

/** A bar that is written over by the next. */
export type Row = Mutable<ClosedBar>;

/** A row to be written over: its values are doubles from the start, so that it keeps its shape. */
export const emptyBar = (): Row => ({
  time: NaN,
  open: NaN,
  high: NaN,
  low: NaN,
  close: NaN,
  volume: NaN,
  session_bar: NaN,
});

/** One bar of columns, as a row. */
export const barAt = (fields: Fields, i: number): ClosedBar => readBar(fields, i, emptyBar());

export function readBar(fields: Fields, i: number, row: Row): Row {
  row.time = fields.time[i];
  row.open = fields.open[i];
  row.high = fields.high[i];
  row.low = fields.low[i];
  row.close = fields.close[i];
  row.volume = fields.volume[i];
  row.session_bar = fields.session_bar[i];
  return row;
}
