import { mean } from "simple-statistics";
import { defineRolling } from "../rolling.js";
import { deviation } from "../statistics.js";

export const rollingSharpe = defineRolling({
  name: "sharpe",
  title: "Sharpe ratio",
  unit: "number",
  formula:
    "mean ÷ standard deviation (n − 1) of the window's session returns × √sessions per year; risk-free rate 0; absent where they do not vary",
  source: 'Sharpe 1994, "The Sharpe Ratio", Journal of Portfolio Management 21(1)',
  compute: ({ own, sessionsPerYear }) => {
    const spread = deviation(own, 1);
    return spread === 0 ? NaN : (mean([...own]) / spread) * Math.sqrt(sessionsPerYear);
  },
});
