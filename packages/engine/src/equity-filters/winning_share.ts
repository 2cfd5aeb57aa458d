import { defineEquityFilter, lastTrades } from "../equity-filter.js";

export const winning_share = defineEquityFilter({
  name: "winning_share",
  summary: "On while enough of the last trades won",
  source: "definition",
  parameters: [
    lastTrades({ default: 10, summary: "closed trades looked back" }),
    {
      name: "least",
      summary: "share of them that must have earned something",
      unit: "ratio",
      default: 0.5,
      least: 0,
      most: 1,
    },
  ],
  needs: ([count]) => ({ trades: count }),
  isOn: ({ profits }, [count, least]) =>
    profits.subarray(-count).filter((each) => each > 0).length / count >= least,
});
