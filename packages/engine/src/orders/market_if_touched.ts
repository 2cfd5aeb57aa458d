import { defineOrderType, meetsLimit, priceOf, sleepUntil } from "../order-type.js";

export const market_if_touched = defineOrderType({
  name: "market_if_touched",
  summary:
    "Becomes a market order when the price touches the trigger, on the way down to buy and on the way up to sell; a gap beyond it fills at the open.",
  slips: true,
  meets: (order, from, to) => meetsLimit(order, priceOf(order), from, to),
  sleepsBetween: (order) => sleepUntil(order.side === "buy" ? "fall" : "rise", order),
});
