import type { Fields } from "@bitfever/engine";
import type { ClosedBar } from "./contract.js";

/** A bar that is written over by the next. */
export type Row = { -readonly [Name in keyof ClosedBar]: ClosedBar[Name] };

/** One bar of columns, as a row. */
export function barAt(fields: Fields, i: number): ClosedBar {
  return readBar(fields, i, { time: 0, open: 0, high: 0, low: 0, close: 0, volume: 0, session_bar: 0 });
}

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
