import type { MethodOption } from "./option.js";
import { fromShare, shareOf } from "./scale.js";
import { countOf, placeOf, valueAt, type Dimension, type Point, type Space } from "./space.js";
import type { Untried } from "./untried.js";

/** Pairs of parents tried for a child that may be tried. */
const patience = 100;

/** The options of methods that breed. */
export const breedingOptions = {
  crossover: {
    kind: "word",
    summary:
      "how two parents have children: near them on the scale of each parameter (simulated binary), or each parameter from one of them",
    words: ["sbx", "uniform"],
    default: "sbx",
  },
  crossover_rate: {
    kind: "number",
    summary: "share of the pairs that are crossed; children of the others are copies that mutate",
    least: 0,
    most: 1,
    default: 0.9,
  },
  crossover_index: {
    kind: "number",
    summary: "how near children are to their parents with `sbx`",
    least: 0,
    most: 1_000,
    default: 15,
  },
  mutation_rate: {
    kind: "number",
    summary: "chance of each parameter of a child to mutate",
    least: 0,
    most: 1,
    default: { words: "1 / n for n parameters", of: ({ dimensions }) => 1 / dimensions },
  },
  mutation_index: {
    kind: "number",
    summary: "how small mutations are",
    least: 0,
    most: 1_000,
    default: 20,
  },
} as const satisfies Record<string, MethodOption>;

export interface Breeding {
  readonly crossover: "sbx" | "uniform";
  readonly crossover_rate: number;
  readonly crossover_index: number;
  readonly mutation_rate: number;
  readonly mutation_index: number;
}

/**
 * So many children that were never tried, fewer where no more points are left. Where parents have no new children,
 * points are drawn by chance.
 *
 * @param choose  a parent
 */
export function breed(
  count: number,
  choose: () => Point,
  {
    space,
    options,
    random,
  }: { readonly space: Space; readonly options: Breeding; readonly random: () => number },
  untried: Untried,
): readonly Point[] {
  const children: Point[] = [];
  while (children.length < count) {
    const before = children.length;
    for (let i = 0; i < patience && children.length === before; i++)
      for (const child of cross(space, choose(), choose(), options, random)) {
        const mutant = mutated(space, child, options, random);
        if (children.length < count && untried.take(mutant)) children.push(mutant);
      }
    if (children.length > before) continue;
    const stranger = untried.draw();
    if (stranger === null) break;
    children.push(stranger);
  }
  return children;
}

function cross(
  { dimensions }: Space,
  a: Point,
  b: Point,
  { crossover, crossover_rate: rate, crossover_index: index }: Breeding,
  random: () => number,
): readonly [Point, Point] {
  if (random() >= rate) return [a, b];
  const pairs = dimensions.map((dimension, i): readonly [number, number] => {
    if (random() < 0.5) return [a[i], b[i]];
    const isBlended = crossover === "sbx" && (dimension.kind !== "choices" || dimension.isOrdered);
    return isBlended ? blended(dimension, a[i], b[i], index, random) : [b[i], a[i]];
  });
  return [pairs.map(([first]) => first), pairs.map(([, second]) => second)];
}

/**
 * Two values whose spread about the parents' is as that of one bit string crossed at one place.
 *
 * @source Deb & Agrawal 1995, "Simulated Binary Crossover for Continuous Search Space", Complex Systems 9, within bounds
 */
function blended(
  dimension: Dimension,
  a: number,
  b: number,
  index: number,
  random: () => number,
): readonly [number, number] {
  const [low, high] = [shareOf(dimension, a), shareOf(dimension, b)].sort((x, y) => x - y);
  if (high - low < 1e-14) return [a, b];
  const drawn = random();
  const spread = (room: number): number => {
    const alpha = 2 - (1 + (2 * room) / (high - low)) ** -(index + 1);
    const base = drawn <= 1 / alpha ? drawn * alpha : 1 / (2 - drawn * alpha);
    return base ** (1 / (index + 1));
  };
  const middle = (low + high) / 2;
  const children = [
    middle - (spread(low) * (high - low)) / 2,
    middle + (spread(1 - high) * (high - low)) / 2,
  ].map((each) => fromShare(dimension, each));
  return random() < 0.5 ? [children[0], children[1]] : [children[1], children[0]];
}

function mutated(
  { dimensions }: Space,
  point: Point,
  { mutation_rate: rate, mutation_index: index }: Breeding,
  random: () => number,
): Point {
  return point.map((value, i) => (random() < rate ? mutant(dimensions[i], value, index, random) : value));
}

/**
 * A value near another; on a grid never the same, and among choices without an order any of the others.
 *
 * @source Deb & Goyal 1996, polynomial mutation, within bounds
 */
function mutant(dimension: Dimension, value: number, index: number, random: () => number): number {
  if (dimension.kind === "choices" && !dimension.isOrdered) {
    const others = dimension.values.filter((each) => each !== value);
    return others[Math.floor(random() * others.length)];
  }
  const share = shareOf(dimension, value);
  const drawn = random();
  const isDown = drawn < 0.5;
  const room = isDown ? share : 1 - share;
  const half = isDown ? 2 * drawn : 2 * (1 - drawn);
  const distance = 1 - (half + (1 - half) * (1 - room) ** (index + 1)) ** (1 / (index + 1));
  const moved = fromShare(dimension, isDown ? share - distance : share + distance);
  if (dimension.kind === "interval" || moved !== value) return moved;
  const place = placeOf(dimension, value);
  const up = place === 0 ? 1 : place === countOf(dimension) - 1 ? -1 : isDown ? -1 : 1;
  return valueAt(dimension, place + up);
}
