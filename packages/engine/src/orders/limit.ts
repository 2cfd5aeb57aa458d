import { defineOrderType, meetsLimit, priceOf, sleepUntil, type WorkingOrder } from "../order-type.js";

/** The price that the market must reach: beyond the limit by as many ticks as asked. */
const edgeOf = (order: WorkingOrder, through: number): number =>
  order.side === "buy" ? priceOf(order) - through : priceOf(order) + through;

export const limit = defineOrderType({
  name: "limit",
  summary:
    "Trades when the price touches the limit, or goes beyond it by the ticks asked for, at the limit or better: a gap in its favour fills at the open.",
  meets: (order, from, to, through) => meetsLimit(order, edgeOf(order, through), from, to),
  // Met at the edge, the price has come through the limit on its way, and there the order stood.
  fillPrice: (order, met, through) => (met === edgeOf(order, through) ? priceOf(order) : met),
  sleepsBetween: (order) => sleepUntil(order.side === "buy" ? "fall" : "rise", order),
});
