import { awake, defineOrderType, meetsTrigger } from "../order-type.js";
import { trailingDistance } from "../trail.js";

export const trailing_stop = defineOrderType({
  name: "trailing_stop",
  summary:
    "A stop that follows the best price on its path at a distance, and never goes back; it may begin as a stop at a price of its own, or follow only once the price is far enough ahead.",
  slips: true,
  meets: (order, from, to) => (order.price === null ? null : meetsTrigger(order, order.price, from, to)),
  follows(order, at) {
    const { trail, best, startsAt, price } = order;
    if (trail === undefined) throw new Error(`order ${order.id}: a trailing_stop order without a trail`);
    // Sold below the highest price, bought above the lowest.
    const up = order.side === "sell" ? 1 : -1;
    if (best !== undefined && (at - best) * up <= 0) return order;
    const hasStarted = startsAt === undefined || (at - startsAt) * up >= 0;
    const level = at - up * trailingDistance(trail, at);
    const isAhead = hasStarted && (price === null || (level - price) * up > 0);
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
