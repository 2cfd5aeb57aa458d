import { defineSearchMethod, type Batches, type Candidate, type Trial } from "../method.js";
import { batchSize } from "../option.js";
import { isComplete, ranked } from "../pareto.js";
import { ParzenEstimator } from "../parzen.js";
import type { Point } from "../space.js";
import { Untried } from "../untried.js";

/** Points drawn for one that may be tried. */
const patience = 50;

export const tpe = defineSearchMethod({
  name: "tpe",
  title: "Tree-structured Parzen estimator",
  summary:
    "Points where good trials are dense and bad ones are not, the densities learnt from all trials so far",
  source:
    "Bergstra, Bardenet, Bengio & Kégl 2011, Algorithms for Hyper-Parameter Optimization, NeurIPS 24; Watanabe 2023, arXiv 2304.11127",
  objectives: "several",
  options: {
    startup: {
      kind: "count",
      summary: "trials drawn by chance before it begins to learn",
      least: 1,
      most: 100_000,
      default: 10,
    },
    gamma: {
      kind: "number",
      summary: "share of the trials that count as good, though at most 25 of them",
      least: 0.01,
      most: 0.5,
      default: 0.1,
    },
    candidates: {
      kind: "count",
      summary: "points drawn where good trials are dense, of which the most promising is tried",
      least: 1,
      most: 10_000,
      default: 24,
    },
    multivariate: {
      kind: "flag",
      summary: "whether parameters are learnt together; else each by itself",
      default: true,
    },
    batch: batchSize(8),
  },
  *search({ space, options, random }): Batches {
    const untried = new Untried(space, random);
    const trials: Trial[] = [];

    /** @param open  points of this batch: nothing is known of them, so they count as bad, and the next keep away */
    const next = (good: ParzenEstimator, bad: readonly Point[], open: readonly Point[]): Point | null => {
      const rest = new ParzenEstimator(
        space,
        [...bad, ...open],
        weightsOf(bad.length + open.length),
        options.multivariate,
      );
      const drawn: { point: Point; promise: number }[] = [];
      for (let i = options.candidates * patience; i > 0 && drawn.length < options.candidates; i--) {
        const point = good.draw(random);
        if (untried.allows(point))
          drawn.push({ point, promise: good.logDensity(point) - rest.logDensity(point) });
      }
      if (drawn.length === 0) return untried.draw();
      const { point } = drawn.reduce((best, each) => (each.promise > best.promise ? each : best));
      untried.take(point);
      return point;
    };

    for (;;) {
      const batch: Candidate[] = [];
      if (trials.length < options.startup)
        for (const point of untried.drawMany(Math.min(options.batch, options.startup - trials.length)))
          batch.push({ point });
      else {
        const [good, bad] = split(trials, options.gamma);
        const estimator = new ParzenEstimator(space, good, weightsOf(good.length), options.multivariate);
        const open: Point[] = [];
        while (batch.length < options.batch) {
          const point = next(estimator, bad, open);
          if (point === null) break;
          open.push(point);
          batch.push({ point });
        }
      }
      if (batch.length === 0) return;
      trials.push(...(yield batch));
    }
  },
});

/** The good ones and the others, each in the order in which they were tried. What failed is never good. */
function split(
  trials: readonly Trial[],
  gamma: number,
): readonly [good: readonly Point[], bad: readonly Point[]] {
  const count = Math.min(Math.ceil(gamma * trials.length), 25);
  const good = new Set(
    ranked(trials)
      .slice(0, count)
      .filter((place) => isComplete(trials[place])),
  );
  const points = trials.map(({ point }) => point);
  return [points.filter((_, place) => good.has(place)), points.filter((_, place) => !good.has(place))];
}

/** The last 25 count fully, those before them the less the older they are. */
function weightsOf(count: number): readonly number[] {
  const older = Math.max(count - 25, 0);
  return Array.from({ length: count }, (_, i) => {
    if (i >= older) return 1;
    return older === 1 ? 1 / count : 1 / count + (i / (older - 1)) * (1 - 1 / count);
  });
}
