import { breed, breedingOptions } from "../breeding.js";
import { defineSearchMethod, type Batches, type Trial } from "../method.js";
import { ranked } from "../pareto.js";
import { Untried } from "../untried.js";

export const nsga2 = defineSearchMethod({
  name: "nsga2",
  title: "NSGA-II",
  summary:
    "Generations of points towards the whole front of what no other betters in every objective, kept evenly apart on it",
  source:
    "Deb, Pratap, Agarwal & Meyarivan 2002, A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II, IEEE Trans. Evol. Comput. 6(2)",
  objectives: "several",
  options: {
    population: {
      kind: "count",
      summary: "points of a generation; the first is drawn by chance",
      least: 4,
      most: 100_000,
      default: {
        words: "a twentieth of the trials, from 20 to 100",
        of: ({ trials }) => Math.min(Math.max(Math.round(trials / 20), 20), 100),
      },
    },
    ...breedingOptions,
  },
  *search({ space, options, random }): Batches {
    const untried = new Untried(space, random);
    const size = options.population;
    let points = untried.drawMany(size);
    let generation: readonly Trial[] = [];
    while (points.length > 0) {
      const born = yield points.map((point) => ({ point }));
      // Parents and children together: what is good is never lost. In order of front, then of room on it.
      const all = [...generation, ...born];
      generation = ranked(all)
        .slice(0, size)
        .map((place) => all[place]);
      const survivors = generation;
      const choose = () => {
        const place = (): number => Math.floor(random() * survivors.length);
        return survivors[Math.min(place(), place())].point;
      };
      points = breed(size, choose, { space, options, random }, untried);
    }
  },
});
