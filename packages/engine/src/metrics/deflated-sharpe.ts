import { expectedBest } from "../expected-best.js";
import { defineMetric } from "../metric.js";
import { sharpeCertainty } from "./facts/sharpe-certainty.js";

export const deflatedSharpe = defineMetric({
  name: "deflated_sharpe",
  title: "Deflated Sharpe ratio",
  unit: "ratio",
  better: "higher",
  formula:
    "the probabilistic Sharpe ratio above what the best of N trials without skill would show, d × ((1 − γ)Φ⁻¹(1 − 1 ÷ N) + γΦ⁻¹(1 − 1 ÷ (N × e))), with d the standard deviation of the trials' Sharpe ratios of one session, or 1 ÷ √(n − 1), what chance alone makes it, where it is not given, and γ Euler's constant; of one trial the probabilistic Sharpe ratio; from 30 session returns on",
  source:
    'Bailey & López de Prado 2014, "The Deflated Sharpe Ratio", Journal of Portfolio Management 40(5), equations 1 and 2',
  compute: (context) => {
    const { trials, sessionsPerYear } = context;
    const deviation = (length: number): number =>
      trials.sharpeDeviation === null
        ? 1 / Math.sqrt(length - 1)
        : trials.sharpeDeviation / Math.sqrt(sessionsPerYear);
    return sharpeCertainty(context, (length) => deviation(length) * expectedBest(trials.count));
  },
});
