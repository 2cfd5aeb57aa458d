import type { SliceStatistic } from "./slice-statistic.js";

/** Of the ratios: far more than what rounding makes of the difference of two, in parts of the sessions. */
const noise = 1e-12;
/** From this part of the sessions on almost nothing moves in a slice, and the ratio says nothing of the statistic. */
const still = 1 - 1e-9;
/** Beside the square of any return; where there is none, it makes the ratio 0, which is what the statistic is. */
const almostNothing = 1e-300;

/**
 * The slices of one trial after another, one for each of many halves of a history. Nearly all are so clearly below or
 * above others that their ratios tell, so that the statistic itself is computed of few.
 */
export class Slices {
  readonly count: number;
  private readonly half: number;
  private readonly lengths: Float64Array;
  private readonly shortest: number;
  private readonly longest: number;
  /** The lower blocks of each half, as bits. */
  private readonly lower: Uint16Array;
  /** The upper blocks of each run of halves that have the same, and where it ends. */
  private readonly upper: Uint16Array;
  private readonly ends: Int32Array;
  // A slice is some of the lower blocks and some of the upper: the sums of all such parts are made once.
  private readonly lowerFirst: Float64Array;
  private readonly lowerSecond: Float64Array;
  private readonly upperFirst: Float64Array;
  private readonly upperSecond: Float64Array;
  private readonly unclear: Int32Array;

  /** @param halves  of so many blocks, as bits, in rising order */
  constructor(
    private readonly halves: Int32Array,
    private readonly blocks: number,
    blockEnds: Int32Array,
    private readonly statistic: SliceStatistic,
  ) {
    const half = blocks / 2;
    [this.count, this.half] = [halves.length, half];
    const lengths = blockEnds.map((end, i) => end - (i === 0 ? 0 : blockEnds[i - 1]));
    this.lengths = Float64Array.from(halves, (each) =>
      lengths.reduce((sum, length, i) => sum + ((each >>> i) & 1) * length, 0),
    );
    this.shortest = this.lengths.reduce((least, each) => Math.min(least, each), Infinity);
    this.longest = this.lengths.reduce((most, each) => Math.max(most, each), 0);
    this.lower = Uint16Array.from(halves, (each) => each & ((1 << half) - 1));
    const upper = Array.from(halves, (each) => each >>> half);
    this.ends = Int32Array.from(upper.flatMap((each, i) => (each === upper[i + 1] ? [] : [i + 1])));
    this.upper = Uint16Array.from(this.ends, (end) => upper[end - 1]);
    const parts = (): Float64Array => new Float64Array(1 << half);
    [this.lowerFirst, this.lowerSecond] = [parts(), parts()];
    [this.upperFirst, this.upperSecond] = [parts(), parts()];
    this.unclear = new Int32Array(halves.length);
  }

  /** Looks at a trial from now on. */
  take(sums: ArrayLike<number>): void {
    const { half, blocks } = this;
    addSubsets(this.lowerFirst, sums, 0);
    addSubsets(this.upperFirst, sums, half);
    addSubsets(this.lowerSecond, sums, blocks);
    addSubsets(this.upperSecond, sums, blocks + half);
  }

  /** The statistic in a half. */
  value(i: number): number {
    const { lowerFirst, lowerSecond, upperFirst, upperSecond } = this;
    const [a, b] = [this.lower[i], this.halves[i] >>> this.half];
    return this.statistic.of(this.lengths[i], lowerFirst[a] + upperFirst[b], lowerSecond[a] + upperSecond[b]);
  }

  /** The ratio of a half in which the statistic is `value`; NaN where it has no ratio. */
  ratioAt(i: number, value: number): number {
    return this.statistic.ratioAt?.(this.lengths[i], value) ?? NaN;
  }

  /** The halves that are not clearly below a ratio. */
  notBelow(ratios: Float64Array): Int32Array {
    const { ends, lower, upper, lowerFirst, lowerSecond, upperFirst, upperSecond, unclear } = this;
    const [near, most] = [noise * this.longest, still * this.shortest];
    let found = 0;
    for (let run = 0, i = 0; run < ends.length; run++) {
      const [end, first] = [ends[run], upperFirst[upper[run]]];
      const second = upperSecond[upper[run]] + almostNothing;
      for (; i < end; i++) {
        const sum = lowerFirst[lower[i]] + first;
        const squares = lowerSecond[lower[i]] + second;
        const product = sum * Math.abs(sum);
        if (!(product < (ratios[i] - near) * squares && product > -most * squares)) unclear[found++] = i;
      }
    }
    return unclear.subarray(0, found);
  }

  /**
   * Adds to the count of each half that is clearly below a ratio.
   *
   * @returns those that are neither clearly below nor clearly above
   */
  countBelow(ratios: Float64Array, counts: Int32Array, each: number): Int32Array {
    const { ends, lower, upper, lowerFirst, lowerSecond, upperFirst, upperSecond, unclear } = this;
    const [near, most] = [noise * this.longest, still * this.shortest];
    let found = 0;
    for (let run = 0, i = 0; run < ends.length; run++) {
      const [end, first] = [ends[run], upperFirst[upper[run]]];
      const second = upperSecond[upper[run]] + almostNothing;
      for (; i < end; i++) {
        const sum = lowerFirst[lower[i]] + first;
        const squares = lowerSecond[lower[i]] + second;
        const product = sum * Math.abs(sum);
        const above = product - ratios[i] * squares;
        if (Math.abs(above) > near * squares && Math.abs(product) < most * squares)
          counts[i] += each * Number(above < 0);
        else unclear[found++] = i;
      }
    }
    return unclear.subarray(0, found);
  }
}

/** The sum of each set of the values from a place on, by its bits. */
function addSubsets(sums: Float64Array, values: ArrayLike<number>, from: number): void {
  for (let i = from, bit = 1; bit < sums.length; i++, bit <<= 1)
    for (let rest = 0; rest < bit; rest++) sums[bit + rest] = sums[rest] + values[i];
}
