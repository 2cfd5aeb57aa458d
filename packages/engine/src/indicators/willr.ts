import { defineIndicator, length } from "../indicator.js";
import { slideHighest, slideLowest, startSliding } from "../sliding.js";

export const willr = defineIndicator({
  name: "willr",
  summary: "Williams' %R",
  description:
    "Where the close lies in the range of the last `length` bars: 0 at its high, -100 at its low; 0 where there is " +
    "no range. A bar without a value starts the window anew.",
  source:
    "Williams, How I Made One Million Dollars Last Year Trading Commodities (1973); TA-Lib 0.6 WILLR, to the bit",
  formula: "−100 × (highest high − close) / (highest high − lowest low)",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  names: { pine: "wpr" },
  fields: ["high", "low", "close"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: ([length]) => ({ seen: 0, highest: startSliding(length), lowest: startSliding(length) }),
  advance(state, [length], [high, low, close], [out], from, to) {
    const { highest, lowest } = state;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (high[i] !== high[i] || low[i] !== low[i] || close[i] !== close[i]) {
        seen = highest.at = lowest.at = 0;
        continue;
      }
      seen++;
      const top = slideHighest(highest, high[i]);
      const step = (top - slideLowest(lowest, low[i])) / -100;
      if (seen >= length) out[i] = step === 0 ? 0 : (top - close[i]) / step;
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [2],
      inputs: { high: [10, 12, 11, 9], low: [8, 9, 7, 9], close: [9, 11, 7, 9] },
      outputs: { value: [null, -25, -100, -50] },
    },
    {
      parameters: [2],
      inputs: { high: [5, 5], low: [5, 5], close: [5, 5] },
      outputs: { value: [null, 0] },
    },
  ],
});
