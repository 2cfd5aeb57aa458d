import { breed, breedingOptions } from "../breeding.js";
import { defineSearchMethod, type Batches, type Trial } from "../method.js";
import { ranked } from "../pareto.js";
import { Untried } from "../untried.js";

export const genetic = defineSearchMethod({
  name: "genetic",
  title: "Genetic algorithm",
  summary: "Generations of points: the winners of tournaments have children, which mutate; the best live on",
  source:
    "Goldberg 1989, Genetic Algorithms in Search, Optimization, and Machine Learning; Deb & Agrawal 1995",
  objectives: "one",
  options: {
    population: {
      kind: "count",
      summary: "points of a generation; the first is drawn by chance",
      least: 2,
      most: 100_000,
      default: {
        words: "a twentieth of the trials, from 20 to 100",
        of: ({ trials }) => Math.min(Math.max(Math.round(trials / 20), 20), 100),
      },
    },
    elite: {
      kind: "count",
      summary: "how many of the best live on into the next generation, without a new trial",
      least: 0,
      most: 100_000,
      default: 2,
    },
    tournament: {
      kind: "count",
      summary: "how many are drawn for a parent, of which the best is taken",
      least: 1,
      most: 1_000,
      default: 3,
    },
    ...breedingOptions,
  },
  *search({ space, options, random }): Batches {
    const untried = new Untried(space, random);
    const { population: size, tournament } = options;
    const elite = Math.min(options.elite, size - 1);
    let points = untried.drawMany(size);
    let survivors: readonly Trial[] = [];
    while (points.length > 0) {
      const born = yield points.map((point) => ({ point }));
      const all = [...survivors, ...born];
      const generation = ranked(all).map((place) => all[place]);
      // They stand in order, so the best of a tournament is the one with the lowest place.
      const choose = () => {
        let place = generation.length;
        for (let i = 0; i < tournament; i++)
          place = Math.min(place, Math.floor(random() * generation.length));
        return generation[place].point;
      };
      survivors = generation.slice(0, elite);
      points = breed(size - elite, choose, { space, options, random }, untried);
    }
  },
});
