import { asLimit, defineOrderType, meetsLimit, priceOf, sleepUntil } from "../order-type.js";

export const limit_if_touched = defineOrderType({
  name: "limit_if_touched",
  summary:
    "Becomes a limit order when the price touches the trigger, on the way down to buy and on the way up to sell; that may trade on what is left of the way, or rest unfilled.",
  meets: (order, from, to) => meetsLimit(order, priceOf(order), from, to),
  becomes: asLimit,
  sleepsBetween: (order) => sleepUntil(order.side === "buy" ? "fall" : "rise", order),
});
