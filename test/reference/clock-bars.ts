import { intervalMs as lengthOf } from "@bitfever/lang";
import type { Bars, Calendar, Timing } from "@bitfever/engine";

const dayMs = 86_400_000;

interface Bar {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** The bars of one clock, and when each was seen to be over. */
export interface ClockBars {
  readonly timing: Timing;
  readonly bars: readonly Bar[];
  /** The bar of the strategy's clock at whose close each of them is closed. */
  readonly closedBy: readonly number[];
  /** How many of them are closed at the close of a bar of the strategy's clock. */
  readonly closedAt: (bar: number) => number;
}

export function ownBars(bars: Bars, timing: Timing): ClockBars {
  return {
    timing,
    bars: rowsOf(bars),
    closedBy: Array.from({ length: bars.length }, (_, i) => i),
    closedAt: (bar) => bar + 1,
  };
}

/**
 * The bars of a slower clock: the base bars of one period make one. It is over when a base bar closes at the end of its
 * period or beyond, or when one of a later period has come.
 */
export function slowerBars(interval: string, base: Bars, timing: Timing): ClockBars {
  const rows = rowsOf(base);
  const ends = rows.map(({ time }) => endOfPeriod(interval, time, timing));
  const periods = [...new Set(ends)];
  const closedAt = (bar: number): number => {
    const isOver = (end: number): boolean =>
      end < ends[bar] || (end === ends[bar] && rows[bar].time + timing.intervalMs >= end);
    return periods.filter(isOver).length;
  };
  const bars = periods.map((end) => joined(rows.filter((_, i) => ends[i] === end)));
  const all = rows.map((_, i) => i);
  const closedBy = periods
    .map((_, k) => all.find((i) => closedAt(i) > k))
    .filter((each) => each !== undefined);
  return {
    timing: { ...timing, intervalMs: lengthOf(interval) ?? Infinity },
    bars: bars.slice(0, closedBy.length),
    closedBy,
    closedAt,
  };
}

const rowsOf = ({ time, open, high, low, close, volume }: Bars): Bar[] =>
  Array.from(time, (at, i) => ({
    time: at,
    open: open[i],
    high: high[i],
    low: low[i],
    close: close[i],
    volume: volume[i],
  }));

/** What is absent is left out. */
function joined(rows: readonly Bar[]): Bar {
  const those = (name: keyof Bar): number[] =>
    rows.map((each) => each[name]).filter((each) => !Number.isNaN(each));
  const some = (values: number[], fold: (values: number[]) => number): number =>
    values.length === 0 ? NaN : fold(values);
  return {
    time: rows[0].time,
    open: some(those("open"), ([first]) => first),
    high: some(those("high"), (values) => Math.max(...values)),
    low: some(those("low"), (values) => Math.min(...values)),
    close: some(those("close"), (values) => values[values.length - 1]),
    volume: some(those("volume"), (values) => values.reduce((sum, each) => sum + each, 0)),
  };
}

function endOfPeriod(interval: string, time: number, { calendar, intervalMs, isDated }: Timing): number {
  if (isDated) {
    const { day } = calendar.sessionFrom(Math.floor(time / dayMs));
    return (lastSession(interval, day, calendar) + 1) * dayMs;
  }
  const session = calendar.sessionAt(time);
  const length = lengthOf(interval);
  if (length === null || length >= dayMs)
    return calendar.sessionFrom(lastSession(interval, session.day, calendar)).close;
  // Counted from the open, and again from the end of the break; a part ends with the break or the close.
  const { open, close, pause } = session;
  const isAfter = pause !== null && time >= pause.from;
  const from = isAfter ? pause.to : open;
  const until = pause === null || isAfter ? close : pause.from;
  const start = time < from && time + intervalMs > from ? from : time;
  let end = from;
  while (end <= start) end += length;
  while (end - length > start) end -= length;
  return Math.min(end, until);
}

/** The day of the last session in the day, week or month of the session of a day. */
function lastSession(interval: string, day: number, calendar: Calendar): number {
  if (interval === "1d") return day;
  const isSame = interval === "1w" ? weekOf : monthOf;
  let last = day;
  for (let next = day + 1; next <= day + 31; next++)
    if (isSame(next) === isSame(day) && calendar.sessionFrom(next).day === next) last = next;
  return last;
}

/** Weeks begin on Monday; 5 January 1970 was one. */
const weekOf = (day: number): number => Math.floor((day - 4) / 7);
const monthOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 7);
