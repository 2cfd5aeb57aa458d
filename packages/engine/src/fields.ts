import type { Bars } from "./bars.js";
import { calendarColumns, startColumn } from "./calendar-columns.js";
import type { Fields } from "./evaluate.js";
import type { Timing } from "./trading-calendar.js";

/** The columns a program can name: those of the bars, and where each bar stands in its session. */
export function fieldsOf(bars: Bars, timing: Timing): Fields {
  const { time, open, high, low, close, volume } = bars;
  const sessionBar = new Float64Array(time.length);
  calendarColumns.session_bar.fill(timing, startColumn(), time, sessionBar);
  return { time, open, high, low, close, volume, session_bar: sessionBar };
}
