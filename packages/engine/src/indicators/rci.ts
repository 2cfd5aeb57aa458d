import { defineIndicator, length } from "../indicator.js";

export const rci = defineIndicator({
  name: "rci",
  summary: "Rank correlation index",
  description:
    "Spearman's correlation of the last `length` values with time, as a percentage: 100 where each is larger than the one " +
    "before it, −100 where each is smaller. Equal values share the mean of their ranks, and where all are equal it is 0. " +
    "A bar without a value starts the window anew.",
  source: "Spearman (1904); Pine v6 ta.rci, whose manual is silent on equal values",
  formula: "100 × the correlation of the places in time with the ranks by size",
  memory: "window",
  gaps: "restart",
  cost: "window",
  inputs: [{ name: "source", type: "same" }],
  parameters: [length({ default: 10, minimum: 2 })],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: ([length]) => length - 1,
  lookback: ([length]) => length - 1,
  start: () => ({ seen: 0 }),
  advance(state, [length], [source], [out], from, to) {
    const middle = (length - 1) / 2;
    let { seen } = state;
    for (let i = from; i < to; i++) {
      seen = source[i] === source[i] ? seen + 1 : 0;
      out[i] = NaN;
      if (seen < length) continue;
      // Times and ranks as distances from the middle. All are halves, so these sums are exact.
      let together = 0;
      let times = 0;
      let ranks = 0;
      for (let k = 0; k < length; k++) {
        const value = source[i - k];
        let rank = 0;
        for (let other = 0; other < length; other++) {
          if (source[i - other] < value) rank += 0.5;
          else if (source[i - other] > value) rank -= 0.5;
        }
        const time = middle - k;
        together += time * rank;
        times += time * time;
        ranks += rank * rank;
      }
      out[i] = ranks === 0 ? 0 : (100 * together) / Math.sqrt(times * ranks);
    }
    state.seen = seen;
  },
  examples: [
    // Ranks 1 2 3, 1 3 2, 3 1.5 1.5 and 2.5 2.5 1 against times 1 2 3; the last two are −1.5 / √(2 × 1.5).
    {
      parameters: [3],
      inputs: { source: [1, 2, 5, 4, 4, 3] },
      outputs: { value: [null, null, 100, 50, -50 * Math.sqrt(3), -50 * Math.sqrt(3)] },
    },
    {
      parameters: [2],
      inputs: { source: [1, 2, null, 7, 7, 3] },
      outputs: { value: [null, 100, null, null, 0, -100] },
    },
  ],
});
