import { countOf, placeOf, valueAt, type Dimension, type Point, type Space } from "./space.js";

/*
 * Every dimension as shares from 0 to 1 of its scale, which methods draw and step in. A value of a grid has a part of
 * it as its own: equal parts, or on a logarithmic scale from half-way to its neighbours.
 */

/** The value of a dimension at a share from 0 to 1 of its scale; of a grid, the one whose part it lies in. */
export function fromShare(dimension: Dimension, share: number): number {
  switch (dimension.kind) {
    case "interval": {
      const { from, to, logarithmic } = dimension;
      if (share <= 0) return from;
      if (share >= 1) return to;
      const value = logarithmic ? from * (to / from) ** share : from + share * (to - from);
      return Math.min(Math.max(value, from), to);
    }
    case "steps": {
      if (!dimension.logarithmic) return valueAt(dimension, partOf(share, dimension.count));
      const [from, to] = edgesOf(dimension);
      return valueAt(dimension, placeOf(dimension, from * (to / from) ** share));
    }
    case "choices":
      return valueAt(dimension, partOf(share, dimension.values.length));
  }
}

/** Where a value lies on the scale of its dimension, from 0 to 1; a value of a grid in the middle of its part. */
export function shareOf(dimension: Dimension, value: number): number {
  if (dimension.kind === "interval") {
    const { from, to, logarithmic } = dimension;
    return logarithmic ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
  }
  if (dimension.kind === "steps" && dimension.logarithmic) {
    const [from, to] = edgesOf(dimension);
    return Math.log(value / from) / Math.log(to / from);
  }
  return (placeOf(dimension, value) + 0.5) / countOf(dimension);
}

/** From where to where a value of a grid has its part of the scale; null in an interval, where each has none of its own. */
export function partAround(dimension: Dimension, value: number): readonly [from: number, to: number] | null {
  if (dimension.kind === "interval") return null;
  const place = placeOf(dimension, value);
  const count = countOf(dimension);
  if (dimension.kind !== "steps" || !dimension.logarithmic) return [place / count, (place + 1) / count];
  const [from, to] = edgesOf(dimension);
  const edgeBelow = (at: number): number =>
    Math.log((dimension.from + (at - 0.5) * dimension.step) / from) / Math.log(to / from);
  return [place === 0 ? 0 : edgeBelow(place), place === count - 1 ? 1 : edgeBelow(place + 1)];
}

/** The point at a share of each dimension. */
export const pointAt = ({ dimensions }: Pick<Space, "dimensions">, shares: ArrayLike<number>): Point =>
  dimensions.map((each, i) => fromShare(each, shares[i]));

const partOf = (share: number, count: number): number =>
  Math.min(Math.max(Math.floor(share * count), 0), count - 1);

/** Where the parts of the first and the last value of a logarithmic grid end, as far from it as their inner ends. */
function edgesOf({ from, step, count }: Dimension & { readonly kind: "steps" }): readonly [number, number] {
  const to = from + (count - 1) * step;
  return [from ** 2 / (from + step / 2), to ** 2 / (to - step / 2)];
}
