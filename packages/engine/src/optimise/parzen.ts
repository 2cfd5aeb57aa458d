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
  /** Summed up to each kernel, so that one is found by a number from 0 to the last. */
  private readonly cumulated: readonly number[];
  private readonly columns: readonly Column[];

  /**
   * @param weights  of each point; the kernel of knowing nothing weighs 1
   */
  constructor(dimensions: readonly Dimension[], points: readonly Point[], weights: readonly number[]) {
    let sum = 0;
    this.cumulated = [...weights, 1].map((each) => (sum += each));
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
    const densities = this.columns.map((column, i) => column.densities(point[i]));
    let sum = 0;
    this.cumulated.forEach((to, kernel) => {
      const weight = to - (kernel === 0 ? 0 : this.cumulated[kernel - 1]);
      sum += densities.reduce((product, each) => product * each[kernel], weight);
    });
    return Math.log(sum / this.cumulated[this.cumulated.length - 1]);
  }

  private kernelBy(random: () => number): number {
    const at = random() * this.cumulated[this.cumulated.length - 1];
    const kernel = this.cumulated.findIndex((each) => at < each);
    return kernel < 0 ? this.cumulated.length - 1 : kernel;
  }
}

/** The kernels of one dimension, the last of them that of knowing nothing. */
interface Column {
  readonly draw: (kernel: number, random: () => number) => number;
  /** Of each kernel at a value. */
  readonly densities: (value: number) => Float64Array;
}

const isOrdered = (dimension: Dimension): boolean => dimension.kind !== "choices" || dimension.isOrdered;

function scaleColumn(dimension: Dimension, values: readonly number[]): Column {
  const points = values.map((each) => shareOf(dimension, each));
  const centres = [...points, 0.5];
  // None so narrow that a few points are all there is.
  const narrowest = 1 / Math.min(100, centres.length + 1);
  const deviations = [...gapsOf(points).map((each) => Math.max(each, narrowest)), 1];
  const masses = centres.map((centre, i) => massOf(centre, deviations[i], 0, 1));
  return {
    draw(kernel, random) {
      for (;;) {
        const share = centres[kernel] + deviations[kernel] * gaussian(random);
        if (share >= 0 && share <= 1) return fromShare(dimension, share);
      }
    },
    densities(value) {
      const part = partAround(dimension, value);
      const share = shareOf(dimension, value);
      return Float64Array.from(centres, (centre, i) => {
        const deviation = deviations[i];
        if (part !== null) return massOf(centre, deviation, part[0], part[1]) / masses[i];
        return Math.exp(-0.5 * ((share - centre) / deviation) ** 2) / (deviation * rootOfTwoPi * masses[i]);
      });
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
    densities(value) {
      const place = placeAmong(dimension, value);
      return Float64Array.from({ length: kernels }, (_, i) =>
        i === places.length ? 1 / count : (spread + (places[i] === place ? 1 : 0)) / whole,
      );
    },
  };
}

const placeAmong = (dimension: Dimension, value: number): number =>
  dimension.kind === "interval" ? 0 : placeOf(dimension, value);

const rootOfTwoPi = Math.sqrt(2 * Math.PI);

/** Shares of the normal distribution below −8, −8 + 1/128, …, 8: between them a straight line is off by less than 2·10⁻⁶. */
const stepsPerDeviation = 128;
const shares = Float64Array.from({ length: 16 * stepsPerDeviation + 1 }, (_, i) =>
  normalShare(i / stepsPerDeviation - 8),
);

function shareBelow(deviations: number): number {
  const at = (Math.min(Math.max(deviations, -8), 8) + 8) * stepsPerDeviation;
  const place = Math.min(Math.floor(at), shares.length - 2);
  return shares[place] + (at - place) * (shares[place + 1] - shares[place]);
}

/** How much of a kernel lies between two shares of the scale. */
function massOf(centre: number, deviation: number, from: number, to: number): number {
  return shareBelow((to - centre) / deviation) - shareBelow((from - centre) / deviation);
}
