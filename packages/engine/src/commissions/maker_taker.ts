import { defineCommission } from "../commission.js";
import { signedShare } from "../signed-share.js";

export const maker_taker = defineCommission({
  name: "maker_taker",
  summary:
    "One share of the traded value for limit orders that rested before they were met, another for what takes the price there is; the first may be a rebate, below zero.",
  source: "Venues of crypto assets and electronic exchanges.",
  on(instrument, [maker, taker]) {
    const making = signedShare(instrument, maker);
    const taking = signedShare(instrument, taker);
    return (value, _quantity, { isMaker }) => (isMaker ? making(value) : taking(value));
  },
  isOfWholeOrder: () => false,
  rebate: ([maker]) => Math.max(0, -maker),
});
