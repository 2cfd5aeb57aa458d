import { BitFeverError, intervalMs as lengthOf, intervalName } from "@bitfever/lang";
import type { BarColumns } from "./bars.js";
import { dayMs } from "./data/zone.js";
import { monthOf, weekOf } from "./date.js";
import type { Session, Timing } from "./trading-calendar.js";

/** What a clock keeps from one block to the next. Numbers only: a copy is a snapshot. */
export interface ClockState {
  /** Slower bars closed so far. */
  closed: number;
  /** 1 while the bar below takes in base bars, 0 when it has closed (or there was none yet). */
  isOpen: number;
  /** The bar that is open or was the last to close. */
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** The instant at which its period ends; for daily bars the midnight behind the period's last date. */
  end: number;
}

/** What a block of base bars did to a slower clock. */
export interface ClockBlock {
  /** The slower bars that closed within the block, oldest first. */
  readonly closed: BarColumns;
  /** For each base bar, how many slower bars had closed by its close since the start of history. */
  readonly closedCount: Float64Array;
  /** For each base bar, the slower bar it belongs to as far as that had come by its close. */
  readonly forming: BarColumns;
}

/**
 * Builds the bars of a slower clock from base bars, a block at a time; the results do not depend on the cut.
 *
 * A slower bar holds the base bars that open within its period. It carries the open time of the first of them; a period
 * without base bars has no bar. It is closed at the first base bar whose close (open plus interval) reaches the end of
 * the period that the calendar tells; when the bars at the end are missing, it closes before the first base bar of a
 * later period, and is closed for that one. It never changes after it closed. The first may lack the part of its period
 * that lies before history.
 *
 * Periods of less than a day are counted from the open of the session, and again from the end of a lunch break; the last
 * one before a break or a close ends with it. `1d` is a session, `1w` the sessions whose dates lie between a Monday and
 * a Sunday, `1mo` those of a month. What trades between sessions belongs to the one that follows. The stamp of a daily
 * base bar is the date of its session. The clock of the base interval is the base bars themselves.
 *
 * Absent prices and volumes are left out; a bar of none but absent ones is absent.
 */
export class ClockBuilder {
  private state: ClockState = {
    ...{ closed: 0, isOpen: 0, end: -Infinity },
    ...{ time: NaN, open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN },
  };
  /** That of the slower bars: their stamps are instants where those of the base are. */
  readonly timing: Timing;
  private readonly periodEnd: (time: number) => number;

  /**
   * @param interval `15m`, `4h`, any length below a day; `1d`, `1w`, `1mo`
   * @throws BitFeverError BF5045 when bars of that interval cannot be built from the base bars
   */
  constructor(
    interval: string,
    private readonly base: Timing,
  ) {
    const lengthMs = slowerLength(interval, base.intervalMs);
    this.timing = { ...base, intervalMs: lengthMs };
    this.periodEnd = periodsOf(lengthMs, base);
  }

  /** Takes in the base bars `[from, to)` of the columns, which follow those taken in so far. */
  advance(bars: BarColumns, from: number, to: number): ClockBlock {
    const baseMs = this.base.intervalMs;
    // In variables of the loop the bar is three times as fast as in the state.
    let { closed, isOpen, time, open, high, low, close, volume, end } = this.state;
    const done = barLists();
    const forming = barsOfLength(to - from);
    const closedCount = new Float64Array(to - from);

    for (let i = 0, at = from; at < to; i++, at++) {
      const start = bars.time[at];
      // One that reaches over the end of what trades before an open counts from there, and ends it.
      const isNext = start >= end || (start + baseMs > end && this.periodEnd(start) !== end);
      if (isOpen === 1 && isNext) {
        push(done, time, open, high, low, close, volume);
        closed++;
        isOpen = 0;
      }
      if (isOpen === 0) {
        end = this.periodEnd(start);
        isOpen = 1;
        time = start;
        open = high = low = close = volume = NaN;
      }
      if (Number.isNaN(open)) open = bars.open[at];
      if (Number.isNaN(high) || bars.high[at] > high) high = bars.high[at];
      if (Number.isNaN(low) || bars.low[at] < low) low = bars.low[at];
      if (!Number.isNaN(bars.close[at])) close = bars.close[at];
      if (!Number.isNaN(bars.volume[at])) volume = (Number.isNaN(volume) ? 0 : volume) + bars.volume[at];
      if (start + baseMs >= end) {
        push(done, time, open, high, low, close, volume);
        closed++;
        isOpen = 0;
      }
      closedCount[i] = closed;
      forming.time[i] = time;
      forming.open[i] = open;
      forming.high[i] = high;
      forming.low[i] = low;
      forming.close[i] = close;
      forming.volume[i] = volume;
    }
    this.state = { closed, isOpen, time, open, high, low, close, volume, end };
    return { closed: columnsOfLists(done), closedCount, forming };
  }

  snapshot(): ClockState {
    return { ...this.state };
  }

  /** Takes the place of the builder the snapshot was made of. Interval and base must be the same. */
  restore(snapshot: ClockState): void {
    this.state = { ...snapshot };
  }
}

const weekMs = 7 * dayMs;
/** Longer than any week; months have no length. */
const monthMs = Infinity;

type BarLists = Readonly<Record<keyof BarColumns, number[]>>;

const barLists = (): BarLists => ({ time: [], open: [], high: [], low: [], close: [], volume: [] });

function push(
  lists: BarLists,
  ...[time, open, high, low, close, volume]: readonly [number, number, number, number, number, number]
): void {
  lists.time.push(time);
  lists.open.push(open);
  lists.high.push(high);
  lists.low.push(low);
  lists.close.push(close);
  lists.volume.push(volume);
}

const columnsOfLists = ({ time, open, high, low, close, volume }: BarLists): BarColumns => ({
  time: Float64Array.from(time),
  open: Float64Array.from(open),
  high: Float64Array.from(high),
  low: Float64Array.from(low),
  close: Float64Array.from(close),
  volume: Float64Array.from(volume),
});

const barsOfLength = (length: number): BarColumns => ({
  time: new Float64Array(length),
  open: new Float64Array(length),
  high: new Float64Array(length),
  low: new Float64Array(length),
  close: new Float64Array(length),
  volume: new Float64Array(length),
});

function slowerLength(interval: string, baseMs: number): number {
  const length = interval === "1mo" ? monthMs : lengthOf(interval);
  if (length === null || length === 0 || (length > dayMs && length !== weekMs && length !== monthMs)) {
    throw new BitFeverError("BF5045", `"${interval}" is no interval of a slower clock`, {
      hint: "a slower clock is less than a day long, such as 15m or 4h, or it is 1d, 1w or 1mo",
    });
  }
  const isBuilt = length >= baseMs && baseMs <= dayMs && (length >= dayMs || !(length % baseMs > 0));
  if (!isBuilt && length !== baseMs) {
    throw new BitFeverError(
      "BF5045",
      `bars of ${interval} cannot be built from bars of ${intervalName(baseMs)}`,
      {
        hint: "a slower clock is a whole multiple of the clock of the strategy",
      },
    );
  }
  return length;
}

/** For the open time of a base bar, the end of the period it belongs to. */
function periodsOf(length: number, { calendar, intervalMs, isDated }: Timing): (time: number) => number {
  if (length === intervalMs) return (time) => time; // each base bar reaches it by itself
  const groupOf = length === monthMs ? monthOf : length === weekMs ? weekOf : (day: number): number => day;
  /** The last session of the day, week or month that a session lies in. */
  const lastWith = (session: Session): Session => {
    const group = groupOf(session.day);
    for (;;) {
      const next = calendar.sessionFrom(session.day + 1);
      if (groupOf(next.day) !== group) return session;
      session = next;
    }
  };
  if (isDated) {
    return (time) => (lastWith(calendar.sessionFrom(Math.floor(time / dayMs))).day + 1) * dayMs;
  }
  if (length >= dayMs) return (time) => lastWith(calendar.sessionAt(time)).close;
  return (time) => partEnd(calendar.sessionAt(time), time, length, intervalMs);
}

/** The end of the part of a session, so many milliseconds long, in which a base bar lies. */
function partEnd({ open, close, pause }: Session, time: number, length: number, baseMs: number): number {
  let [from, until] = [open, close];
  if (pause !== null) {
    if (time < pause.from) until = pause.from;
    else from = pause.to;
  }
  // A bar that spans the open counts from there: hourly bars by the clock have one at 09:00 for an open at 09:30.
  const start = time < from && time + baseMs > from ? from : time;
  return Math.min(from + (Math.floor((start - from) / length) + 1) * length, until);
}
