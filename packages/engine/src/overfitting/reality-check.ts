import { BitFeverError } from "@bitfever/lang";
import { roundingNoise } from "../statistics.js";
import { randomOf } from "../random.js";
import { drawInBlocks } from "../stationary-blocks.js";
import { codedMeans } from "../wasm/coded-means.js";
import { plainMeans, type MeansOfDraws } from "./drawn-means.js";

export interface RealityCheckOptions {
  /** How many sessions each trial has. */
  readonly sessions: number;
  /** How often the history is drawn anew; the smallest p-value is one part in one more. */
  readonly draws: number;
  /** The same seed draws the same. */
  readonly seed: number;
  /** Mean length of the blocks that are drawn, in sessions; the square root of their number is usual. */
  readonly meanBlock: number;
}

/** So many trials are drawn together. */
const together = 4;

/** What some of the trials come to in each draw: the largest over them. It may travel between threads. */
export interface RealityCheckPart {
  readonly trials: number;
  /** Largest √n × mean, and largest √n × mean ÷ deviation, of the trials as they are. */
  readonly best: { readonly mean: number; readonly ratio: number };
  readonly draws: Readonly<Record<Kind, Float64Array>>;
}

/**
 * How each trial is drawn where nothing is better than nothing. `white`: its means less its own mean. `upper`: the
 * same over its deviation. `consistent`: a trial that is so bad that chance cannot make it the best is left as bad.
 * `lower`: every trial that lost is left as bad. `even`: over the deviation of its draws, which makes each of them
 * alike.
 */
type Kind = "white" | "upper" | "consistent" | "lower" | "even";
const kinds = ["white", "upper", "consistent", "lower", "even"] as const;

export interface RealityCheckResult {
  readonly trials: number;
  readonly draws: number;
  /** White's reality check of the best mean. */
  readonly white: number;
  /** Hansen's test of the best mean over its deviation; the p-value is between the two bounds. */
  readonly hansen: { readonly lower: number; readonly consistent: number; readonly upper: number };
  /** In how large a part of the draws chance alone gives some trial a ratio at least as good as the chosen one's. */
  readonly chosen: number;
  /**
   * Mean over the draws of the largest of all trials, each of a deviation of 1: what the best is to be expected to
   * show.
   */
  readonly expectedBest: number;
}

/**
 * Draws the history of all trials anew, in the same blocks for all of them, as if none of them earned more than nothing,
 * and keeps the best of each draw: what the best of a search shows by luck, however many trials there are and however
 * much they resemble one another. Trials are added one by one and not kept.
 *
 * Where trials are to be better than a benchmark, add what they earned more than it.
 *
 * Deviations are those of sessions, not those of the draws, as the deviation of draws in blocks is itself uncertain
 * and the best of many trials would be the one for which it is too small.
 *
 * @throws BitFeverError BF5120 for a trial with another number of sessions, BF5125 for options out of their range
 * @source White 2000, "A Reality Check for Data Snooping", Econometrica 68(5); Hansen 2005, "A Test for Superior
 * Predictive Ability", Journal of Business & Economic Statistics 23(4); Romano & Wolf 2005, "Stepwise Multiple
 * Testing as Formalized Data Snooping", Econometrica 73(4), for the chosen one
 */
export class RealityCheck {
  private readonly drawn: MeansOfDraws;
  /** Trials whose sums are there, and which are not drawn yet. */
  private readonly waiting: { readonly ratio: number; readonly deviation: number }[] = [];
  private readonly widening: number;
  private largest: Record<Kind, Float64Array>;
  private trials = 0;
  private bestMean = -Infinity;
  private bestRatio = -Infinity;

  constructor(private readonly options: RealityCheckOptions) {
    checkOptions(options);
    const { sessions, draws, seed, meanBlock } = options;
    const random = randomOf(seed);
    const from: number[] = [];
    const to: number[] = [];
    const ends = new Int32Array(draws);
    for (let draw = 0; draw < draws; draw++) {
      const places = drawInBlocks(sessions, meanBlock, random);
      places.forEach((place, i) => {
        if (i > 0 && place === places[i - 1] + 1) to[to.length - 1]++;
        else {
          from.push(place);
          to.push(place + 1);
        }
      });
      ends[draw] = from.length;
    }
    const blocks = { from: Int32Array.from(from), to: Int32Array.from(to), ends };
    const given = { ...blocks, sessions, scale: 1 / Math.sqrt(sessions) };
    this.drawn = codedMeans(given, together) ?? plainMeans(given, together);
    this.widening = wideningOf(sessions, meanBlock);
    this.largest = noneLargest(draws);
  }

  /**
   * Adds a trial.
   *
   * @param returns  simple returns, one a session
   * @returns √n × mean ÷ deviation of the trial, 0 where its returns do not vary
   */
  add(returns: ArrayLike<number>): number {
    const { sessions } = this.options;
    if (returns.length !== sessions)
      throw new BitFeverError(
        "BF5120",
        `a trial has ${returns.length} session returns, and the others have ${sessions}`,
        { hint: "give all trials the same sessions, with a return of 0 where one holds nothing" },
      );
    const { mean, deviation } = this.centre(returns);
    this.trials++;
    this.bestMean = Math.max(this.bestMean, Math.sqrt(sessions) * mean);
    if (deviation === 0) return 0;
    const ratio = (Math.sqrt(sessions) * mean) / deviation;
    this.bestRatio = Math.max(this.bestRatio, ratio);
    this.waiting.push({ ratio, deviation });
    if (this.waiting.length === together) this.draw();
    return ratio;
  }

  /** What the trials since the last time come to; those that follow are counted anew. */
  take(): RealityCheckPart {
    this.draw();
    const { trials, bestMean, bestRatio, largest } = this;
    this.trials = 0;
    this.bestMean = this.bestRatio = -Infinity;
    this.largest = noneLargest(this.options.draws);
    return { trials, best: { mean: bestMean, ratio: bestRatio }, draws: largest };
  }

  /** Adds the trials of another check with the same options. */
  absorb(part: RealityCheckPart): void {
    this.trials += part.trials;
    this.bestMean = Math.max(this.bestMean, part.best.mean);
    this.bestRatio = Math.max(this.bestRatio, part.best.ratio);
    for (const kind of kinds) {
      const own = this.largest[kind];
      part.draws[kind].forEach((value, draw) => (own[draw] = Math.max(own[draw], value)));
    }
  }

  /** @param chosen  what `add` answered for the trial that was chosen */
  result(chosen: number): RealityCheckResult {
    this.draw();
    const { trials, bestMean, bestRatio } = this;
    const { draws } = this.options;
    const { white, upper, consistent, lower, even } = this.largest;
    // What is not above nothing is never better than chance.
    const share = (of: Float64Array, value: number): number =>
      value > 0 ? (of.reduce((count, each) => count + (each >= value ? 1 : 0), 0) + 1) / (draws + 1) : 1;
    return {
      ...{ trials, draws },
      white: share(white, bestMean),
      hansen: {
        lower: share(lower, bestRatio),
        consistent: share(consistent, bestRatio),
        upper: share(upper, bestRatio),
      },
      chosen: share(consistent, chosen),
      expectedBest: bestRatio > -Infinity ? even.reduce((sum, each) => sum + each, 0) / draws : 0,
    };
  }

  /** Sums up to each session of the returns less their mean, beside those of the trials that wait. */
  private centre(returns: ArrayLike<number>): { readonly mean: number; readonly deviation: number } {
    const { sums } = this.drawn;
    const { length } = returns;
    let mean = 0;
    for (let i = 0; i < length; i++) mean += returns[i];
    mean /= length;
    let squares = 0;
    let sum = 0;
    for (let i = 0, at = this.waiting.length; i < length; i++) {
      const off = returns[i] - mean;
      squares += off * off;
      at += together;
      sums[at] = sum += off;
    }
    const deviation = Math.sqrt(squares / (length - 1));
    return { mean, deviation: deviation > roundingNoise ? deviation : 0 };
  }

  /** Draws the trials that wait. */
  private draw(): void {
    if (this.waiting.length === 0) return;
    this.drawn.draw();
    this.waiting.forEach((trial, place) => {
      this.compare(trial, place);
    });
    this.waiting.length = 0;
  }

  /** Compares a trial with the largest of each draw. */
  private compare(
    { ratio, deviation }: { readonly ratio: number; readonly deviation: number },
    place: number,
  ): void {
    const { largest } = this;
    const { means } = this.drawn;
    const { sessions, draws } = this.options;
    let squares = 0;
    for (let at = place; at < means.length; at += together) squares += means[at] * means[at];
    const ofDraws = Math.sqrt(squares / draws);
    // Chance does not take a trial that is as far below 0 as this to the top (the law of the iterated logarithm).
    const isHopeless = ratio <= -Math.sqrt(2 * Math.log(Math.log(sessions)));
    const consistent = isHopeless ? ratio : 0;
    const lower = Math.min(ratio, 0);
    for (let draw = 0; draw < draws; draw++) {
      const drawn = means[draw * together + place];
      const over = (drawn * this.widening) / deviation;
      if (drawn > largest.white[draw]) largest.white[draw] = drawn;
      if (over > largest.upper[draw]) largest.upper[draw] = over;
      if (over + consistent > largest.consistent[draw]) largest.consistent[draw] = over + consistent;
      if (over + lower > largest.lower[draw]) largest.lower[draw] = over + lower;
      const even = drawn / ofDraws;
      if (even > largest.even[draw]) largest.even[draw] = even;
    }
  }
}

function noneLargest(draws: number): Record<Kind, Float64Array> {
  const none = (): Float64Array => new Float64Array(draws).fill(-Infinity);
  return { white: none(), upper: none(), consistent: none(), lower: none(), even: none() };
}

/**
 * What makes the draws of independent returns as wide as the returns are. Around their own mean the returns of other
 * sessions lie on the other side by one part in n − 1, so that a block of many varies less than it should.
 */
function wideningOf(sessions: number, meanBlock: number): number {
  const goesOn = 1 - 1 / meanBlock;
  let together = 0;
  for (let apart = 1, chance = goesOn; apart < sessions; apart++, chance *= goesOn)
    together += (1 - apart / sessions) * chance;
  const share = ((sessions - 1) / sessions) * (1 - (2 * together) / (sessions - 1));
  return 1 / Math.sqrt(share);
}

function checkOptions({ sessions, draws, meanBlock }: RealityCheckOptions): void {
  const refuse = (what: string, hint: string): never => {
    throw new BitFeverError("BF5125", what, { hint });
  };
  if (!(sessions >= 30)) refuse(`${sessions} sessions are too few to draw from`, "test at least 30 sessions");
  if (!(Number.isInteger(draws) && draws >= 19))
    refuse(
      `${draws} draws cannot show what happens once in twenty`,
      "take 19 draws at least; 1000 are usual",
    );
  if (!(meanBlock >= 1 && meanBlock <= sessions))
    refuse(
      `blocks of ${meanBlock} sessions cannot be drawn from ${sessions}`,
      "take a mean length from 1 up to the number of sessions",
    );
}
