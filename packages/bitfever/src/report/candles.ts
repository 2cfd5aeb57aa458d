// Used on both sides, in Node and in the page: nothing here may need either.

/** Candles a page may carry: ten megabytes or so. */
export const mostCandles = 500_000;

/** Bars to a candle, so that there are at most `mostCandles`. */
export const groupSize = (bars: number): number => Math.max(1, Math.ceil(bars / mostCandles));

type Pick = (values: Float64Array, from: number, to: number) => number;

/** One value for each group of `size`, picked from the values `[from, to)`; the column itself when size is 1. */
export function grouped(values: Float64Array, size: number, pick: Pick): Float64Array {
  if (size === 1) return values;
  const groups = new Float64Array(Math.ceil(values.length / size));
  for (let i = 0; i < groups.length; i++) {
    groups[i] = pick(values, i * size, Math.min(values.length, (i + 1) * size));
  }
  return groups;
}

export const firstOf: Pick = (values, from) => values[from];
export const lastOf: Pick = (values, _from, to) => values[to - 1];

/** The last value that is there. */
export const lastKnownOf: Pick = (values, from, to) => {
  let i = to - 1;
  while (i > from && Number.isNaN(values[i])) i -= 1;
  return values[i];
};

export const lowestOf: Pick = (values, from, to) => {
  let lowest = NaN;
  for (let i = from; i < to; i++) if (values[i] < lowest || Number.isNaN(lowest)) lowest = values[i];
  return lowest;
};

export const highestOf: Pick = (values, from, to) => {
  let highest = NaN;
  for (let i = from; i < to; i++) if (values[i] > highest || Number.isNaN(highest)) highest = values[i];
  return highest;
};

/** NaN only where nothing is known. */
export const sumOf: Pick = (values, from, to) => {
  let sum = NaN;
  for (let i = from; i < to; i++) {
    if (!Number.isNaN(values[i])) sum = (Number.isNaN(sum) ? 0 : sum) + values[i];
  }
  return sum;
};

/** What stands for a group of values of a series. What is plotted may be rare, and must not fall between the candles. */
export const pickOf = (isPlotted: boolean, isCondition: boolean): Pick =>
  isPlotted ? (isCondition ? highestOf : lastKnownOf) : lastOf;
