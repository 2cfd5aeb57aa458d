import { Evolution } from "../evolution.js";
import { defineSearchMethod, type Batches, type Trial } from "../method.js";
import { isComplete, ranked } from "../pareto.js";
import { partAround, pointAt, shareOf } from "../scale.js";
import type { Point, Space } from "../space.js";
import { keyOf, Untried } from "../untried.js";
import { normalQuantile } from "../../statistics.js";

/** Samples drawn anew for one that `require` does not allow. */
const patience = 100;
/** Generations in a row that bring nothing new. */
const mostIdle = 30;
/** Deviations below it, as a share of the scale, are rounding. */
const smallest = 1e-13;

export const cma_es = defineSearchMethod({
  name: "cma_es",
  title: "CMA-ES",
  summary:
    "A normal distribution that moves and takes on the shape of the better trials, begun again at another place with twice the population when it has converged",
  source:
    "Hansen 2016, The CMA Evolution Strategy: A Tutorial, arXiv 1604.00772; Auger & Hansen 2005, A Restart CMA Evolution Strategy with Increasing Population Size, CEC; Hamano et al. 2022, CMA-ES with Margin, GECCO, for steps",
  objectives: "one",
  options: {
    population: {
      kind: "count",
      summary: "trials of a generation, which are asked for at once",
      least: 4,
      most: 100_000,
      default: {
        words: "4 + ⌊3 ln n⌋ for n parameters",
        of: ({ dimensions }) => 4 + Math.floor(3 * Math.log(dimensions)),
      },
    },
    deviation: {
      kind: "number",
      summary: "of the first generation, as a share of each parameter's scale",
      least: 0.001,
      most: 1,
      default: 0.25,
    },
    restarts: {
      kind: "word",
      summary:
        "what happens when it has converged: begin again with twice the population, with the same, or end",
      words: ["doubling", "same", "none"],
      default: "doubling",
    },
  },
  *search({ space, options, random }): Batches {
    const untried = new Untried(space, random);
    const known = new Map<string, Trial>();
    for (let run = 0; ; run++) {
      const centre = pointAt(
        space,
        space.dimensions.map(() => 0.5),
      );
      const start = run === 0 && untried.take(centre) ? centre : untried.draw();
      if (start === null) return;
      const population = options.population * 2 ** (options.restarts === "doubling" ? Math.min(run, 8) : 0);
      const evolution = new Evolution(
        start.map((each, i) => shareOf(space.dimensions[i], each)),
        options.deviation,
        population,
      );
      // The start belongs to the first generation, being taken.
      let first: readonly Sample[] = [{ shares: evolution.mean.slice(), point: start }];
      const progress = new Progress(space.dimensions.length, population);
      while (!progress.isOver && !evolution.isDegenerate(smallest)) {
        const samples = [...first];
        while (samples.length < population) samples.push(sampleWithin(space, evolution, random));
        const fresh: Point[] = [...first.map(({ point }) => point).filter((each) => each !== null)];
        for (const { point } of samples) if (point !== null && untried.take(point)) fresh.push(point);
        first = [];
        if (fresh.length > 0)
          for (const trial of yield fresh.map((point) => ({ point }))) known.set(keyOf(trial.point), trial);
        const outcomes = samples.map(({ point }) => (point && known.get(keyOf(point))) ?? failed);
        const order = ranked(outcomes);
        evolution.update(order.map((place) => samples[place].shares));
        keepSteps(space, evolution, population);
        progress.note(outcomes[order[0]], outcomes[order[order.length - 1]], fresh.length);
      }
      if (options.restarts === "none") return;
    }
  },
});

interface Sample {
  readonly shares: Float64Array;
  /** Null where `require` does not allow it. */
  readonly point: Point | null;
}

/** What is not allowed is as bad as what failed. */
const failed = { objectives: [NaN], violation: 0 };

/**
 * A sample brought to the border where it lies beyond, so that the best value of a range may be its end; drawn anew as
 * long as it is not allowed.
 */
function sampleWithin(space: Space, evolution: Evolution, random: () => number): Sample {
  for (let i = 0; ; i++) {
    const shares = evolution.sample(random).map((each) => Math.min(Math.max(each, 0), 1));
    const point = pointAt(space, shares);
    if (space.isFeasible(point)) return { shares, point };
    if (i === patience) return { shares, point: null };
  }
}

/**
 * Sees to it that along a grid some sample of a generation is likely to leave the part of the mean: a distribution
 * that has become narrower than a step would never learn of the next one.
 *
 * @source after Hamano et al. 2022, who also move the mean: here the covariance alone is widened, for the nearer side
 */
function keepSteps(space: Space, evolution: Evolution, population: number): void {
  const size = space.dimensions.length;
  const reach = normalQuantile(1 - 1 / (2 * size * population));
  const deviations = evolution.deviations();
  const factors = space.dimensions.map((dimension, i) => {
    const at = Math.min(Math.max(evolution.mean[i], 0), 1);
    const part = partAround(dimension, pointAt({ dimensions: [dimension] }, [at])[0]);
    if (part === null) return 1;
    // The borders of the space are no way out of a part.
    const [from, to] = part;
    const nearest = Math.min(from > 0 ? at - from : Infinity, to < 1 ? to - at : Infinity);
    return Math.max(1, nearest / reach / deviations[i]);
  });
  if (factors.some((each) => each > 1)) evolution.widen(factors);
}

/** Tells when a run has nothing more to find. */
class Progress {
  private readonly best: number[] = [];
  private idle = 0;
  isOver = false;

  constructor(
    private readonly dimensions: number,
    private readonly population: number,
  ) {}

  note(
    best: Pick<Trial, "objectives" | "violation">,
    worst: Pick<Trial, "objectives" | "violation">,
    fresh: number,
  ): void {
    this.idle = fresh === 0 ? this.idle + 1 : 0;
    // Until constraints hold it is the violation that shrinks.
    const valueOf = (of: typeof best): number =>
      isComplete(of) && of.violation === 0 ? of.objectives[0] : -of.violation;
    this.best.push(valueOf(best));
    const rounding = 1e-12 * Math.max(1, Math.abs(valueOf(best)));
    const lately = this.best.slice(-(10 + Math.ceil((30 * this.dimensions) / this.population)));
    const isFlat =
      lately.length < this.best.length &&
      Math.max(...lately) - Math.min(...lately) <= rounding &&
      valueOf(best) - valueOf(worst) <= rounding;
    this.isOver = isFlat || this.idle >= mostIdle;
  }
}
