import { defineEquityFilter, sessions } from "../equity-filter.js";

export const average = defineEquityFilter({
  name: "average",
  summary: "On while the equity is not below its moving average",
  source: "Kaufman 2013, Trading Systems and Methods, 5th ed., trading the equity curve",
  parameters: [sessions({ default: 50, summary: "closes in the average, the newest among them" })],
  needs: ([length]) => ({ sessions: length }),
  isOn({ equity }, [length]) {
    const newest = equity[equity.length - 1];
    // Differences, so that a system that stands still is exactly at its average.
    let above = 0;
    for (const value of equity.subarray(-length)) above += newest - value;
    return above >= 0;
  },
});
