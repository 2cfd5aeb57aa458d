import { defineIndicator, length } from "../indicator.js";

const barsBetweenRebuilds = 1_024;

export const imi = defineIndicator({
  name: "imi",
  summary: "Intraday momentum index",
  description:
    "The rises from open to close over the last `length` bars, in percent of rises and falls together, from 0 to " +
    "100; 0 where every bar closed at its open (TA-Lib has no number there). A bar without a value starts the window " +
    "anew.",
  source: "Chande and Kroll, The New Technical Trader (1994); TA-Lib 0.6 IMI",
  formula: "100 × Σ max(close − open, 0) / Σ |close − open|",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  fields: ["open", "close"],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  // `still` counts the bars since anything moved: where a window holds nothing else, its sums are 0 and not a residue.
  start: () => ({ seen: 0, still: 0, rises: 0, falls: 0 }),
  advance(state, [length], [open, close], [out], from, to) {
    let { seen, still, rises, falls } = state;
    for (let i = from; i < to; i++) {
      const move = close[i] - open[i];
      out[i] = NaN;
      if (move !== move) {
        seen = rises = falls = 0;
        continue;
      }
      seen++;
      still = move === 0 ? still + 1 : 0;
      if (move > 0) rises += move;
      else falls -= move;
      if (seen < length) continue;
      if (still >= length || seen % barsBetweenRebuilds === 0) {
        rises = falls = 0;
        for (let k = i - length + 1; k <= i; k++) {
          if (close[k] > open[k]) rises += close[k] - open[k];
          else falls += open[k] - close[k];
        }
      }
      const total = rises + falls;
      out[i] = total === 0 ? 0 : 100 * (rises / total);
      const oldest = close[i - length + 1] - open[i - length + 1];
      if (oldest > 0) rises -= oldest;
      else falls += oldest;
    }
    state.seen = seen;
    state.still = still;
    state.rises = rises;
    state.falls = falls;
  },
  examples: [
    {
      parameters: [2],
      inputs: { open: [1, 5, 4, 4, 4], close: [4, 4, 4, 4, null] },
      outputs: { value: [null, 75, 0, 0, null] },
    },
  ],
});
