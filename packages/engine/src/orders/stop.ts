import { defineOrderType, meetsTrigger, priceOf, sleepUntil } from "../order-type.js";

export const stop = defineOrderType({
  name: "stop",
  summary: "Becomes a market order when the price touches the trigger; a gap through it fills at the open.",
  slips: true,
  meets: (order, from, to) => meetsTrigger(order, priceOf(order), from, to),
  sleepsBetween: (order) => sleepUntil(order.side === "buy" ? "rise" : "fall", order),
});
