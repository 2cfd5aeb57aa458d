import { dayMs, type Zone } from "./data/zone.js";
import { dateOf, weekdayOf, weekOfYear } from "./date.js";
import type { Session, Timing } from "./trading-calendar.js";

/** What a column keeps from one block to the next. Numbers only: a copy is a snapshot. */
export interface ColumnState {
  /** Bars seen so far, of the session or of all. */
  count: number;
  /** The close of the session the last bar belongs to. */
  until: number;
}

export const startColumn = (): ColumnState => ({ count: 0, until: -Infinity });

/** Computes a column for a block of bars that follows the blocks before it; `output` is as long as `time`. */
type Fill = (timing: Timing, state: ColumnState, time: Float64Array, output: Float64Array) => void;

export interface CalendarColumn {
  /** A duration is in milliseconds; a ratio is a plain number. */
  readonly unit: "bars" | "duration" | "ratio" | "bool";
  readonly summary: string;
  readonly fill: Fill;
}

/**
 * Where a bar stands in its session and in the calendar year. None of it looks at a later bar.
 *
 * Times of day and dates are those of the bar's open, by the clocks of the calendar's zone. Distances to the session are
 * those of the bar's close, at which rules decide; a bar that would outlast its session closes with it. A bar whose
 * stamp is a date is a session of its own, and the date is read as it stands, without a zone.
 */
export const calendarColumns = {
  bar_index: {
    unit: "bars",
    summary: "How many bars came before, since the first of the data.",
    fill: barIndex,
  },
  session_bar: {
    unit: "bars",
    summary: "How many bars of the session came before: 0 on its first bar.",
    fill: sessionBar,
  },
  since_open: {
    unit: "duration",
    summary:
      "From the open of the session to the close of the bar; below zero for what trades before the open.",
    fill: ofSession(({ open }, close) => close - open),
  },
  until_close: {
    unit: "duration",
    summary: "From the close of the bar to the close of the session; absent when the calendar has no hours.",
    fill: untilClose,
  },
  is_session_last: {
    unit: "bool",
    summary: "Whether the session is over at the close of the bar, by the calendar.",
    fill: isSessionLast,
  },
  year: { unit: "ratio", summary: "The year.", fill: ofDay((day) => dateOf(day).year) },
  month: { unit: "ratio", summary: "The month, 1 to 12.", fill: ofDay((day) => dateOf(day).month) },
  day: { unit: "ratio", summary: "The day of the month, 1 to 31.", fill: ofDay((day) => dateOf(day).day) },
  day_of_week: { unit: "ratio", summary: "1 on Monday to 7 on Sunday.", fill: ofDay(weekdayOf) },
  week_of_year: {
    unit: "ratio",
    summary: "The week by ISO 8601, 1 to 53: the first has the year's first Thursday.",
    fill: ofDay(weekOfYear),
  },
  hour: { unit: "ratio", summary: "0 to 23.", fill: ofClock((clock) => Math.floor(clock / 3_600_000)) },
  minute: {
    unit: "ratio",
    summary: "0 to 59.",
    fill: ofClock((clock) => Math.floor(clock / 60_000) % 60),
  },
  time_of_day: {
    unit: "duration",
    summary: "From local midnight by the clocks.",
    fill: ofClock((clock) => clock),
  },
} as const satisfies Record<string, CalendarColumn>;

export type CalendarColumnName = keyof typeof calendarColumns;

function barIndex(_timing: Timing, state: ColumnState, time: Float64Array, output: Float64Array): void {
  for (let i = 0; i < time.length; i++) output[i] = state.count++;
}

function sessionBar(timing: Timing, state: ColumnState, time: Float64Array, output: Float64Array): void {
  if (timing.isDated) {
    output.fill(0);
    return;
  }
  let { count, until } = state;
  for (let i = 0; i < time.length; i++) {
    if (time[i] >= until) {
      count = 0;
      until = timing.calendar.sessionAt(time[i]).close;
    }
    output[i] = count++;
  }
  state.count = count;
  state.until = until;
}

function untilClose(timing: Timing, state: ColumnState, time: Float64Array, output: Float64Array): void {
  if (!timing.calendar.hasHours) output.fill(NaN);
  else if (timing.isDated) output.fill(0);
  else distanceToClose(timing, state, time, output);
}

const distanceToClose = ofSession((session, close) => session.close - close);

function isSessionLast(timing: Timing, state: ColumnState, time: Float64Array, output: Float64Array): void {
  if (timing.isDated) output.fill(1);
  else isAtClose(timing, state, time, output);
}

const isAtClose = ofSession((session, close) => (close === session.close ? 1 : 0));

/** A value of a bar's session and of its close; a bar with a date closes with the session of that date. */
function ofSession(value: (session: Session, close: number) => number): Fill {
  return ({ calendar, intervalMs, isDated }, _state, time, output) => {
    if (isDated) {
      for (let i = 0; i < time.length; i++) {
        const session = calendar.sessionFrom(Math.floor(time[i] / dayMs));
        output[i] = value(session, session.close);
      }
      return;
    }
    for (let i = 0; i < time.length;) {
      const session = calendar.sessionAt(time[i]);
      for (; i < time.length && time[i] < session.close; i++) {
        output[i] = value(session, Math.min(time[i] + intervalMs, session.close));
      }
    }
  };
}

/** A value of the date, computed once for each. */
function ofDay(value: (day: number) => number): Fill {
  return (timing, _state, time, output) => {
    const zone = clocksOf(timing);
    let [midnight, found] = [NaN, NaN];
    for (let i = 0; i < time.length; i++) {
      const local = time[i] + zone.offset(time[i]);
      if (!(local >= midnight && local < midnight + dayMs)) {
        const day = Math.floor(local / dayMs);
        midnight = day * dayMs;
        found = value(day);
      }
      output[i] = found;
    }
  };
}

/** A value of the time of day, in milliseconds since midnight by the clocks. */
function ofClock(value: (clock: number) => number): Fill {
  return (timing, _state, time, output) => {
    const zone = clocksOf(timing);
    for (let i = 0; i < time.length; i++) {
      const local = time[i] + zone.offset(time[i]);
      output[i] = value(local - Math.floor(local / dayMs) * dayMs);
    }
  };
}

const asWritten: Pick<Zone, "offset"> = { offset: () => 0 };

const clocksOf = (timing: Timing): Pick<Zone, "offset"> =>
  timing.isDated ? asWritten : timing.calendar.zone;
