import { trueRange } from "../directional.js";
import { defineIndicator, length } from "../indicator.js";
import { startThrough, through } from "../through.js";
import { highest } from "./highest.js";
import { linearreg } from "./linearreg.js";
import { lowest } from "./lowest.js";
import { sma } from "./sma.js";
import { stddev } from "./stddev.js";

export const squeeze = defineIndicator({
  name: "squeeze",
  summary: "Squeeze",
  description:
    "`on` while the Bollinger bands of the close lie inside its Keltner channel, both around the same simple average: the " +
    "market rests. `momentum` is where the line through the distances of the close from the middle of its range and average ends.",
  source: "Carter, Mastering the Trade (2005), with simple averages and his linear-regression momentum",
  formula:
    "on = bands × stddev(close) < channel × sma(true range); momentum = linearreg(close − ((highest(high) + lowest(low)) / 2 + sma(close)) / 2)",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  fields: ["high", "low", "close"],
  parameters: [
    length({ default: 20, minimum: 2 }),
    { name: "bands", type: "number", minimum: 0, default: 2 },
    { name: "channel", type: "number", minimum: 0, default: 1.5 },
  ],
  outputs: [
    { name: "on", type: "bool" },
    { name: "momentum", type: "price", isDistance: true },
  ],
  warmup: ([length]) => 2 * (length - 1),
  lookback: () => 1,
  start: ([length]) => ({
    mean: startThrough(sma, [length]),
    deviation: startThrough(stddev, [length, 1]),
    range: startThrough(sma, [length]),
    high: startThrough(highest, [length]),
    low: startThrough(lowest, [length]),
    line: startThrough(linearreg, [length]),
  }),
  advance(state, [length, bands, channel], [high, low, close], [on, momentum], from, to) {
    const average = through(state.mean, sma, [length]);
    const deviation = through(state.deviation, stddev, [length, 1]);
    const range = through(state.range, sma, [length]);
    const top = through(state.high, highest, [length]);
    const bottom = through(state.low, lowest, [length]);
    const line = through(state.line, linearreg, [length]);
    for (let i = from; i < to; i++) {
      const middle = ((top(high[i]) + bottom(low[i])) / 2 + average(close[i])) / 2;
      const width = bands * deviation(close[i]);
      const reach = channel * range(trueRange(high, low, close, i));
      momentum[i] = line(close[i] - middle);
      const isKnown = width + reach + momentum[i] === width + reach + momentum[i];
      on[i] = !isKnown ? NaN : width < reach ? 1 : 0;
      if (!isKnown) momentum[i] = NaN;
    }
  },
  examples: [
    // Bands of 2 in a channel of 4, then of 8 in one of 7.5; a line through two points ends at the newer one.
    {
      parameters: [2, 2, 1],
      inputs: { high: [4, 6, 6, 14], low: [2, 2, 2, 4], close: [3, 5, 3, 11] },
      outputs: { on: [null, null, 1, 0], momentum: [null, null, -1, 3.5] },
    },
  ],
});
