import type { OrderHappening } from "../exchange/exchange-event.js";
import type { ExchangeOrder } from "../exchange/exchange-order.js";
import type { MarketKind } from "../exchange/market.js";

/** What Binance calls where an order stands. */
export function statusWord({ status, filled }: ExchangeOrder): string {
  if (status === "open") return filled.isZero() ? "NEW" : "PARTIALLY_FILLED";
  return words[status];
}

const words = {
  waiting: "NEW",
  filled: "FILLED",
  cancelled: "CANCELED",
  expired: "EXPIRED",
  rejected: "REJECTED",
} as const;

export const sideWord = ({ side }: Pick<ExchangeOrder, "side">): string => side.toUpperCase();

export function forceWord({ timeInForce, market }: ExchangeOrder): string {
  if (timeInForce === "post_only") return market.kind === "spot" ? "GTC" : "GTX";
  return timeInForce === "until_cancelled" ? "GTC" : timeInForce === "immediate" ? "IOC" : "FOK";
}

/** What a report tells of an order. */
export function executionWord(happening: OrderHappening | "trade", kind: MarketKind): string {
  switch (happening) {
    case "new":
    case "triggered":
      return "NEW";
    case "amended":
      return kind === "spot" ? "REPLACED" : "AMENDMENT";
    case "cancelled":
      return "CANCELED";
    case "expired":
      return "EXPIRED";
    case "trade":
      return "TRADE";
  }
}
