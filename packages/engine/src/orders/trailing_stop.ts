import { awake, defineOrderType, meetsTrigger, type WorkingOrder } from "../order-type.js";
import { trailingDistance } from "../trail.js";

/** Whether a price is better than another for a position that an order leaves: higher where it sells. */
const isBetter = ({ side }: WorkingOrder, price: number, than: number): boolean =>
  side === "sell" ? price > than : price < than;

export const trailing_stop = defineOrderType({
  name: "trailing_stop",
  summary:
    "A stop that follows the best price on its path at a distance, and never goes back; it may begin as a stop at a price of its own, or follow only once the price is far enough ahead.",
  slips: true,
  meets: (order, from, to) => (order.price === null ? null : meetsTrigger(order, order.price, from, to)),
  follows(order, at) {
    const { trail, best, startsAt, price } = order;
    if (trail === undefined) throw new Error(`order ${order.id}: a trailing_stop order without a trail`);
    if (best !== undefined && !isBetter(order, at, best)) return order;
    const hasStarted = startsAt === undefined || !isBetter(order, startsAt, at);
    const distance = trailingDistance(trail, at);
    const level = order.side === "sell" ? at - distance : at + distance;
    const isAhead = hasStarted && (price === null || isBetter(order, level, price));
    return { ...order, best: at, price: isAhead ? level : price };
  },
  sleepsBetween(order) {
    const { best, price } = order;
    if (best === undefined) return awake;
    return order.side === "sell"
      ? { below: best, above: price ?? -Infinity }
      : { below: price ?? Infinity, above: best };
  },
});
