import type { Traded } from "./commission.js";
import type { Order } from "./order.js";

/** An order at the venue, with what has become of it there. */
export interface WorkingOrder extends Order {
  /** How many bars the market had seen when it was placed. */
  readonly since: number;
  /** Its quantity counts what it closes too, and there was room for it when it was placed. */
  readonly isSettled?: true | undefined;
  /** Only the bar after the one in which it was placed sees it. */
  readonly isAsleep?: true | undefined;
  /** What of it has traded, while some is left. */
  readonly traded?: Traded | undefined;
  /** The bar inside which its trigger was met, and whether that waited for the price to rise. */
  readonly woke?: { readonly bar: number; readonly isByRise: boolean } | undefined;
  /** The best price a trailing stop has seen. */
  readonly best?: number | undefined;
}

/**
 * How a kind of order meets the market. A price moves along a segment of the bar's path, from `from` to `to`; the order
 * says at which price on the way it is met, or null if not. `from === to` is a single print, such as the open.
 * `through` is how many ticks the price must go beyond a limit.
 */
export interface OrderType {
  readonly name: Order["type"];
  readonly summary: string;
  readonly meets: (order: WorkingOrder, from: number, to: number, through: number) => number | null;
  /** What it trades at when met at a price; left out, that price. */
  readonly fillPrice?: (order: WorkingOrder, met: number, through: number) => number;
  /** What it turns into when met, instead of trading. */
  readonly becomes?: (order: WorkingOrder) => WorkingOrder;
  /** The order after the market has moved to a price; the same one where nothing has changed. */
  readonly follows?: (order: WorkingOrder, at: number) => WorkingOrder;
  /** Meets only the last price of a bar. */
  readonly waitsForClose?: true;
  /** The prices up to which and down to which the market may move before the order has anything to do. */
  readonly sleepsBetween: (order: WorkingOrder) => { readonly below: number; readonly above: number };
  /** Slippage moves its fills; a limit order never trades at a worse price than its own. */
  readonly slips?: true;
}

export const defineOrderType = (type: OrderType): OrderType => type;

/** The price of an order that must have one. */
export function priceOf(order: Order): number {
  if (order.price === null) throw new Error(`order ${order.id}: a ${order.type} order without a price`);
  return order.price;
}

/** Where a price on its way meets one at which a stop wakes: buys on the way up, sells on the way down. */
export function meetsTrigger({ side }: Order, trigger: number, from: number, to: number): number | null {
  if (side === "buy" ? from >= trigger : from <= trigger) return from;
  return (side === "buy" ? to >= trigger : to <= trigger) ? trigger : null;
}

/** Where a price on its way meets one that is as good as a limit: buys on the way down, sells on the way up. */
export function meetsLimit({ side }: Order, limit: number, from: number, to: number): number | null {
  if (side === "buy" ? from <= limit : from >= limit) return from;
  return (side === "buy" ? to <= limit : to >= limit) ? limit : null;
}

/** Whether an order waits for a price that is better than the market's; all others that wait, for one that is worse. */
export const waitsForBetterPrice = ({ type }: Pick<Order, "type">): boolean =>
  type === "limit" || type === "market_if_touched" || type === "limit_if_touched";

/** The limit order that one with a trigger turns into. */
export function asLimit({ limit, ...order }: WorkingOrder): WorkingOrder {
  if (limit === undefined) throw new Error(`order ${order.id}: a ${order.type} order without a limit`);
  return { ...order, type: "limit", price: limit };
}

/** The sleep of an order that waits for the price to rise or to fall to its own. */
export function sleepUntil(direction: "rise" | "fall", order: Order): ReturnType<OrderType["sleepsBetween"]> {
  const price = priceOf(order);
  return direction === "rise" ? { below: price, above: -Infinity } : { below: Infinity, above: price };
}

/** Of an order that may trade at any price. */
export const awake = { below: -Infinity, above: Infinity } as const;
