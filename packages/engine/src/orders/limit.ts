import { defineOrderType, priceOf, sleepUntil } from "../order-type.js";

export const limit = defineOrderType({
  name: "limit",
  summary:
    "Trades when the price touches the limit, at the limit or better: a gap in its favour fills at the open.",
  slips: false,
  fillPrice(order, from, to) {
    const limit = priceOf(order);
    const better = order.side === "buy" ? from <= limit : from >= limit;
    if (better) return from;
    const reached = order.side === "buy" ? to <= limit : to >= limit;
    return reached ? limit : null;
  },
  sleepsBetween: (order) => sleepUntil(order.side === "buy" ? "fall" : "rise", order),
});
