import { defineIndicator } from "../indicator.js";

export const sarext = defineIndicator({
  name: "sarext",
  summary: "Parabolic stop and reverse, extended",
  description:
    "As `sar`, with shares of its own for each direction, a first stop (`start`: above 0 for an up trend, below 0 for a " +
    "down trend, 0 to find out) and a part of itself (`offset`) by which the stop is set further off where the trend " +
    "turns. The stop of a down trend is given below 0. A bar without a value leaves everything as it was.",
  source: "Wilder, New Concepts in Technical Trading Systems (1978); TA-Lib 0.6 SAREXT, to the bit",
  formula:
    "value[1] + step × (extreme − value[1]), no nearer than the last two bars reach; step grows with each new extreme",
  memory: "endless",
  seeding: "The first stop is `start`, or where that is 0 as in `sar`.",
  gaps: "skip",
  isShiftBound: () => true,
  cost: "constant",
  isScaleBound: true,
  fields: ["high", "low"],
  parameters: [
    // Any price; the bound is there because a parameter must have one.
    { name: "start", type: "number", minimum: -1e12, default: 0 },
    { name: "offset", type: "number", minimum: 0, default: 0 },
    { name: "initial_long", type: "number", minimum: 0, default: 0.02 },
    { name: "acceleration_long", type: "number", minimum: 0, default: 0.02 },
    { name: "maximum_long", type: "number", minimum: 0, default: 0.2 },
    { name: "initial_short", type: "number", minimum: 0, default: 0.02 },
    { name: "acceleration_short", type: "number", minimum: 0, default: 0.02 },
    { name: "maximum_short", type: "number", minimum: 0, default: 0.2 },
  ],
  outputs: [{ name: "value", type: "price" }],
  warmup: () => 1,
  lookback: () => 0,
  // `trend` is 1 up, -1 down, 0 before it is known. `highBefore` and `lowBefore` are the last bar's that had both.
  start: () => ({ trend: 0, stop: NaN, extreme: NaN, share: 0, highBefore: NaN, lowBefore: NaN }),
  advance(state, parameters, [highs, lows], [out], from, to) {
    const [first, offset, firstLong, stepLong, maximumLong, firstShort, stepShort, maximumShort] = parameters;
    const initialLong = Math.min(firstLong, maximumLong);
    const initialShort = Math.min(firstShort, maximumShort);
    let { trend, stop, extreme, share, highBefore, lowBefore } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      const high = highs[i];
      const low = lows[i];
      if (high !== high || low !== low) continue;
      // What the last two bars reached bounds the stop; on the first one, the bar alone.
      let highest = Math.max(high, highBefore);
      let lowest = Math.min(low, lowBefore);
      if (trend === 0 && highBefore === highBefore) {
        const down = lowBefore - low;
        const falls = first === 0 ? down > 0 && down > high - highBefore : first < 0;
        trend = falls ? -1 : 1;
        stop = first === 0 ? (falls ? highBefore : lowBefore) : Math.abs(first);
        extreme = falls ? low : high;
        share = falls ? initialShort : initialLong;
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
        stop += trend === 1 ? -(stop * offset) : stop * offset;
        extreme = trend === 1 ? high : low;
        share = trend === 1 ? initialLong : initialShort;
      } else if (trend === 1 ? high > extreme : low < extreme) {
        extreme = trend === 1 ? high : low;
        share =
          trend === 1 ? Math.min(share + stepLong, maximumLong) : Math.min(share + stepShort, maximumShort);
      }
      out[i] = trend === 1 ? stop : 0 - stop;
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
      parameters: [0, 0.25, 0.5, 0.5, 0.5, 0.25, 0.25, 0.5],
      inputs: { high: [10, 12, 16, 13], low: [8, 9.5, 12, 8] },
      outputs: { value: [null, 8, 9.5, -20] },
    },
    // Down from 12 by a quarter of the way to 6, then by a half of the way to 5, and held at the second bar's high.
    {
      parameters: [-12, 0, 0.02, 0.02, 0.2, 0.25, 0.25, 0.5],
      inputs: { high: [10, 9, 8, 7], low: [8, 6, 5, 6] },
      outputs: { value: [null, -12, -10.5, -9] },
    },
  ],
});
