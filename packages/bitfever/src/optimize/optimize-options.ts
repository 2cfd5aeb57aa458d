import { availableParallelism } from "node:os";
import { BitFeverError } from "@bitfever/lang";
import {
  countFeasible,
  optionsOf,
  searchMethodOf,
  type OptionValues,
  type SearchMethod,
  type SharedWork,
  type Space,
} from "@bitfever/engine";
import { runOptionNames } from "../backtest.js";
import type { OptionNames } from "../given.js";
import type { ParameterInput } from "../parameters.js";
import type { TrialSettings } from "./trial.js";

/** How is searched, for what, how long, and by whom. */
export interface OptimizeOptions<Values = ParameterInput> extends TrialSettings {
  /** Parameters that are not searched but have these values. */
  readonly params?: Partial<Values>;
  /** `grid` where the program allows no more than 1,000 points, else `tpe`; docs/reference/search-methods.md lists all. */
  readonly method?: string | undefined;
  /** Options of the method. */
  readonly options?: OptionValues | undefined;
  /**
   * Metrics, or expressions over metrics such as `sharpe * sqrt(trades)`; `maximise` or `minimise` before it says what
   * is better where that is not plain. `sharpe` where not given; of several, the trials that nothing betters are found.
   */
  readonly objective?: string | readonly string[] | undefined;
  /** What a trial must hold to be chosen: `trades >= 30`. */
  readonly constraints?: readonly string[] | undefined;
  /**
   * Judges luck by what trials earn beyond the market, held in the measure in which they held it, so that a long strategy in a rising
   * market has no edge for that; by what they earn where not given. What is searched for is the objective either way.
   */
  readonly beyondMarket?: boolean | undefined;
  /** Metrics to keep of each trial beside the usual ones and those that are asked for, or all there are. */
  readonly metrics?: readonly string[] | "all" | undefined;
  /** How many trials at most: all points for `grid`, else 200 where not given. */
  readonly trials?: number | undefined;
  /** The same seed makes the same trials; 1 where not given. */
  readonly seed?: number | undefined;
  /**
   * How many threads make the trials, this one among them, which has a turn for others after each; 0 or 1 makes all of them in this
   * one. Where not given, as many as there are processors if there is enough to do.
   */
  readonly workers?: number | undefined;
  /**
   * The address of a queue on Redis, `redis://host:6379`: the trials are made by the machines on which `bf worker --queue` listens to
   * it, and not on this one. Needs the packages bullmq and ioredis.
   */
  readonly queue?: string | undefined;
  /** Told what somebody who waits for a queue wants to know: that no worker is there, that Redis is lost or back. */
  readonly onNote?: ((note: string) => void) | undefined;
  /** Where the study is kept, to go on with it or to extend it by more trials. */
  readonly study?: string | undefined;
  /** Stops the search; what was found until then is the result. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StudyProgress) => void) | undefined;
  /** Bytes for columns that the trials of a batch have in common; 512 MiB where not given, 0 computes each trial by itself. */
  readonly memoryBytes?: number | undefined;
  /** Told what the trials of a batch have in common, before the first of them. */
  readonly onShared?: ((work: SharedWork) => void) | undefined;
}

/** What many searches have in common that are made on this machine, and kept in no file. */
export type ManySearchesOptions<Values = ParameterInput> = Omit<
  OptimizeOptions<Values>,
  "study" | "queue" | "onNote" | "memoryBytes" | "onShared"
>;

export const manySearchesOptionNames: OptionNames<ManySearchesOptions> = {
  ...runOptionNames,
  ...{ method: true, options: true, objective: true, constraints: true },
  ...{ beyondMarket: true, metrics: true, trials: true, seed: true, workers: true },
  ...{ signal: true, onProgress: true },
};

export const optimizeOptionNames: OptionNames<OptimizeOptions> = {
  ...manySearchesOptionNames,
  ...{ study: true, queue: true, onNote: true, memoryBytes: true, onShared: true },
};

/** How far a search is, and how long it will take. */
export interface StudyProgress {
  readonly done: number;
  /** How many there will be at most. */
  readonly total: number;
  /** Of this run, in milliseconds. */
  readonly elapsedMs: number;
  /** Trials of this run a second. */
  readonly perSecond: number;
  /** What is left at this rate, in milliseconds; null before the first trial. */
  readonly leftMs: number | null;
}

/** Up to so many points all are tried. */
const mostForGrid = 1_000;
const usualTrials = 200;
/** All that a grid can have. */
const endless = 999_999_999;
/** Bars of all trials together from which on threads are worth their start. */
const enoughForThreads = 20_000_000;

export interface ChosenMethod {
  readonly method: SearchMethod;
  readonly trials: number;
  /** How many trials there will be at most. */
  readonly total: number;
}

/** @throws BitFeverError BF5110 for a method that does not exist, BF5111 for an option, BF5135 for numbers out of their range */
export function chosenMethod(
  space: Space,
  given: Pick<OptimizeOptions, "method" | "options" | "trials">,
): ChosenMethod {
  const points = countFeasible(space) ?? Infinity;
  const method = searchMethodOf(given.method ?? (points <= mostForGrid ? "grid" : "tpe"));
  const trials = given.trials ?? (method.name === "grid" ? endless : usualTrials);
  checkWhole("trials", trials, 1);
  optionsOf(method, given.options ?? {}, { dimensions: space.dimensions.length, trials });
  return { method, trials, total: method.name === "successive_halving" ? trials : Math.min(trials, points) };
}

/** @throws BitFeverError BF5135 for a number that is none, BF5136 for threads and indicators of one's own */
export function workersOf(
  { workers }: Pick<OptimizeOptions, "workers">,
  { bars, total, hasOwn }: { readonly bars: number; readonly total: number; readonly hasOwn: boolean },
): number {
  if (workers === undefined)
    return hasOwn || bars * total < enoughForThreads ? 0 : Math.min(availableParallelism(), total);
  checkWhole("workers", workers, 0);
  if (workers > 1 && hasOwn)
    throw cannotTravel(
      "worker threads",
      "leave `workers` out, or give 0: the trials are made in this thread",
    );
  return workers < 2 ? 0 : workers;
}

/** @throws BitFeverError BF5136 for a queue and indicators of one's own, BF5159 for a queue and threads */
export function checkQueue({ workers }: Pick<OptimizeOptions, "workers">, hasOwn: boolean): void {
  if (hasOwn) throw cannotTravel("other machines", "leave `queue` out: the trials are made in this thread");
  if (workers !== undefined)
    throw new BitFeverError(
      "BF5159",
      "`workers` are threads of this machine, and the trials of a `queue` are made on others",
      {
        hint: "leave one of them out; `bf worker --queue … --threads` says how many threads a machine gives to a queue",
      },
    );
}

const cannotTravel = (where: string, hint: string): BitFeverError =>
  new BitFeverError("BF5136", `indicators of your own are functions, which cannot go to ${where}`, { hint });

/** @throws BitFeverError BF5135 */
export function checkWhole(name: string, value: number, least: number, most = endless): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new BitFeverError("BF5135", `\`${name}\` is ${value}`, {
    hint: `give a whole number from ${least} to ${most}`,
  });
}
