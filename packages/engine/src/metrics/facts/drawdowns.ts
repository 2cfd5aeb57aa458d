import type { Bars } from "../../bars.js";
import { valuesOf, type Stretch } from "../../curve.js";
import type { MetricContext } from "../../metric.js";
import { addedRepeatedly } from "../../repeated-sum.js";
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
  const { bars, timeWeighted: value, initialCapital } = context;
  const falls = new Falls(bars, initialCapital);
  value.eachStretch((each) => {
    if (each.factor === 0) falls.stay(each.base, each.from, each.to);
    else falls.go(each);
  });
  falls.end(value.length);
  const length = Math.max(1, value.length);
  return {
    count: falls.count,
    deepest: falls.deepest,
    depthSum: falls.depthSum,
    largest: context.externalFlows.length > 0 ? largestLoss(context) : falls.largest,
    longestMs: falls.longestMs,
    totalMs: falls.totalMs,
    barsBelow: falls.barsBelow,
    squaredDepths: falls.squaredDepths,
    meanDepth: falls.depths / length,
    meanSquare: falls.squares / length,
  };
});

/** Falls below a peak, counted while one follows an account from bar to bar. */
class Falls {
  count = 0;
  deepest = 0;
  depthSum = 0;
  largest = 0;
  longestMs = 0;
  totalMs = 0;
  barsBelow = 0;
  squaredDepths = 0;
  /** Sums over all bars of the depth as a fraction of the peak, and of its square. */
  depths = 0;
  squares = 0;
  // Of the fall that goes on. In money: divided once a fall, not once a bar.
  private isBelow = false;
  private first = 0;
  private lowest = 0;
  private money = 0;
  private moneySquared = 0;

  constructor(
    private readonly bars: Bars,
    private peak: number,
  ) {}

  /** Bars with a value each. */
  go({ from, to, base, values, lead, factor, multiplier }: Stretch): void {
    for (let bar = from; bar < to;) {
      if (!this.isBelow) {
        let { peak } = this;
        let value = NaN;
        for (; bar < to; bar++) {
          value = base + values[lead + bar] * factor * multiplier;
          if (!(value >= peak)) break;
          peak = value;
        }
        this.peak = peak;
        if (bar === to) return;
        this.begin(bar, value);
      }
      const { peak } = this;
      let { lowest, money, moneySquared } = this;
      for (; bar < to; bar++) {
        const value = base + values[lead + bar] * factor * multiplier;
        if (value >= peak) break;
        const fall = peak - value;
        money += fall;
        moneySquared += fall * fall;
        if (value < lowest) lowest = value;
      }
      this.lowest = lowest;
      this.money = money;
      this.moneySquared = moneySquared;
      if (bar < to) this.finish(bar);
    }
  }

  /** Bars on which the account stands still. */
  stay(value: number, from: number, to: number): void {
    if (value >= this.peak) {
      if (this.isBelow) this.finish(from);
      this.peak = value;
      return;
    }
    if (!this.isBelow) this.begin(from, value);
    const fall = this.peak - value;
    this.money = addedRepeatedly(this.money, fall, to - from);
    this.moneySquared = addedRepeatedly(this.moneySquared, fall * fall, to - from);
    if (value < this.lowest) this.lowest = value;
  }

  /** There are no more bars. */
  end(bars: number): void {
    if (this.isBelow) this.finish(bars);
  }

  private begin(bar: number, value: number): void {
    this.isBelow = true;
    this.first = bar;
    this.lowest = value;
    this.money = this.moneySquared = 0;
  }

  /** @param end  the bar that reaches the peak again, or behind the last */
  private finish(end: number): void {
    const { bars, peak, lowest, first } = this;
    this.isBelow = false;
    const depth = (peak - lowest) / peak;
    this.count += 1;
    this.deepest = Math.max(this.deepest, depth);
    this.depthSum += depth;
    this.largest = Math.max(this.largest, peak - lowest);
    const lasted = timeAfter(bars, Math.min(end, bars.length - 1)) - timeAfter(bars, first - 1);
    this.longestMs = Math.max(this.longestMs, lasted);
    this.totalMs += lasted;
    this.barsBelow += end - first;
    this.depths += this.money / peak;
    this.squares += this.moneySquared / (peak * peak);
    this.squaredDepths += depth * depth;
  }
}

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
