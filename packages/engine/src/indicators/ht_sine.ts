import { advancePhase, radiansPerDegree, startPhase } from "../cycle.js";
import { advanceHilbert, hilbertLookback, longStart, startHilbert } from "../hilbert.js";
import { defineIndicator } from "../indicator.js";

const { quietBars, warmup } = longStart;
/** Of the least period of 6 bars, as far as it is approached from 0 in the 27 bars up to the first value. */
const stillPeriod = 6 * (1 - 0.67 ** 27) - (6 * 0.33 * 0.8 * (0.8 ** 27 - 0.67 ** 27)) / (0.8 - 0.67);

export const ht_sine = defineIndicator({
  name: "ht_sine",
  summary: "Sine wave of the dominant cycle",
  description:
    "The sine of the dominant cycle's phase (`sine`), and the same an eighth of a cycle ahead (`leadsine`): in a cycle " +
    "the two cross just before it turns, in a trend they run side by side. A bar without a value starts them anew.",
  source: "Ehlers, Rocket Science for Traders (2001); TA-Lib 0.6 HT_SINE",
  formula: "sine = sin(phase); lead = sin(phase + 45°)",
  memory: "endless",
  seeding: "The period rises from 0 while the transform fills.",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  outputs: [
    { name: "sine", type: "ratio" },
    { name: "leadsine", type: "ratio" },
  ],
  warmup: () => warmup,
  lookback: () => hilbertLookback,
  start: () => ({ hilbert: startHilbert(), phase: startPhase() }),
  advance({ hilbert, phase }, _parameters, [source], [sine, leadsine], from, to) {
    for (let i = from; i < to; i++) {
      sine[i] = leadsine[i] = NaN;
      const seen = advanceHilbert(hilbert, source, i, quietBars);
      if (seen === 0) phase.fill(0);
      if (seen <= quietBars) continue;
      const degrees = advancePhase(phase, hilbert);
      if (seen <= warmup) continue;
      sine[i] = Math.sin(degrees * radiansPerDegree);
      leadsine[i] = Math.sin((degrees + 45) * radiansPerDegree);
    }
  },
  examples: [
    // One bar that moves after none did is the top of a cycle, at a quarter of it; it is seen a bar late.
    {
      parameters: [],
      inputs: { source: [...Array<number>(63).fill(0), 15] },
      outputs: {
        sine: [...Array<null>(63).fill(null), Math.cos((2 * Math.PI) / stillPeriod)],
        leadsine: [...Array<null>(63).fill(null), Math.cos(Math.PI / 4 + (2 * Math.PI) / stillPeriod)],
      },
    },
  ],
});
