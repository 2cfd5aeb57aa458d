import { BitFeverError } from "@bitfever/lang";
import { isBetter } from "../against-chance.js";
import type { Metric } from "../metric.js";

export interface SequentialTestOptions {
  /** How many runs by chance at most. */
  readonly most: number;
  /** After so many that are at least as good no more are needed. */
  readonly enough: number;
}

export interface SequentialTestResult {
  /** Chance of a result at least so good; never 0. */
  readonly pValue: number;
  /** How far it is off as a rule, by the number of runs: about p ÷ √enough where the test stopped early. */
  readonly standardError: number;
  readonly runs: number;
  /** Of these, how many were at least as good. */
  readonly asGood: number;
}

/**
 * How likely chance does at least as well as a real run, from runs by chance that are added until enough is known.
 * Most real runs are no better than chance, and a few dozen runs show it: the test stops once `enough` of them were
 * at least as good, with p = enough ÷ runs, or after `most` with p = (as good + 1) ÷ (runs + 1). Either way at most a
 * share p of runs without skill gets p or less, so stopping early makes no false discoveries.
 *
 * Runs count in the order in which they are added: to have the same result on any number of threads, add them in the
 * order of their seeds.
 *
 * @throws BitFeverError BF5125 for numbers that are none
 * @source Besag & Clifford 1991, "Sequential Monte Carlo p-values", Biometrika 78(2); North, Curtis & Sham 2002 for
 * the one that is added
 * @example
 * const test = new SequentialTest(metric, value, { most: 999, enough: 20 });
 * for (let seed = 1; !test.isDone; seed++) test.add(objectiveOf(permutedBars(markets, randomOf(seed))));
 */
export class SequentialTest {
  private runs = 0;
  private asGood = 0;

  constructor(
    private readonly metric: Pick<Metric, "better">,
    private readonly value: number | null,
    private readonly options: SequentialTestOptions,
  ) {
    const { most, enough } = options;
    const isCount = (number: number): boolean => Number.isInteger(number) && number >= 1;
    if (!isCount(most) || !isCount(enough) || most < 19)
      throw new BitFeverError(
        "BF5125",
        `${most} runs, stopped after ${enough} that are as good, cannot show what happens once in twenty`,
        { hint: "make 19 runs at least, and stop after one or more; 999 and 20 are usual" },
      );
  }

  /** Whether nothing more is to be learnt; what is added then does not count. */
  get isDone(): boolean {
    return this.asGood >= this.options.enough || this.runs >= this.options.most;
  }

  /** Adds what a run by chance came to; null where it has no result, which is worse than any. */
  add(value: number | null): void {
    if (this.isDone) return;
    this.runs++;
    if (!isBetter(this.metric, this.value, value)) this.asGood++;
  }

  result(): SequentialTestResult {
    const { runs, asGood } = this;
    const pValue = asGood >= this.options.enough ? asGood / runs : (asGood + 1) / (runs + 1);
    return { pValue, standardError: Math.sqrt((pValue * (1 - pValue)) / Math.max(1, runs)), runs, asGood };
  }
}
