import { BitFeverError } from "@bitfever/lang";
import { defineSearchMethod, type Batches } from "../method.js";
import { batchSize } from "../option.js";
import { pointAt } from "../scale.js";
import { mostSobolDimensions, scramble, sobolSequence } from "../sobol-sequence.js";
import type { Point } from "../space.js";
import { Untried } from "../untried.js";

/** Points of the sequence in a row that are tried or not allowed, before the rest is drawn by chance. */
const patience = 10_000;

export const sobol = defineSearchMethod({
  name: "sobol",
  title: "Sobol sequence",
  summary: `Points that fill the space more evenly than chance does, however many they are; for at most ${mostSobolDimensions} parameters`,
  source:
    "Sobol 1967; Joe & Kuo 2008, Constructing Sobol Sequences with Better Two-Dimensional Projections, SIAM J. Sci. Comput. 30(5)",
  objectives: "several",
  options: {
    scrambled: {
      kind: "flag",
      summary:
        "whether the seed scrambles it (Owen's way); without, every seed gives the sequence as published",
      default: true,
    },
    batch: batchSize(1_000),
  },
  *search({ space, options, random }): Batches {
    const { length } = space.dimensions;
    if (length > mostSobolDimensions)
      throw new BitFeverError(
        "BF5115",
        `the search method \`sobol\` has at most ${mostSobolDimensions} parameters, and ${length} are searched`,
        { hint: "search fewer of them, or take latin_hypercube" },
      );
    const seeds = space.dimensions.map(() => Math.floor(random() * 2 ** 32));
    const coordinate = (value: number, i: number): number =>
      (options.scrambled ? scramble(value, seeds[i]) : value) / 2 ** 32;
    const untried = new Untried(space, random);
    const sequence = sobolSequence(length);
    const next = (): Point | null => {
      for (let skipped = 0; skipped < patience; skipped++) {
        const { value, done } = sequence.next();
        if (done === true) break;
        const point = pointAt(space, Array.from(value, coordinate));
        if (untried.take(point)) return point;
      }
      return null;
    };
    // Once it finds nothing more, it is not asked again.
    let isSpent = false;
    for (;;) {
      const points: Point[] = [];
      while (points.length < options.batch) {
        const point: Point | null = isSpent ? null : next();
        isSpent = point === null;
        const taken = point ?? untried.draw();
        if (taken === null) break;
        points.push(taken);
      }
      if (points.length === 0) return;
      yield points.map((point) => ({ point }));
    }
  },
});
