import { defineMetric, unknown } from "../metric.js";

export const buyAndHoldReturn = defineMetric({
  name: "buy_and_hold_return",
  title: "Buy and hold return",
  unit: "ratio",
  better: "neither",
  formula: "last close ÷ first close − 1, without costs; from 2 bars on",
  source: "definition",
  compute: ({ benchmark: bars }) => {
    if (bars.length < 2) return unknown(`needs at least 2 bars, has ${bars.length}`);
    if (bars.close[0] <= 0) return unknown("the first close is not positive");
    return bars.close[bars.length - 1] / bars.close[0] - 1;
  },
});
