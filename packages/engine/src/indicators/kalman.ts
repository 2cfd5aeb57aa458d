import { defineIndicator } from "../indicator.js";

export const kalman = defineIndicator({
  name: "kalman",
  summary: "Kalman filter",
  description:
    "The level behind a noisy value, for a level that walks at random: `process` is the variance of a step of it, `noise` " +
    "that of a value around it. Only their ratio matters; the larger it is, the closer the value is followed.",
  source: "Kalman (1960), local level model",
  formula:
    "p = p[1] + process; gain = p / (p + noise); level = level[1] + gain × (x − level[1]); p = (1 − gain) p",
  memory: "endless",
  seeding: "The first level is the first value, with the variance `noise`.",
  gaps: "skip",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    { name: "process", type: "number", minimum: 0, default: 0.01 },
    { name: "noise", type: "number", minimum: 0, default: 1 },
  ],
  outputs: [{ name: "value", type: "same" }],
  warmup: () => 0,
  lookback: () => 0,
  start: () => ({ level: NaN, variance: 0 }),
  advance(state, [process, noise], [source], [out], from, to) {
    let { level, variance } = state;
    for (let i = from; i < to; i++) {
      const value = source[i];
      out[i] = NaN;
      if (value !== value) continue;
      if (level !== level) {
        level = value;
        variance = noise;
      } else {
        variance += process;
        const gain = variance + noise > 0 ? variance / (variance + noise) : 1;
        level += gain * (value - level);
        variance *= 1 - gain;
      }
      out[i] = level;
    }
    state.level = level;
    state.variance = variance;
  },
  examples: [
    // Gains of 2 / 3 and 5 / 8.
    { parameters: [1, 1], inputs: { source: [1, 4, null, 11] }, outputs: { value: [1, 3, null, 8] } },
  ],
});
