import { defineEquityFilter, sessions } from "../equity-filter.js";

export const periods = defineEquityFilter({
  name: "periods",
  summary: "On while the mean equity of the new period is not below that of the old one before it",
  source: "two means of the equity curve, one after the other; definition",
  parameters: [sessions({ default: 25, summary: "closes in each of the two periods" })],
  needs: ([length]) => ({ sessions: 2 * length }),
  isOn({ equity }, [length]) {
    const from = equity.length - 2 * length;
    // Pairs of the same place in both periods: where nothing moves, the difference is exactly none.
    let gained = 0;
    for (let i = from; i < from + length; i++) gained += equity[i + length] - equity[i];
    return gained >= 0;
  },
});
