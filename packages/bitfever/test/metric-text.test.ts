import { expect, test } from "vitest";
import { metrics } from "@bitfever/engine";
import { metricText } from "../src/metric-text.js";

test.each([
  [0, "0.00"],
  [999.994, "999.99"],
  [999.999, "1,000.00"],
  [-1234.5, "-1,234.50"],
  [1234567.891, "1,234,567.89"],
  [100_000_000, "100,000,000.00"],
])("money of %d is printed as %s", (value, text) => {
  const profit = metrics.get("net_profit");
  if (profit === undefined) throw new Error("there is no net profit");
  expect(metricText(profit, value)).toBe(text);
});
