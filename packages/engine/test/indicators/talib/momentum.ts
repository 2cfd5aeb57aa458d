import { none, period, type Comparisons } from "./comparison.js";

/** Momentum. */
export const momentum: Comparisons = {
  MOM: { ours: "mom", parameters: period, tolerance: 0 },
  ROC: { ours: "roc", parameters: period, tolerance: 0 },
  ROCP: { ours: "rocp", parameters: period, tolerance: 0 },
  ROCR: { ours: "rocr", parameters: period, tolerance: 0 },
  ROCR100: { ours: "rocr100", parameters: period, tolerance: 0 },
  CMO: { ours: "cmo", parameters: period, tolerance: 1e-12 },
  WILLR: { ours: "willr", parameters: period, tolerance: 0 },
  BOP: { ours: "bop", parameters: none, tolerance: 0 },
  AROON: { ours: "aroon", parameters: period, tolerance: 0 },
  AROONOSC: { ours: "aroonosc", parameters: period, tolerance: 0 },
  CCI: { ours: "cci", parameters: period, tolerance: 0 },
  IMI: { ours: "imi", parameters: period, tolerance: 0 },
  TRIX: { ours: "trix", parameters: period, tolerance: 0 },
  STOCHF: {
    ours: "stochf",
    parameters: (p) => [p["FastK_Period"], p["FastD_Period"], p["FastD_MAType"]],
    tolerance: 0,
  },
  STOCH: {
    ours: "stoch",
    parameters: (p) => [
      p["FastK_Period"],
      p["SlowK_Period"],
      p["SlowK_MAType"],
      p["SlowD_Period"],
      p["SlowD_MAType"],
    ],
    tolerance: 0,
  },
};
