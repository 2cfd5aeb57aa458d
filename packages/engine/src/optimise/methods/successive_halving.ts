import {
  defineSearchMethod,
  type Batches,
  type Candidate,
  type SearchMethod,
  type Trial,
} from "../method.js";
import { optionsOf } from "../option.js";
import { isComplete, ranked } from "../pareto.js";
import { latin_hypercube } from "./latin_hypercube.js";
import { random as randomSearch } from "./random.js";
import { sobol } from "./sobol.js";
import { tpe } from "./tpe.js";

const samplers: Readonly<Record<string, SearchMethod>> = {
  random: randomSearch,
  latin_hypercube,
  sobol,
  tpe,
};

export const successive_halving = defineSearchMethod({
  name: "successive_halving",
  title: "Successive halving",
  summary:
    "Many points on a small share of the history, of which the best are tried on a larger one, and so on up to all of it",
  source:
    "Jamieson & Talwalkar 2016, Non-stochastic Best Arm Identification and Hyperparameter Optimization, AISTATS",
  objectives: "several",
  options: {
    eta: {
      kind: "number",
      summary: "one of so many goes on, to so many times the history",
      least: 1.5,
      most: 100,
      default: 3,
    },
    min_fidelity: {
      kind: "number",
      summary: "share of the history that is enough for the first look; the first share is at least it",
      least: 0.0001,
      most: 1,
      default: 0.1,
    },
    sampler: {
      kind: "word",
      summary: "the method that chooses the points; it is told what came of the first share",
      words: ["random", "latin_hypercube", "sobol", "tpe"],
      default: "random",
    },
    samples: {
      kind: "count",
      summary: "points that are begun with; when they are decided, as many others are begun with",
      least: 1,
      most: 1_000_000,
      default: {
        words: "as many as can be decided with the number of trials",
        of: ({ trials }, { eta, min_fidelity }) => mostSamples(trials, Number(eta), Number(min_fidelity)),
      },
    },
  },
  *search(context): Batches {
    const { space, options } = context;
    const { eta, min_fidelity, samples } = options;
    const sampler = samplers[options.sampler];
    const about = { dimensions: space.dimensions.length, trials: samples };
    const inner = sampler.search({ ...context, options: optionsOf(sampler, {}, about) });
    const fidelities = fidelitiesOf(eta, min_fidelity);
    /** What the sampler asked for and is not begun, and what it will be told. */
    let waiting: Candidate[] = [];
    let told: Trial[] = [];
    for (;;) {
      let rung: Trial[] = [];
      while (rung.length < samples) {
        if (waiting.length === 0) {
          const { value, done } = inner.next(told);
          if (done === true) break;
          waiting = [...value];
          told = [];
        }
        const part = waiting.splice(0, samples - rung.length);
        const trials = yield part.map(({ point }) => ({ point, fidelity: fidelities[0] }));
        told.push(...trials);
        rung.push(...trials);
      }
      const { length: begun } = rung;
      if (begun === 0) return;
      for (let k = 1; k < fidelities.length && rung.length > 0; k++) {
        const complete = ranked(rung)
          .map((place) => rung[place])
          .filter(isComplete);
        // A share of a history may be too short to tell anything of any: chance decides then who is tried on the next.
        const open = complete.length > 0 ? complete : rung.filter(({ violation }) => violation !== Infinity);
        const best = open.slice(0, survivors(begun, eta, k));
        if (best.length === 0) break;
        rung = [...(yield best.map(({ point }) => ({ point, fidelity: fidelities[k] })))];
      }
    }
  },
});

/** From the first share of the history up to all of it, each `eta` times the one before. */
function fidelitiesOf(eta: number, least: number): readonly number[] {
  const rungs = Math.floor(Math.log(1 / least) / Math.log(eta) + 1e-9);
  return Array.from({ length: rungs + 1 }, (_, k) => eta ** (k - rungs));
}

const survivors = (samples: number, eta: number, rung: number): number =>
  Math.max(1, Math.floor(samples / eta ** rung + 1e-9));

/** The most points that are decided with so many trials. */
function mostSamples(trials: number, eta: number, least: number): number {
  const rungs = fidelitiesOf(eta, least);
  const cost = (samples: number): number => rungs.reduce((sum, _, k) => sum + survivors(samples, eta, k), 0);
  let [low, high] = [1, Math.min(trials, 1_000_000) + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (cost(middle) <= trials) low = middle;
    else high = middle;
  }
  return low;
}
