import { zoneOf } from "@bitfever/runtime";

/** A time as TWS takes it whatever its own zone is: `20260105-15:30:00`, in UTC and whole seconds. */
export const utcText = (time: number): string => {
  const [date, clock] = new Date(time).toISOString().slice(0, 19).split("T");
  return `${date.replaceAll("-", "")}-${clock}`;
};

/** A time as TWS tells it: `20260105 10:30:00 US/Eastern`. */
export const zonedText = (time: number, zone: string): string =>
  `${utcText(time + zoneOf(zone).offset(time)).replace("-", " ")} ${zone}`;

const pattern = /^(\d{4})(\d\d)(\d\d)(-| +)(\d\d):(\d\d):(\d\d)(?: +(\S+))?$/;

/**
 * What a time of TWS is in milliseconds UTC; NaN for a text that does not say its zone, by name or, for UTC, by its dash. Where
 * clocks go back, the first of two readings.
 */
export function timeOf(text: string): number {
  const found = pattern.exec(text);
  const name = found?.[8] ?? (found?.[4] === "-" ? "UTC" : undefined);
  if (found === null || name === undefined) return NaN;
  const [year, month, day] = found.slice(1, 4).map(Number);
  const [hour, minute, second] = found.slice(5, 8).map(Number);
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  try {
    return zoneOf(name).toUtc(local, -Infinity);
  } catch {
    return NaN;
  }
}
