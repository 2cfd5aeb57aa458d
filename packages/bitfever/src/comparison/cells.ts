import { absent, formatPlain, formatSigned } from "../report/format.js";
import { valueText } from "../report/metric-text.js";
import type { ComparedMetric, Difference, FactValue } from "./compare.js";

// What a comparison says, as text for every kind of table.

/** The value of a run. */
export const valueCell = ({ unit, values }: ComparedMetric, run: number): string => {
  const value = values[run];
  return value === null ? absent : valueText(value, unit, 2, false);
};

/** How far it is from the first; of percents in points. */
export function differenceCell({ unit, differences }: ComparedMetric, run: number): string {
  const difference = differences[run];
  if (difference === null) return absent;
  return unit === "ratio" ? `${formatSigned(difference * 100, 2)} pp` : valueText(difference, unit, 2, true);
}

/** Whether a run is better than the first in it; null where nobody can say. */
export function isBetter({ better, differences }: ComparedMetric, run: number): boolean | null {
  const difference = differences[run];
  if (better === "neither" || difference === null || difference === 0) return null;
  return difference > 0 === (better === "higher");
}

export const differenceName = ({ of, name }: Difference): string => `${of} ${name}`;

export function factText(value: FactValue): string {
  if (value === null) return absent;
  if (typeof value === "number") return formatPlain(value);
  return String(value)
    .replace(/^sha256:(\w{12})\w+$/, "$1")
    .replace(/T00:00:00(\.000)?Z$/, "");
}
