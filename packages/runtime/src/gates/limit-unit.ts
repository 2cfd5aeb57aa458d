import { BitFeverError, intervalMs, intervalName } from "@bitfever/lang";

/** In what the limit of a gate is given; `hours` and `events` are no numbers. */
export type LimitUnit = NumberUnit | "hours" | "events";

export type NumberUnit = "units" | "money" | "share" | "lost share" | "count" | "duration";

/** What a limit in a unit may be, in words. */
export const unitWords: Readonly<Record<LimitUnit, string>> = {
  units: "a number of units",
  money: "money of the account",
  share: "a share such as 0.5 or 50%",
  "lost share": "a share up to 1, such as 0.05 or 5%",
  count: "a whole number",
  duration: "milliseconds, or a time such as 90s or 5m",
  hours: "`hours`: a calendar, or a zone and windows",
  events: "`events`: names with their times",
};

/**
 * A limit as a number in its unit; a share as it is, a duration in milliseconds.
 *
 * @throws BitFeverError BF5172
 */
export function readLimit(given: number | string | undefined, unit: NumberUnit, place: string): number {
  const value = typeof given === "string" ? ofText(given.trim(), unit) : given;
  const isRight =
    typeof value === "number" &&
    value >= 0 &&
    value < Infinity &&
    !(unit === "count" && !Number.isInteger(value)) &&
    !(unit === "lost share" && value > 1);
  if (isRight) return value;
  const found = given === undefined ? "there is no `most`" : `\`most\` cannot be ${String(given)}`;
  throw new BitFeverError("BF5172", `${place}: ${found}`, {
    hint: `it is ${unitWords[unit]}, and not below 0`,
  });
}

/** A value in its unit, for people. */
export function writtenLimit(value: number, unit: NumberUnit): string {
  if (Number.isNaN(value)) return "unknown";
  switch (unit) {
    case "share":
    case "lost share":
      return `${rounded(value * 100)}%`;
    case "duration":
      return value > 0 && Number.isInteger(value) ? intervalName(value) : `${rounded(value)}ms`;
    default:
      return String(rounded(value));
  }
}

function ofText(text: string, unit: NumberUnit): number {
  if (unit === "duration" && !/^\d+$/.test(text)) return intervalMs(text) ?? NaN;
  const isShare = unit === "share" || unit === "lost share";
  if (isShare && text.endsWith("%")) return numberOf(text.slice(0, -1)) / 100;
  return numberOf(text);
}

const numberOf = (text: string): number => (/^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : NaN);

/** Ten digits: what arithmetic leaves behind is not for people. */
const rounded = (value: number): number => Number(value.toPrecision(10));
