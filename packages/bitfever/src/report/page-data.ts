import type { MetricUnit } from "@bitfever/engine";
import type { PlotLook } from "@bitfever/lang";
import type { PackedColumn } from "./column.js";
import type { TimePrecision } from "./format.js";

// What `renderReport` puts into the page and the page's own script reads: types alone.

/** A numeric `let` of the strategy, or what it plots. */
export interface PageSeries {
  readonly name: string;
  /** Conditions are 0 and 1. */
  readonly isCondition: boolean;
  /** How the program wants it drawn; null for a `let`. */
  readonly look: PlotLook | null;
  /** 0 lies over the candles; series of equal number share a pane below. */
  readonly pane: number;
  /** Whether it is drawn before anybody asks for it. */
  readonly shown: boolean;
  readonly decimals: number;
  readonly values: PackedColumn;
}

/** The trades, a column for each field, in order of entry. Texts are places in `texts`, which begins with "". */
export interface PageTrades {
  readonly texts: readonly string[];
  /** "" where there is one symbol. */
  readonly symbol: readonly number[];
  readonly long: readonly boolean[];
  /** Places of candles, which are bars or groups of bars. */
  readonly entryCandle: readonly number[];
  readonly exitCandle: readonly (number | null)[];
  readonly entryTime: readonly number[];
  readonly exitTime: readonly (number | null)[];
  readonly entryPrice: readonly number[];
  readonly exitPrice: readonly (number | null)[];
  readonly entryTag: readonly number[];
  readonly exitTag: readonly number[];
  readonly exitReason: readonly number[];
  readonly quantity: readonly number[];
  readonly profit: readonly number[];
  readonly commission: readonly number[];
  /** As the metrics define it. */
  readonly return: readonly number[];
  /** From the bar of entry to the bar of exit, or to the last one. */
  readonly bars: readonly number[];
}

/** The first messages of the program, a column for each field. */
export interface PageAlerts {
  /** Of all there were. */
  readonly count: number;
  readonly time: readonly number[];
  readonly text: readonly string[];
}

/** What is told of a chart under its cursor: columns by the names of charts. */
export interface CursorData {
  /** Milliseconds, UTC. */
  readonly time: PackedColumn;
  readonly rows: Readonly<Record<string, readonly CursorRow[]>>;
}

export interface CursorRow {
  readonly name: string;
  readonly kind: string;
  /** A switch is on where it is 1; a text is at its place in `texts`. */
  readonly unit: "ratio" | "money" | "number" | "count" | "switch" | "text";
  readonly texts?: readonly string[];
  readonly values: PackedColumn;
}

/** What the page of a portfolio carries. */
export interface PortfolioPageData extends Pick<
  PageData,
  "fileName" | "precision" | "priceDecimals" | "moneyDecimals" | "trades"
> {
  /** Their names; the chart of each is `system-` and its place. */
  readonly systems: readonly string[];
  readonly cursor: CursorData;
}

/** A parameter of a search, with a value for each trial. */
export interface PageParameter {
  readonly name: string;
  /** What it was among choices, else null. */
  readonly names: readonly string[] | null;
  /** The lowest and the highest it may be. */
  readonly from: number;
  readonly to: number;
  /** How many values, evenly spaced, it may have; null for any between the two. */
  readonly count: number | null;
  readonly isLogarithmic: boolean;
  /** Whether values are milliseconds. */
  readonly isDuration: boolean;
  /** What was tried, ascending, and for each trial the place of its value there; of names all places. */
  readonly values: readonly number[];
  readonly places: PackedColumn;
}

/** An objective or a metric of the trials of a search. */
export interface PageMeasure {
  readonly name: string;
  readonly title: string;
  /** Null of an expression. */
  readonly unit: MetricUnit | null;
  readonly better: "higher" | "lower" | "neither";
  readonly values: PackedColumn;
}

/** What the page of a search carries: columns, with a value for each trial. */
export interface StudyPageData extends Pick<PageData, "fileName"> {
  readonly parameters: readonly PageParameter[];
  /** Parameters that had one value in all trials, as one gives them. */
  readonly fixed: readonly (readonly [name: string, text: string])[];
  /** Objectives first. */
  readonly measures: readonly PageMeasure[];
  /** How many of them are objectives. */
  readonly objectives: number;
  /** 1 where all constraints hold. */
  readonly allowed: PackedColumn;
  /** The share of the history that each was tried on; null where that was all of it. */
  readonly fidelity: PackedColumn | null;
  /** Why trials failed; the first is empty. */
  readonly errors: readonly string[];
  /** For each trial the place of its error. */
  readonly error: PackedColumn;
  /** Number of the trial that was chosen; null where none was. */
  readonly best: number | null;
  /** Numbers of the trials that nothing betters. */
  readonly front: readonly number[];
  /** What a trial is run again with, but for its parameters; null where nobody knows it. */
  readonly command: string | null;
}

/** What the page of a walk carries. */
export interface WalkPageData extends Pick<PageData, "moneyDecimals"> {
  readonly cursor: CursorData;
}

export interface PageData {
  readonly title: string;
  /** Without an ending; safe as a name of a file. */
  readonly fileName: string;
  readonly precision: TimePrecision;
  /** Bars in a candle: 1 unless there are too many to draw. */
  readonly group: number;
  readonly priceDecimals: number;
  readonly moneyDecimals: number;
  /** Milliseconds, UTC. */
  readonly time: PackedColumn;
  readonly open: PackedColumn;
  readonly high: PackedColumn;
  readonly low: PackedColumn;
  readonly close: PackedColumn;
  readonly volume: PackedColumn | null;
  readonly volumeDecimals: number;
  /** The stop that protected the position in a candle; null where none ever did. */
  readonly stop: PackedColumn | null;
  readonly equity: PackedColumn;
  /** Lowest and highest account value of the bars in a candle, where candles are groups. */
  readonly equityLow: PackedColumn | null;
  readonly equityHigh: PackedColumn | null;
  /** What the account could have bought at the first close, without costs; null where that is not positive. */
  readonly held: number | null;
  /** Equity ÷ its peak so far − 1, the deepest of the candle. */
  readonly drawdown: PackedColumn;
  readonly series: readonly PageSeries[];
  readonly trades: PageTrades;
  readonly alerts: PageAlerts;
}
