import type { Bars } from "../../bars.js";
import { blockLength, valuesOf } from "../../curve.js";
import type { MetricContext } from "../../metric.js";
import { once } from "./once.js";

/** What the account went through below its peaks, at the closes of bars; the initial capital is the first peak. */
export interface Drawdowns {
  /** Number of falls below a peak, each ending with the bar that reaches it again, or with the data. */
  readonly count: number;
  /** Deepest fall as a fraction of its peak: 0 without any, above 1 when the account fell below zero. */
  readonly deepest: number;
  /** Sum over all falls of their depth as a fraction of the peak. */
  readonly depthSum: number;
  /** Largest fall in money. */
  readonly largest: number;
  /** Longest time from a peak to the close that reaches it again, or to the last close, in milliseconds. */
  readonly longestMs: number;
  /** Sum over all falls of that time. */
  readonly totalMs: number;
  /** Bars that close below the peak. */
  readonly barsBelow: number;
  /** Mean over all bars of the depth as a fraction of the peak. */
  readonly meanDepth: number;
  /** Mean over all bars of its square. */
  readonly meanSquare: number;
  /** Sum over all falls of the square of the deepest. */
  readonly squaredDepths: number;
}

export const drawdowns = once((context): Drawdowns => {
  const { bars: market, timeWeighted: value, initialCapital } = context;
  let count = 0;
  let deepest = 0;
  let depthSum = 0;
  let largest = 0;
  let longestMs = 0;
  let totalMs = 0;
  let barsBelow = 0;
  let sum = 0;
  let squareSum = 0;
  let squaredDepths = 0;

  let peak = initialCapital;
  // Of the fall that goes on. In money: divided once a fall, not once a bar.
  let isBelow = false;
  let first = 0;
  let lowest = 0;
  let falls = 0;
  let squares = 0;
  const { length: bars } = value;
  for (let from = 0; from < bars; from += blockLength) {
    const block = value.block(from, Math.min(from + blockLength, bars));
    for (let i = 0; i < block.length;) {
      if (!isBelow) {
        for (; i < block.length && block[i] >= peak; i++) peak = block[i];
        if (i === block.length) break;
        isBelow = true;
        first = from + i;
        lowest = block[i];
        falls = squares = 0;
      }
      for (; i < block.length && !(block[i] >= peak); i++) {
        const fall = peak - block[i];
        falls += fall;
        squares += fall * fall;
        if (block[i] < lowest) lowest = block[i];
      }
      const end = from + i;
      if (i === block.length && end < bars) break;
      isBelow = false;
      const depth = (peak - lowest) / peak;
      count += 1;
      deepest = Math.max(deepest, depth);
      depthSum += depth;
      largest = Math.max(largest, peak - lowest);
      const lasted = timeAfter(market, Math.min(end, bars - 1)) - timeAfter(market, first - 1);
      longestMs = Math.max(longestMs, lasted);
      totalMs += lasted;
      barsBelow += end - first;
      sum += falls / peak;
      squareSum += squares / (peak * peak);
      squaredDepths += depth * depth;
    }
  }

  const length = Math.max(1, bars);
  return {
    count,
    deepest,
    depthSum,
    largest: context.externalFlows.length > 0 ? largestLoss(context) : largest,
    longestMs,
    totalMs,
    barsBelow,
    squaredDepths,
    meanDepth: sum / length,
    meanSquare: squareSum / length,
  };
});

/** The largest fall in money of an account whose deposits and withdrawals are left out of account. */
function largestLoss({ equity, initialCapital, externalFlows }: MetricContext): number {
  let [next, moved, peak, largest] = [0, 0, initialCapital, 0];
  valuesOf(equity).forEach((value, bar) => {
    for (; next < externalFlows.length && externalFlows[next].bar === bar; next++)
      moved += externalFlows[next].amount;
    peak = Math.max(peak, value - moved);
    largest = Math.max(largest, peak - (value - moved));
  });
  return largest;
}

/** The close of a bar; before the first one, the open of that. */
const timeAfter = ({ time, intervalMs }: Bars, bar: number): number =>
  bar < 0 ? time[0] : time[bar] + intervalMs;
