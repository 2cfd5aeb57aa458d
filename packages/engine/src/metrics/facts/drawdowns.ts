import type { Bars } from "../../bars.js";
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
  const { bars, timeWeighted: equity, initialCapital } = context;
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
  let i = 0;
  while (i < equity.length) {
    if (equity[i] >= peak) {
      peak = equity[i];
      i += 1;
      continue;
    }
    const since = timeAfter(bars, i - 1);
    let lowest = equity[i];
    // Of money: divided once a fall, not once a bar.
    let falls = 0;
    let squares = 0;
    const first = i;
    for (; i < equity.length && !(equity[i] >= peak); i++) {
      const fall = peak - equity[i];
      falls += fall;
      squares += fall * fall;
      if (equity[i] < lowest) lowest = equity[i];
    }
    const depth = (peak - lowest) / peak;
    count += 1;
    deepest = Math.max(deepest, depth);
    depthSum += depth;
    largest = Math.max(largest, peak - lowest);
    const lasted = timeAfter(bars, Math.min(i, equity.length - 1)) - since;
    longestMs = Math.max(longestMs, lasted);
    totalMs += lasted;
    barsBelow += i - first;
    sum += falls / peak;
    squareSum += squares / (peak * peak);
    squaredDepths += depth * depth;
  }

  const length = Math.max(1, equity.length);
  return {
    ...{ count, deepest, depthSum, largest, longestMs, totalMs, barsBelow, squaredDepths },
    ...(context.externalFlows.length > 0 && { largest: largestLoss(context) }),
    meanDepth: sum / length,
    meanSquare: squareSum / length,
  };
});

/** The largest fall in money of an account whose deposits and withdrawals are left out of account. */
function largestLoss({ equity, initialCapital, externalFlows }: MetricContext): number {
  let [next, moved, peak, largest] = [0, 0, initialCapital, 0];
  equity.forEach((value, bar) => {
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
