import { isUnknown, unknown, type MetricContext, type Unknown } from "../../metric.js";
import { roundingNoise } from "../../statistics.js";
import { cagr } from "../cagr.js";

/** The compound growth for what was gone through below the peaks, as a fraction; unknown where that is nothing. */
export function growthOver(context: MetricContext, fall: number): number | Unknown {
  const growth = cagr.compute(context);
  if (isUnknown(growth)) return growth;
  return fall > roundingNoise ? growth / fall : unknown("no drawdown");
}
