import { none, period, type Comparisons } from "./comparison.js";

/** Overlap studies and price transforms. */
export const overlap: Comparisons = {
  TRANGE: { ours: "trange", parameters: none, tolerance: 0 },
  NATR: { ours: "natr", parameters: period, tolerance: 1e-12 },
  AVGPRICE: { ours: "avgprice", parameters: none, tolerance: 0 },
  MEDPRICE: { ours: "medprice", parameters: none, tolerance: 0 },
  TYPPRICE: { ours: "typprice", parameters: none, tolerance: 0 },
  WCLPRICE: { ours: "wclprice", parameters: none, tolerance: 0 },
  MIDPOINT: { ours: "midpoint", parameters: period, tolerance: 0 },
  MIDPRICE: { ours: "midprice", parameters: period, tolerance: 0 },
  KAMA: { ours: "kama", parameters: period, tolerance: 0 },
  SAR: { ours: "sar", parameters: (p) => [p["Acceleration"], p["Maximum"]], tolerance: 0 },
  TRIMA: { ours: "trima", parameters: period, tolerance: 0 },
  T3: { ours: "t3", parameters: (p) => [p["TimePeriod"], p["VFactor"]], tolerance: 0 },
  DEMA: { ours: "dema", parameters: period, tolerance: 0 },
  TEMA: { ours: "tema", parameters: period, tolerance: 0 },
  MA: { ours: "ma", parameters: (p) => [p["TimePeriod"], p["MAType"]], tolerance: 0 },
  MAVP: {
    ours: "mavp",
    parameters: (p) => [p["MinPeriod"], p["MaxPeriod"], p["MAType"]],
    tolerance: 0,
    inputs: ["close", "periods"],
  },
  MACDEXT: {
    ours: "macdext",
    parameters: (p) => [
      p["FastPeriod"],
      p["FastMAType"],
      p["SlowPeriod"],
      p["SlowMAType"],
      p["SignalPeriod"],
      p["SignalMAType"],
    ],
    tolerance: 0,
  },
  ACCBANDS: { ours: "accbands", parameters: period, tolerance: 0 },
};
