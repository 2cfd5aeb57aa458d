import type { ColumnId } from "./column.js";
import type { WeightingName } from "./weightings.js";

/** A program that is worked out for each symbol of a universe, with one account for all. */
export interface PlannedUniverse {
  /** Null takes all symbols of the data. */
  readonly symbols: readonly string[] | null;
  readonly rebalances: readonly PlannedRebalance[];
}

/** What to hold of the universe, and how much of each. */
export interface PlannedRebalance {
  readonly tag: string;
  /** Acts on the bar with which a bar of this clock closes, such as `1mo`; null acts on every bar. */
  readonly every: string | null;
  /** The same for all members, so any of them can be asked; null always holds. */
  readonly when: ColumnId | null;
  readonly holds: readonly PlannedHold[];
  readonly weight: PlannedWeight;
  /** The most of equity that one member may be; null is all of it. */
  readonly cap: number | null;
  /** Whether the others have what the cap cuts off; else it stays cash. */
  readonly isRedistributed: boolean;
  /** The most of equity that all may be together, long and short; null is all of it. */
  readonly exposure: number | null;
  /** A share that would change by less stays as it is. */
  readonly band: number;
}

/**
 * `equal` shares, shares in proportion to a value (`by`), shares of equity as they are given (`at`), or shares by what
 * the returns were.
 */
export type PlannedWeight =
  | { readonly kind: "equal" }
  | { readonly kind: "by" | "at"; readonly column: ColumnId }
  | {
      readonly kind: "returns";
      readonly weighting: WeightingName;
      /** Whether the covariance is drawn towards one in which all are correlated alike. */
      readonly isShrunk: boolean;
      /** How many returns, between the closes of one more moment. */
      readonly length: number;
      readonly close: ColumnId;
      /** The close so many bars ago: who has it is weighed. */
      readonly oldest: ColumnId;
    };

export interface PlannedHold {
  readonly side: "long" | "short";
  readonly order: "top" | "bottom";
  /** Null holds each that the filter lets through. */
  readonly count: number | null;
  readonly by: ColumnId | null;
  readonly where: ColumnId | null;
}
