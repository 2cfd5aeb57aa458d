import { unpackColumn } from "../report/column.js";
import { formatCompact, formatNumber, formatTick, sensibleDecimals } from "../report/format.js";
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
  /** What a parameter may be that has no order; else null. */
  readonly names: readonly string[] | null;
  /** How many values, evenly spaced, a parameter may have; null where that is not known. */
  readonly count: number | null;
  readonly text: (value: number) => string;
}

export function parameterColumn(parameter: PageParameter): TrialColumn {
  const { name, names, values, count, from, to, isLogarithmic } = parameter;
  const places = unpackColumn(parameter.places);
  const text = (value: number): string => parameterText(parameter, value);
  const scale = isLogarithmic ? logarithmicScale : linearScale;
  return {
    ...{ name, title: name, better: "neither", names, count, text },
    values: places.map((place) => (Number.isNaN(place) ? NaN : values[place])),
    scale: names === null ? scale(from, to, text) : namedScale(names),
  };
}

export function measureColumn({ name, title, unit, better, values: packed }: PageMeasure): TrialColumn {
  const values = unpackColumn(packed);
  const decimals = sensibleDecimals([values], unit === "money" ? 6 : 4, 0);
  const [low, high] = usualRange(values, better);
  return {
    ...{ name, title, better, names: null, count: null, values },
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
