import type { Decimal } from "decimal.js";
import type { ExchangeCandle } from "./candle-series.js";
import type { ExchangeOrder } from "./exchange-order.js";
import type { Market } from "./market.js";
import type { PublicTrade } from "./public-trade.js";

/** A trade of the account. */
export interface AccountTrade {
  readonly id: string;
  readonly order: ExchangeOrder;
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly fee: Decimal;
  readonly feeAsset: string;
  readonly isMaker: boolean;
  readonly profit: Decimal;
  readonly time: number;
}

/** Money that came, or below zero went, for holding a contract. */
export interface Funding {
  readonly id: string;
  readonly market: Market;
  /** What of it is held for each side of the other, as a share; above zero who is long pays. */
  readonly rate: Decimal;
  /** What was held, signed. */
  readonly quantity: Decimal;
  readonly amount: Decimal;
  readonly time: number;
}

/** What happens to an order, with what it has come to. */
export type OrderHappening = "new" | "triggered" | "amended" | "cancelled" | "expired";

export type ExchangeEvent =
  | { readonly kind: "order"; readonly order: ExchangeOrder; readonly happening: OrderHappening }
  | { readonly kind: "trade"; readonly trade: AccountTrade }
  | { readonly kind: "account" }
  | { readonly kind: "print"; readonly market: Market; readonly print: PublicTrade }
  | {
      readonly kind: "candle";
      readonly market: Market;
      readonly candle: ExchangeCandle;
      readonly lengthMs: number;
      readonly isClosed: boolean;
    };
