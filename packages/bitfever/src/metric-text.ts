import type { Metric } from "@bitfever/engine";

/** A metric's value as the commands print it. */
export function metricText({ unit }: Pick<Metric, "unit">, value: number): string {
  switch (unit) {
    case "ratio":
      return `${(value * 100).toFixed(2)} %`;
    case "count":
      return String(value);
    case "money":
      // Not by the locale, whose tables take as long to load as some backtests.
      return value.toFixed(2).replace(/\d(?=(\d{3})+\.)/g, "$&,");
    case "number":
      return value.toFixed(2);
    case "days":
    case "bars":
      return `${value.toFixed(1)} ${unit}`;
  }
}
