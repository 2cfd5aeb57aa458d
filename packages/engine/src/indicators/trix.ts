import { defineIndicator, length } from "../indicator.js";

export const trix = defineIndicator({
  name: "trix",
  summary: "Rate of change of a triple exponential average",
  description:
    "By how many percent an exponential average of an exponential average of an exponential average has changed " +
    "since the bar before; 0 where it was 0. A bar without a value has none here either and leaves the averages as " +
    "they were.",
  source: "Hutson, Good TRIX, Stocks & Commodities (1983); TA-Lib 0.6 TRIX, to the bit",
  formula: "100 × (e / e[1] − 1); e = ema(ema(ema(source)))",
  memory: "endless",
  seeding: "Each average is seeded with the mean of its first `length` values.",
  gaps: "skip",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 30 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => 3 * (length - 1) + 1,
  lookback: () => 0,
  start: () => ({ seen: 0, averages: new Float64Array(3) }),
  advance(state, [length], [source], [out], from, to) {
    const weight = 2 / (length + 1);
    const seeds = length - 1;
    const complete = 3 * seeds + 1;
    const { averages } = state;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      let value = source[i];
      if (value !== value) continue;
      const before = averages[2];
      if (seen <= complete) seen++;
      // Each average takes the one before it as its values, from the first on. During its seed it holds the sum.
      for (let stage = 0; stage < 3; stage++) {
        const count = seen - stage * seeds;
        if (count > length) {
          averages[stage] = (value - averages[stage]) * weight + averages[stage];
        } else {
          averages[stage] += value;
          if (count < length) break;
          averages[stage] /= length;
        }
        value = averages[stage];
      }
      if (seen > complete) out[i] = before === 0 ? 0 : (value / before - 1) * 100;
    }
    state.seen = seen;
  },
  examples: [
    { parameters: [1], inputs: { source: [4, 5, null, 4] }, outputs: { value: [null, 25, null, -20] } },
    // The averages are 2, 6, 14, 50/3; of these 4, 32/3, 44/3; and of these 22/3 and 110/9.
    {
      parameters: [2],
      inputs: { source: [1, 3, 8, 18, 18] },
      outputs: { value: [null, null, null, null, 200 / 3] },
    },
  ],
});
