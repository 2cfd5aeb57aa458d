import { none, type Comparisons } from "./comparison.js";

/**
 * Cycles, and oscillators made of averages. Where the tolerance is not 0, sines and arc tangents differ in the last bit
 * from one mathematical library to the next; the phase makes more of that where the price hardly moves.
 */
export const cycles: Comparisons = {
  MAMA: { ours: "mama", parameters: (p) => [p["FastLimit"], p["SlowLimit"]], tolerance: 1e-15 },
  HT_DCPERIOD: { ours: "ht_dcperiod", parameters: none, tolerance: 2e-15 },
  HT_TRENDLINE: { ours: "ht_trendline", parameters: none, tolerance: 0 },
  HT_PHASOR: { ours: "ht_phasor", parameters: none, tolerance: 2e-14 },
  HT_DCPHASE: { ours: "ht_dcphase", parameters: none, tolerance: 5e-12 },
  HT_SINE: { ours: "ht_sine", parameters: none, tolerance: 1e-12 },
  HT_TRENDMODE: { ours: "ht_trendmode", parameters: none, tolerance: 0 },
  APO: {
    ours: "apo",
    parameters: (p) => [p["FastPeriod"], p["SlowPeriod"], p["MAType"]],
    tolerance: 0,
  },
  PPO: {
    ours: "ppo",
    parameters: (p) => [p["FastPeriod"], p["SlowPeriod"], p["MAType"]],
    tolerance: 0,
  },
  SAREXT: {
    ours: "sarext",
    parameters: (p) => [
      p["StartValue"],
      p["OffsetOnReverse"],
      p["AccelerationInitLong"],
      p["AccelerationLong"],
      p["AccelerationMaxLong"],
      p["AccelerationInitShort"],
      p["AccelerationShort"],
      p["AccelerationMaxShort"],
    ],
    tolerance: 0,
  },
  MACDFIX: { ours: "macdfix", parameters: (p) => [p["SignalPeriod"]], tolerance: 0 },
  STOCHRSI: {
    ours: "stochrsi",
    parameters: (p) => [p["TimePeriod"], p["FastK_Period"], p["FastD_Period"], p["FastD_MAType"]],
    tolerance: 0,
  },
};
