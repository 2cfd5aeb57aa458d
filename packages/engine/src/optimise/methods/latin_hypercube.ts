import { defineSearchMethod, type Batches } from "../method.js";
import { batchSize } from "../option.js";
import { pointAt } from "../scale.js";
import { shuffled } from "../../shuffled.js";
import type { Point, Space } from "../space.js";
import { Untried } from "../untried.js";

/** Exchanges tried for a point that cannot be where it fell. */
const mostExchanges = 200;

export const latin_hypercube = defineSearchMethod({
  name: "latin_hypercube",
  title: "Latin hypercube",
  summary:
    "Each parameter's scale is cut into as many parts as there are samples, and each part has one of them; more trials draw another hypercube",
  source:
    "McKay, Beckman & Conover 1979, A Comparison of Three Methods for Selecting Values of Input Variables, Technometrics 21(2)",
  objectives: "several",
  options: {
    samples: {
      kind: "count",
      summary: "points of one hypercube",
      least: 1,
      most: 1_000_000,
      default: { words: "the number of trials", of: ({ trials }) => trials },
    },
    batch: batchSize(1_000),
  },
  *search({ space, options, random }): Batches {
    const untried = new Untried(space, random);
    for (;;) {
      const points = hypercube(space, options.samples, untried, random);
      if (points.length === 0) return;
      for (let from = 0; from < points.length; from += options.batch)
        yield points.slice(from, from + options.batch).map((point) => ({ point }));
    }
  },
});

/** As many points as there are parts, fewer where no more are left. */
function hypercube(space: Space, samples: number, untried: Untried, random: () => number): readonly Point[] {
  const columns = space.dimensions.map(() => {
    const shares = Array.from({ length: samples }, (_, part) => (part + random()) / samples);
    return shuffled(shares, random);
  });
  const at = (row: number): Point =>
    pointAt(
      space,
      columns.map((column) => column[row]),
    );
  const points: Point[] = [];
  for (let row = 0; row < samples; row++) {
    let isTaken = untried.take(at(row));
    // Two rows that exchange a coordinate leave every part with its one sample; rows behind this one are still free.
    for (let i = 0; i < mostExchanges && !isTaken && row + 1 < samples; i++) {
      const column = columns[Math.floor(random() * columns.length)];
      const other = row + 1 + Math.floor(random() * (samples - row - 1));
      [column[row], column[other]] = [column[other], column[row]];
      isTaken = untried.take(at(row));
    }
    const point = isTaken ? at(row) : untried.draw();
    if (point === null) break;
    points.push(point);
  }
  return points;
}
