import { defineSlippage } from "../slippage.js";

export const share = defineSlippage({
  name: "share",
  summary: "A share of the price: `slippage 0.01%`.",
  source: "vectorbt, and backtrader's percentage.",
  on:
    (instrument, [rate]) =>
    ({ price }) =>
      instrument.distance(price, rate),
});
