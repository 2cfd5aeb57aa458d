import { deviationsOf } from "../covariance.js";
import { redistributed } from "../redistribution.js";
import { defineWeighting, inProportion } from "../weighting.js";

export const inverse_volatility = defineWeighting({
  name: "inverse_volatility",
  title: "Inverse volatility",
  formula: "wᵢ ∝ 1 / σᵢ",
  capped: "wᵢ = min(cap, k / σᵢ)",
  source:
    "Roncalli, Introduction to Risk Parity and Budgeting (2013): the same risk each if all were correlated alike",
  weigh: (covariance, cap) =>
    Float64Array.from(
      redistributed([...inProportion(deviationsOf(covariance).map((each) => 1 / each))], cap),
    ),
});
