import { defineSlippage } from "../slippage.js";

export const spread = defineSlippage({
  name: "spread",
  summary:
    "Half of the distance between bid and ask, which is a share of the price: the bars are taken for the middle of the two.",
  source:
    "Roll, R. (1984), A Simple Implicit Measure of the Effective Bid-Ask Spread in an Efficient Market.",
  on:
    (instrument, [width]) =>
    ({ price }) =>
      instrument.distance(price, width / 2),
});
