import { sampleCovariance, sampleVariance } from "simple-statistics";
import { isUnknown, type Unknown, unknown } from "../../metric.js";
import { deviation } from "../../statistics.js";
import { once } from "./once.js";
import { enoughForMoments, sessionReturns } from "./session-returns.js";

/** Returns of the account and of the market in the same sessions. */
export interface BothReturns {
  readonly own: number[];
  readonly market: number[];
  /** What the account earned more than the market. */
  readonly ahead: number[];
}

/** Unknown where the account has no returns, and where prices are not all positive. */
export const againstBenchmark = once((context): BothReturns | Unknown => {
  const returns = sessionReturns(context, enoughForMoments);
  if (isUnknown(returns)) return returns;
  const { sessionClose } = context;
  if (sessionClose.some((price) => !(price > 0))) return unknown("not all prices of the market are positive");
  const own = [...returns];
  const market = own.map((_, i) => sessionClose[i + 1] / sessionClose[i] - 1);
  return { own, market, ahead: own.map((each, i) => each - market[i]) };
});

/** The same with beta; unknown also where the market stands still. */
export const withBeta = once((context): (BothReturns & { readonly beta: number }) | Unknown => {
  const both = againstBenchmark(context);
  if (isUnknown(both)) return both;
  const { own, market } = both;
  if (deviation(market, 1) === 0) return unknown("the benchmark does not move");
  return { own, market, ahead: both.ahead, beta: sampleCovariance(own, market) / sampleVariance(market) };
});
