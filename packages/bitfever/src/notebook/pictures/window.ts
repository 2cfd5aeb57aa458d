import { BitFeverError } from "@bitfever/lang";
import { dayMs, firstNotBefore, type Bars } from "@bitfever/engine";

/** The bars `[from, to)`. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** So many bars can be told apart side by side. */
const usualBars = 180;

/**
 * The bars that are asked for, by day or instant in ISO-8601 UTC, both included; without either end the last ones.
 *
 * @throws BitFeverError BF5353 for a time that is none, and where there is no bar
 */
export function windowOf(
  { time, length, symbol }: Bars,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): Window {
  const start = from === undefined ? null : instantOf("from", from);
  const end = to === undefined ? Infinity : instantOf("to", to) + (isDay(to) ? dayMs - 1 : 0);
  const last = firstNotBefore(0, length, (bar) => time[bar] <= end);
  const first =
    start === null ? Math.max(0, last - usualBars) : firstNotBefore(0, length, (bar) => time[bar] < start);
  if (first < last) return { from: first, to: last };
  throw new BitFeverError(
    "BF5353",
    `${symbol} has no bar from ${from ?? "its first one"} to ${to ?? "its last one"}`,
    {
      hint:
        length === 0
          ? "there are no bars at all"
          : `its bars go from ${isoOf(time[0])} to ${isoOf(time[length - 1])}`,
    },
  );
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
const isoOf = (time: number): string => new Date(time).toISOString();

function instantOf(name: string, text: string): number {
  const zoned = isDay(text) || /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`;
  const time = Date.parse(zoned);
  if (!Number.isNaN(time)) return time;
  throw new BitFeverError("BF5353", `\`${name}\` is ${JSON.stringify(text)}, which is no time`, {
    hint: "write a day, 2024-03-01, or an instant, 2024-03-01T14:30Z",
  });
}
