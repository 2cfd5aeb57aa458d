import { defineSearchMethod, type Batches, type Candidate } from "../method.js";
import { batchSize } from "../option.js";
import { feasiblePoints } from "../points.js";
import { nothingAllowed } from "../untried.js";

export const grid = defineSearchMethod({
  name: "grid",
  title: "Grid",
  summary: "Every combination of values, in order, the last parameter changing fastest",
  source: "exhaustive search; definition",
  objectives: "several",
  options: {
    levels: {
      kind: "count",
      summary:
        "values of a parameter that has a range without a step, evenly spread from end to end on its scale",
      least: 2,
      most: 1_000_000,
      default: 10,
    },
    batch: batchSize(1_000),
  },
  *search({ space, options }): Batches {
    let batch: Candidate[] = [];
    let isEmpty = true;
    for (const point of feasiblePoints(space, options.levels)) {
      batch.push({ point });
      isEmpty = false;
      if (batch.length < options.batch) continue;
      yield batch;
      batch = [];
    }
    if (isEmpty) throw nothingAllowed("no point of the grid is allowed");
    if (batch.length > 0) yield batch;
  },
});
