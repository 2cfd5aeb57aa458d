import { defineMetric } from "../metric.js";
import { sharpeCertainty } from "./facts/sharpe-certainty.js";

export const probabilisticSharpe = defineMetric({
  name: "probabilistic_sharpe",
  title: "Probabilistic Sharpe ratio",
  unit: "ratio",
  better: "higher",
  formula:
    "Φ(s × √(n − 1) ÷ √(1 − γ₃s + (γ₄ − 1) ÷ 4 × s²)) with s the Sharpe ratio of one session, γ₃ and γ₄ skewness and kurtosis of the n session returns: how likely the true Sharpe ratio is above 0, were this the only trial; from 30 session returns on",
  source: 'Bailey & López de Prado 2012, "The Sharpe Ratio Efficient Frontier", Journal of Risk 15(2)',
  compute: (context) => sharpeCertainty(context, () => 0),
});
