import type { ListedTrade } from "./trades.js";

/** In what two trades differ first; a trade that only one list has is an entry. */
type Kind = "entry" | "exit" | "quantity" | "profit";

export interface Difference {
  readonly kind: Kind;
  /** Null where only the other has the trade. */
  readonly theirs: string | null;
  readonly ours: string | null;
}

export interface Comparison {
  readonly theirs: number;
  readonly ours: number;
  readonly equalEntries: number;
  readonly equalTrades: number;
  /** The earliest by the time of the entry; null where every trade is equal. */
  readonly first: Difference | null;
}

/** Lists print prices at the tick, quantities at four decimals, profits at two. */
const at = (time: number, price: number): string =>
  `${new Date(time).toISOString().slice(0, "2025-03-31T00:00".length)} at ${price.toFixed(2)}`;
const entryOf = (trade: ListedTrade): string => `${at(trade.entryTime, trade.entryPrice)} ${trade.side}`;
/** What is open is marked at the last close, which where a chart ended with an unfinished bar is none that we have. */
const exitOf = (trade: ListedTrade): string => (trade.isOpen ? "open" : at(trade.exitTime, trade.exitPrice));
const quantityOf = (trade: ListedTrade): string => trade.quantity.toFixed(4);

/** A cent, and what the binary forms of two decimals can be off. */
export const cent = 0.01 + 1e-6;

const textOf = (trade: ListedTrade): string =>
  `${entryOf(trade)} ${quantityOf(trade)}, then ${exitOf(trade)}, profit ${trade.profit.toFixed(2)}`;

function kindOf(theirs: ListedTrade, ours: ListedTrade): Kind | null {
  if (exitOf(theirs) !== exitOf(ours)) return "exit";
  if (quantityOf(theirs) !== quantityOf(ours)) return "quantity";
  if (theirs.isOpen) return null;
  return Math.abs(theirs.profit - ours.profit) > cent ? "profit" : null;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By time; trades that were entered alike by what became of them. */
const sorted = (list: readonly ListedTrade[]): ListedTrade[] =>
  list
    .map((trade) => ({ trade, key: `${entryOf(trade)} ${exitOf(trade)} ${quantityOf(trade)}` }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ trade }) => trade);

/** Walks two lists side by side, pairing what was entered alike. */
export function compareTrades(theirs: readonly ListedTrade[], ours: readonly ListedTrade[]): Comparison {
  const [left, right] = [sorted(theirs), sorted(ours)];
  let [i, j, equalEntries, equalTrades] = [0, 0, 0, 0];
  let first: Difference | null = null;
  const differ = (kind: Kind, one?: ListedTrade, other?: ListedTrade): void => {
    first ??= {
      kind,
      theirs: one === undefined ? null : textOf(one),
      ours: other === undefined ? null : textOf(other),
    };
  };
  while (i < left.length || j < right.length) {
    const one = left.at(i);
    const other = right.at(j);
    const order = one === undefined ? 1 : other === undefined ? -1 : compare(entryOf(one), entryOf(other));
    if (order <= 0) i++;
    if (order >= 0) j++;
    if (order < 0) differ("entry", one);
    else if (order > 0) differ("entry", undefined, other);
    else if (one !== undefined && other !== undefined) {
      const kind = kindOf(one, other);
      equalEntries++;
      if (kind === null) equalTrades++;
      else differ(kind, one, other);
    }
  }
  return { theirs: left.length, ours: right.length, equalEntries, equalTrades, first };
}
