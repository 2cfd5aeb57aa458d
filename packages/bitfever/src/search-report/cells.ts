import type { TrialColumn } from "./trial-columns.js";

// Used on both sides, in Node and in the page: nothing here may need either.

/** A part of what a parameter may be: one value, or the values from one to another. */
export interface Part {
  /** Both among them. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The parts of a parameter, and in which of them each trial is: -1 in none. */
export interface Parted {
  readonly parts: readonly Part[];
  readonly partOf: Int32Array;
}

/** So many values have a part each. */
const mostParts = 20;

/**
 * Each value by itself where there are no more than 20, or where they are names; else as many neighbours together as it takes, or
 * parts of equal length on the scale, fewer where there are few trials.
 */
export function partsOf({ values, scale, names, count, text }: TrialColumn): Parted {
  const distinct = [...new Set(values)].filter((each) => !Number.isNaN(each)).sort((a, b) => a - b);
  if (distinct.length <= mostParts || names !== null) {
    const places = new Map(distinct.map((value, place) => [value, place]));
    return {
      parts: distinct.map((value) => ({ from: value, to: value, text: text(value) })),
      partOf: Int32Array.from(values, (value) => places.get(value) ?? -1),
    };
  }
  const most = Math.min(mostParts, Math.max(6, Math.floor(Math.sqrt(values.length))));
  const partOf = (placeOf: (value: number) => number): Int32Array =>
    Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : placeOf(value)));
  if (count === null) {
    const edges = Array.from({ length: most + 1 }, (_, i) => Number(scale.valueAt(i / most).toPrecision(3)));
    return {
      parts: Array.from({ length: most }, (_, i) => ({
        from: edges[i],
        to: edges[i + 1],
        text: text(edges[i]),
      })),
      partOf: partOf((value) => Math.min(most - 1, Math.floor(scale.shareOf(value) * most))),
    };
  }
  const [low, high] = [scale.valueAt(0), scale.valueAt(1)];
  const step = (high - low) / (count - 1);
  const together = Math.ceil(count / most);
  const valueAt = (place: number): number =>
    Number((low + Math.min(count - 1, place) * step).toPrecision(12));
  return {
    parts: Array.from({ length: Math.ceil(count / together) }, (_, i) => {
      const from = valueAt(i * together);
      return { from, to: valueAt((i + 1) * together - 1), text: text(from) };
    }),
    partOf: partOf((value) => Math.floor(Math.round((value - low) / step) / together)),
  };
}

/** What a cell tells of its trials. */
export type CellStatistic = "best" | "median" | "mean" | "worst" | "count";

export interface Cell {
  /** Trials that have a value. */
  readonly trials: readonly number[];
  /** NaN where there is none. */
  readonly value: number;
}

/** A cell for each part of one parameter and each of another, row by row. */
export function cellsOf(
  [across, down]: readonly [Parted, Parted],
  { values, better }: Pick<TrialColumn, "values" | "better">,
  statistic: CellStatistic,
  isShown: (trial: number) => boolean,
): readonly (readonly Cell[])[] {
  const found = down.parts.map(() => across.parts.map((): number[] => []));
  values.forEach((value, trial) => {
    const [row, column] = [down.partOf[trial], across.partOf[trial]];
    if (row >= 0 && column >= 0 && !Number.isNaN(value) && isShown(trial)) found[row][column].push(trial);
  });
  return found.map((row) =>
    row.map((trials) => ({
      trials,
      value: statisticOf(
        trials.map((each) => values[each]),
        statistic,
        better,
      ),
    })),
  );
}

/** NaN of no values, but for their count. */
export function statisticOf(
  values: readonly number[],
  statistic: CellStatistic,
  better: TrialColumn["better"],
): number {
  if (statistic === "count") return values.length;
  if (values.length === 0) return NaN;
  if (statistic === "mean") return values.reduce((sum, each) => sum + each, 0) / values.length;
  const sorted = [...values].sort((a, b) => a - b);
  if (statistic === "median") return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  return (statistic === "best") === (better !== "lower") ? sorted[sorted.length - 1] : sorted[0];
}
