import type { OrderTypeName, TradedInstrument, VenueOrder } from "@bitfever/runtime";
import { Decimal } from "decimal.js";

/** The types of orders that Alpaca has for shares. */
export const alpacaOrders: readonly OrderTypeName[] = ["market", "limit", "stop", "stop_limit"];

/** An order as Alpaca gets it: decimal strings without an exponent. */
export interface OrderBody {
  readonly symbol: string;
  readonly qty: string;
  readonly side: "buy" | "sell";
  readonly type: string;
  readonly time_in_force: "gtc" | "day" | "ioc" | "fok";
  readonly client_order_id: string;
  readonly extended_hours: false;
  readonly limit_price?: string;
  readonly stop_price?: string;
}

/** What Alpaca can change of an order. */
export type OrderChanges = Pick<
  OrderBody,
  "qty" | "time_in_force" | "client_order_id" | "limit_price" | "stop_price"
>;

/** Why the venue does not get an order at all; null where it does. */
export function whyNot({ order }: VenueOrder): string | null {
  if (!alpacaOrders.includes(order.type)) return `alpaca has no ${order.type} orders`;
  if (order.children.length > 0)
    return "alpaca holds no stops and targets with an entry that may have several";
  if (order.isPostOnly === true) return "alpaca has no orders that only wait";
  return order.quantity > 0 ? null : "an order of nothing";
}

/** An order of whole shares rests until it is cancelled; one with a part of a share is good for the day, and no longer. */
export function orderBody({ clientId, order }: VenueOrder, instrument: TradedInstrument): OrderBody {
  const { type, side, duration } = order;
  const price = (steps: number | null | undefined): string | undefined =>
    steps === null || steps === undefined ? undefined : new Decimal(instrument.priceDecimal(steps)).toFixed();
  const quantity = new Decimal(instrument.quantityDecimal(order.quantity));
  const [limit, stop] = [
    type === "limit" ? price(order.price) : type === "stop_limit" ? price(order.limit) : undefined,
    type === "stop" || type === "stop_limit" ? price(order.price) : undefined,
  ];
  const isAtOnce = duration?.kind === "ioc" || duration?.kind === "fok";
  return {
    ...{ symbol: instrument.specification.symbol, qty: quantity.toFixed(), side, type },
    time_in_force: isAtOnce ? duration.kind : quantity.isInteger() ? "gtc" : "day",
    ...{ client_order_id: clientId, extended_hours: false },
    ...(limit !== undefined && { limit_price: limit }),
    ...(stop !== undefined && { stop_price: stop }),
  };
}

export const changesOf = ({
  qty,
  time_in_force,
  client_order_id,
  limit_price,
  stop_price,
}: OrderBody): OrderChanges => ({
  ...{ qty, time_in_force, client_order_id },
  ...(limit_price !== undefined && { limit_price }),
  ...(stop_price !== undefined && { stop_price }),
});
