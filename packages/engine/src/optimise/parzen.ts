import { normalShare } from "../statistics.js";
import { gaussian } from "./gaussian.js";
import { fromShare, partAround, shareOf } from "./scale.js";
import { countOf, placeOf, type Dimension, type Point } from "./space.js";

/**
 * Where points lie, as a density over the space: a kernel around each of them, and one over the whole space that
 * stands for knowing nothing. On a scale a kernel is a normal distribution cut off at its ends; among choices without
 * an order it is the choice of its point, and a little of each.
 *
 * @source Bergstra, Bardenet, Bengio & Kégl 2011, "Algorithms for Hyper-Parameter Optimization", and Watanabe 2023,
 *   "Tree-Structured Parzen Estimator: Understanding Its Algorithm Components", for the widths of the kernels
 */
export class ParzenEstimator {
  /** Of the kernels, together 1. */
  private readonly weights: Float64Array;
  private readonly columns: readonly Column[];

  /** @param weights  of each point; the kernel of knowing nothing weighs 1 */
  constructor(dimensions: readonly Dimension[], points: readonly Point[], weights: readonly number[]) {
    const whole = weights.reduce((sum, each) => sum + each, 1);
    this.weights = Float64Array.from([...weights, 1], (each) => each / whole);
    this.columns = dimensions.map((dimension, i) => {
      const values = points.map((each) => each[i]);
      return isOrdered(dimension) ? scaleColumn(dimension, values) : choiceColumn(dimension, values);
    });
  }

  draw(random: () => number): Point {
    const kernel = this.kernelBy(random);
    return this.columns.map((column) => column.draw(kernel, random));
  }

  /** The logarithm of the density at a point, of the mass of its part where a dimension is a grid. */
  logDensity(point: Point): number {
    const densities = this.weights.slice();
    this.columns.forEach((column, i) => column.multiply(densities, point[i]));
    let sum = 0;
    for (let kernel = 0; kernel < densities.length; kernel++) sum += densities[kernel];
    return Math.log(sum);
  }

  private kernelBy(random: () => number): number {
    let at = random();
    let kernel = 0;
    while (kernel < this.weights.length - 1 && (at -= this.weights[kernel]) >= 0) kernel++;
    return kernel;
  }
}

/** The kernels of one dimension, the last of them that of knowing nothing. */
interface Column {
  readonly draw: (kernel: number, random: () => number) => number;
  /** Multiplies a number for each kernel by its density at a value. */
  readonly multiply: (numbers: Float64Array, value: number) => void;
}

const isOrdered = (dimension: Dimension): boolean => dimension.kind !== "choices" || dimension.isOrdered;

function scaleColumn(dimension: Dimension, values: readonly number[]): Column {
  const points = values.map((each) => shareOf(dimension, each));
  const centres = [...points, 0.5];
  // None so narrow that a few points are all there is.
  const narrowest = 1 / Math.min(100, centres.length + 1);
  const deviations = [...gapsOf(points).map((each) => Math.max(each, narrowest)), 1];
  // What is cut off at the ends is made up for by what is left.
  const masses = centres.map((centre, i) => massOf(centre, deviations[i], 0, 1));
  const heights = masses.map((mass, i) => 1 / (mass * deviations[i] * Math.sqrt(2 * Math.PI)));
  return {
    draw(kernel, random) {
      for (;;) {
        const share = centres[kernel] + deviations[kernel] * gaussian(random);
        if (share >= 0 && share <= 1) return fromShare(dimension, share);
      }
    },
    multiply(numbers, value) {
      const part = partAround(dimension, value);
      const share = shareOf(dimension, value);
      for (let i = 0; i < numbers.length; i++) {
        const centre = centres[i];
        const deviation = deviations[i];
        if (part === null) numbers[i] *= heights[i] * Math.exp(-0.5 * ((share - centre) / deviation) ** 2);
        else numbers[i] *= massOf(centre, deviation, part[0], part[1]) / masses[i];
      }
    },
  };
}

/** The wider of the gaps to both sides of each of some shares; the ends of the scale count where there is nothing else. */
function gapsOf(points: readonly number[]): readonly number[] {
  if (points.length === 1) return [Math.max(points[0], 1 - points[0])];
  const order = points.map((_, i) => i).sort((a, b) => points[a] - points[b] || a - b);
  const widths = points.map(() => 0);
  order.forEach((each, at) => {
    const below = at === 0 ? 0 : points[each] - points[order[at - 1]];
    const above = at === order.length - 1 ? 0 : points[order[at + 1]] - points[each];
    widths[each] = Math.max(below, above);
  });
  return widths;
}

function choiceColumn(dimension: Dimension, values: readonly number[]): Column {
  const count = countOf(dimension);
  const places = values.map((each) => placeAmong(dimension, each));
  const kernels = places.length + 1;
  // A kernel is its point counted once, and as much again spread over all choices and kernels.
  const spread = 1 / kernels;
  const whole = 1 + count * spread;
  return {
    draw(kernel, random) {
      const isSpread = kernel === places.length || random() * whole >= 1;
      return fromShare(dimension, isSpread ? random() : (places[kernel] + 0.5) / count);
    },
    multiply(numbers, value) {
      const place = placeAmong(dimension, value);
      for (let i = 0; i < places.length; i++) numbers[i] *= (spread + (places[i] === place ? 1 : 0)) / whole;
      numbers[places.length] /= count;
    },
  };
}

const placeAmong = (dimension: Dimension, value: number): number =>
  dimension.kind === "interval" ? 0 : placeOf(dimension, value);

const stepsPerDeviation = 128;
let tabulated: Float64Array | null = null;

/** The share of the normal distribution below so many deviations, off by less than 2·10⁻⁶: a straight line between steps. */
function shareBelow(deviations: number): number {
  tabulated ??= Float64Array.from({ length: 16 * stepsPerDeviation + 1 }, (_, i) =>
    normalShare(i / stepsPerDeviation - 8),
  );
  const at = (Math.min(Math.max(deviations, -8), 8) + 8) * stepsPerDeviation;
  const place = Math.min(Math.floor(at), tabulated.length - 2);
  return tabulated[place] + (at - place) * (tabulated[place + 1] - tabulated[place]);
}

/** How much of a kernel lies between two shares of the scale. */
function massOf(centre: number, deviation: number, from: number, to: number): number {
  return shareBelow((to - centre) / deviation) - shareBelow((from - centre) / deviation);
}
