import { defineOrderType, priceOf, sleepUntil } from "../order-type.js";

export const stop = defineOrderType({
  name: "stop",
  summary: "Becomes a market order when the price touches the trigger; a gap through it fills at the open.",
  slips: true,
  fillPrice(order, from, to) {
    const trigger = priceOf(order);
    const beyond = order.side === "buy" ? from >= trigger : from <= trigger;
    if (beyond) return from;
    const reached = order.side === "buy" ? to >= trigger : to <= trigger;
    return reached ? trigger : null;
  },
  sleepsBetween: (order) => sleepUntil(order.side === "buy" ? "rise" : "fall", order),
});
