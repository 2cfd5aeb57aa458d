import { defineIndicator } from "../indicator.js";

export const zigzag = defineIndicator({
  name: "zigzag",
  summary: "Zigzag",
  description:
    "The last turning point that is settled: a high from which the low has since fallen by `reversal`, or a low from which " +
    "the high has risen as much. `direction` is 1 after a low and −1 after a high, `age` says how many bars ago the point was. " +
    "The last leg that charts draw, to an extreme that may still move, is none. No value before the first point.",
  source: "Merrill, Filtered Waves (1977)",
  formula: "high settled when low ≤ high × (1 − reversal); low settled when high ≥ low × (1 + reversal)",
  memory: "endless",
  seeding:
    "The first point is the extreme since the start of history that is settled first, a high before a low.",
  gaps: { described: "It is passed over, but counts in `age`." },
  isShiftBound: () => true,
  cost: "constant",
  isWaiting: true,
  fields: ["high", "low"],
  parameters: [{ name: "reversal", type: "number", minimum: 0, default: 0.05 }],
  outputs: [
    { name: "value", type: "price" },
    { name: "direction", type: "ratio" },
    { name: "age", type: "bars" },
  ],
  warmup: () => 0,
  lookback: () => 0,
  // How the market runs since the last point, 0 before it; the extremes since then and their ages.
  start: () => ({
    direction: 0,
    top: -Infinity,
    topAge: 0,
    bottom: Infinity,
    bottomAge: 0,
    point: NaN,
    age: 0,
  }),
  advance(state, [reversal], [high, low], [value, direction, age], from, to) {
    const fall = 1 - reversal;
    const rise = 1 + reversal;
    for (let i = from; i < to; i++) {
      value[i] = direction[i] = age[i] = NaN;
      state.age++;
      state.topAge++;
      state.bottomAge++;
      if (high[i] + low[i] !== high[i] + low[i]) continue;
      const isHigher = high[i] > state.top;
      const isLower = low[i] < state.bottom;
      if (isHigher) {
        state.top = high[i];
        state.topAge = 0;
      }
      if (isLower) {
        state.bottom = low[i];
        state.bottomAge = 0;
      }
      // Within a bar that makes an extreme nobody knows what came after it.
      if (state.direction >= 0 && !isHigher && low[i] <= state.top * fall) {
        state.direction = -1;
        state.point = state.top;
        state.age = state.topAge;
        state.bottom = low[i];
        state.bottomAge = 0;
        state.top = high[i];
        state.topAge = 0;
      } else if (state.direction <= 0 && !isLower && high[i] >= state.bottom * rise) {
        state.direction = 1;
        state.point = state.bottom;
        state.age = state.bottomAge;
        state.top = high[i];
        state.topAge = 0;
        state.bottom = low[i];
        state.bottomAge = 0;
      }
      if (state.direction === 0) continue;
      value[i] = state.point;
      direction[i] = state.direction;
      age[i] = state.age;
    }
  },
  examples: [
    // The high of 20 is settled at 18, and the low of 16 at 17.6.
    {
      parameters: [0.1],
      inputs: { high: [19, 20, 19, 17, 18], low: [18.5, 19, 17.5, 16, 17] },
      outputs: {
        value: [null, null, 20, 20, 16],
        direction: [null, null, -1, -1, 1],
        age: [null, null, 1, 2, 1],
      },
    },
  ],
});
