import type { AdjustedBy } from "@bitfever/engine";

const views: Readonly<Record<AdjustedBy["view"], string>> = {
  splits: "prices in shares of the last bar, dividends in cash",
  none: "prices as traded, splits and dividends at their opens",
  total_return: "prices with dividends in them",
};

/** In what prices a run is told: `prices as traded …: 1 split, 7 dividends`. */
export function adjustmentText({ view, splits, dividends, outside }: AdjustedBy): string {
  const counted = [count(splits, "split"), count(dividends, "dividend")].join(", ");
  return `${views[view]}: ${counted}${outside === 0 ? "" : `; ${outside} outside the bars`}`;
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;
