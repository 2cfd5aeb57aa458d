import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { ema } from "./ema.js";
import { sma } from "./sma.js";
import { stddev } from "./stddev.js";

export const smoothed_bbands = defineIndicator({
  name: "smoothed_bbands",
  summary: "Bollinger bands of a smoothed value",
  description:
    "Bollinger bands of the exponential average of the value over `smooth` bars: the bands open later and close more " +
    "calmly than `bbands`, and are narrower.",
  source: "Bollinger on Bollinger Bands (2001), of a smoothed series",
  formula: "e = ema(x, smooth); middle = sma(e, length); upper, lower = middle ± factor × stddev(e, length)",
  memory: "endless",
  seeding: "The average is seeded as `ema` is.",
  gaps: { described: "It leaves the average as it was, and starts the window over it anew." },
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    length({ default: 20, minimum: 2 }),
    { name: "smooth", type: "bars", minimum: 1, default: 5 },
    { name: "factor", type: "number", minimum: 0, default: 2 },
  ],
  outputs: [
    { name: "upper", type: "same" },
    { name: "middle", type: "same" },
    { name: "lower", type: "same" },
  ],
  warmup: ([length, smooth]) => length + smooth - 2,
  lookback: () => 0,
  start: ([length, smooth]) => ({
    smooth: startThrough(ema, [smooth]),
    mean: startThrough(sma, [length]),
    deviation: startThrough(stddev, [length, 1]),
  }),
  advance(state, [length, smooth, factor], [source], [upper, middle, lower], from, to) {
    const smoothed = through(state.smooth, ema, [smooth]);
    const mean = through(state.mean, sma, [length]);
    const deviation = through(state.deviation, stddev, [length, 1]);
    for (let i = from; i < to; i++) {
      const value = smoothed(source[i]);
      const width = factor * deviation(value);
      middle[i] = mean(value);
      upper[i] = middle[i] + width;
      lower[i] = middle[i] - width;
    }
  },
  examples: [
    {
      parameters: [2, 1, 2],
      inputs: { source: [1, 3, 3] },
      outputs: { upper: [null, 4, 3], middle: [null, 2, 3], lower: [null, 0, 3] },
    },
  ],
});
