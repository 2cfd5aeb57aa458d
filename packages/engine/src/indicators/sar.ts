import { defineIndicator } from "../indicator.js";

export const sar = defineIndicator({
  name: "sar",
  summary: "Parabolic stop and reverse",
  description:
    "A stop that follows a trend by a growing share of its distance to the trend's extreme; where the bar reaches it, " +
    "the trend turns and the stop jumps to the extreme of the old one. The first trend is up unless the second bar " +
    "moved further down than up; a bar without a value leaves everything as it was.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); TA-Lib 0.6 SAR, to the bit",
  formula:
    "value[1] + step × (extreme − value[1]), no nearer than the last two bars reach; step grows with each new extreme",
  memory: "endless",
  seeding: "The first stop is the extreme of the first bar on the other side of the trend.",
  gaps: "skip",
  cost: "constant",
  fields: ["high", "low"],
  parameters: [
    { name: "acceleration", type: "number", minimum: 0, default: 0.02 },
    { name: "maximum", type: "number", minimum: 0, default: 0.2 },
  ],
  outputs: [{ name: "value", type: "price" }],
  warmup: () => 1,
  lookback: () => 0,
  // `trend` is 1 up, -1 down, 0 before it is known. `highBefore` and `lowBefore` are the last bar's that had both.
  start: () => ({ trend: 0, stop: NaN, extreme: NaN, share: 0, highBefore: NaN, lowBefore: NaN }),
  advance(state, [acceleration, maximum], [highs, lows], [out], from, to) {
    const step = Math.min(acceleration, maximum);
    let { trend, stop, extreme, share, highBefore, lowBefore } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      const high = highs[i];
      const low = lows[i];
      if (high !== high || low !== low) continue;
      // What the last two bars reached bounds the stop. The first stop is the first bar's own extreme, and is bounded
      // by the second bar alone.
      let highest = Math.max(high, highBefore);
      let lowest = Math.min(low, lowBefore);
      if (trend === 0 && highBefore === highBefore) {
        const down = lowBefore - low;
        trend = down > 0 && down > high - highBefore ? -1 : 1;
        stop = trend === 1 ? lowBefore : highBefore;
        extreme = trend === 1 ? high : low;
        share = step;
        highest = high;
        lowest = low;
      }
      highBefore = high;
      lowBefore = low;
      if (trend === 0) continue;
      const turns = trend === 1 ? low <= stop : high >= stop;
      if (turns) {
        trend = -trend;
        stop = trend === 1 ? Math.min(extreme, lowest) : Math.max(extreme, highest);
        extreme = trend === 1 ? high : low;
        share = step;
      } else if (trend === 1 ? high > extreme : low < extreme) {
        extreme = trend === 1 ? high : low;
        share = Math.min(share + step, maximum);
      }
      out[i] = stop;
      stop += share * (extreme - stop);
      stop = trend === 1 ? Math.min(stop, lowest) : Math.max(stop, highest);
    }
    state.trend = trend;
    state.stop = stop;
    state.extreme = extreme;
    state.share = share;
    state.highBefore = highBefore;
    state.lowBefore = lowBefore;
  },
  examples: [
    // Up from 8, by a half of the way to 12, and held at the second bar's low; bar 3 falls through it.
    {
      parameters: [0.5, 0.5],
      inputs: { high: [10, 12, 16, 13, 11], low: [8, 9.5, 12, 8, 9] },
      outputs: { value: [null, 8, 9.5, 16, 16] },
    },
    // Down from the first high; a bar without a value changes nothing.
    {
      parameters: [0.25, 0.5],
      inputs: { high: [10, 9, null, 8], low: [8, 6, null, 5] },
      outputs: { value: [null, 10, null, 9] },
    },
  ],
});
