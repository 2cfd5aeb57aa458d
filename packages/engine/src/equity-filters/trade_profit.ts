import { defineEquityFilter, lastTrades } from "../equity-filter.js";

export const trade_profit = defineEquityFilter({
  name: "trade_profit",
  summary: "On while the last trades together did not lose",
  source: "momentum of the equity curve, by trades; definition",
  parameters: [lastTrades({ default: 10, summary: "closed trades looked back" })],
  needs: ([count]) => ({ trades: count }),
  isOn: ({ profits }, [count]) => profits.subarray(-count).reduce((sum, each) => sum + each, 0) >= 0,
});
