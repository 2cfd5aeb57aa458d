import { zoneOf } from "@bitfever/runtime";

/** A time as TWS takes it whatever its own zone is: `20260105-15:30:00`, in UTC and whole seconds. */
export const utcText = (time: number): string => {
  const [date, clock] = new Date(time).toISOString().slice(0, 19).split("T");
  return `${date.replaceAll("-", "")}-${clock}`;
};

/** A time as TWS tells it: `20260105 10:30:00 US/Eastern`. */
export const zonedText = (time: number, zone: string): string =>
  `${utcText(time + zoneOf(zone).offset(time)).replace("-", " ")} ${zone}`;

const pattern = /^(\d{4})(\d\d)(\d\d)[- ]+(\d\d):(\d\d):(\d\d)(?: +(\S+))?$/;

/**
 * What a time of TWS is in milliseconds UTC; NaN for a text that says none. Of two readings, where clocks go back, it is the
 * first.
 *
 * @param zone  in which a time is that says neither a zone nor, by its dash, UTC
 */
export function timeOf(text: string, zone = "UTC"): number {
  const found = pattern.exec(text);
  if (found === null) return NaN;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const name = found[7] ?? (text.includes("-") ? "UTC" : zone);
  return zoneOf(name).toUtc(local, -Infinity);
}
