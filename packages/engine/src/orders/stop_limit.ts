import { asLimit, defineOrderType, meetsTrigger, priceOf, sleepUntil } from "../order-type.js";

export const stop_limit = defineOrderType({
  name: "stop_limit",
  summary:
    "Becomes a limit order when the price touches the trigger; that may trade on what is left of the way, or rest unfilled.",
  meets: (order, from, to) => meetsTrigger(order, priceOf(order), from, to),
  becomes: asLimit,
  sleepsBetween: (order) => sleepUntil(order.side === "buy" ? "rise" : "fall", order),
});
