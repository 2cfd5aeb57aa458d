import { defineIndicator, length } from "../indicator.js";
import { addPair, noMoments, startPairMoments } from "../pair-moments.js";

export const cointegration = defineIndicator({
  name: "cointegration",
  summary: "Cointegration spread",
  description:
    "How far `source` stands above what `other` lets expect, by the least-squares line of the one on the other over the last " +
    "`length` bars: `ratio` is how much of `other` hedges one of `source`, `spread` the distance, and `zscore` the same in " +
    "standard deviations of the distances, 0 where there are none. Whether the two are cointegrated at all is for a test to tell.",
  source: "Engle and Granger (1987), first step, rolling",
  formula:
    "ratio = cov(a, b) / var(b); spread = (a − mean(a)) − ratio × (b − mean(b)); zscore = spread / √(var(a) − ratio × cov(a, b))",
  memory: "window",
  gaps: "restart",
  cost: "constant",
  inputs: [
    { name: "source", type: "price" },
    { name: "other", type: "price" },
  ],
  parameters: [length({ default: 100, minimum: 3 })],
  outputs: [
    { name: "ratio", type: "ratio" },
    { name: "spread", type: "price", isDistance: true },
    { name: "zscore", type: "ratio" },
  ],
  warmup: ([length]) => length - 1,
  lookback: () => 0,
  start: ([length]) => ({ sums: startPairMoments(length) }),
  advance(state, _parameters, [source, other], [ratio, spread, zscore], from, to) {
    const moments = noMoments();
    for (let i = from; i < to; i++) {
      ratio[i] = spread[i] = zscore[i] = NaN;
      if (!addPair(state.sums, other[i], source[i], moments)) continue;
      const { x, y, xx, xy, yy } = moments;
      ratio[i] = xx === 0 ? 0 : xy / xx;
      spread[i] = source[i] - y - ratio[i] * (other[i] - x);
      const rest = yy - ratio[i] * xy;
      // Below it, what is left of the variance is rounding.
      zscore[i] = rest > 1e-12 * yy ? spread[i] / Math.sqrt(rest) : 0;
    }
  },
  examples: [
    // Means 2 and 1, ratio ½: distances of −½, 1 and −½, whose variance is ½.
    {
      parameters: [3],
      inputs: { source: [1, 3, 2], other: [0, 1, 2] },
      outputs: {
        ratio: [null, null, 0.5],
        spread: [null, null, -0.5],
        zscore: [null, null, -Math.SQRT1_2],
      },
    },
  ],
});
