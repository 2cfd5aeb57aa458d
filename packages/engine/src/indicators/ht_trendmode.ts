import {
  advancePhase,
  advanceTrendline,
  radiansPerDegree,
  startPhase,
  startTrendline,
  trendlineLookback,
} from "../cycle.js";
import { advanceHilbert, cycleOf, longStart, smoothedOf, startHilbert } from "../hilbert.js";
import { defineIndicator } from "../indicator.js";

const { quietBars, warmup } = longStart;

export const ht_trendmode = defineIndicator({
  name: "ht_trendmode",
  summary: "Trend or cycle",
  description:
    "True in a trend, false in a cycle. A cycle is where the two lines of `ht_sine` crossed less than half a cycle ago, " +
    "or the phase turns about as fast as the cycle's length says; a value 1.5 % away from the trendline is a trend all " +
    "the same. A bar without a value starts it anew.",
  source: "Ehlers, Rocket Science for Traders (2001); TA-Lib 0.6 HT_TRENDMODE",
  formula: "1 in a trend, 0 in a cycle",
  memory: "endless",
  seeding: "The period rises from 0 while the transform fills.",
  gaps: "restart",
  cost: "constant",
  inputs: [{ name: "source", type: "same" }],
  outputs: [{ name: "value", type: "bool" }],
  warmup: () => warmup,
  lookback: () => trendlineLookback,
  start: () => ({
    hilbert: startHilbert(),
    phase: startPhase(),
    trendline: startTrendline(),
    degrees: 0,
    sine: 0,
    leadSine: 0,
    barsInTrend: 0,
  }),
  advance(state, _parameters, [source], [out], from, to) {
    const { hilbert, phase, trendline } = state;
    let { degrees, sine, leadSine, barsInTrend } = state;
    for (let i = from; i < to; i++) {
      out[i] = NaN;
      const seen = advanceHilbert(hilbert, source, i, quietBars);
      if (seen === 0) {
        phase.fill(0);
        trendline.fill(0);
        degrees = sine = leadSine = barsInTrend = 0;
      }
      if (seen <= quietBars) continue;
      const degreesBefore = degrees;
      const ahead = Math.sign(sine - leadSine);
      degrees = advancePhase(phase, hilbert);
      sine = Math.sin(degrees * radiansPerDegree);
      leadSine = Math.sin((degrees + 45) * radiansPerDegree);
      const crosses = (sine > leadSine && ahead <= 0) || (sine < leadSine && ahead >= 0);
      barsInTrend = crosses ? 1 : barsInTrend + 1;
      const bars = cycleOf(hilbert);
      const turned = degrees - degreesBefore;
      const turnsAsCycle = turned > (0.67 * 360) / bars && turned < (1.5 * 360) / bars;
      const trend = advanceTrendline(trendline, hilbert, source, i);
      const isAway = trend !== 0 && Math.abs((smoothedOf(hilbert) - trend) / trend) >= 0.015;
      const isCycle = crosses || barsInTrend < 0.5 * bars || turnsAsCycle;
      if (seen > warmup) out[i] = isAway || !isCycle ? 1 : 0;
    }
    state.degrees = degrees;
    state.sine = sine;
    state.leadSine = leadSine;
    state.barsInTrend = barsInTrend;
  },
  examples: [
    // The one bar that moves leaves the smoothed price at 6 and the trendline at 1.
    {
      parameters: [],
      inputs: { source: [...Array<number>(63).fill(0), 15] },
      outputs: { value: [...Array<null>(63).fill(null), 1] },
    },
  ],
});
