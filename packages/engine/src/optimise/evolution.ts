import { eigenOf, type Eigen } from "./eigen.js";
import { gaussian } from "./gaussian.js";

/** The numbers that steer an evolution strategy, from how many dimensions and how large a population. */
interface Strategy {
  /** Of the candidates from the best to the worst, half of them below 0. */
  readonly weights: Float64Array;
  readonly parents: number;
  /** The variance effective selection mass of the parents. */
  readonly mass: number;
  readonly pathRate: number;
  readonly rankOneRate: number;
  readonly rankRate: number;
  readonly stepRate: number;
  readonly stepDamping: number;
  /** The expected length of a normally distributed vector. */
  readonly expectedLength: number;
}

/**
 * A normal distribution that moves to where the better of its samples lie, takes on their shape, and grows or shrinks
 * with how straight it goes: the strategy of covariance matrix adaptation, with negative weights.
 *
 * @source Hansen 2016, "The CMA Evolution Strategy: A Tutorial", arXiv 1604.00772, whose defaults these are
 */
export class Evolution {
  readonly mean: Float64Array;
  private readonly strategy: Strategy;
  private readonly size: number;
  private readonly covariance: Float64Array;
  private readonly shapePath: Float64Array;
  private readonly stepPath: Float64Array;
  private eigen: Eigen;
  private generation = 0;

  /** @param deviation  of the samples in every direction at first */
  constructor(
    mean: ArrayLike<number>,
    private deviation: number,
    population: number,
  ) {
    this.mean = Float64Array.from(mean);
    this.size = mean.length;
    this.strategy = strategyFor(this.size, population);
    this.covariance = new Float64Array(this.size ** 2);
    for (let i = 0; i < this.size; i++) this.covariance[i * this.size + i] = 1;
    this.shapePath = new Float64Array(this.size);
    this.stepPath = new Float64Array(this.size);
    this.eigen = eigenOf(this.covariance, this.size);
  }

  sample(random: () => number): Float64Array {
    const { size, eigen, deviation } = this;
    const along = Float64Array.from(eigen.values, (each) => Math.sqrt(each) * gaussian(random));
    return this.mean.map((at, i) => {
      let step = 0;
      for (let j = 0; j < size; j++) step += eigen.vectors[i * size + j] * along[j];
      return at + deviation * step;
    });
  }

  /** Learns from its samples, as many as the population, from the best to the worst. */
  update(samples: readonly Float64Array[]): void {
    const { size, strategy, mean, shapePath, stepPath, covariance } = this;
    const { weights, parents, mass, pathRate, rankOneRate, rankRate, stepRate, stepDamping, expectedLength } =
      strategy;
    this.generation++;
    const steps = samples.map((each) => each.map((at, i) => (at - mean[i]) / this.deviation));
    const moved = new Float64Array(size);
    for (let k = 0; k < parents; k++) for (let i = 0; i < size; i++) moved[i] += weights[k] * steps[k][i];
    for (let i = 0; i < size; i++) mean[i] += this.deviation * moved[i];

    const whitened = this.whiten(moved);
    const stepGain = Math.sqrt(stepRate * (2 - stepRate) * mass);
    for (let i = 0; i < size; i++) stepPath[i] = (1 - stepRate) * stepPath[i] + stepGain * whitened[i];
    const length = Math.hypot(...stepPath);
    const warmth = Math.sqrt(1 - (1 - stepRate) ** (2 * this.generation));
    // Where the step is far too small, the path of the shape would only tell of that.
    const isSettled = length / warmth < (1.4 + 2 / (size + 1)) * expectedLength;
    const shapeGain = isSettled ? Math.sqrt(pathRate * (2 - pathRate) * mass) : 0;
    for (let i = 0; i < size; i++) shapePath[i] = (1 - pathRate) * shapePath[i] + shapeGain * moved[i];

    const scaled = weights.map((weight, k) => {
      if (weight >= 0) return weight;
      const square = this.whiten(steps[k]).reduce((sum, each) => sum + each * each, 0);
      return square > 0 ? (weight * size) / square : 0;
    });
    const sum = weights.reduce((total, each) => total + each, 0);
    const lost = isSettled ? 0 : rankOneRate * pathRate * (2 - pathRate);
    const kept = 1 + lost - rankOneRate - rankRate * sum;
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++) {
        let value = kept * covariance[i * size + j] + rankOneRate * shapePath[i] * shapePath[j];
        for (let k = 0; k < steps.length; k++) value += rankRate * scaled[k] * steps[k][i] * steps[k][j];
        covariance[i * size + j] = covariance[j * size + i] = value;
      }
    this.deviation *= Math.exp(Math.min(1, (stepRate / stepDamping) * (length / expectedLength - 1)));
    this.eigen = eigenOf(covariance, size);
  }

  /** The deviation of the samples along each dimension. */
  deviations(): Float64Array {
    return this.mean.map((_, i) => this.deviation * Math.sqrt(this.covariance[i * this.size + i]));
  }

  /** Makes the deviations along the dimensions so many times as large. */
  widen(factors: ArrayLike<number>): void {
    const { size, covariance } = this;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) covariance[i * size + j] *= factors[i] * factors[j];
    this.eigen = eigenOf(covariance, size);
  }

  /** Whether numbers no longer carry it: it is flat in one direction, or as small as rounding. */
  isDegenerate(smallest: number): boolean {
    const least = Math.min(...this.eigen.values);
    const most = Math.max(...this.eigen.values);
    return !(least > 0) || most / least > 1e14 || !(this.deviation * Math.sqrt(most) >= smallest);
  }

  /** A step in units of the distribution: C^(−1/2) of it. */
  private whiten(step: Float64Array): Float64Array {
    const { size, eigen } = this;
    const { values, vectors } = eigen;
    const along = values.map((value, j) => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += vectors[i * size + j] * step[i];
      return sum / Math.sqrt(value);
    });
    return step.map((_, i) => {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += vectors[i * size + j] * along[j];
      return sum;
    });
  }
}

/** Table 1 of the tutorial. */
function strategyFor(size: number, population: number): Strategy {
  const raw = Float64Array.from(
    { length: population },
    (_, i) => Math.log((population + 1) / 2) - Math.log(i + 1),
  );
  const parents = Math.floor(population / 2);
  const massOf = (of: Float64Array): number => sumOf(of) ** 2 / sumOf(of.map((each) => each * each));
  const mass = massOf(raw.subarray(0, parents));
  const badMass = massOf(raw.subarray(parents));
  const rankOneRate = 2 / ((size + 1.3) ** 2 + mass);
  const rankRate = Math.min(1 - rankOneRate, (2 * (0.25 + mass + 1 / mass - 2)) / ((size + 2) ** 2 + mass));
  const stepRate = (mass + 2) / (size + mass + 5);
  const most = Math.min(
    1 + rankOneRate / rankRate,
    1 + (2 * badMass) / (mass + 2),
    (1 - rankOneRate - rankRate) / (size * rankRate),
  );
  const positive = sumOf(raw.map((each) => Math.max(each, 0)));
  const negative = -sumOf(raw.map((each) => Math.min(each, 0)));
  return {
    weights: raw.map((each) => (each >= 0 ? each / positive : (most * each) / negative)),
    parents,
    mass,
    pathRate: (4 + mass / size) / (size + 4 + (2 * mass) / size),
    rankOneRate,
    rankRate,
    stepRate,
    stepDamping: 1 + 2 * Math.max(0, Math.sqrt((mass - 1) / (size + 1)) - 1) + stepRate,
    expectedLength: Math.sqrt(size) * (1 - 1 / (4 * size) + 1 / (21 * size ** 2)),
  };
}

const sumOf = (of: Float64Array): number => of.reduce((sum, each) => sum + each, 0);
