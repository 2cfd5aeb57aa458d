import type { Trade } from "./trade.js";

/**
 * Trades by their columns: the closed ones first, in order of exit, the order in which their results became known; then the
 * open ones. Prices and money as decimal numbers, as in `Trade`.
 */
export interface TradeColumns {
  /** Closed and open ones. */
  readonly length: number;
  /** How many are closed. */
  readonly closed: number;
  /** 1 long, -1 short. */
  readonly direction: Int8Array;
  readonly entryBar: Int32Array;
  /** −1 while open. */
  readonly exitBar: Int32Array;
  readonly entryPrice: Float64Array;
  /** NaN while open, as the value at exit. */
  readonly exitPrice: Float64Array;
  readonly entryValue: Float64Array;
  readonly exitValue: Float64Array;
  readonly profit: Float64Array;
  readonly commission: Float64Array;
  /** Whether shares were split during one of them. */
  readonly hasSplits: boolean;
  /** Whether they are of several markets. */
  readonly hasSymbols: boolean;
}

export function tradeColumns(trades: readonly Trade[]): TradeColumns {
  const exits = ({ exitBar }: Trade): number => exitBar ?? Infinity;
  const isInOrder = trades.every((each, i) => i === 0 || exits(trades[i - 1]) <= exits(each));
  // Infinity less Infinity is no number: two open ones stay as they are.
  const sorted = isInOrder ? trades : [...trades].sort((a, b) => exits(a) - exits(b) || 0);
  const doubles = (of: (trade: Trade) => number): Float64Array => Float64Array.from(sorted, of);
  return {
    length: sorted.length,
    closed: sorted.filter(({ exitBar }) => exitBar !== null).length,
    direction: Int8Array.from(sorted, ({ side }) => (side === "long" ? 1 : -1)),
    entryBar: Int32Array.from(sorted, ({ entryBar }) => entryBar),
    exitBar: Int32Array.from(sorted, ({ exitBar }) => exitBar ?? -1),
    entryPrice: doubles(({ entryPrice }) => entryPrice),
    exitPrice: doubles(({ exitPrice }) => exitPrice ?? NaN),
    entryValue: doubles(({ entryValue }) => entryValue),
    exitValue: doubles(({ exitValue }) => exitValue ?? NaN),
    profit: doubles(({ profit }) => profit),
    commission: doubles(({ commission }) => commission),
    hasSplits: sorted.some(({ exitBar, split }) => exitBar !== null && split !== undefined),
    hasSymbols: sorted.some(({ exitBar, symbol }) => exitBar !== null && symbol !== undefined),
  };
}

/** The same trades, counted from another first bar. */
export const columnsMovedBy = (columns: TradeColumns, bars: number): TradeColumns => ({
  ...columns,
  entryBar: columns.entryBar.map((bar) => bar + bars),
  exitBar: columns.exitBar.map((bar) => (bar < 0 ? bar : bar + bars)),
});
