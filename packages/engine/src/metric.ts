import type { Bars } from "./bars.js";
import type { Curve } from "./curve.js";
import type { BookedFlow } from "./time-weighted.js";
import type { PriceRanges } from "./price-ranges.js";
import type { PerformanceRecord } from "./performance-record.js";

/**
 * What a metric may look at: the equity at the close of every bar, the trades, and the calendar's year.
 * It describes a finished run: what several metrics need is read once and remembered per context, so a run whose
 * columns change afterwards needs a context of its own.
 */
export interface MetricContext extends PerformanceRecord {
  readonly bars: Bars;
  /** The ranges of the bars, where they are at hand: for many runs over the same bars. */
  readonly ranges?: PriceRanges | undefined;
  /** What the market is compared by: the bars, or the same in shares of the last of them where splits move their prices. */
  readonly benchmark: Bars;
  /** The equity as if nothing had been put in or taken out: what returns and drawdowns are told from. */
  readonly timeWeighted: Curve;
  /** What the holder put in and took out, in order of time. */
  readonly externalFlows: readonly BookedFlow[];
  /** Account value before the first bar, positive. */
  readonly initialCapital: number;
  /** Sessions in a year: 252, or 365 where the data trade on weekends. */
  readonly sessionsPerYear: number;
  /** `timeWeighted` at the last close of each session, the initial capital first. */
  readonly sessionEquity: Float64Array;
  /** Price of the market at the last close of each session, its first open first. */
  readonly sessionClose: Float64Array;
  /** The last bar of each session. */
  readonly sessionEnds: Int32Array;
  readonly trials: Trials;
}

/** How many runs were made to arrive at one. */
export interface Trials {
  /** From 1 on, this one counted. */
  readonly count: number;
  /** Standard deviation of their Sharpe ratios, a year's; null where nobody knows it. */
  readonly sharpeDeviation: number | null;
}

/** As long as nobody says otherwise. */
export const onlyTrial: Trials = { count: 1, sharpeDeviation: null };

/** A metric that cannot be told, with the reason in words: never a nonsense number. */
export interface Unknown {
  readonly reason: string;
}

export const unknown = (reason: string): Unknown => ({ reason });

export const isUnknown = (value: unknown): value is Unknown =>
  typeof value === "object" && value !== null && "reason" in value;

export type MetricUnit = "ratio" | "money" | "count" | "number" | "days" | "bars";

/** A figure of a result: name, unit, formula and source, and how it is computed. */
export interface Metric {
  /** As written in assertions and results: `max_drawdown`. */
  readonly name: string;
  readonly title: string;
  readonly unit: MetricUnit;
  readonly better: "higher" | "lower" | "neither";
  readonly formula: string;
  readonly source: string;
  readonly compute: (context: MetricContext) => number | Unknown;
}

/**
 * A metric as given, whose answer is a finite number or Unknown whatever its formula lets through.
 *
 * @example
 * const longest = defineMetric({
 *   name: "bars_seen",
 *   title: "Bars",
 *   unit: "count",
 *   better: "neither",
 *   formula: "number of bars",
 *   source: "this example",
 *   compute: ({ equity }) => equity.length,
 * });
 * console.log(longest.name);
 */
export const defineMetric = (metric: Metric): Metric => ({
  ...metric,
  compute: (context) => {
    const value = metric.compute(context);
    if (typeof value !== "number") return value;
    if (!Number.isFinite(value)) return unknown("the formula gives no finite number for these values");
    return value + 0; // −0 becomes 0: nobody wants to read "-0"
  },
});
