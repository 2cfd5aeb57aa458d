import { BitFeverError } from "@bitfever/lang";
import type { Bars } from "./bars.js";
import { dayMs, zoneOf } from "./data/zone.js";

export interface SessionOptions {
  /** IANA name of the zone in which sessions are days. */
  readonly zone: string;
  /** `HH:MM` at which a session begins by the clocks of the zone: "18:00" in New York for most US futures. */
  readonly start?: string;
}

/**
 * For each bar, how many bars of its session came before it: 0 on the first.
 *
 * A session begins at the first instant of a local day at which the clocks have reached `start`, and lasts until the
 * next one does: 23 or 25 hours where clocks change. Bars that are all a day or more apart are sessions of their own,
 * whatever the zone: the stamp of a daily bar names its session and is no instant.
 *
 * @param time strictly increasing, milliseconds since 1970 UTC
 * @throws BitFeverError BF5040 for an unknown zone, BF5042 for a start that is no time of day
 */
export function sessionBars(
  time: Float64Array,
  { zone: name, start = "00:00" }: SessionOptions,
): Float64Array {
  const zone = zoneOf(name);
  const startMs = timeOfDay(start);
  const position = new Float64Array(time.length);
  if (areDaily(time)) return position;

  let end = -Infinity;
  for (let i = 0, count = 0; i < time.length; i++) {
    if (time[i] >= end) {
      count = 0;
      end = sessionEnd(time[i]);
    }
    position[i] = count++;
  }
  return position;

  function sessionEnd(utc: number): number {
    let day = Math.floor((utc + zone.offset(utc) - startMs) / dayMs) + 1;
    let next = zone.reached(day * dayMs + startMs);
    // Where clocks go back over the start they read an earlier session again; it has ended all the same.
    while (next <= utc) next = zone.reached(++day * dayMs + startMs);
    return next;
  }
}

/** The index of the last bar of each session, from what `sessionBars` returned. */
export function sessionEnds(sessionBar: Float64Array): Int32Array {
  const ends: number[] = [];
  for (let i = 1; i <= sessionBar.length; i++) {
    if (i === sessionBar.length || sessionBar[i] === 0) ends.push(i - 1);
  }
  return Int32Array.from(ends);
}

/**
 * How many sessions a year has: 365 for what trades every day of the week, else 252.
 *
 * Counted over the UTC days that have a bar: Saturdays and Sundays must each be at least one day in fourteen, half of
 * what a market that never closes shows. Both are asked for because exchanges elsewhere keep a week from Sunday to
 * Thursday, currencies open on Sunday evening, and late trading of a Friday runs into Saturday by UTC. Less than a
 * week of bars therefore says 252.
 */
export function sessionsPerYear({ time }: Pick<Bars, "time">): 252 | 365 {
  const days = [0, 0, 0, 0, 0, 0, 0];
  let total = 0;
  for (let i = 0, last = NaN; i < time.length; i++) {
    const day = Math.floor(time[i] / dayMs);
    if (day === last) continue;
    last = day;
    total++;
    days[(((day + 4) % 7) + 7) % 7]++; // 1 January 1970 was a Thursday
  }
  const [sunday, , , , , , saturday] = days;
  return total > 0 && Math.min(sunday, saturday) * 14 >= total ? 365 : 252;
}

function areDaily(time: Float64Array): boolean {
  for (let i = 1; i < time.length; i++) if (time[i] - time[i - 1] < dayMs) return false;
  return true;
}

function timeOfDay(text: string): number {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (found === null) {
    throw new BitFeverError("BF5042", `"${text}" is not a time of day at which a session can start`, {
      hint: 'write hours and minutes, 24 hours a day: "18:00"',
    });
  }
  return (Number(found[1]) * 60 + Number(found[2])) * 60_000;
}
