import type { OptionTable, OptionValues, ValuesOf } from "./option.js";
import type { Point, Space } from "./space.js";

/*
 * How a search asks for trials and is told what came of them. `startSearch` makes a search of a method; a method
 * itself is a generator that yields batches of points and is handed the trials of each.
 */

/** A point to try, as a search asks for it. */
export interface Proposal {
  /** From 0 on, in the order in which a search asks for them. */
  readonly number: number;
  readonly point: Point;
  /** The share of the history to try it on, above 0 and at most 1: less is cheaper, and says less. */
  readonly fidelity: number;
}

/** What came of a proposal. */
export interface Trial extends Proposal {
  /** As many as the search was started for, each turned so that more is better; all NaN where the trial failed. */
  readonly objectives: readonly number[];
  /** How far it is from what was demanded of it, summed over the constraints; 0 where all hold. */
  readonly violation: number;
}

/**
 * A search that goes on. It is pure: what it asks depends on the space, the method, its options, the seed and what it
 * was told, and not on how many ask it or when they answer.
 */
export interface Search {
  /**
   * The proposals of the open batch that have not been told, in order; a new batch where all of the last were. None
   * means that the search is over. Asking twice gives the same.
   *
   * @throws BitFeverError BF5112 where no point is found that `require` allows, BF5115 for more dimensions than the
   *   method has
   */
  ask(): readonly Proposal[];
  /**
   * What came of proposals of the open batch, in any order and in as many parts as one likes.
   *
   * @throws BitFeverError BF5114 for a trial that was not asked, or at another point
   */
  tell(trials: readonly Trial[]): void;
}

export interface SearchInput {
  readonly seed: number;
  /** The search is over after so many, or before. More of them go on where fewer ended. */
  readonly trials: number;
  /** How many objectives a trial has. */
  readonly objectives?: number;
  /** Those left out have their defaults. */
  readonly options?: OptionValues;
}

/** What a method is handed. */
export interface SearchContext<Options> {
  /** With at least one dimension. */
  readonly space: Space;
  readonly options: Options;
  readonly objectives: number;
  /** Numbers from 0 up to 1; the only chance there is. */
  readonly random: () => number;
}

/** A point that a method wants tried, on all of the history where it does not say less. */
export interface Candidate {
  readonly point: Point;
  readonly fidelity?: number;
}

/**
 * The batches of a method, one after the other: each is answered with its trials, in the order of its candidates. No
 * batch is empty, no point is yielded twice at the same fidelity, and each is allowed by `require`. It need not count:
 * the last batch is cut where there are enough trials.
 */
export type Batches = Generator<readonly Candidate[], void, readonly Trial[]>;

export interface SearchMethod<Options extends OptionTable = OptionTable> {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  /** Whether it makes sense of several objectives. */
  readonly objectives: "one" | "several";
  readonly options: Options;
  search(context: SearchContext<ValuesOf<Options>>): Batches;
}

export const defineSearchMethod = <const Options extends OptionTable>(
  method: SearchMethod<Options>,
): SearchMethod<Options> => method;
