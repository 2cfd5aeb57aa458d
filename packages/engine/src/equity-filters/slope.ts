import { defineEquityFilter, sessions } from "../equity-filter.js";

export const slope = defineEquityFilter({
  name: "slope",
  summary: "On while the least-squares line through the equity does not fall",
  source: "ordinary least squares on the number of the session",
  parameters: [sessions({ default: 50, summary: "closes that the line goes through" })],
  needs: ([length]) => ({ sessions: length }),
  isOn({ equity }, [length]) {
    const window = equity.subarray(-length);
    const middle = (length - 1) / 2;
    // The sign of the slope is that of the covariance; from the first value, so that a flat line is exactly flat.
    let covariance = 0;
    for (let i = 0; i < length; i++) covariance += (i - middle) * (window[i] - window[0]);
    return covariance >= 0;
  },
});
