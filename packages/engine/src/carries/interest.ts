import { defineCarry, perNight } from "../carry.js";
import { nearestFraction } from "../fraction.js";

export const interest = defineCarry({
  name: "interest",
  summary:
    "Interest on what the account owes, which is money borrowed to hold more than one's own: a share a year, by nights of 365 a year.",
  source: "Margin interest of brokers.",
  isOfAccount: true,
  on(instrument, [rate]) {
    const each = nearestFraction(perNight(rate));
    return ({ owed, nights }) => instrument.share(owed * nights, each);
  },
});
