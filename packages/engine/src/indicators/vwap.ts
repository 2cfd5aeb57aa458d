import { defineIndicator } from "../indicator.js";

export const vwap = defineIndicator({
  name: "vwap",
  summary: "Volume-weighted average price",
  description:
    "The mean of a price, each weighed by the bar's volume, since the last bar on which `anchor` was true, that one " +
    "included: `vwap(hlc3, session_bar == 0)` is that of the session. None before the anchor, since a mean over part of " +
    "a session is another number, and none before there was volume. A bar without a price or volume is passed over.",
  source: "Berkowitz, Logue and Noser (1988); Pine v6 ta.vwap, which also begins without an anchor",
  formula: "Σ price × volume / Σ volume since the anchor",
  seeding: "It begins on the bar of the anchor.",
  gaps: { described: "It is passed over." },
  cost: "constant",
  inputs: [
    { name: "source", type: "price" },
    { name: "anchor", type: "bool" },
  ],
  fields: ["volume"],
  outputs: [{ name: "value", type: "price" }],
  warmup: () => 0,
  lookback: () => 0,
  // Before the first anchor the sums are NaN, and remain so whatever is added.
  start: () => ({ value: NaN, traded: NaN }),
  advance(state, _parameters, [source, anchor, volume], [out], from, to) {
    let { value, traded } = state;
    for (let i = from; i < to; i++) {
      if (anchor[i] === 1) value = traded = 0;
      out[i] = NaN;
      const weighed = source[i] * volume[i];
      if (weighed !== weighed) continue;
      value += weighed;
      traded += volume[i];
      if (traded > 0) out[i] = value / traded;
    }
    state.value = value;
    state.traded = traded;
  },
  examples: [
    {
      parameters: [],
      inputs: {
        source: [9, 10, 13, null, 10, 20, 30],
        anchor: [0, 1, 0, 0, 0, 1, 0],
        volume: [5, 2, 1, 7, 3, 0, 4],
      },
      outputs: { value: [null, 10, 11, null, 10.5, null, 30] },
    },
  ],
});
