import { none, period, type Comparisons } from "./comparison.js";

/** Directional movement and volume. */
export const directional: Comparisons = {
  OBV: { ours: "obv", parameters: none, tolerance: 0 },
  AD: { ours: "ad", parameters: none, tolerance: 0 },
  ADOSC: { ours: "adosc", parameters: (p) => [p["FastPeriod"], p["SlowPeriod"]], tolerance: 0 },
  MFI: { ours: "mfi", parameters: period, tolerance: 0 },
  PLUS_DM: { ours: "plus_dm", parameters: period, tolerance: 0 },
  MINUS_DM: { ours: "minus_dm", parameters: period, tolerance: 0 },
  PLUS_DI: { ours: "plus_di", parameters: period, tolerance: 0 },
  MINUS_DI: { ours: "minus_di", parameters: period, tolerance: 0 },
  DX: { ours: "dx", parameters: period, tolerance: 1e-12 },
  ADX: { ours: "adx", parameters: period, tolerance: 1e-12 },
  ADXR: { ours: "adxr", parameters: period, tolerance: 1e-12 },
  ULTOSC: {
    ours: "ultosc",
    parameters: (p) => [p["TimePeriod1"], p["TimePeriod2"], p["TimePeriod3"]],
    tolerance: 0,
  },
};
