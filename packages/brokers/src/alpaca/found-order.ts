import { Decimal } from "decimal.js";
import type { AlpacaOrder } from "./payloads.js";

/** An order that the venue knows, whoever has sent it. */
export interface FoundOrder {
  /** Of the venue. */
  readonly orderId: string;
  readonly clientId: string;
  readonly symbol: string;
  readonly side: "buy" | "sell";
  readonly type: string;
  readonly status: "working" | "filled" | "cancelled" | "rejected";
  readonly quantity: Decimal;
  readonly filled: Decimal;
  /** The venue itself took it back, since its time was over. */
  readonly hasExpired: boolean;
  /** Nothing has filled, and the venue has passed it on: another may take its place. */
  readonly isUntouched: boolean;
}

export function foundOrder(order: AlpacaOrder): FoundOrder {
  const { id, client_order_id: clientId, symbol, side, type, status } = order;
  const filled = new Decimal(order.filled_qty);
  const quantity = new Decimal(order.qty ?? order.filled_qty);
  return {
    ...{ orderId: id, clientId, symbol, side, type, quantity, filled },
    status: statusOf(status, filled.gt(0) && filled.gte(quantity)),
    ...{ hasExpired: status === "expired", isUntouched: status === "new" && filled.isZero() },
  };
}

/** Whatever is not over may still trade, also what waits for its hours, for a cancel or for an exchange. */
function statusOf(status: string, isFilled: boolean): FoundOrder["status"] {
  switch (status) {
    case "filled":
      return "filled";
    case "rejected":
      return "rejected";
    case "canceled":
    case "expired":
    case "replaced":
      return isFilled ? "filled" : "cancelled";
    default:
      return "working";
  }
}

/** Whether Alpaca can change the one into the other: of its kind, and both of whole shares. */
export const isAlike = (
  { side, type, quantity, isUntouched }: FoundOrder,
  body: { readonly side: string; readonly type: string; readonly qty: string },
): boolean =>
  isUntouched &&
  side === body.side &&
  type === body.type &&
  quantity.isInteger() &&
  new Decimal(body.qty).isInteger();
