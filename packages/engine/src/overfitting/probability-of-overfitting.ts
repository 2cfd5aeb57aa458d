import { BitFeverError } from "@bitfever/lang";
import { linearRegression, rSquared } from "simple-statistics";
import { unknown, type Unknown } from "../metric.js";
import { blockEnds } from "./block-sums.js";
import { halvesOf } from "./halves.js";
import type { SliceStatistic } from "./slice-statistic.js";
import { Slices } from "./slices.js";

export interface OverfittingOptions {
  /** How many sessions each trial has. */
  readonly sessions: number;
  /** Into how many blocks they are cut: even, from 2 to 24. */
  readonly blocks: number;
  /** The one whose sums the blocks have. */
  readonly statistic: SliceStatistic;
  /** How many ways to split the blocks at most; all 12,870 of 16 blocks as long as nobody says otherwise. */
  readonly mostSplits?: number;
  /** Draws the splits where there are more ways than that. */
  readonly seed?: number;
}

/** What came of choosing in one half of the history and trading in the other, once for each way to split it. */
export interface ProbabilityOfOverfitting {
  /** Share of splits in which the best of one half is at the median of all or below in the other. */
  readonly probability: number;
  /** Share of splits in which the best of one half has a statistic below 0 in the other. */
  readonly probabilityOfLoss: number;
  /** The line from what the best shows where it was chosen to what it shows where it was not. */
  readonly degradation: Degradation | Unknown;
  readonly trials: number;
  readonly blocks: number;
  readonly splits: number;
  /** Of each split, ln(ω ÷ (1 − ω)), ω being the best's rank in the other half over the number of trials and one. */
  readonly logits: Float64Array;
  /** Of each split, the statistic of the best where it was chosen. */
  readonly inSample: Float64Array;
  /** The same in the other half. */
  readonly outOfSample: Float64Array;
}

export interface Degradation {
  /** What one more in sample is worth out of it; below 0 where choosing harder makes it worse. */
  readonly slope: number;
  readonly intercept: number;
  /** Share of the variance that the line explains, 0 to 1. */
  readonly rSquared: number;
}

const allOfSixteen = 12_870;

/**
 * What came of some of the ways to split the history, those from a place on and their mirrored ones: plain data, which may come from
 * another thread.
 */
export interface SplitsPiece {
  readonly from: number;
  readonly inSample: Float64Array;
  readonly outOfSample: Float64Array;
  /** Ranks of the best in the other half, doubled, so that the mean of two is a whole number. */
  readonly doubled: Float64Array;
}

/** One of so many pieces. */
export interface Piece {
  readonly piece: number;
  readonly pieces: number;
}

/**
 * How likely a choice is to be overfitted: combinatorially symmetric cross-validation. The history is cut into blocks.
 * For each way to take half of them, the best trial of that half is looked up in the ranking of the other. Of equal
 * trials in a half the first is chosen, and they share the mean of their ranks.
 *
 * Time grows with trials × splits: both halves come from the sums of blocks, whatever the number of sessions.
 *
 * @param sums  of each trial, what `blockSums` makes of its returns
 * @throws BitFeverError BF5120 for fewer than two trials, BF5121 for blocks that cannot be split
 * @source Bailey, Borwein, López de Prado & Zhu 2015, "The Probability of Backtest Overfitting", Journal of
 * Computational Finance 20(4)
 * @example probabilityOfOverfitting(rows.map((row) => blockSums(row, 16, sharpe)), { sessions: 750, blocks: 16, statistic: sharpe })
 */
export const probabilityOfOverfitting = (
  sums: readonly ArrayLike<number>[],
  options: OverfittingOptions,
): ProbabilityOfOverfitting =>
  joinedSplits([splitsPiece(sums, options, { piece: 0, pieces: 1 })], sums.length, options.blocks);

/** A piece of the splits: no piece needs anything of another one. */
export function splitsPiece(
  sums: readonly ArrayLike<number>[],
  { sessions, blocks, statistic, mostSplits = allOfSixteen, seed = 1 }: OverfittingOptions,
  { piece, pieces }: Piece,
): SplitsPiece {
  checkTrials(sums.length);
  checkBlocks(blocks, sessions);
  const all = halvesOf(blocks, 2 * Math.floor(mostSplits / 2), seed);
  const [from, to] = [piece, piece + 1].map((each) => Math.floor((each * all.length) / 2 / pieces));
  // What is learnt from in one half is traded in its complement, which stands at the mirrored place.
  const halves = bothEnds(all, from, to);
  if (halves.length === 0) return { from, inSample: empty, outOfSample: empty, doubled: empty };
  const slices = new Slices(halves, blocks, blockEnds(sessions, blocks), statistic);
  const { inSample, outOfSample } = bestOf(slices, sums);
  const doubled = doubledRanks(slices, sums, outOfSample.toReversed()).reverse();
  return { from, inSample, outOfSample, doubled };
}

const empty = new Float64Array(0);

/** From one place to another, and the mirrored ones. */
function bothEnds(all: Int32Array, from: number, to: number): Int32Array {
  const halves = new Int32Array(2 * (to - from));
  halves.set(all.subarray(from, to));
  halves.set(all.subarray(all.length - to, all.length - from), to - from);
  return halves;
}

/**
 * What all pieces come to together.
 *
 * @param pieces  in any order
 */
export function joinedSplits(
  pieces: readonly SplitsPiece[],
  trials: number,
  blocks: number,
): ProbabilityOfOverfitting {
  const splits = pieces.reduce((sum, { inSample }) => sum + inSample.length, 0);
  const whole = (read: (piece: SplitsPiece) => Float64Array): Float64Array => {
    const joined = new Float64Array(splits);
    for (const piece of pieces) {
      const values = read(piece);
      const half = values.length / 2;
      joined.set(values.subarray(0, half), piece.from);
      joined.set(values.subarray(half), splits - piece.from - half);
    }
    return joined;
  };
  const inSample = whole((each) => each.inSample);
  const outOfSample = whole((each) => each.outOfSample);
  const logits = whole((each) => each.doubled).map((twice) => Math.log(twice / (2 * (trials + 1) - twice)));
  return {
    probability: shareOf(logits, (each) => each <= 0),
    probabilityOfLoss: shareOf(outOfSample, (each) => each < 0),
    degradation: degradationOf(inSample, outOfSample),
    ...{ trials, blocks, splits },
    ...{ logits, inSample, outOfSample },
  };
}

/** What the best of each half shows there, and in the other one. */
function bestOf(
  slices: Slices,
  sums: readonly ArrayLike<number>[],
): Pick<ProbabilityOfOverfitting, "inSample" | "outOfSample"> {
  const { count, ratios } = slices;
  const inSample = new Float64Array(count).fill(-Infinity);
  const outOfSample = new Float64Array(count);
  ratios.fill(-Infinity);
  for (const each of sums) {
    slices.take(each);
    for (const i of slices.notBelow()) {
      const value = slices.value(i);
      if (!(value > inSample[i])) continue;
      inSample[i] = value;
      outOfSample[i] = slices.value(count - 1 - i);
      ratios[i] = slices.ratioAt(i, value);
    }
  }
  return { inSample, outOfSample };
}

/** The ranks of values, one of each half, among those of all trials there; doubled. */
function doubledRanks(
  slices: Slices,
  sums: readonly ArrayLike<number>[],
  values: Float64Array,
): Float64Array {
  const { ratios, counts: doubled } = slices;
  doubled.fill(1);
  for (let i = 0; i < values.length; i++) ratios[i] = slices.ratioAt(i, values[i]);
  for (const each of sums) {
    slices.take(each);
    for (const i of slices.countBelow(2)) doubled[i] += 1 - Math.sign(slices.value(i) - values[i]);
  }
  return doubled.slice();
}

function degradationOf(inSample: Float64Array, outOfSample: Float64Array): Degradation | Unknown {
  const pairs = Array.from(inSample, (each, i) => [each, outOfSample[i]]);
  const { m, b } = linearRegression(pairs);
  if (!Number.isFinite(m)) return unknown("the best is as good in every half");
  const explained = rSquared(pairs, (x) => m * x + b);
  return { slope: m, intercept: b, rSquared: Number.isFinite(explained) ? explained : 1 };
}

const shareOf = (values: Float64Array, holds: (value: number) => boolean): number =>
  values.reduce((count, each) => count + (holds(each) ? 1 : 0), 0) / values.length;

function checkTrials(trials: number): void {
  if (trials >= 2) return;
  throw new BitFeverError("BF5120", `a ranking needs at least 2 trials, and there are ${trials}`, {
    hint: "try more values of the parameters",
  });
}

function checkBlocks(blocks: number, sessions: number): void {
  if (Number.isInteger(blocks) && blocks % 2 === 0 && blocks >= 2 && blocks <= 24 && sessions >= 2 * blocks)
    return;
  throw new BitFeverError("BF5121", `${sessions} sessions cannot be cut into ${blocks} blocks and halved`, {
    hint: `take an even number of blocks from 2 to 24, of at least 2 sessions each; 16 is usual`,
  });
}
