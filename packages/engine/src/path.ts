/** How prices are thought to have moved inside a bar, which only shows four of them. */
export const pathNames = ["nearest", "ohlc", "olhc", "worst", "best"] as const;
export type PathName = (typeof pathNames)[number];

/**
 * Whether the high of a bar comes before its low.
 *
 * `nearest` is TradingView's rule: the extreme nearer to the open comes first, at equal distances the low. Give it the
 * prices as the data have them, not ticks: TradingView compares doubles, so that where two distances are equal in
 * decimals their last bits decide (2425.21 between 2423.99 and 2426.43 goes up first). Its trade lists show both.
 *
 * `worst` and `best` are seen from the position held after the open: the unkind reading of a long position meets its
 * stop, the low, first.
 */
export function highFirst(
  path: PathName,
  open: number,
  high: number,
  low: number,
  position: number,
): boolean {
  switch (path) {
    case "nearest":
      return high - open < open - low;
    case "ohlc":
      return true;
    case "olhc":
      return false;
    case "worst":
      return position < 0;
    case "best":
      return position > 0;
  }
}
