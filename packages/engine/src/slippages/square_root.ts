import { defineSlippage, shareOfVolume } from "../slippage.js";

/** The volatility of a bar from its range: ln(high / low) / √(4 ln 2). */
const perRange = 1 / Math.sqrt(4 * Math.LN2);

export const square_root = defineSlippage({
  name: "square_root",
  summary:
    "The price times the impact times the volatility of the bar times the root of the order's share of its volume. The volatility is Parkinson's, ln(high / low) / √(4 ln 2).",
  source:
    "Almgren, R. et al. (2005), Direct Estimation of Equity Market Impact; Parkinson, M. (1980), The Extreme Value Method for Estimating the Variance of the Rate of Return.",
  on:
    (instrument, [impact]) =>
    (print) => {
      const { high, low } = print.bar;
      const volatility = low > 0 ? Math.log(high / low) * perRange : 0;
      const share = shareOfVolume(instrument, print);
      return instrument.distance(print.price, impact * volatility * Math.sqrt(share));
    },
});
