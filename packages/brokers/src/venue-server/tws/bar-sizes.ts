const [secondMs, minuteMs, hourMs, dayMs] = [1_000, 60_000, 3_600_000, 86_400_000];

/** How the server calls the lengths of bars that it makes. */
export const barSizes: Readonly<Record<string, number | undefined>> = {
  "1 min": minuteMs,
  "2 mins": 2 * minuteMs,
  "3 mins": 3 * minuteMs,
  "5 mins": 5 * minuteMs,
  "10 mins": 10 * minuteMs,
  "15 mins": 15 * minuteMs,
  "20 mins": 20 * minuteMs,
  "30 mins": 30 * minuteMs,
  "1 hour": hourMs,
};

const units: Readonly<Record<string, number | undefined>> = {
  S: secondMs,
  D: dayMs,
  W: 7 * dayMs,
  M: 30 * dayMs,
  Y: 365 * dayMs,
};

/** Such as `3600 S`; undefined for a text that says no duration. */
export function durationOf(text: string): number | undefined {
  const [count, unit] = text.split(" ");
  const unitMs = units[unit ?? ""];
  return unitMs === undefined || !(Number(count) > 0) ? undefined : Number(count) * unitMs;
}
