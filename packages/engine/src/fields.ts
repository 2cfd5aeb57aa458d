import type { Bars } from "./bars.js";
import { sessionBars } from "./calendar.js";
import type { Fields } from "./evaluate.js";

/** The columns a program can name: those of the bars, and where each bar stands in its session. */
export function fieldsOf(bars: Bars, session: { readonly zone: string; readonly start: string }): Fields {
  const { time, open, high, low, close, volume } = bars;
  return { time, open, high, low, close, volume, session_bar: sessionBars(time, session) };
}
