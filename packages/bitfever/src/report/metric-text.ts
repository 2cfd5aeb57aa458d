import type { BacktestResult, Metric } from "@bitfever/engine";
import { absent, formatNumber, formatPercent, formatSigned } from "./format.js";
import { html, type Markup } from "./html.js";

/** Metrics that are earnings: their sign is said, and coloured. Others are neither good nor bad by their sign. */
const earnings = new Set(["net_profit", "total_return", "cagr", "buy_and_hold_return"]);

/** A metric's value for people, and the class that colours it; a dash where there is none. */
export interface MetricText {
  readonly text: string;
  readonly tone: string;
  /** Why there is a dash. */
  readonly reason: string | undefined;
}

/** How the metrics of one run are written. */
export type MetricTexts = (name: string) => MetricText;

export function metricTexts(
  { metrics, metricReasons }: Pick<BacktestResult, "metrics" | "metricReasons">,
  catalogue: readonly Metric[],
  moneyDecimals: number,
): MetricTexts {
  const units = new Map(catalogue.map(({ name, unit }) => [name, unit]));
  return (name) => {
    const value = metrics[name] ?? null;
    if (value === null) {
      return { text: absent, tone: "", reason: metricReasons[name] ?? "this metric was not computed" };
    }
    const isEarning = earnings.has(name);
    const text = valueText(value, units.get(name), moneyDecimals, isEarning);
    return { text, tone: isEarning ? toneOf(value) : "", reason: undefined };
  };
}

/** A value of a unit for people. */
export function valueText(
  value: number,
  unit: Metric["unit"] | undefined,
  moneyDecimals: number,
  signed: boolean,
): string {
  const write = signed ? formatSigned : formatNumber;
  switch (unit) {
    case "ratio":
      return formatPercent(value, signed);
    case "money":
      return write(value, moneyDecimals);
    case "count":
      return write(value, 0);
    case "days":
      return `${write(value, Number.isInteger(value) ? 0 : 1)} d`;
    case "bars":
      return write(value, Number.isInteger(value) ? 0 : 1);
    case "number":
    case undefined:
      return write(value, 2);
  }
}

export const toneOf = (value: number): string => (value > 0 ? "gain" : value < 0 ? "loss" : "");

/** A label that explains itself when pointed at, focused or read out. `id` must be unique in the page. */
export const withTip = (id: string, label: string, tip: string): Markup =>
  html`<span class="tip" tabindex="0" aria-describedby="tip-${id}">${label}</span
    ><span id="tip-${id}" role="tooltip" hidden>${tip}</span>`;
