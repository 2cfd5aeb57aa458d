import { defineIndicator } from "../indicator.js";

export const vwapbands = defineIndicator({
  name: "vwapbands",
  summary: "Bands around the volume-weighted average price",
  description:
    "The volume-weighted average price since the last bar on which `anchor` was true (`middle`, which is `vwap`), and lines " +
    "`deviations` standard deviations above and below it, in which prices are weighed by volume too. Where and when " +
    "there is none is as with `vwap`.",
  source: "Pine v6 ta.vwap with stdev_mult; the variance by D. H. D. West (1979), which cancels nothing",
  formula: "middle ± deviations × √(Σ volume × (price − middle)² / Σ volume)",
  seeding: "It begins on the bar of the anchor.",
  gaps: { described: "It is passed over." },
  cost: "constant",
  inputs: [
    { name: "source", type: "price" },
    { name: "anchor", type: "bool" },
  ],
  fields: ["volume"],
  parameters: [{ name: "deviations", type: "number", minimum: 0, default: 1 }],
  outputs: [
    { name: "upper", type: "price" },
    { name: "middle", type: "price" },
    { name: "lower", type: "price" },
  ],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({ value: NaN, traded: NaN, squares: 0 }),
  advance(state, [deviations], [source, anchor, volume], [upper, middle, lower], from, to) {
    let { value, traded, squares } = state;
    for (let i = from; i < to; i++) {
      if (anchor[i] === 1) value = traded = squares = 0;
      upper[i] = middle[i] = lower[i] = NaN;
      const weighed = source[i] * volume[i];
      if (weighed !== weighed) continue;
      const before = traded > 0 ? value / traded : source[i];
      value += weighed;
      traded += volume[i];
      if (!(traded > 0)) continue;
      const mean = value / traded;
      squares += volume[i] * (source[i] - before) * (source[i] - mean);
      // Rounding can leave equal prices with a variance just below zero.
      const deviation = squares > 0 ? Math.sqrt(squares / traded) : 0;
      upper[i] = mean + deviations * deviation;
      middle[i] = mean;
      lower[i] = mean - deviations * deviation;
    }
    state.value = value;
    state.traded = traded;
    state.squares = squares;
  },
  examples: [
    // 10 twice, then 16 once: mean 12, variance (4 + 4 + 16) / 3 = 8. With 12 thrice: mean 12, variance 24 / 6 = 4.
    {
      parameters: [2],
      inputs: { source: [9, 10, 16, 12, 7], anchor: [0, 1, 0, 0, 1], volume: [5, 2, 1, 3, 4] },
      outputs: {
        upper: [null, 10, 12 + 2 * Math.sqrt(8), 16, 7],
        middle: [null, 10, 12, 12, 7],
        lower: [null, 10, 12 - 2 * Math.sqrt(8), 8, 7],
      },
    },
  ],
});
