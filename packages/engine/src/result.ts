import type { PlannedLimit, PlotLook } from "@bitfever/lang";
import type { Adjustment } from "./actions/view.js";
import type { Unknown } from "./metric.js";
import type { Regimes } from "./regimes.js";
import type { ReportedInstrument } from "./reported-instrument.js";
import type { CashFlow } from "./order.js";
import type { Resampling } from "./resampling.js";
import type { Rolling } from "./rolling.js";
import type { Trade } from "./trade.js";

/** A trade as results are written: times in ISO-8601 UTC. */
export type ReportedTrade = Omit<Trade, "entryTime" | "exitTime"> & {
  readonly entryTime: string;
  readonly exitTime: string | null;
};

/** What happened that a careful reader wants to know of, counted. */
export interface Counts {
  /** Fills whose order inside a bar its four prices do not decide. */
  readonly ambiguousFills: number;
  /** Entries made smaller because the account could not pay for all of it. */
  readonly reducedOrders: number;
  /**
   * Orders not placed: no size left after rounding, no cash, a stop on the wrong side, a price too large to be counted,
   * or as many entries open as may be.
   */
  readonly rejectedOrders: number;
  /** Orders not placed because a price or a size was absent at that bar. */
  readonly absentOrders: number;
  /** Fills at the close that decided them, which nobody can have: kinder than trading is. */
  readonly closeFills: number;
}

/** A limit of the program, and how often it had to act. */
export interface LimitUse extends PlannedLimit {
  readonly fired: number;
}

/** What a run along another path inside the bars came to. */
export interface PathOutcome {
  readonly net_profit: number | null;
  readonly total_return: number | null;
  readonly max_drawdown: number | null;
}

/** Between what a run lies, as far as the four prices of a bar can tell. */
export interface AmbiguityBand {
  readonly worst: PathOutcome;
  readonly best: PathOutcome;
}

/** A message of the program; the time is the open of its bar, in milliseconds UTC. */
export interface Alert {
  readonly time: number;
  readonly text: string;
}

/** Decimal money that came or went without a trade, below zero where it went. */
export interface AccountFlow extends CashFlow {
  /** Of which instrument, where there is more than one. */
  readonly symbol?: string;
}

/** The view of prices that splits and dividends have moved, and what it rests on. */
export interface AdjustedBy {
  readonly view: Adjustment;
  /** Those that lie inside the bars. */
  readonly splits: number;
  readonly dividends: number;
  /** Those that do not, and change nothing. */
  readonly outside: number;
  /** Of all actions that were given. */
  readonly hash: string;
}

/** The account at the ends of sessions, as columns of one length. */
export interface SessionEquity {
  /** The open of the last bar of each session, in ISO-8601 UTC. */
  readonly time: readonly string[];
  /** Decimal money at its close. */
  readonly value: readonly number[];
  /** The same as if nothing had been put in or taken out; absent where nothing was. */
  readonly timeWeighted?: readonly number[];
}

/** The machine-readable answer of `bf backtest --json`. */
export interface BacktestResult {
  readonly schema: "bitfever/backtest@1";
  readonly program: { readonly name: string; readonly hash: string };
  readonly data: {
    readonly symbol: string;
    /** The members of a universe. */
    readonly symbols?: readonly string[];
    readonly intervalMs: number;
    readonly bars: number;
    /** Bars inside which finer ones were known; absent where nobody gave any. */
    readonly magnifiedBars?: number;
    readonly from: string;
    readonly to: string;
    readonly hash: string;
    /** How corporate actions are seen; absent where nobody gave any. */
    readonly adjustment?: AdjustedBy;
  };
  /** The value of every `param` of the program. */
  readonly params: Readonly<Record<string, number | boolean | string>>;
  readonly settings: Readonly<Record<string, string | number | boolean | null>>;
  /** What each instrument was, by symbol, where an instrument or the account says a thing of its own. */
  readonly instruments?: Readonly<Record<string, ReportedInstrument>>;
  readonly settingsHash: string;
  /** Parameter sets tried to arrive at this one, as far as BitFever knows. */
  readonly trials: number;
  /** Bars before the first on which an order could be placed. */
  readonly warmup: number;
  readonly counts: Counts;
  /** The run along the worst and the best path; null where no fill is ambiguous, and where nobody asked. */
  readonly ambiguity: AmbiguityBand | null;
  /** What else its sessions and trades could have come to; null where nobody asked. */
  readonly resampling: Resampling | null;
  readonly metrics: Readonly<Record<string, number | null>>;
  /** Why a metric is null. */
  readonly metricReasons: Readonly<Record<string, string>>;
  /** How it did in markets of different kinds. */
  readonly regimes: Regimes | Unknown;
  readonly limits: readonly LimitUse[];
  readonly alerts: readonly (Omit<Alert, "time"> & { readonly time: string })[];
  /** Money that came and went without a trade, where there was any; times in ISO-8601 UTC. */
  readonly cashFlows?: readonly (Omit<AccountFlow, "time"> & { readonly time: string })[];
  readonly trades: readonly ReportedTrade[];
  /** In the files that `bf backtest --json` writes; whoever has the curves has more. */
  readonly equity?: SessionEquity;
}

/** Columns that are too long for JSON by default but that a chart wants, one value per bar. */
export interface BacktestCurves {
  readonly equity: Float64Array;
  readonly position: Float64Array;
  /** The account as if nothing had been put in or taken out; absent where nothing was. */
  readonly timeWeighted?: Float64Array;
  /** What was put in before the orders of each bar, below zero where it was taken out; absent with the former. */
  readonly flow?: Float64Array;
  /** The stop that protects the position in each bar, NaN without one; null where nobody kept it. */
  readonly stop: Float64Array | null;
  /** The last bar of each session. */
  readonly sessionEnds: Int32Array;
  readonly rolling: Rolling | Unknown;
  /** The strategy's `let`s that are numbers, by name, and what it plots, which may be conditions: 0 and 1. */
  readonly series: readonly {
    readonly name: string;
    readonly unit: string;
    readonly values: Float64Array;
    /** How the program wants it drawn; absent for a `let`. */
    readonly plot?: PlotLook;
  }[];
}
