import { readdirSync } from "node:fs";
import { BitFeverError } from "@bitfever/lang";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SearchMethod, Trial } from "../../src/optimise/method.js";
import { searchMethods } from "../../src/optimise/methods/index.generated.js";
import { optionsOf, rangeText } from "../../src/optimise/option.js";
import { countFeasible } from "../../src/optimise/points.js";
import { fromShare } from "../../src/optimise/scale.js";
import { replay, searchMethodOf, startSearch } from "../../src/optimise/search.js";
import { countOf, placeOf, valueAt, type Dimension, type Space } from "../../src/optimise/space.js";
import {
  answer,
  batchesOf,
  cube,
  evaluations,
  maximising,
  runStudy,
  spaces,
  type Evaluate,
} from "./studies.js";

/* What holds of every search method of the catalogue, whatever the space and whatever trials come to. */

/** Small batches and generations, so that short studies have several. */
const small: Readonly<Record<string, Readonly<Record<string, number | string>>>> = {
  grid: { batch: 7, levels: 3 },
  random: { batch: 7 },
  latin_hypercube: { batch: 7, samples: 20 },
  sobol: { batch: 7 },
  tpe: { batch: 4, startup: 6 },
  cma_es: { population: 6 },
  genetic: { population: 8 },
  nsga2: { population: 8 },
  successive_halving: { samples: 9, min_fidelity: 0.3, sampler: "tpe" },
};

interface Study {
  readonly space: Space;
  readonly seed: number;
  readonly trials: number;
  readonly objectives: number;
  readonly evaluate: Evaluate;
}

const studiesOf = (method: SearchMethod): fc.Arbitrary<Study> =>
  fc
    .record({
      space: spaces,
      seed: fc.nat(1_000_000),
      trials: fc.integer({ min: 1, max: 70 }),
      objectives: method.objectives === "one" ? fc.constant(1) : fc.constantFrom(1, 1, 2),
      evaluation: fc.constantFrom(...Object.keys(evaluations)),
    })
    .map(({ evaluation, ...study }) => ({ ...study, evaluate: evaluations[evaluation](study.objectives) }));

const isOn = (dimension: Dimension, value: number): boolean => {
  if (dimension.kind === "interval") return value >= dimension.from && value <= dimension.to;
  return valueAt(dimension, placeOf(dimension, value)) === value;
};

describe("the catalogue of search methods", () => {
  it("has every file of its folder", () => {
    const folder = new URL("../../src/optimise/methods/", import.meta.url);
    const files = readdirSync(folder).filter((name) => !name.startsWith("index."));
    expect(files.sort()).toEqual(searchMethods.map(({ name }) => `${name}.ts`));
    expect(Object.keys(small).sort()).toEqual(searchMethods.map(({ name }) => name));
  });

  it("is known by name", () => {
    expect(searchMethodOf("tpe").name).toBe("tpe");
    const refused = expect.objectContaining({ code: "BF5110", hint: expect.stringContaining("cma_es") });
    expect(() => searchMethodOf("bayes")).toThrow(refused);
  });
});

describe.each(searchMethods)("$name", (method) => {
  const start = ({ space, seed, trials, objectives }: Study) =>
    startSearch(method, space, { seed, trials, objectives, options: small[method.name] });
  const holds = (law: (study: Study) => void, numRuns = 60): void => {
    fc.assert(fc.property(studiesOf(method), law), { numRuns });
  };

  it("says what it is, and its defaults are allowed", () => {
    for (const text of [method.title, method.summary, method.source]) expect(text).toMatch(/^\S.{2,}[^.]$/);
    const values: Readonly<Record<string, unknown>> = optionsOf(method, {}, { dimensions: 3, trials: 100 });
    for (const [name, option] of Object.entries(method.options)) {
      expect(option.summary).toMatch(/^[a-z].+[^.]$/);
      expect(optionsOf(method, { [name]: String(values[name]) }, { dimensions: 3, trials: 100 })).toEqual(
        values,
      );
      const wrong = () => optionsOf(method, { [name]: "much" }, { dimensions: 3, trials: 100 });
      expect(wrong).toThrow(expect.objectContaining({ code: "BF5111", hint: `it is ${rangeText(option)}` }));
    }
    const unknown = () => optionsOf(method, { wings: 2 }, { dimensions: 3, trials: 100 });
    expect(unknown).toThrow(expect.objectContaining({ code: "BF5111" }));
  });

  it("asks for allowed points of the space alone, none twice, and is over in time", () => {
    holds((study) => {
      const { space, trials: most, evaluate } = study;
      const trials = runStudy(start(study), evaluate);
      expect(trials.map((each) => each.number)).toEqual(trials.map((_, i) => i));
      expect(trials.length).toBeLessThanOrEqual(most);
      for (const { point, fidelity } of trials) {
        expect(point.length).toBe(space.dimensions.length);
        for (const [i, each] of space.dimensions.entries()) expect(isOn(each, point[i])).toBe(true);
        expect(space.isFeasible(point)).toBe(true);
        expect(fidelity > 0 && fidelity <= 1).toBe(true);
      }
      expect(new Set(trials.map(({ point, fidelity }) => `${point.join()} ${fidelity}`)).size).toBe(
        trials.length,
      );
    });
  });

  it("ends with fewer trials only where there are no more points", () => {
    if (method.name === "grid") return; // An interval has few levels on it.
    holds((study) => {
      const trials = runStudy(start(study), study.evaluate);
      if (trials.length === study.trials) return;
      const points = new Set(trials.map(({ point }) => point.join()));
      expect(points.size).toBe(countFeasible(study.space));
    });
  });

  it("asks the same with the same seed, whoever is done first", () => {
    holds((study) => {
      const search = start(study);
      const trials: Trial[] = [];
      for (let asked = search.ask(); asked.length > 0; asked = search.ask()) {
        expect(search.ask()).toEqual(asked);
        const answers = asked.map((each) => answer(each, study.evaluate)).reverse();
        trials.push(...answers);
        // Half of them, and then the others.
        const half = Math.floor(answers.length / 2);
        search.tell(answers.slice(0, half));
        expect(search.ask()).toEqual(asked.slice(0, asked.length - half));
        search.tell(answers.slice(half));
      }
      trials.sort((a, b) => a.number - b.number);
      expect(trials).toEqual(runStudy(start(study), study.evaluate));
    });
  });

  it("goes on from a file as if it had never stopped, wherever that was, and with more trials", () => {
    holds((study) => {
      const whole = runStudy(start(study), study.evaluate);
      const stopped = start({ ...study, trials: Math.ceil(study.trials / 3) });
      const batches = batchesOf(stopped, study.evaluate);
      const some = batches.flat();
      expect(whole.slice(0, some.length)).toEqual(some);
      // Of the last batch a file may lack those that were under way when it was written.
      const last = batches[batches.length - 1];
      const kept = some.filter(({ number }) => number < last[0].number || number % 2 === 0);
      const search = start(study);
      replay(search, structuredClone(kept).reverse());
      const rest = batchesOf(search, study.evaluate).flat();
      expect([...kept, ...rest].sort((a, b) => a.number - b.number)).toEqual(whole);
    });
  });

  it("goes on with the options that a study was begun with, defaults too", () => {
    const space = cube(3, -5, 5);
    const options = optionsOf(method, {}, { dimensions: 3, trials: 30 });
    const evaluate = evaluations["a smooth hill"](1);
    const study = (trials: number, given: typeof options) =>
      runStudy(startSearch(method, space, { seed: 7, trials, options: given }), evaluate);
    const whole = study(60, options);
    expect(whole.slice(0, 30)).toEqual(study(30, {}));
    expect(whole.length).toBe(60);
  });

  it("refuses what it did not ask for", () => {
    const study = { space: cube(2, 0, 1), seed: 1, trials: 20, objectives: 1, evaluate: maximising(() => 1) };
    const search = start(study);
    const [first] = search.ask().map((each) => answer(each, study.evaluate));
    const refused = (problem: RegExp) =>
      expect.objectContaining({ code: "BF5114", message: expect.stringMatching(problem) });
    expect(() => search.tell([{ ...first, number: 99 }])).toThrow(refused(/trial 99 .* not asked/));
    expect(() => search.tell([{ ...first, point: [0.123, 0.5] }])).toThrow(refused(/another point/));
    expect(() => search.tell([{ ...first, fidelity: 0.01 }])).toThrow(refused(/another point/));
    expect(() => search.tell([{ ...first, objectives: [1, 2] }])).toThrow(refused(/has 2 objectives/));
    search.tell([first]);
    expect(() => search.tell([first])).toThrow(refused(/told before/));
    expect(() => replay(start({ ...study, seed: 2 }), [{ ...first, point: [0.123, 0.5] }])).toThrow(
      refused(/another/),
    );
  });

  it("tries the fixed values once where nothing varies", () => {
    const space: Space = { dimensions: [], fixed: { length: 5 }, isFeasible: () => true };
    const trials = runStudy(
      startSearch(method, space, { seed: 1, trials: 10 }),
      maximising(() => 1),
    );
    expect(trials.map(({ point }) => point)).toEqual([[]]);
  });

  it("says so where nothing is allowed", () => {
    for (const dimension of [
      { name: "x", kind: "steps", from: 1, step: 1, count: 9, logarithmic: false },
      { name: "x", kind: "interval", from: 0, to: 1, logarithmic: false },
    ] as const) {
      const nothing: Space = { dimensions: [dimension], fixed: {}, isFeasible: () => false };
      const run = () => startSearch(method, nothing, { seed: 1, trials: 5 }).ask();
      expect(run).toThrow(expect.objectContaining({ code: "BF5112" }));
    }
  });

  it("finds what is allowed where that is one point in twenty thousand", () => {
    const dimension = (name: string): Dimension => ({
      name,
      kind: "steps",
      from: 1,
      step: 1,
      count: 200,
      logarithmic: false,
    });
    const space: Space = {
      dimensions: [dimension("a"), dimension("b")],
      fixed: {},
      isFeasible: ([a, b]) => a === 17 && b % 100 === 3,
    };
    const trials = runStudy(
      startSearch(method, space, { seed: 5, trials: 50, options: small[method.name] }),
      maximising(([, b]) => b),
    );
    expect(new Set(trials.map(({ point }) => point.join()))).toEqual(new Set(["17,3", "17,103"]));
  });

  it("knows several objectives, or says that it does not", () => {
    if (method.objectives === "several") return;
    const run = () => startSearch(method, cube(2, 0, 1), { seed: 1, trials: 5, objectives: 2 });
    expect(run).toThrow(expect.objectContaining({ code: "BF5113" }));
    expect(run).toThrow(BitFeverError);
  });
});

describe("a scale", () => {
  it("has both ends of a dimension", () => {
    fc.assert(
      fc.property(spaces, ({ dimensions }) => {
        for (const each of dimensions) {
          if (each.kind === "interval")
            expect([fromShare(each, 0), fromShare(each, 1)]).toEqual([each.from, each.to]);
          else
            expect([fromShare(each, 0), fromShare(each, 1)]).toEqual([
              valueAt(each, 0),
              valueAt(each, countOf(each) - 1),
            ]);
        }
      }),
    );
  });
});
