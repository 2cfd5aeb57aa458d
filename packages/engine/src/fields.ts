import { once } from "@bitfever/lang";
import type { Bars } from "./bars.js";
import { calendarColumns, startColumn } from "./calendar-columns.js";
import type { Fields } from "./evaluate.js";
import type { Timing } from "./trading-calendar.js";

/** The columns a program can name: those of the bars, and where each bar stands in its session. */
export function fieldsOf(bars: Bars, timing: Timing): Fields {
  const { time, open, high, low, close, volume } = bars;
  const sessionBar = once(() => {
    const column = new Float64Array(time.length);
    calendarColumns.session_bar.fill(timing, startColumn(), time, column);
    return column;
  });
  return {
    time,
    open,
    high,
    low,
    close,
    volume,
    // Not every program asks for it, and it is as long as the bars.
    get session_bar() {
      return sessionBar();
    },
  };
}
