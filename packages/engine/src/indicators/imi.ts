import { defineIndicator, length } from "../indicator.js";

export const imi = defineIndicator({
  name: "imi",
  summary: "Intraday momentum index",
  description:
    "The rises from open to close over the last `length` bars, in percent of rises and falls together, from 0 to " +
    "100; 0 where every bar closed at its open (TA-Lib has no number there). A bar without a value starts the window " +
    "anew.",
  source: "Chande and Kroll, The New Technical Trader (1994); TA-Lib 0.6 IMI, to the bit",
  fields: ["open", "close"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0 }),
  advance(state, [length], [open, close], [out], from, to) {
    let { seen } = state;
    for (let i = from; i < to; i++) {
      const isMissing = open[i] !== open[i] || close[i] !== close[i];
      seen = isMissing ? 0 : seen + 1;
      if (seen < length) {
        out[i] = NaN;
        continue;
      }
      // Added up anew on every bar, as TA-Lib does: nothing drifts.
      let rises = 0;
      let falls = 0;
      for (let k = i - length + 1; k <= i; k++) {
        if (close[k] > open[k]) rises += close[k] - open[k];
        else falls += open[k] - close[k];
      }
      const total = rises + falls;
      out[i] = total === 0 ? 0 : 100 * (rises / total);
    }
    state.seen = seen;
  },
  examples: [
    {
      parameters: [2],
      inputs: { open: [1, 5, 4, 4, 4], close: [4, 4, 4, 4, null] },
      outputs: { value: [null, 75, 0, 0, null] },
    },
  ],
});
