import { metrics } from "@bitfever/engine";
import { absent, formatNumber } from "../report/format.js";
import { valueText } from "../report/metric-text.js";

/** How values of a metric are written, in its unit, or of an expression over metrics, as numbers. */
export function measureText(text: string): (value: number | null) => string {
  const metric = metrics.get(text);
  return (value) => {
    if (value === null) return absent;
    return metric === undefined ? formatNumber(value, 3) : valueText(value, metric.unit, 2, false);
  };
}
