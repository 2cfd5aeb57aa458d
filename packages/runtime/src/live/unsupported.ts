import type { BrokerCapabilities, VenueOrder } from "../contract.js";

/** Why a venue cannot take an order, by what it says of itself; null where it can. */
export function unsupported(
  { order }: VenueOrder,
  { orders, protects, replaces }: BrokerCapabilities,
  isReplacement: boolean,
): string | null {
  const foreign = [order, ...order.children].find(({ type }) => !orders.includes(type));
  if (foreign !== undefined) return `the venue has no ${foreign.type} orders`;
  if (order.children.length > 0 && !protects) return "the venue holds no stops and targets with an entry";
  return isReplacement && !replaces ? "the venue does not put one order in the place of another" : null;
}
