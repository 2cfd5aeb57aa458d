import {
  advanceHilbert,
  hilbertLookback,
  inPhaseOf,
  quadratureOf,
  shortStart,
  startHilbert,
} from "../hilbert.js";
import { defineIndicator } from "../indicator.js";

const { quietBars, warmup } = shortStart;

export const ht_phasor = defineIndicator({
  name: "ht_phasor",
  summary: "Phasor components of the dominant cycle",
  description:
    "The values without their trend, split into the part in phase with the dominant cycle (`inphase`) and the part a " +
    "quarter of a cycle from it (`quadrature`). Both are 0 where nothing moves. A bar without a value starts them anew.",
  source: "Ehlers, Rocket Science for Traders (2001); TA-Lib 0.6 HT_PHASOR",
  formula: "inphase and quadrature of the detrended values",
  memory: "endless",
  seeding: "The period rises from 0 while the transform fills.",
  gaps: "restart",
  isShiftBound: () => true,
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  outputs: [
    { name: "inphase", type: "same" },
    { name: "quadrature", type: "same" },
  ],
  warmup: () => warmup,
  lookback: () => hilbertLookback,
  start: () => ({ hilbert: startHilbert() }),
  advance({ hilbert }, _parameters, [source], [inphase, quadrature], from, to) {
    for (let i = from; i < to; i++) {
      const seen = advanceHilbert(hilbert, source, i, quietBars);
      inphase[i] = seen > warmup ? inPhaseOf(hilbert) : NaN;
      quadrature[i] = seen > warmup ? quadratureOf(hilbert) : NaN;
    }
  },
  examples: [
    // The filters reach back 15 bars: by the first value, they have forgotten that there was a start.
    {
      parameters: [],
      inputs: { source: Array<number>(33).fill(10) },
      outputs: {
        inphase: [...Array<null>(32).fill(null), 0],
        quadrature: [...Array<null>(32).fill(null), 0],
      },
    },
  ],
});
