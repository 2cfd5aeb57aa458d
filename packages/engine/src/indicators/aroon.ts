import { defineIndicator, length } from "../indicator.js";
import { slideAgeOfHighest, slideAgeOfLowest, startSlidingAge } from "../sliding-age.js";

export const aroon = defineIndicator({
  name: "aroon",
  summary: "Aroon",
  description:
    "How recent the lowest low (`down`) and the highest high (`up`) of this bar and the `length` before it are: 100 " +
    "on this bar, 0 on the oldest; of equal extremes the newest counts. A bar without a value starts the window anew.",
  source: "Chande (1995); TA-Lib 0.6 AROON, to the bit",
  formula:
    "up = 100 × (length − age of the highest high) / length; down = 100 × (length − age of the lowest low) / length",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  fields: ["high", "low"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [
    { name: "down", type: "ratio" },
    { name: "up", type: "ratio" },
  ],
  warmup: ([length]) => length,
  lookback: () => 0,
  start: ([length]) => ({
    seen: 0,
    highest: startSlidingAge(length + 1),
    lowest: startSlidingAge(length + 1),
  }),
  advance(state, [length], [high, low], [down, up], from, to) {
    const percent = 100 / length;
    const { highest, lowest } = state;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      down[i] = up[i] = NaN;
      if (high[i] !== high[i] || low[i] !== low[i]) {
        seen = highest.at = lowest.at = 0;
        continue;
      }
      seen++;
      const highAge = slideAgeOfHighest(highest, high[i]);
      const lowAge = slideAgeOfLowest(lowest, low[i]);
      if (seen <= length) continue;
      down[i] = percent * (length - lowAge);
      up[i] = percent * (length - highAge);
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [2],
      inputs: { high: [5, 7, 6, 6, 6], low: [3, 4, 4, 5, 3] },
      outputs: { down: [null, null, 0, 50, 100], up: [null, null, 50, 0, 100] },
    },
  ],
});
