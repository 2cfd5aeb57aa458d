import { sampleCovariance, sampleVariance } from "simple-statistics";
import { defineRolling } from "../rolling.js";
import { deviation } from "../statistics.js";

export const rollingBeta = defineRolling({
  name: "beta",
  title: "Beta",
  unit: "number",
  formula:
    "covariance of the window's session returns and those of the market itself ÷ variance of the latter; absent where the market stands still, and where its prices are not all positive",
  source: 'Sharpe 1964, "Capital Asset Prices", Journal of Finance 19(3)',
  compute: ({ own, market }) =>
    market === null || deviation(market, 1) === 0
      ? NaN
      : sampleCovariance([...own], [...market]) / sampleVariance([...market]),
});
