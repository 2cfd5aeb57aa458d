import type {
  AgainstChance,
  Counts,
  Interval,
  LimitUse,
  MetricValues,
  ReportedTrade,
} from "@bitfever/engine";
import type { BacktestResult } from "@bitfever/engine";

/** What the account came to over the days that count. */
export interface Measured {
  readonly metrics: MetricValues["values"];
  /** Why a metric is null. */
  readonly metricReasons: MetricValues["reasons"];
}

/** Sessions that were traded with values chosen on those before them. */
export interface ChosenWindow {
  /** Days in UTC, `2024-10-19`; both are among them. Null where nothing had to be chosen. */
  readonly learntFrom: string | null;
  readonly learntTo: string | null;
  readonly from: string;
  readonly to: string;
  readonly values: Readonly<Record<string, number>>;
  /** What the objective was on the days learnt from; null where nothing had to be chosen or nothing can be told. */
  readonly objective: number | null;
}

export interface SwitchedSystem {
  readonly name: string;
  readonly program: BacktestResult["program"];
  readonly data: BacktestResult["data"];
  readonly params: BacktestResult["params"];
  readonly settings: BacktestResult["settings"];
  readonly settingsHash: string;
  /** What its instrument was, where it or the account says a thing of its own. */
  readonly instruments?: NonNullable<BacktestResult["instruments"]>;
  readonly share: number;
  readonly filter: string;
  /** Combinations of values that were tried against each other. */
  readonly trials: number;
  readonly windows: readonly ChosenWindow[];
  /** Sessions of its own that count. */
  readonly sessions: number;
  /** Share of them for which it was on. */
  readonly onShare: number;
  /** Runs of sessions on, one after another. */
  readonly spells: number;
  /** Positions that were closed because it was switched off. */
  readonly closedBySwitch: number;
  /** What was moved to it from the others, less what was moved from it. */
  readonly moved: number;
  /** What holding earned, less what it cost: in the equity and in no trade's profit. */
  readonly cashFlow: number;
  /** What its part of the account is worth at the end. */
  readonly equity: number;
  readonly counts: Counts;
  readonly limits: readonly LimitUse[];
}

/** The filters' result beside those of switching at random. */
export interface Chance extends AgainstChance {
  readonly runs: number;
  readonly seed: number;
  /** The objective, of the filters and of the random switching. */
  readonly value: number | null;
  /** Null where the objective cannot be told of every draw. */
  readonly draws: Interval | null;
}

/** What became of switched systems, and of the same systems never switched, as plain data. */
export interface PortfolioResult {
  readonly schema: "bitfever/portfolio@1";
  /** The days that count: out of sample, where values were chosen. */
  readonly days: { readonly count: number; readonly from: string; readonly to: string };
  readonly initialCapital: number;
  readonly whenOff: "close" | "run";
  readonly reallocate: "monthly" | "never";
  readonly objective: string;
  readonly walk: {
    readonly kind: "rolling" | "anchored";
    readonly train: number;
    readonly test: number;
  } | null;
  readonly systems: readonly SwitchedSystem[];
  readonly metrics: Measured["metrics"];
  readonly metricReasons: Measured["metricReasons"];
  /** The same systems over the same days, never switched off. */
  readonly always: Measured;
  /** Null where nobody asked, and where nothing was ever switched. */
  readonly chance: Chance | null;
  /** In plain words, whether the filters did more than chance. */
  readonly verdict: string;
  readonly trades: readonly (ReportedTrade & { readonly system: string })[];
}

/** One system over the days that count. */
export interface SystemCurves {
  readonly name: string;
  /** Whether it is on at the end of the day, 1 and 0. */
  readonly on: Uint8Array;
  /** What its part of the account is worth at the end of the day. */
  readonly equity: Float64Array;
  /** What became of 1 that it had before the first day, but for what was moved to it or away. */
  readonly growth: Float64Array;
  /** The same of its shadow, which is never switched and stands alone: what its filter looks at. */
  readonly shadow: Float64Array;
}

/** What a chart wants: one value for each day that counts. */
export interface PortfolioCurves {
  /** The day, as its first instant in milliseconds UTC. */
  readonly time: Float64Array;
  readonly equity: Float64Array;
  readonly always: Float64Array;
  /** What is held at the end of the day, long and short together, as a share of equity. */
  readonly position: Float64Array;
  readonly systems: readonly SystemCurves[];
  /** The objective of each random switching, in no order of days; empty where nothing was compared. */
  readonly draws: readonly (number | null)[];
}
