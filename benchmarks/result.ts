import type { Measured } from "./workload.js";

/** What a workload came to, as it is kept in `results/`. */
export interface Result {
  readonly workload: string;
  readonly title: string;
  /** What is in the figures and what is not, in words. */
  readonly inside: string;
  readonly node: string;
  readonly processor: string;
  readonly cores: number;
  /** What was measured; with a `+` where something was not committed. */
  readonly commit: string;
  readonly compiler?: string;
  /** The figures that the table of all workloads tells, by their names; all where not given. */
  readonly headline?: readonly string[];
  readonly parts: readonly Part[];
}

/** Sides that were timed together. */
export interface Part {
  readonly title: string;
  readonly sides: readonly Measured[];
}
