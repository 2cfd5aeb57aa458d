import { roundWidth } from "./report/round-width.js";

export interface Bin {
  /** Half-open, `[from, to)`; the outermost bins take what lies beyond them as well. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface BinOptions {
  /** About so many bins at most. */
  readonly most?: number;
  /** A value that the bins reach to, whether or not it is one of those that are counted. */
  readonly reach?: number;
}

/** Bins of one round width, over all but the most extreme hundredths. */
export function histogramBins(
  values: readonly number[],
  { most = 24, reach = 0 }: BinOptions = {},
): readonly Bin[] {
  if (values.length === 0) return [];
  const sorted = [...values].sort((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
  const low = Math.min(reach, quantile(0.01));
  const high = Math.max(reach, quantile(0.99));
  // Values that are all the same have a bin of a hundredth.
  const width = high - low > most * 1e-9 ? roundWidth((high - low) / most) : 0.01;
  const first = Math.floor(low / width);
  const last = Math.max(first, Math.ceil(high / width) - 1);
  const counts = new Array<number>(last - first + 1).fill(0);
  for (const value of sorted) {
    counts[Math.min(last, Math.max(first, Math.floor(value / width))) - first] += 1;
  }
  return counts.map((count, i) => ({ from: (first + i) * width, to: (first + i + 1) * width, count }));
}
