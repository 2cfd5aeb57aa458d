import {
  advanceHilbert,
  hilbertLookback,
  inPhaseOf,
  quadratureOf,
  shortStart,
  startHilbert,
} from "../hilbert.js";
import { defineIndicator } from "../indicator.js";

const degreesPerRadian = 45 / Math.atan(1);
const { quietBars, warmup } = shortStart;
/** One step to the highest value there is without rounding: after 21 halvings, the follower is 1 short of it. */
const high = 2 ** 21;

export const mama = defineIndicator({
  name: "mama",
  summary: "MESA adaptive moving average",
  description:
    "An exponential average (`mama`) that weighs a bar the more, the slower the phase of the dominant cycle turns: " +
    "`fast` divided by the degrees turned since the last bar, but at least `slow`. `fama` follows it with half the " +
    "weight. Both begin at 0, as TA-Lib's do; a bar without a value starts everything anew.",
  source: "Ehlers, MESA and Trading Market Cycles (2002); TA-Lib 0.6 MAMA",
  formula:
    "mama = a × source + (1 − a) × mama[1]; fama = a / 2 × mama + (1 − a / 2) × fama[1]; a = fast / change of phase, at least slow",
  memory: "endless",
  seeding: "Both begin at 0.",
  gaps: "restart",
  isShiftBound: () => true,
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  parameters: [
    { name: "fast", type: "number", minimum: 0.01, default: 0.5 },
    { name: "slow", type: "number", minimum: 0.01, default: 0.05 },
  ],
  outputs: [
    { name: "mama", type: "same" },
    { name: "fama", type: "same" },
  ],
  warmup: () => warmup,
  lookback: () => hilbertLookback,
  start: () => ({ hilbert: startHilbert(), phase: 0, average: 0, follower: 0 }),
  advance(state, [fast, slow], [source], [mama, fama], from, to) {
    const { hilbert } = state;
    let { phase, average, follower } = state;
    for (let i = from; i < to; i++) {
      mama[i] = fama[i] = NaN;
      const seen = advanceHilbert(hilbert, source, i, quietBars);
      if (seen === 0) phase = average = follower = 0;
      if (seen <= quietBars) continue;
      const inPhase = inPhaseOf(hilbert);
      const before = phase;
      phase = inPhase === 0 ? 0 : Math.atan(quadratureOf(hilbert) / inPhase) * degreesPerRadian;
      const turned = before - phase;
      const weight = turned > 1 ? Math.max(fast / turned, slow) : fast;
      average = weight * source[i] + (1 - weight) * average;
      follower = weight * 0.5 * average + (1 - weight * 0.5) * follower;
      if (seen <= warmup) continue;
      mama[i] = average;
      fama[i] = follower;
    }
    state.phase = phase;
    state.average = average;
    state.follower = follower;
  },
  examples: [
    // With both weights 1 the average is the value itself, and its follower goes half of the way on each of 21 bars.
    {
      parameters: [1, 1],
      inputs: { source: [...Array<number>(33).fill(high), 0] },
      outputs: {
        mama: [...Array<null>(32).fill(null), high, 0],
        fama: [...Array<null>(32).fill(null), high - 1, (high - 1) / 2],
      },
    },
  ],
});
