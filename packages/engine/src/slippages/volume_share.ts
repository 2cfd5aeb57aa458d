import { defineSlippage, shareOfVolume } from "../slippage.js";

export const volume_share = defineSlippage({
  name: "volume_share",
  summary:
    "The price times the impact times the square of the order's share of the volume of its bar. An order larger than the volume counts as all of it.",
  source: "The default model of Zipline, whose impact is 0.1.",
  on:
    (instrument, [impact]) =>
    (print) =>
      instrument.distance(print.price, impact * shareOfVolume(instrument, print) ** 2),
});
