import { beyondMarket, type MetricContext, type Verdict } from "@bitfever/engine";
import { returnsOf } from "./figures.js";

/** What the sessions of a run are judged by: its returns, or what they are beyond those of the market. */
export const judgedReturns = (context: MetricContext, isBeyond: boolean): Float64Array =>
  isBeyond ? beyondMarket(returnsOf(context), marketReturns(context)) : returnsOf(context);

/** Returns of the market from session to session, the first from its first open. */
export const marketReturns = ({ sessionClose }: Pick<MetricContext, "sessionClose">): Float64Array =>
  Float64Array.from({ length: sessionClose.length - 1 }, (_, i) => sessionClose[i + 1] / sessionClose[i] - 1);

/** A verdict that says so where it is of what was earned beyond the market. */
export const saidOf = (verdict: Verdict, isBeyond: boolean): Verdict =>
  isBeyond ? { ...verdict, why: `Beyond the market: ${verdict.why}` } : verdict;
