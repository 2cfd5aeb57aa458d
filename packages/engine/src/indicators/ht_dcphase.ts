import { advancePhase, startPhase } from "../cycle.js";
import { advanceHilbert, hilbertLookback, longStart, startHilbert } from "../hilbert.js";
import { defineIndicator } from "../indicator.js";

const { quietBars, warmup } = longStart;
/** Of the least period of 6 bars, as far as it is approached from 0 in the 27 bars up to the first value. */
const stillPeriod = 6 * (1 - 0.67 ** 27) - (6 * 0.33 * 0.8 * (0.8 ** 27 - 0.67 ** 27)) / (0.8 - 0.67);

export const ht_dcphase = defineIndicator({
  name: "ht_dcphase",
  summary: "Dominant cycle phase",
  description:
    "Where in the dominant cycle the values stand, in degrees from −45 to 315, and 0 where they cross the trend " +
    "upwards. A bar without a value starts it anew.",
  source: "Ehlers, Rocket Science for Traders (2001); TA-Lib 0.6 HT_DCPHASE",
  formula: "the phase of the dominant cycle, in degrees from −45 to 315",
  memory: "endless",
  seeding: "The period rises from 0 while the transform fills.",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  outputs: [{ name: "value", type: "ratio" }],
  warmup: () => warmup,
  lookback: () => hilbertLookback,
  start: () => ({ hilbert: startHilbert(), phase: startPhase() }),
  advance({ hilbert, phase }, _parameters, [source], [out], from, to) {
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      const seen = advanceHilbert(hilbert, source, i, quietBars);
      if (seen === 0) phase.fill(0);
      if (seen <= quietBars) continue;
      const degrees = advancePhase(phase, hilbert);
      if (seen > warmup) out[i] = degrees;
    }
  },
  examples: [
    // One bar that moves after none did is the top of a cycle, at 90 degrees; it is seen a bar late.
    {
      parameters: [],
      inputs: { source: [...Array<number>(63).fill(0), 15] },
      outputs: { value: [...Array<null>(63).fill(null), 90 + 360 / stillPeriod] },
    },
  ],
});
