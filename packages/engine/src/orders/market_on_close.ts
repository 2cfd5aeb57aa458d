import { awake, defineOrderType } from "../order-type.js";

export const market_on_close = defineOrderType({
  name: "market_on_close",
  summary: "Trades at the close of the next bar.",
  slips: true,
  waitsForClose: true,
  meets: (_order, from) => from,
  sleepsBetween: () => awake,
});
