import { BitFeverError } from "@bitfever/runtime";
import type { BarSizeSetting } from "@stoqey/ib";

/** A length of bars that the venue makes, and how much of it may be asked for at once. */
export interface BarSize {
  readonly name: `${BarSizeSetting}`;
  readonly longestMs: number;
}

const [minuteMs, dayMs] = [60_000, 86_400_000];

/** Those that fit into half an hour: longer ones are counted from the hour, not from the open of a session. */
const sizes: readonly (BarSize & { readonly intervalMs: number })[] = [
  { name: "1 min", intervalMs: minuteMs, longestMs: dayMs },
  { name: "2 mins", intervalMs: 2 * minuteMs, longestMs: dayMs },
  { name: "3 mins", intervalMs: 3 * minuteMs, longestMs: dayMs },
  { name: "5 mins", intervalMs: 5 * minuteMs, longestMs: dayMs },
  { name: "10 mins", intervalMs: 10 * minuteMs, longestMs: dayMs },
  { name: "15 mins", intervalMs: 15 * minuteMs, longestMs: dayMs },
  { name: "30 mins", intervalMs: 30 * minuteMs, longestMs: dayMs },
];

/** @throws BitFeverError BF5305 for a length that is not offered */
export function barSizeOf(intervalMs: number, symbol: string): BarSize {
  const found = sizes.find((each) => each.intervalMs === intervalMs);
  if (found !== undefined) return found;
  throw new BitFeverError(
    "BF5305",
    `the venue makes no candles of ${intervalMs / 1_000} seconds for ${symbol}`,
    {
      hint: `it makes ${sizes.map(({ name }) => name).join(", ")}; a program makes longer ones of these`,
    },
  );
}
