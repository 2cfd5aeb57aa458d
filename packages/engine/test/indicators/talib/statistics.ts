import { period, type Comparisons } from "./comparison.js";

/** Statistics. */
export const statistics: Comparisons = {
  STDDEV: { ours: "stddev", parameters: (p) => [p["TimePeriod"], p["NbDev"]], tolerance: 0 },
  // TA-Lib takes a number of deviations here too, and does not use it.
  VAR: { ours: "variance", parameters: period, tolerance: 0 },
  SUM: { ours: "sum", parameters: period, tolerance: 0 },
  // A running line over distances from one of its values, where TA-Lib adds up whole windows
  // of values: its slope of prices of some hundreds is right to 13 digits, its angle in degrees to 11.
  LINEARREG: { ours: "linearreg", parameters: period, tolerance: 1e-12 },
  LINEARREG_SLOPE: { ours: "linearreg_slope", parameters: period, tolerance: 1e-12 },
  LINEARREG_INTERCEPT: { ours: "linearreg_intercept", parameters: period, tolerance: 1e-12 },
  LINEARREG_ANGLE: { ours: "linearreg_angle", parameters: period, tolerance: 5e-12 },
  TSF: { ours: "tsf", parameters: period, tolerance: 1e-12 },
  CORREL: { ours: "correl", parameters: period, tolerance: 0, inputs: ["high", "low"] },
  BETA: { ours: "beta", parameters: period, tolerance: 0, inputs: ["high", "low"] },
  AVGDEV: { ours: "avgdev", parameters: period, tolerance: 0 },
  MINMAX: { ours: "minmax", parameters: period, tolerance: 0 },
  MININDEX: { ours: "minindex", parameters: period, tolerance: 0 },
  MAXINDEX: { ours: "maxindex", parameters: period, tolerance: 0 },
  MINMAXINDEX: { ours: "minmaxindex", parameters: period, tolerance: 0 },
};
