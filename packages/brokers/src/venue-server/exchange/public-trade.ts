import type { Decimal } from "decimal.js";

export type ExchangeSide = "buy" | "sell";

/** A trade of anybody. */
export interface PublicTrade {
  readonly id: string;
  readonly price: Decimal;
  readonly quantity: Decimal;
  /** Of who took. */
  readonly side: ExchangeSide;
  readonly time: number;
}
