import { defineSearchMethod, type Batches } from "../method.js";
import { batchSize } from "../option.js";
import { Untried } from "../untried.js";

export const random = defineSearchMethod({
  name: "random",
  title: "Random",
  summary: "Points drawn by chance, evenly on the scale of each parameter, none twice",
  source: "Bergstra & Bengio 2012, Random Search for Hyper-Parameter Optimization, JMLR 13",
  objectives: "several",
  options: { batch: batchSize(1_000) },
  *search({ space, options, random }): Batches {
    const untried = new Untried(space, random);
    for (;;) {
      const points = untried.drawMany(options.batch);
      if (points.length === 0) return;
      yield points.map((point) => ({ point }));
    }
  },
});
