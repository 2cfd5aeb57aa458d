import { mean, standardDeviation } from "simple-statistics";
import { defineMetric, isUnknown, unknown } from "../metric.js";
import { normalShare } from "../statistics.js";
import { varyingReturns } from "./facts/session-returns.js";

export const probabilisticSharpe = defineMetric({
  name: "probabilistic_sharpe",
  title: "Probabilistic Sharpe ratio",
  unit: "ratio",
  better: "higher",
  formula:
    "Φ(s × √(n − 1) ÷ √(1 − γ₃s + (γ₄ − 1) ÷ 4 × s²)) with s the Sharpe ratio of one session, γ₃ and γ₄ skewness and kurtosis of the n session returns: how likely the true Sharpe ratio is above 0, were this the only trial; from 30 session returns on",
  source: 'Bailey & López de Prado 2012, "The Sharpe Ratio Efficient Frontier", Journal of Risk 15(2)',
  compute: (context) => {
    const varying = varyingReturns(context);
    if (isUnknown(varying)) return varying;
    const { returns, spread } = varying;
    const ratio = mean(returns) / spread;
    const standardised = returns.map((each) => (each - mean(returns)) / standardDeviation(returns));
    const third = mean(standardised.map((each) => each ** 3));
    const fourth = mean(standardised.map((each) => each ** 4));
    const error = 1 - third * ratio + ((fourth - 1) / 4) * ratio ** 2;
    if (error <= 0) return unknown("the session returns are too lopsided for it");
    return normalShare(ratio * Math.sqrt((returns.length - 1) / error));
  },
});
