import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { BacktestResult, Bars } from "@bitfever/engine";

/** A trade of a list; times in milliseconds UTC. */
export interface ListedTrade {
  readonly side: string;
  readonly quantity: number;
  readonly entryTime: number;
  readonly entryPrice: number;
  /** Of a trade that is open, the last bar and its close. */
  readonly exitTime: number;
  readonly exitPrice: number;
  readonly isOpen: boolean;
  /** Net of commissions. */
  readonly profit: number;
}

/** What TradingView exported: two rows a trade, of which one is the entry. */
export function readTrades(file: string): ListedTrade[] {
  const [header, ...rows] = gunzipSync(readFileSync(file))
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => line.trimEnd().split(","));
  const cell = (row: readonly string[], column: string): string => row[header.indexOf(column)];
  const of = (kind: string): Map<string, string[]> =>
    new Map(rows.filter((row) => cell(row, "type").startsWith(kind)).map((row) => [cell(row, "trade"), row]));
  const exits = of("Exit");
  return [...of("Entry")].map(([trade, entry]) => {
    const exit = exits.get(trade);
    if (exit === undefined) throw new Error(`${file}: trade ${trade} has no exit`);
    return {
      side: cell(entry, "type").slice("Entry ".length),
      quantity: Number(cell(entry, "qty")),
      entryTime: Date.parse(cell(entry, "time")),
      entryPrice: Number(cell(entry, "price")),
      exitTime: Date.parse(cell(exit, "time")),
      exitPrice: Number(cell(exit, "price")),
      isOpen: cell(exit, "signal") === "Open",
      profit: Number(cell(entry, "pnl")),
    };
  });
}

/** What BitFever traded, as a list. */
export function tradesOf({ trades }: BacktestResult, { time, close }: Bars): ListedTrade[] {
  const last = time.length - 1;
  return trades.map((trade) => ({
    ...trade,
    entryTime: Date.parse(trade.entryTime),
    exitTime: trade.exitTime === null ? time[last] : Date.parse(trade.exitTime),
    exitPrice: trade.exitPrice ?? close[last],
    isOpen: trade.exitTime === null,
  }));
}
