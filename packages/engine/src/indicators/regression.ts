import { defineIndicator, length } from "../indicator.js";
import { addPair, noMoments, startPairMoments } from "../pair-moments.js";

export const regression = defineIndicator({
  name: "regression",
  summary: "Rolling linear regression",
  description:
    "The least-squares line through the last `length` values: its rise per bar, its value on the oldest of them, and which " +
    "share of their variance it explains, 0 where they have none.",
  source: "Legendre (1805); slope and intercept as in TA-Lib's LINEARREG_SLOPE and LINEARREG_INTERCEPT",
  formula:
    "slope = cov(t, x) / var(t); intercept = mean(x) − slope × mean(t); r2 = cov(t, x)² / (var(t) var(x))",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 14, minimum: 2 })],
  outputs: [
    { name: "slope", type: "same", isDistance: true },
    { name: "intercept", type: "same" },
    { name: "r2", type: "ratio" },
  ],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: ([length]) => ({ sums: startPairMoments(length) }),
  advance(state, [length], [source], [slope, intercept, r2], from, to) {
    const moments = noMoments();
    for (let i = from; i < to; i++) {
      slope[i] = intercept[i] = r2[i] = NaN;
      if (!addPair(state.sums, state.sums.seen, source[i], moments)) continue;
      const { y, xx, xy, yy } = moments;
      slope[i] = xy / xx;
      intercept[i] = y - (slope[i] * (length - 1)) / 2;
      r2[i] = yy === 0 ? 0 : Math.min(1, (xy * xy) / (xx * yy));
    }
  },
  examples: [
    {
      parameters: [3],
      inputs: { source: [1, 2, 3, 1, null, 4] },
      outputs: {
        slope: [null, null, 1, -0.5, null, null],
        intercept: [null, null, 1, 2.5, null, null],
        r2: [null, null, 1, 0.25, null, null],
      },
    },
  ],
});
