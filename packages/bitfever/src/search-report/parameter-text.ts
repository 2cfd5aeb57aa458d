import { absent, formatDuration, formatPlain } from "../report/format.js";
import type { PageParameter } from "../report/page-data.js";

// Used on both sides, in Node and in the page: nothing here may need either.

/** A value of a parameter for people: what is no whole number to four digits. */
export function parameterText(
  { names, isDuration }: Pick<PageParameter, "names" | "isDuration">,
  value: number,
): string {
  if (Number.isNaN(value)) return absent;
  if (names !== null) return names[value] ?? "";
  return isDuration
    ? formatDuration(value)
    : formatPlain(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
}
