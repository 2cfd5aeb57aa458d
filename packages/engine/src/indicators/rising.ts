import { defineIndicator, length } from "../indicator.js";
import { slideHighest, startSliding } from "../sliding.js";

export const rising = defineIndicator({
  name: "rising",
  summary: "Whether a value is rising",
  description:
    "True where the value is larger than each of the `length` values before it (which need not be rising among " +
    "themselves). A bar without a value starts the window anew.",
  source: "Pine v6 ta.rising",
  formula: "source > max(source[1] … source[length])",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length()],
  outputs: [{ name: "value", type: "bool" }],
  warmup: ([length]) => length,
  lookback: () => 0,
  start: ([length]) => ({ seen: 0, before: NaN, window: startSliding(length) }),
  advance(state, [length], [source], [out], from, to) {
    const { window } = state;
    // The extreme of the values before the bar.
    let { seen, before } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      out[i] = NaN;
      if (value !== value) {
        seen = window.at = 0;
        continue;
      }
      seen++;
      if (seen > length) out[i] = value > before ? 1 : 0;
      before = slideHighest(window, value);
    }
    state.seen = seen;
    state.before = before;
  },
  examples: [
    {
      parameters: [2],
      inputs: { source: [2, 1, 3, 3, null, 1, 2, 3] },
      outputs: { value: [null, null, 1, 0, null, null, null, 1] },
    },
    { parameters: [1], inputs: { source: [4, 4] }, outputs: { value: [null, 0] } },
  ],
});
