import { unpackColumn } from "../report/column.js";
import {
  formatCompact,
  formatDuration,
  formatNumber,
  formatTick,
  sensibleDecimals,
} from "../report/format.js";
import { valueText } from "../report/metric-text.js";
import type { PageMeasure, PageParameter } from "../report/page-data.js";
import { parameterText } from "./parameter-text.js";
import { linearScale, logarithmicScale, namedScale, type Scale } from "./scale.js";

// Used on both sides, in Node and in the page: nothing here may need either.

/** A parameter of the trials of a search, or something that was measured of them. */
export interface TrialColumn {
  readonly name: string;
  readonly title: string;
  /** One for each trial; NaN where there is none. Of names their places. */
  readonly values: Float64Array;
  readonly scale: Scale;
  readonly better: "higher" | "lower" | "neither";
  /** What a parameter was among choices; else null. */
  readonly names: readonly string[] | null;
  /** How many values, evenly spaced, a parameter may have; null where that is not known. */
  readonly count: number | null;
  /** For people. */
  readonly text: (value: number) => string;
  /** With all its digits, as a program takes it; empty where there is none. */
  readonly exact: (value: number) => string;
}

export function parameterColumn(parameter: PageParameter): TrialColumn {
  const { name, names, values, count } = parameter;
  const places = unpackColumn(parameter.places);
  const text = (value: number): string => parameterText(parameter, value);
  return {
    ...{ name, title: name, better: "neither", names, count, text },
    exact: (value) => (parameter.isDuration ? formatDuration(value) : (names?.[value] ?? exactNumber(value))),
    values: places.map((place) => (Number.isNaN(place) ? NaN : values[place])),
    scale: names === null ? numberScale(parameter, text) : namedScale(names),
  };
}

const exactNumber = (value: number): string => (Number.isNaN(value) ? "" : String(value));

/** Lengths of time have round ticks in a unit of their own. */
function numberScale(
  { from, to, isLogarithmic, isDuration }: PageParameter,
  text: (value: number) => string,
): Scale {
  if (isLogarithmic) return logarithmicScale(from, to, text);
  if (!isDuration) return linearScale(from, to, text);
  const unit = [86_400_000, 3_600_000, 60_000, 1000].find((each) => to >= 2 * each) ?? 1;
  const { shareOf, valueAt, ticks } = linearScale(from / unit, to / unit, (value) => text(value * unit));
  return {
    shareOf: (value) => shareOf(value / unit),
    valueAt: (share) => valueAt(share) * unit,
    ticks: (most) => ticks(most).map((each) => ({ ...each, value: each.value * unit })),
  };
}

export function measureColumn({ name, title, unit, better, values: packed }: PageMeasure): TrialColumn {
  const values = unpackColumn(packed);
  const decimals = sensibleDecimals([values], unit === "money" ? 5 : 4, 0);
  const [low, high] = usualRange(values, better);
  return {
    ...{ name, title, better, names: null, count: null, values, exact: exactNumber },
    scale: linearScale(
      low,
      high,
      unit === "ratio" ? formatTick : unit === "money" ? formatCompact : formatNumber,
    ),
    text: (value) =>
      unit === null ? formatNumber(value, decimals) : valueText(value, unit, decimals, false),
  };
}

/** From the lowest to the highest, without values so far out on the worse side that nothing else could be told apart. */
function usualRange(values: Float64Array, better: TrialColumn["better"]): readonly [number, number] {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return [0, 1];
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
  const [low, high] = [at(0.05), at(0.95)];
  const reach = 1.5 * (high - low);
  return [
    better === "lower" || reach === 0 ? sorted[0] : Math.max(sorted[0], low - reach),
    better === "higher" || reach === 0
      ? sorted[sorted.length - 1]
      : Math.min(sorted[sorted.length - 1], high + reach),
  ];
}
