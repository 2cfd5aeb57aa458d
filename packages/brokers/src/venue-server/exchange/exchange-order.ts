import type { Decimal } from "decimal.js";
import type { Market } from "./market.js";
import type { ExchangeSide } from "./public-trade.js";

/** How long an order may rest; `post_only` is refused where it would take. */
export type TimeInForce = "until_cancelled" | "immediate" | "all_or_nothing" | "post_only";

/** The price that an order waits for before it is one, and the way from which it comes. */
export interface Trigger {
  readonly price: Decimal;
  readonly direction: "up" | "down";
}

/** What is asked for. */
export interface OrderRequest {
  readonly market: Market;
  readonly clientId: string;
  readonly side: ExchangeSide;
  readonly quantity: Decimal;
  /** Null at the market. */
  readonly price: Decimal | null;
  readonly trigger: Trigger | null;
  readonly timeInForce: TimeInForce;
  readonly isReduceOnly: boolean;
  /** What the protocol calls the type: told as it was asked for. */
  readonly typeName: string;
}

/** `waiting` for its trigger; `expired` where the exchange itself took it back. */
export type ExchangeOrderStatus = "waiting" | "open" | "filled" | "cancelled" | "expired" | "rejected";

/** An order as it stands; it is never changed, another takes its place. */
export interface ExchangeOrder extends OrderRequest {
  readonly number: number;
  readonly status: ExchangeOrderStatus;
  readonly filled: Decimal;
  /** What was paid for what has filled, in the quote currency. */
  readonly cost: Decimal;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When its trigger was met. */
  readonly triggeredAt: number | null;
  /** The number of the one that took its place. */
  readonly replacedBy?: number;
}

export const leftOf = ({ quantity, filled }: ExchangeOrder): Decimal => quantity.minus(filled);

export const isLiving = ({ status }: ExchangeOrder): boolean => status === "open" || status === "waiting";
