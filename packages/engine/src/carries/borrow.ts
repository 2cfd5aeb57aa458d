import { defineCarry, perNight } from "../carry.js";
import { nearestFraction } from "../fraction.js";

export const borrow = defineCarry({
  name: "borrow",
  summary: "The fee for shares that are sold short: a share of their value a year, by nights of 365 a year.",
  source: "Stock loan fees of brokers.",
  on(instrument, [rate]) {
    const each = nearestFraction(perNight(rate));
    return ({ value, nights }) => instrument.share(Math.max(0, -value) * nights, each);
  },
});
