import { advanceHilbert, cycleOf, hilbertLookback, shortStart, startHilbert } from "../hilbert.js";
import { defineIndicator } from "../indicator.js";

const { quietBars, warmup } = shortStart;

export const ht_dcperiod = defineIndicator({
  name: "ht_dcperiod",
  summary: "Dominant cycle period",
  description:
    "How many bars the dominant cycle of the values lasts, by the Hilbert transform; smoothed, and at most 50. It " +
    "rises from 0 at the start, so the first values are short. A bar without a value starts it anew.",
  source: "Ehlers, Rocket Science for Traders (2001); TA-Lib 0.6 HT_DCPERIOD",
  formula: "the period of the dominant cycle from the phase advance of the Hilbert transform, smoothed",
  memory: "endless",
  seeding: "The period rises from 0 while the transform fills.",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  outputs: [{ name: "value", type: "bars" }],
  warmup: () => warmup,
  lookback: () => hilbertLookback,
  start: () => ({ hilbert: startHilbert() }),
  advance({ hilbert }, _parameters, [source], [out], from, to) {
    for (let i = from; i < to; i++) {
      const seen = advanceHilbert(hilbert, source, i, quietBars);
      out[i] = seen > warmup ? cycleOf(hilbert) : NaN;
    }
  },
  examples: [
    // Where nothing moves, the least period of 6 bars is approached: by a fifth of the way a bar, and that smoothed by
    // a third. In closed form, after 21 bars:
    {
      parameters: [],
      inputs: { source: Array<number>(33).fill(0) },
      outputs: {
        value: [
          ...Array<null>(32).fill(null),
          6 * (1 - 0.67 ** 21) - (6 * 0.33 * 0.8 * (0.8 ** 21 - 0.67 ** 21)) / (0.8 - 0.67),
        ],
      },
    },
  ],
});
