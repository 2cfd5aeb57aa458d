import type { Bars } from "./bars.js";

/** The highest and the lowest price of some bars in a row. */
export interface PriceRanges {
  /** Looks at the bars `[from, to)`. */
  look(from: number, to: number): void;
  /** Of the bars that were looked at last; −∞ of none. */
  readonly highest: number;
  /** ∞ of none. */
  readonly lowest: number;
}

/** Bar by bar: there is nothing to prepare. */
export const rangesOf = ({ high, low }: Pick<Bars, "high" | "low">): PriceRanges => new Ranges(high, low);

class Ranges implements PriceRanges {
  highest = NaN;
  lowest = NaN;

  constructor(
    private readonly high: Float64Array,
    private readonly low: Float64Array,
  ) {}

  look(from: number, to: number): void {
    const { high, low } = this;
    let highest = -Infinity;
    let lowest = Infinity;
    for (let bar = from; bar < to; bar++) {
      if (high[bar] > highest) highest = high[bar];
      if (low[bar] < lowest) lowest = low[bar];
    }
    this.highest = highest;
    this.lowest = lowest;
  }
}
