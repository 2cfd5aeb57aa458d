/** How much of something is meant. */
export type Amount =
  /** So many units of what is traded. */
  | { readonly kind: "units"; readonly value: number }
  /** As much as so much money buys, in the currency of the price. */
  | { readonly kind: "money"; readonly value: number }
  /** A share of the equity of the account, above 0. */
  | { readonly kind: "equity"; readonly value: number }
  /** As much as loses so much where the stop is met: money, or a share of the equity of the account. */
  | { readonly kind: "risk"; readonly of: "money" | "equity"; readonly value: number };

/** A price, or how far from the entry it stands as a share of that. */
export type Level =
  { readonly kind: "price"; readonly value: number } | { readonly kind: "share"; readonly value: number };

/** How an order waits. */
export type EntryForm =
  | { readonly type: "market" }
  | { readonly type: "limit"; readonly price: number }
  | { readonly type: "stop"; readonly price: number }
  | { readonly type: "stop_limit"; readonly price: number; readonly limit: number };

export const commandDurations = ["gtc", "day", "ioc", "fok"] as const;
export type CommandDuration = (typeof commandDurations)[number];

export const profitPeriods = ["today", "week", "month", "year", "all"] as const;
export type ProfitPeriod = (typeof profitPeriods)[number];

/** Where a command is meant, where it is not meant for all. */
interface Addressed {
  /** The name of a venue; null for the only one, or the one that is configured. */
  readonly venue: string | null;
  /** On whose account it is booked; null for what is traded by hand. */
  readonly strategy: string | null;
}

/** An order in a person's words. */
export interface TradeCommand extends Addressed {
  readonly kind: "trade";
  readonly side: "buy" | "sell";
  /** As it was written: `btc`, `BTC/USDT`. */
  readonly symbol: string;
  readonly amount: Amount;
  readonly entry: EntryForm;
  readonly stop: Level | null;
  /** `reward` is how many times the distance of the stop. */
  readonly target: Level | { readonly kind: "reward"; readonly value: number } | null;
  /** How far the stop follows, as a share of the price. */
  readonly trail: number | null;
  readonly duration: CommandDuration;
  readonly isPostOnly: boolean;
  readonly isReduceOnly: boolean;
}

/** Closes what is held. */
export interface CloseCommand extends Addressed {
  readonly kind: "close";
  /** Null for all there is. */
  readonly symbol: string | null;
  /** All of it, a share of it, or so many units. */
  readonly amount: { readonly kind: "share" | "units"; readonly value: number };
  /** A limit; null closes at the market. */
  readonly price: number | null;
}

/** What a person can ask of an account, wherever it is typed. */
export type TradingCommand =
  | TradeCommand
  | CloseCommand
  /** Of one order, of a symbol, or of all where both are null. */
  | (Addressed & { readonly kind: "cancel"; readonly of: string | null })
  | (Addressed & {
      readonly kind: "positions" | "orders";
      readonly symbol: string | null;
    })
  | { readonly kind: "pnl"; readonly period: ProfitPeriod }
  | { readonly kind: "balance" | "status" | "gates" | "reduce" | "halt" | "quit" }
  | { readonly kind: "why"; readonly id: string }
  /** Of all strategies where null. */
  | { readonly kind: "pause" | "resume" | "flatten"; readonly strategy: string | null }
  /** Cancels everything, and closes what is held where that is asked for. */
  | { readonly kind: "kill"; readonly flattens: boolean }
  | { readonly kind: "confirm"; readonly token: string }
  | { readonly kind: "help"; readonly about: string | null };
