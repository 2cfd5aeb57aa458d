import { period, type Comparisons } from "./comparison.js";

/** What the first slice brought. */
export const first: Comparisons = {
  SMA: { ours: "sma", parameters: period, tolerance: 0 },
  EMA: { ours: "ema", parameters: period, tolerance: 0 },
  WMA: { ours: "wma", parameters: period, tolerance: 1e-12 },
  RSI: { ours: "rsi", parameters: period, tolerance: 1e-12 },
  ATR: { ours: "atr", parameters: period, tolerance: 1e-12 },
  MAX: { ours: "highest", parameters: period, tolerance: 0 },
  MIN: { ours: "lowest", parameters: period, tolerance: 0 },
  MACD: {
    ours: "macd",
    parameters: (p) => [p["FastPeriod"], p["SlowPeriod"], p["SignalPeriod"]],
    tolerance: 0,
  },
  BBANDS: {
    ours: "bbands",
    parameters: (p) => [p["TimePeriod"], p["NbDevUp"], p["NbDevDn"], p["MAType"]],
    tolerance: 1e-12,
  },
};
