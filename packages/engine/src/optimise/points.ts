import { fromShare, shareOf } from "./scale.js";
import { countOf, placeOf, valueAt, type Dimension, type Point, type Space } from "./space.js";

/**
 * How many points there are, allowed by `require` or not; Infinity where a dimension is an interval. Exact below 2⁵³.
 */
export const sizeOf = ({ dimensions }: Pick<Space, "dimensions">): number =>
  dimensions.reduce((size, each) => size * countOf(each), 1);

/**
 * How many points `require` allows, counted one by one; null where there are more than `most` to look at.
 *
 * @param most  points looked at, allowed or not
 */
export function countFeasible(space: Space, most = 1_000_000): number | null {
  if (sizeOf(space) > most) return null;
  let count = 0;
  for (const points = feasiblePoints(space); points.next().done !== true;) count++;
  return count;
}

/**
 * Every point that `require` allows, the last dimension changing fastest, each from its lowest value up.
 *
 * @param levels  how many values an interval has here, evenly spread on its scale, both ends among them; at least 2
 */
export function* feasiblePoints(space: Space, levels = 2): Generator<Point> {
  const values = space.dimensions.map((each) => levelsOf(each, levels));
  const places = values.map(() => 0);
  for (;;) {
    const point = places.map((place, i) => values[i].at(place));
    if (space.isFeasible(point)) yield point;
    let last = places.length - 1;
    while (last >= 0 && places[last] === values[last].count - 1) places[last--] = 0;
    if (last < 0) return;
    places[last]++;
  }
}

interface Levels {
  readonly count: number;
  readonly at: (place: number) => number;
}

function levelsOf(dimension: Dimension, levels: number): Levels {
  if (dimension.kind === "interval")
    return { count: levels, at: (place) => fromShare(dimension, place / (levels - 1)) };
  return { count: countOf(dimension), at: (place) => valueAt(dimension, place) };
}

/**
 * The points beside one: a step down and a step up along each dimension in turn, and every other choice where choices
 * have no order. Only those that `require` allows.
 *
 * @param share  how long a step is in an interval, as a share of its scale
 */
export function neighboursOf(space: Space, point: Point, share = 0.05): readonly Point[] {
  return space.dimensions
    .flatMap((dimension, i) => besides(dimension, point[i], share).map((each) => point.with(i, each)))
    .filter((each) => space.isFeasible(each));
}

function besides(dimension: Dimension, value: number, share: number): readonly number[] {
  if (dimension.kind === "interval") {
    const at = shareOf(dimension, value);
    return [at - share, at + share]
      .filter((each) => each >= 0 && each <= 1)
      .map((each) => fromShare(dimension, each));
  }
  if (dimension.kind === "choices" && !dimension.isOrdered)
    return dimension.values.filter((each) => each !== value);
  const place = placeOf(dimension, value);
  return [place - 1, place + 1]
    .filter((each) => each >= 0 && each < countOf(dimension))
    .map((each) => valueAt(dimension, each));
}
