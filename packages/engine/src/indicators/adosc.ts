import { accumulated } from "../accumulation.js";
import { defineIndicator } from "../indicator.js";

export const adosc = defineIndicator({
  name: "adosc",
  summary: "Accumulation/distribution oscillator",
  description:
    "A fast less a slow exponential average of the accumulation/distribution line (`ad`). Both averages begin at " +
    "the line's first value and not with a mean, so early values depend on where history begins. A bar without a " +
    "value is passed over.",
  source: "Chaikin's oscillator; TA-Lib 0.6 ADOSC, to the bit",
  formula: "ema(ad, fast) − ema(ad, slow)",
  memory: "endless",
  seeding: "Both averages begin with the first value of the line.",
  gaps: "skip",
  cost: "constant",
  fields: ["high", "low", "close", "volume"],
  parameters: [
    { name: "fast", type: "bars", minimum: 2, default: 3 },
    { name: "slow", type: "bars", minimum: 2, default: 10 },
  ],
  outputs: [{ name: "value", type: "quantity" }],
  warmup: ([fast, slow]) => Math.max(fast, slow) - 1,
  lookback: () => 0,
  start: () => ({ seen: 0, total: 0, fastAverage: 0, slowAverage: 0 }),
  advance(state, [fast, slow], [high, low, close, volume], [out], from, to) {
    const complete = Math.max(fast, slow);
    const fastWeight = 2 / (fast + 1);
    const slowWeight = 2 / (slow + 1);
    let { seen, total, fastAverage, slowAverage } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      const part = accumulated(high[i], low[i], close[i], volume[i]);
      if (part !== part) continue;
      total += part;
      if (seen === 0) {
        fastAverage = total;
        slowAverage = total;
      } else {
        fastAverage = fastWeight * total + (1 - fastWeight) * fastAverage;
        slowAverage = slowWeight * total + (1 - slowWeight) * slowAverage;
      }
      if (seen < complete) seen++;
      if (seen === complete) out[i] = fastAverage - slowAverage;
    }
    state.seen = seen;
    state.total = total;
    state.fastAverage = fastAverage;
    state.slowAverage = slowAverage;
  },
  examples: [
    {
      // The line is 6, 12, 6; averages of weight 2/3 and 1/2.
      parameters: [2, 3],
      inputs: { high: [2, 2, 2], low: [1, 1, 1], close: [2, 2, 1], volume: [6, 6, 6] },
      outputs: { value: [null, null, 22 / 3 - 7.5] },
    },
  ],
});
