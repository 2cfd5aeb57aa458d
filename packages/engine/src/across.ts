import type { Reducer } from "@bitfever/lang";

/**
 * Compares the members of a universe at one moment: an answer for each. Those without a value are left out, and have
 * no rank. Of equal values the first is ranked first.
 */
export function compareMembers(reducer: Reducer, values: readonly number[]): readonly number[] {
  if (reducer === "rank") return ranksOf(values);
  const answer = reduce(reducer, values);
  return values.map(() => answer);
}

function ranksOf(values: readonly number[]): readonly number[] {
  const ranks = values.map(() => NaN);
  const order = values.flatMap((value, i) => (Number.isNaN(value) ? [] : [i]));
  order.sort((a, b) => (values[a] === values[b] ? a - b : values[b] > values[a] ? 1 : -1));
  order.forEach((i, place) => (ranks[i] = place + 1));
  return ranks;
}

function reduce(reducer: Exclude<Reducer, "rank">, values: readonly number[]): number {
  const there = values.filter((value) => !Number.isNaN(value));
  switch (reducer) {
    case "sum":
      return there.reduce((sum, each) => sum + each, 0);
    case "count":
      return there.length;
    case "max":
    case "min":
      if (there.length === 0) return NaN;
      return there.reduce((a, b) => ((reducer === "max" ? b > a : b < a) ? b : a));
  }
}
