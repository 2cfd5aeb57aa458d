import { codedSlices, type CodedSlices } from "../wasm/coded-slices.js";
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
  /** Of each half, what its slices are compared with, and how many were clearly below. */
  readonly ratios: Float64Array;
  readonly counts: Float64Array;
  /** The same loops for two halves at once, where all ways to take half of the blocks are there. */
  private readonly coded: CodedSlices | null;
  /** Of each set of lower blocks, its place among those with fewer or as many blocks: sets of a run follow one another there. */
  private readonly bySize: Int32Array;

  /**
   * @param halves   of so many blocks, as bits, in rising order
   * @param isPlain  does without code: the result is the same
   */
  constructor(
    private readonly halves: Int32Array,
    private readonly blocks: number,
    blockEnds: Int32Array,
    private readonly statistic: SliceStatistic,
    isPlain = false,
  ) {
    const half = blocks / 2;
    [this.count, this.half] = [halves.length, half];
    const parts = (): Float64Array => new Float64Array(1 << half);
    this.lengths = lengthsOf(halves, blockEnds, [parts(), parts()]);
    this.shortest = this.lengths.reduce((least, each) => Math.min(least, each), Infinity);
    this.longest = this.lengths.reduce((most, each) => Math.max(most, each), 0);
    this.lower = new Uint16Array(halves).map((each) => each & ((1 << half) - 1));
    const ends: number[] = [];
    for (let i = 1; i <= halves.length; i++)
      if (i === halves.length || halves[i] >>> half !== halves[i - 1] >>> half) ends.push(i);
    this.ends = Int32Array.from(ends);
    this.upper = Uint16Array.from(ends, (end) => halves[end - 1] >>> half);
    [this.lowerFirst, this.lowerSecond] = [parts(), parts()];
    [this.upperFirst, this.upperSecond] = [parts(), parts()];
    this.bySize = placesBySize(half);
    this.coded = isPlain ? null : this.code();
    const { columns } = this.coded ?? {};
    this.unclear = columns?.unclear ?? new Int32Array(halves.length);
    this.ratios = columns?.ratios ?? new Float64Array(halves.length);
    this.counts = columns?.counts ?? new Float64Array(halves.length);
  }

  /** Null where the lower parts of a run do not follow one another, as where halves were drawn. */
  private code(): CodedSlices | null {
    const { bySize, ends, lower, upper, count } = this;
    const lowers = ends.map((_, run) => bySize[lower[run === 0 ? 0 : ends[run - 1]]]);
    for (let run = 0, i = 0; run < ends.length; run++)
      for (let place = lowers[run]; i < ends[run]; i++, place++) if (bySize[lower[i]] !== place) return null;
    const limits = { near: noise * this.longest, most: still * this.shortest, almostNothing };
    return codedSlices(bySize.length, count, { uppers: upper, lowers, ends }, limits);
  }

  /** Looks at a trial from now on. */
  take(sums: ArrayLike<number>): void {
    const { half, blocks } = this;
    addSubsets(this.lowerFirst, sums, 0);
    addSubsets(this.upperFirst, sums, half);
    addSubsets(this.lowerSecond, sums, blocks);
    addSubsets(this.upperSecond, sums, blocks + half);
    if (this.coded === null) return;
    const { lowerFirst, lowerSecond, upperFirst, upperSecond, bySize } = this;
    const { columns } = this.coded;
    columns.upperFirst.set(upperFirst);
    columns.upperSecond.set(upperSecond);
    for (let bits = 0; bits < bySize.length; bits++) {
      columns.lowerFirst[bySize[bits]] = lowerFirst[bits];
      columns.lowerSecond[bySize[bits]] = lowerSecond[bits];
    }
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

  /** The halves that are not clearly below their ratio. */
  notBelow(): Int32Array {
    if (this.coded !== null) return this.unclear.subarray(0, this.coded.notBelow());
    const { ratios, ends, lower, upper, lowerFirst, lowerSecond, upperFirst, upperSecond, unclear } = this;
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
   * Adds to the count of each half that is clearly below its ratio.
   *
   * @returns those that are neither clearly below nor clearly above
   */
  countBelow(each: number): Int32Array {
    if (this.coded !== null) return this.unclear.subarray(0, this.coded.countBelow(each));
    const { ratios, counts, ends, lower, upper, lowerFirst, lowerSecond, upperFirst, upperSecond, unclear } =
      this;
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

/** How many sessions each half has: those of its lower blocks and those of its upper ones. */
function lengthsOf(
  halves: Int32Array,
  ends: Int32Array,
  [lower, upper]: readonly [Float64Array, Float64Array],
): Float64Array {
  const half = ends.length / 2;
  const blocks = ends.map((end, i) => end - (i === 0 ? 0 : ends[i - 1]));
  addSubsets(lower, blocks, 0);
  addSubsets(upper, blocks, half);
  const lengths = new Float64Array(halves.length);
  for (let i = 0; i < lengths.length; i++)
    lengths[i] = lower[halves[i] & (lower.length - 1)] + upper[halves[i] >>> half];
  return lengths;
}

/** The sets of so many blocks in the order of their sizes, those of a size in rising order: the place of each. */
function placesBySize(blocks: number): Int32Array {
  const sizes = Uint8Array.from({ length: 1 << blocks }, (_, bits) => sizeOf(bits));
  const places = new Int32Array(sizes.length);
  let place = 0;
  for (let size = 0; size <= blocks; size++)
    sizes.forEach((each, bits) => {
      if (each === size) places[bits] = place++;
    });
  return places;
}

function sizeOf(bits: number): number {
  let size = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) size++;
  return size;
}

/** The sum of each set of the values from a place on, by its bits. */
function addSubsets(sums: Float64Array, values: ArrayLike<number>, from: number): void {
  for (let i = from, bit = 1; bit < sums.length; i++, bit <<= 1)
    for (let rest = 0; rest < bit; rest++) sums[bit + rest] = sums[rest] + values[i];
}
