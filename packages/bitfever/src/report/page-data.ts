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
  /** A switch is on where it is 1. */
  readonly unit: "ratio" | "money" | "switch";
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
