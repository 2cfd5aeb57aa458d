import { trueRange } from "../directional.js";
import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { highest } from "./highest.js";
import { lowest } from "./lowest.js";
import { rma } from "./rma.js";

export const chande_kroll = defineIndicator({
  name: "chande_kroll",
  summary: "Chande-Kroll stop",
  description:
    "Stops that `factor` average true ranges keep away from the extremes of the last `length` bars: `long` below the highest " +
    "high, `short` above the lowest low, each at its furthest over the last `smooth` bars. The average is Wilder's, as in `atr`.",
  source: "Chande and Kroll, The New Technical Trader (1994)",
  formula:
    "long = highest(highest(high) − factor × atr, smooth); short = lowest(lowest(low) + factor × atr, smooth)",
  memory: "endless",
  seeding:
    "The average true range is the mean of the first `length` ranges, of which the first bar has none.",
  gaps: {
    described:
      "It and the next leave the average true range as it was, and start the windows of the extremes anew.",
  },
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [
    length({ default: 10 }),
    { name: "factor", type: "number", minimum: 0, default: 1 },
    { name: "smooth", type: "bars", minimum: 1, default: 9 },
  ],
  outputs: [
    { name: "long", type: "price" },
    { name: "short", type: "price" },
  ],
  warmup: ([length, , smooth]) => length + smooth - 1,
  lookback: () => 1,
  start: ([length, , smooth]) => ({
    range: startThrough(rma, [length]),
    high: startThrough(highest, [length]),
    low: startThrough(lowest, [length]),
    long: startThrough(highest, [smooth]),
    short: startThrough(lowest, [smooth]),
  }),
  advance(state, [length, factor, smooth], [high, low, close], [long, short], from, to) {
    const average = through(state.range, rma, [length]);
    const top = through(state.high, highest, [length]);
    const bottom = through(state.low, lowest, [length]);
    const longStop = through(state.long, highest, [smooth]);
    const shortStop = through(state.short, lowest, [smooth]);
    for (let i = from; i < to; i++) {
      const distance = factor * average(trueRange(high, low, close, i));
      long[i] = longStop(top(high[i]) - distance);
      short[i] = shortStop(bottom(low[i]) + distance);
    }
  },
  examples: [
    // Ranges 2 and 4.
    {
      parameters: [1, 1, 1],
      inputs: { high: [5, 6, 9], low: [3, 4, 5], close: [4, 5, 8] },
      outputs: { long: [null, 4, 5], short: [null, 6, 9] },
    },
  ],
});
