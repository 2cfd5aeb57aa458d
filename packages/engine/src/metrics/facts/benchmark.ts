import { isUnknown, type Unknown, unknown } from "../../metric.js";
import { covarianceOf, deviation, meanOf, varianceOf } from "../../statistics.js";
import { once, onceOf } from "./once.js";
import { changesOf, enoughForMoments, sessionReturns } from "./session-returns.js";

/** Returns of the market, and what is told from them alone. */
export interface MarketReturns {
  readonly returns: Float64Array;
  readonly mean: number;
  readonly variance: number;
  /** 0 where it stands still. */
  readonly spread: number;
}

/** Returns of the account and of the market in the same sessions. */
export interface BothReturns {
  readonly own: Float64Array;
  readonly market: MarketReturns;
  /** What the account earned more than the market. */
  readonly ahead: Float64Array;
  readonly meanAhead: number;
  /** 0 where it moves as the market does. */
  readonly spreadAhead: number;
  readonly covariance: number;
}

/** Of prices at the ends of sessions; unknown where they are not all positive. */
const marketOf = onceOf((prices): MarketReturns | Unknown => {
  for (const price of prices) if (!(price > 0)) return unknown("not all prices of the market are positive");
  const returns = changesOf(prices);
  return { returns, mean: meanOf(returns), variance: varianceOf(returns), spread: deviation(returns, 1) };
});

/** Unknown where the account has no returns, and where prices are not all positive. */
export const againstBenchmark = once((context): BothReturns | Unknown => {
  const own = sessionReturns(context, enoughForMoments);
  if (isUnknown(own)) return own;
  const market = marketOf(context.sessionClose);
  if (isUnknown(market)) return market;
  const ahead = new Float64Array(own.length);
  for (let i = 0; i < own.length; i++) ahead[i] = own[i] - market.returns[i];
  return {
    ...{ own, market, ahead, meanAhead: meanOf(ahead), spreadAhead: deviation(ahead, 1) },
    covariance: covarianceOf(own, market.returns),
  };
});

/** What beta is; unknown also where the market stands still. */
export const betaOf = once((context): number | Unknown => {
  const both = againstBenchmark(context);
  if (isUnknown(both)) return both;
  const { market, covariance } = both;
  return market.spread === 0 ? unknown("the benchmark does not move") : covariance / market.variance;
});
