import type { Order } from "./order.js";

/**
 * How a kind of order meets the market. A price moves along a segment of the bar's path, from `from` to `to`; the order
 * says at which price on the way it would trade, or null if not. `from === to` is a single print, such as the open.
 */
export interface OrderType {
  readonly name: Order["type"];
  readonly summary: string;
  readonly fillPrice: (order: Order, from: number, to: number) => number | null;
  /** The prices up to which and down to which the market may move before the order can trade at all. */
  readonly sleepsBetween: (order: Order) => { readonly below: number; readonly above: number };
  /** Whether slippage moves its fills: a limit order never trades at a worse price than its own. */
  readonly slips: boolean;
}

export const defineOrderType = (type: OrderType): OrderType => type;

/** The price of an order that must have one. */
export function priceOf(order: Order): number {
  if (order.price === null) throw new Error(`order ${order.id}: a ${order.type} order without a price`);
  return order.price;
}

/** The sleep of an order that waits for the price to rise or to fall to its own. */
export function sleepUntil(direction: "rise" | "fall", order: Order): ReturnType<OrderType["sleepsBetween"]> {
  const price = priceOf(order);
  return direction === "rise" ? { below: price, above: -Infinity } : { below: Infinity, above: price };
}
