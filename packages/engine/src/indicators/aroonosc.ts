import { defineIndicator, length } from "../indicator.js";
import { slideAgeOfHighest, slideAgeOfLowest, startSlidingAge } from "../sliding-age.js";

export const aroonosc = defineIndicator({
  name: "aroonosc",
  summary: "Aroon oscillator",
  description:
    "The `up` of `aroon` less its `down`, from -100 to 100: positive where the highest high of this bar and the " +
    "`length` before it is newer than the lowest low. A bar without a value starts the window anew.",
  source: "Chande (1995); TA-Lib 0.6 AROONOSC, to the bit",
  formula: "aroon up − aroon down",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  fields: ["high", "low"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length,
  lookback: () => 0,
  start: ([length]) => ({
    seen: 0,
    highest: startSlidingAge(length + 1),
    lowest: startSlidingAge(length + 1),
  }),
  advance(state, [length], [high, low], [out], from, to) {
    const percent = 100 / length;
    const { highest, lowest } = state;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      if (high[i] !== high[i] || low[i] !== low[i]) {
        seen = highest.at = lowest.at = 0;
        continue;
      }
      seen++;
      const highAge = slideAgeOfHighest(highest, high[i]);
      const lowAge = slideAgeOfLowest(lowest, low[i]);
      if (seen > length) out[i] = percent * (lowAge - highAge);
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [2],
      inputs: { high: [5, 7, 6, 6, 6], low: [3, 4, 4, 5, 3] },
      outputs: { value: [null, null, 50, -50, 0] },
    },
  ],
});
