import { Decimal } from "decimal.js";
import type { CcxtOrder } from "./venue-client.js";
import type { FoundOrder } from "./venues/venue-definition.js";

/** An order as the client library tells it; null where it says too little to be one. */
export function foundOrder(order: CcxtOrder, clientId = order.clientOrderId): FoundOrder | null {
  const { id, status, side } = order;
  const [quantity, filled] = [textOf(order.amount), textOf(order.filled) ?? "0"];
  if (id === undefined || clientId === undefined || (side !== "buy" && side !== "sell")) return null;
  if (quantity === null) return null;
  return {
    ...{ orderId: id, clientId, side, quantity, filled },
    status: statusOf(status, new Decimal(filled).gte(quantity)),
    hasExpired: status === "expired",
  };
}

/** `closed` is said of what has filled, and by some of what has filled in part and is gone. */
function statusOf(status: string | undefined, isFilled: boolean): FoundOrder["status"] {
  switch (status) {
    case "open":
      return "working";
    case "closed":
      return isFilled ? "filled" : "cancelled";
    case "rejected":
      return "rejected";
    default:
      return isFilled ? "filled" : "cancelled";
  }
}

/** The library is asked for decimal strings, and its types say numbers. */
export const textOf = (value: unknown): string | null =>
  typeof value === "string" || typeof value === "number" ? String(value) : null;

export const infoOf = ({ info }: { readonly info?: unknown }): Readonly<Record<string, unknown>> =>
  info as Readonly<Record<string, unknown>>;
