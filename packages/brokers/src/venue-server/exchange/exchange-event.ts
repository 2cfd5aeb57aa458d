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
