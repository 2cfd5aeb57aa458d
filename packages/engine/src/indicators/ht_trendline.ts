import { advanceTrendline, startTrendline, trendlineLookback } from "../cycle.js";
import { advanceHilbert, longStart, startHilbert } from "../hilbert.js";
import { defineIndicator } from "../indicator.js";

const { quietBars, warmup } = longStart;

export const ht_trendline = defineIndicator({
  name: "ht_trendline",
  summary: "Instantaneous trendline",
  description:
    "The mean of the values over one dominant cycle, in which the cycle cancels out, smoothed over four bars. A bar " +
    "without a value starts it anew.",
  source: "Ehlers, Rocket Science for Traders (2001); TA-Lib 0.6 HT_TRENDLINE",
  formula: "the mean of the values over the dominant cycle, weighted over 4 bars",
  memory: "endless",
  seeding: "The period rises from 0 while the transform fills.",
  gaps: "restart",
  isShiftBound: () => true,
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  outputs: [{ name: "value", type: "same" }],
  warmup: () => warmup,
  lookback: () => trendlineLookback,
  start: () => ({ hilbert: startHilbert(), trendline: startTrendline() }),
  advance({ hilbert, trendline }, _parameters, [source], [out], from, to) {
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      const seen = advanceHilbert(hilbert, source, i, quietBars);
      if (seen === 0) trendline.fill(0);
      if (seen <= quietBars) continue;
      const value = advanceTrendline(trendline, hilbert, source, i);
      if (seen > warmup) out[i] = value;
    }
  },
  examples: [
    // The mean of a cycle is 15 / 6 with the one bar that moves, and weighs 4 / 10.
    {
      parameters: [],
      inputs: { source: [...Array<number>(63).fill(0), 15] },
      outputs: { value: [...Array<null>(63).fill(null), 1] },
    },
    {
      parameters: [],
      inputs: { source: Array<number>(64).fill(8) },
      outputs: { value: [...Array<null>(63).fill(null), 8] },
    },
  ],
});
