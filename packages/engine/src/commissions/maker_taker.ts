import { defineCommission } from "../commission.js";
import { nearestFraction } from "../fraction.js";

export const maker_taker = defineCommission({
  name: "maker_taker",
  summary:
    "One share of the traded value for limit orders that rested before they were met, another for what takes the price there is; the first may be a rebate, below zero.",
  source: "Venues of crypto assets and electronic exchanges.",
  on(instrument, [maker, taker]) {
    const rate = nearestFraction(Math.abs(maker ?? 0));
    const sign = (maker ?? 0) < 0 ? -1 : 1;
    const taking = nearestFraction(taker ?? 0);
    return ({ value }, { isMaker }) =>
      isMaker ? sign * instrument.share(value, rate) + 0 : instrument.share(value, taking);
  },
  isOfWholeOrder: () => false,
  rebate: ([maker]) => Math.max(0, -(maker ?? 0)),
});
