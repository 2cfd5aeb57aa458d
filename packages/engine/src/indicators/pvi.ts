import { defineIndicator } from "../indicator.js";

// The mirror of nvi.ts, written out: a comparison passed to one shared loop would cost every bar a call.
export const pvi = defineIndicator({
  name: "pvi",
  summary: "Positive volume index",
  description:
    "Begins at 1 and takes over the relative change of the close on bars with more volume than the one before; on all " +
    "others it stands still. A bar without a value is passed over, and a close of 0 changes nothing.",
  source: "Dysart; Fosback, Stock Market Logic (1976); Pine v6 ta.pvi",
  formula: "value[1] × close / close[1] where volume > volume[1], else value[1]",
  memory: "endless",
  seeding: "It begins at 1.",
  gaps: "skip",
  cost: "constant",
  fields: ["close", "volume"],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({ index: 1, previous: 0, traded: 0 }),
  advance(state, _parameters, [close, volume], [out], from, to) {
    let { index, previous, traded } = state;
    for (let i = from; i < to; i++) {
      const value = close[i];
      if (value + volume[i] !== value + volume[i]) {
        out[i] = NaN;
        continue;
      }
      if (volume[i] > traded && value !== 0 && previous !== 0)
        index += ((value - previous) / previous) * index;
      // An index that has come down to nothing begins again.
      if (index === 0) index = 1;
      previous = value;
      traded = volume[i];
      out[i] = index;
    }
    state.index = index;
    state.previous = previous;
    state.traded = traded;
  },
  examples: [
    {
      parameters: [],
      inputs: { close: [10, 12, 6, null, 9, 18], volume: [3, 5, 5, 9, 6, 2] },
      outputs: { value: [1, 1.2, 1.2, null, 1.8, 1.8] },
    },
  ],
});
