import { type MetricContext, type Unknown, unknown } from "../../metric.js";

export const dayMs = 86_400_000;
export const yearMs = 365.25 * dayMs;
const enoughDays = 30;

/**
 * Calendar time from the first bar's open to the last bar's close, in years of 365.25 days. Unknown below 30 days:
 * a year's rate told from less is the result of a few days raised to a power of twelve and more.
 */
export function yearsCovered({ bars }: MetricContext): number | Unknown {
  const covered = bars.length === 0 ? 0 : bars.time[bars.length - 1] + bars.intervalMs - bars.time[0];
  if (covered >= enoughDays * dayMs) return covered / yearMs;
  return unknown(`needs at least ${enoughDays} days of bars, has ${Math.floor((covered / dayMs) * 10) / 10}`);
}
