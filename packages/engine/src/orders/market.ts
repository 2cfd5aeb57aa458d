import { awake, defineOrderType } from "../order-type.js";

export const market = defineOrderType({
  name: "market",
  summary: "Trades at the first price there is: the next open.",
  slips: true,
  meets: (_order, from) => from,
  sleepsBetween: () => awake,
});
