import { cappedParity } from "../capped-parity.js";
import { deviationsOf } from "../covariance.js";
import { evenRisks } from "../even-risks.js";
import { defineWeighting, inProportion } from "../weighting.js";
import { inverse_volatility } from "./inverse_volatility.js";

export const risk_parity = defineWeighting({
  name: "risk_parity",
  title: "Risk parity",
  formula:
    "wᵢ · (Σw)ᵢ is the same for all; inverse volatility where some mix of the members has no risk at all",
  capped: "wᵢ · (Σw)ᵢ is the same for all below the cap, and not more for who is at it",
  source:
    "Maillard, Roncalli, Teïletche, The Properties of Equally Weighted Risk Contribution Portfolios (2010); by cyclical " +
    "coordinate descent as in Griveau-Billion, Richard, Roncalli (2013), and where that is slow as in Spinu, An " +
    "Algorithm for Computing Risk Parity Weights (2013); under a cap as in Richard, Roncalli, Constrained Risk " +
    "Budgeting Portfolios (2019)",
  weigh(covariance, cap) {
    const { count, values } = covariance;
    const deviations = deviationsOf(covariance);
    const correlations = values.map(
      (each, at) => each / (deviations[Math.floor(at / count)] * deviations[at % count]),
    );
    const even = evenRisks(correlations, null, new Float64Array(count).fill(1 / Math.sqrt(count)));
    if (even === null) return inverse_volatility.weigh(covariance, cap);
    const free = inProportion(even.map((each, i) => each / deviations[i]));
    if (free.every((each) => each <= cap)) return free;
    return cappedParity({ correlations, deviations, cap, even }) ?? inverse_volatility.weigh(covariance, cap);
  },
});
