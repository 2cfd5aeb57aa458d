import type { TradedInstrument, VenueOrder } from "@bitfever/runtime";
import { Decimal } from "decimal.js";
import type { VenueMarket } from "./venue-client.js";
import type { PlacedOrder, VenueDefinition } from "./venues/venue-definition.js";

/** Why the venue does not get an order at all; null where it does. */
export function whyNot(
  { order }: VenueOrder,
  { orders, name, replaces }: Pick<VenueDefinition, "orders" | "name" | "replaces">,
  isReplacement: boolean,
): string | null {
  if (!orders.includes(order.type)) return `${name} has no ${order.type} orders`;
  if (order.children.length > 0) return `${name} holds no stops and targets with an entry`;
  if (isReplacement && !replaces) return `${name} does not put one order in the place of another`;
  return order.quantity > 0 ? null : "an order of nothing";
}

/** An order as the venue gets it: steps become the decimals that they are, without an exponent. */
export function placedOrder(
  { clientId, order, isReduceOnly }: VenueOrder,
  instrument: TradedInstrument,
  market: VenueMarket,
): PlacedOrder {
  const { type, side, duration } = order;
  const price = (steps: number | null | undefined): string | null =>
    steps === null || steps === undefined ? null : new Decimal(instrument.priceDecimal(steps)).toFixed();
  const waits =
    type === "stop" || type === "stop_limit" ? "stop" : type.endsWith("if_touched") ? "profit" : null;
  const level = price(order.price);
  return {
    ...{ market, clientId, side, isReduceOnly: isReduceOnly === true },
    quantity: new Decimal(instrument.quantityDecimal(order.quantity)).toFixed(),
    price: type === "limit" ? level : price(order.limit),
    trigger:
      waits === null || level === null
        ? null
        : { price: level, direction: (waits === "stop") === (side === "buy") ? "up" : "down" },
    isPostOnly: order.isPostOnly === true,
    force: duration?.kind === "ioc" ? "IOC" : duration?.kind === "fok" ? "FOK" : null,
  };
}
