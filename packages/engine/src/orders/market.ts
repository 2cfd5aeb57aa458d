import { defineOrderType } from "../order-type.js";

export const market = defineOrderType({
  name: "market",
  summary: "Trades at the first price there is: the next open.",
  slips: true,
  fillPrice: (_order, from) => from,
  sleepsBetween: () => ({ below: -Infinity, above: Infinity }),
});
