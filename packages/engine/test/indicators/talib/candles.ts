import { indicators } from "../../../src/indicators/index.generated.js";
import type { Comparisons } from "./comparison.js";

/** Candlestick patterns. They all have the name that TA-Lib gives them, and at most one parameter. */
export const candles: Comparisons = Object.fromEntries(
  indicators
    .map((each) => each.name)
    .filter((name) => name.startsWith("cdl"))
    .map((ours) => [
      ours.toUpperCase(),
      {
        ours,
        parameters: ({ Penetration: share }) => (share === undefined ? [] : [share]),
        tolerance: 0,
      },
    ]),
);
