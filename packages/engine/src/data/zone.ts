import { BitFeverError } from "@bitfever/lang";

/** An IANA time zone, with the two questions data ask of it. */
export interface Zone {
  readonly name: string;
  /** What the clocks of the zone are ahead of UTC at that instant, in milliseconds. */
  readonly offset: (utc: number) => number;
  /** The offset of all instants from the day before to the day after a day of the zone (counted from 1970); NaN when it changes. */
  readonly offsetAround: (day: number) => number;
  /**
   * The instant at which the zone's clocks read `local` (milliseconds since 1970 as if the clock were UTC).
   * When clocks go back one reading stands for two instants: the first of them that is later than `after`.
   * When clocks go forward some readings never occur: NaN.
   */
  readonly toUtc: (local: number, after: number) => number;
  /** The first instant at which the zone's clocks have come to `local` or jumped over it. */
  readonly reached: (local: number) => number;
}

export const dayMs = 86_400_000;

/**
 * @param name IANA name: `UTC`, `America/New_York`
 * @throws BitFeverError BF5040 when there is no such zone
 */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (zone === undefined) zones.set(name, (zone = makeZone(name)));
  return zone;
}

const zones = new Map<string, Zone>();

/** One day of UTC: the offset at its start, and where it changes inside, if it does. */
interface ZoneDay {
  readonly before: number;
  readonly change: number;
  readonly after: number;
}

// Intl answers in a microsecond or two, far too slow for every bar. It is asked once a day; only where the answers of
// two days differ is the instant between them searched. That supposes at most one change in a day of UTC.
function makeZone(name: string): Zone {
  const ask = offsetSource(name);
  const days = new Map<number, ZoneDay>();
  const starts = new Map<number, number>();
  let lastDay = NaN;
  let last: ZoneDay = { before: 0, change: Infinity, after: 0 };

  const offsetAtStart = (day: number): number => {
    let offset = starts.get(day);
    if (offset === undefined) starts.set(day, (offset = ask(day * dayMs)));
    return offset;
  };

  const dayOf = (day: number): ZoneDay => {
    let found = days.get(day);
    if (found === undefined) {
      const before = offsetAtStart(day);
      const after = offsetAtStart(day + 1);
      const change = before === after ? Infinity : changeBetween(ask, day * dayMs, (day + 1) * dayMs);
      days.set(day, (found = { before, change, after }));
    }
    return found;
  };

  const offset = (utc: number): number => {
    const day = Math.floor(utc / dayMs);
    if (day !== lastDay) {
      last = dayOf(day);
      lastDay = day;
    }
    return utc < last.change ? last.before : last.after;
  };

  const offsetAround = (day: number): number => {
    const first = offsetAtStart(day - 1);
    for (let next = day; next <= day + 2; next++) if (offsetAtStart(next) !== first) return NaN;
    return first;
  };

  const toUtc = (local: number, after: number): number => {
    const before = offset(local - dayMs);
    const behind = offset(local + dayMs);
    const first = local - Math.max(before, behind);
    const second = local - Math.min(before, behind);
    const isFirst = first + offset(first) === local;
    const isSecond = second + offset(second) === local;
    if (isFirst && (first > after || !isSecond)) return first;
    return isSecond ? second : NaN;
  };

  const reached = (local: number): number => {
    const utc = toUtc(local, -Infinity);
    if (!Number.isNaN(utc)) return utc;
    const { change } = dayOf(Math.floor((local - offset(local + dayMs)) / dayMs));
    return change < Infinity ? change : dayOf(Math.floor((local - offset(local - dayMs)) / dayMs)).change;
  };

  return { name, offset, offsetAround, toUtc, reached };
}

/** The offset of a zone from the names Intl gives it: `GMT`, `GMT-05:00`, `GMT-04:56:02`. */
function offsetSource(name: string): (utc: number) => number {
  if (name === "UTC") return () => 0;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
  } catch (cause) {
    const hint = "zones have IANA names such as UTC, America/New_York, Europe/Berlin or Asia/Kolkata";
    throw new BitFeverError("BF5040", `there is no time zone "${name}"`, { hint, cause });
  }
  return (utc) => {
    const found = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(utc));
    if (found?.[1] === undefined) return 0;
    const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
    return (found[1] === "-" ? -seconds : seconds) * 1000;
  };
}

/** The first instant in `(from, to]` with the offset of `to`. */
function changeBetween(ask: (utc: number) => number, from: number, to: number): number {
  const offset = ask(to);
  let [low, high] = [from, to];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (ask(middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}
