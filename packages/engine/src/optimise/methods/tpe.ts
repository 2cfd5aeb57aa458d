import { defineSearchMethod, type Batches, type Trial } from "../method.js";
import { batchSize } from "../option.js";
import { isComplete, ranked } from "../pareto.js";
import { ParzenEstimator } from "../parzen.js";
import type { Point, Space } from "../space.js";
import { Untried } from "../untried.js";

/** How often it is tried to find a point that may be tried. */
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
    for (;;) {
      const batch: Point[] = [];
      if (trials.length < options.startup)
        batch.push(...untried.drawMany(Math.min(options.batch, options.startup - trials.length)));
      else {
        const [good, bad] = split(trials, options.gamma);
        while (batch.length < options.batch) {
          // Nothing is known yet of the points of this batch: they count as bad, so that the next keep away.
          const groups = groupsOf(space, good, [...bad, ...batch], options.multivariate);
          const point = next(groups, options.candidates, untried, random);
          if (point === null) break;
          batch.push(point);
        }
      }
      if (batch.length === 0) return;
      trials.push(...(yield batch.map((point) => ({ point }))));
    }
  },
});

/** Where good trials and the others are dense, for parameters that are learnt together. */
interface Group {
  readonly good: ParzenEstimator;
  readonly others: ParzenEstimator;
}

function groupsOf(
  { dimensions }: Space,
  good: readonly Point[],
  others: readonly Point[],
  areTogether: boolean,
): readonly Group[] {
  const all = dimensions.map((_, place) => place);
  return (areTogether ? [all] : all.map((place) => [place])).map((places) => {
    const estimate = (points: readonly Point[]): ParzenEstimator => {
      const parts = points.map((point) => places.map((place) => point[place]));
      return new ParzenEstimator(
        places.map((place) => dimensions[place]),
        parts,
        weightsOf(points.length),
      );
    };
    return { good: estimate(good), others: estimate(others) };
  });
}

/** The most promising of so many candidates; by chance where hardly any may be tried. */
function next(
  groups: readonly Group[],
  candidates: number,
  untried: Untried,
  random: () => number,
): Point | null {
  const found =
    groups.length === 1
      ? best(groups[0], candidates, candidates * patience, random, (point) => untried.allows(point))
      : bestApart(groups, candidates, untried, random);
  if (found === null) return untried.draw();
  untried.take(found);
  return found;
}

/** The best of each parameter by itself, until together they may be tried. */
function bestApart(
  groups: readonly Group[],
  candidates: number,
  untried: Untried,
  random: () => number,
): Point | null {
  for (let i = 0; i < patience; i++) {
    const point = groups.flatMap((group) => best(group, candidates, candidates, random, () => true) ?? []);
    if (untried.allows(point)) return point;
  }
  return null;
}

/** Of so many candidates that are allowed, the one where good trials are densest beside the others. */
function best(
  { good, others }: Group,
  candidates: number,
  mostDrawn: number,
  random: () => number,
  isAllowed: (point: Point) => boolean,
): Point | null {
  let found: Point | null = null;
  let most = -Infinity;
  for (let drawn = 0, kept = 0; drawn < mostDrawn && kept < candidates; drawn++) {
    const point = good.draw(random);
    if (!isAllowed(point)) continue;
    kept++;
    const promise = good.logDensity(point) - others.logDensity(point);
    if (found === null || promise > most) [found, most] = [point, promise];
  }
  return found;
}

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
