import { BitFeverError, defaultValues, specialise, type Program } from "@bitfever/lang";
import {
  catalogueWith,
  isoTime,
  optionsOf,
  paramsOf,
  spaceOf,
  startSearch,
  valuesAt,
  type Bars,
  type OptionValues,
  type Point,
  type Search,
  type SearchMethod,
  type Space,
} from "@bitfever/engine";
import { givenHistories } from "../given.js";
import { hashBars, hashOf, hashProgram } from "../hash.js";
import { parameterNumbers, type ParameterInput } from "../parameters.js";
import type { Strategy } from "../strategy.js";
import { Measures } from "./measures.js";
import { checkQueue, checkWhole, chosenMethod, workersOf, type OptimizeOptions } from "./optimize-options.js";
import { queueSource } from "./queue/queue-source.js";
import { onSharedMemory } from "./shared-bars.js";
import type { StudyHeader } from "./study-file.js";
import type { SearchBasis } from "./study-result.js";
import { TrialRunner, type TrialInput } from "./trial.js";
import { SharedBatches, usualMemoryBytes } from "./shared-batches.js";
import { ownThread, type TrialSource } from "./trial-source.js";
import { workerThreads } from "./worker-threads.js";

/** A search with everything decided, before its first trial. */
export interface SearchSetup {
  readonly strategy: Strategy;
  /** With the parameters that are not searched at their values. */
  readonly program: Program;
  readonly space: Space;
  readonly measures: Measures;
  readonly method: SearchMethod;
  /** Those given. */
  readonly options: OptionValues;
  readonly seed: number;
  readonly trials: number;
  readonly total: number;
  readonly input: TrialInput;
  readonly runner: TrialRunner;
}

/** @throws BitFeverError for what is given, as `optimize` says */
export function searchSetup(
  strategy: Strategy,
  bars: Bars | readonly Bars[],
  options: OptimizeOptions,
): SearchSetup {
  const histories = givenHistories(strategy, bars);
  const { indicators } = strategy;
  const { objective = "sharpe", constraints = [], metrics, seed = 1, params = {} } = options;
  const measures = new Measures([objective].flat(), constraints, metrics);
  const program = withFixed(strategy.program, params as ParameterInput);
  const space = spaceOf(program, catalogueWith(indicators));
  const { method, trials, total } = chosenMethod(space, options);
  const given = options.options ?? {};
  const common = { seed, trials, objectives: measures.objectives.length };
  const input = {
    ...{ program, bars: histories, settings: trialSettings(options), metrics: measures.metrics },
    beyondMarket: options.beyondMarket === true,
    ...{ dimensions: space.dimensions, fixed: space.fixed },
    pilot: pilotOf(program, space, indicators, startSearch(method, space, { ...common, options: given })),
    ...(indicators && { indicators }),
  };
  const runner = new TrialRunner(input);
  return { strategy, program, space, measures, method, options: given, seed, trials, total, input, runner };
}

/** A point of which there is a plan: the defaults, or one that the search begins with. */
function pilotOf(
  program: Program,
  { dimensions, fixed }: Space,
  indicators: Strategy["indicators"],
  search: Search,
): Point {
  const defaults = defaultValues(program);
  const points = [dimensions.map(({ name }) => defaults[name]), ...search.ask().map(({ point }) => point)];
  const catalogue = catalogueWith(indicators);
  const hasPlan = (point: Point): boolean => {
    try {
      specialise(program, catalogue, valuesAt({ dimensions, fixed }, point));
      return true;
    } catch {
      return false;
    }
  };
  return points.find(hasPlan) ?? points[0];
}

/** @param options  of the method, all of them: those that a study was begun with */
export const searchOf = (
  { method, space, seed, trials, measures }: SearchSetup,
  options: OptionValues,
): Search => startSearch(method, space, { seed, trials, objectives: measures.objectives.length, options });

/** Where the trials of a search are made. */
export function sourceOf(
  { input, runner, total }: SearchSetup,
  options: Pick<OptimizeOptions, "workers" | "queue" | "onNote" | "signal" | "memoryBytes" | "onShared">,
): Promise<TrialSource> {
  const { whole } = runner;
  const hasOwn = input.indicators !== undefined;
  if (options.queue !== undefined) {
    checkQueue(options, hasOwn);
    const { queue, onNote, signal } = options;
    return queueSource(input, { queue, onNote, signal });
  }
  const workers = workersOf(options, { bars: whole.to, total, hasOwn });
  const { memoryBytes = usualMemoryBytes, onShared } = options;
  checkWhole("memoryBytes", memoryBytes, 0, Number.MAX_SAFE_INTEGER);
  const batches = new SharedBatches(runner, memoryBytes, onShared);
  if (workers === 0) return Promise.resolve(ownThread(runner, batches));
  return workerThreads(onSharedMemory(input), workers - 1, batches, { own: runner });
}

/** What the study of a search rests on. */
export function headerOf({
  strategy,
  space,
  measures,
  method,
  options,
  seed,
  trials,
  runner,
}: SearchSetup): StudyHeader {
  const { of } = runner.history;
  const { settings, instruments, flows, adjustment } = of;
  const { dimensions, fixed } = space;
  const about = { dimensions: dimensions.length, trials };
  return {
    schema: "bitfever/study@1",
    program: { name: strategy.program.name, hash: hashProgram(strategy.program) },
    data: hashBars(...of.hashed),
    settings: hashOf({ settings, instruments, flows, adjustment }),
    space: hashOf({ dimensions, fixed }),
    method: { name: method.name, options: optionsOf(method, options, about) },
    seed,
    objectives: measures.objectives.map(
      ({ text, better }) => `${better === "higher" ? "maximise" : "minimise"} ${text}`,
    ),
    constraints: measures.constraints.map(({ text }) => text),
    metrics: measures.metrics,
  };
}

/** What a search is made of, as its result tells it. */
export function basisOf(setup: SearchSetup, header = headerOf(setup)): SearchBasis {
  const { space, measures, seed } = setup;
  return {
    program: header.program,
    data: dataOf(setup, header.data),
    settingsHash: header.settings,
    method: header.method,
    seed,
    objectives: measures.objectives.map(({ text, better }) => ({ text, better })),
    constraints: header.constraints,
    parameters: space.dimensions,
    fixed: fixedOf(setup),
  };
}

/** What a search is made on. */
function dataOf({ input, runner }: SearchSetup, hash: string): SearchBasis["data"] {
  const { bars } = runner.history.of;
  return {
    symbols: input.bars.map(({ symbol }) => symbol),
    ...{ intervalMs: bars.intervalMs, bars: bars.length, sessions: runner.sessionEnds.length },
    sessionsPerYear: runner.spanOf(runner.whole).idle.sessionsPerYear,
    ...{ from: isoTime(bars.time[0]), to: isoTime(bars.time[bars.length - 1]), hash },
  };
}

/** Parameters that have one value in all trials, as one gives them. */
function fixedOf({ program, space }: SearchSetup): SearchBasis["fixed"] {
  const names = Object.keys(space.fixed);
  const parameters = program.parameters.filter(({ name }) => names.includes(name));
  return paramsOf({ ...program, parameters }, space.fixed);
}

const trialSettings = (options: OptimizeOptions): TrialInput["settings"] => {
  const { settings, markets, instruments, rates, finer, flows, actions } = options;
  return {
    ...(settings && { settings }),
    ...(markets && { markets }),
    ...(instruments && { instruments }),
    ...(rates && { rates }),
    ...{ finer, flows, actions },
  };
};

/**
 * The program with values for parameters that are not to be searched.
 *
 * @throws BitFeverError BF5001 for one that does not exist, BF5002 for a text that is no value of its parameter
 */
function withFixed(program: Program, params: ParameterInput): Program {
  const values = parameterNumbers(program, params);
  const names = program.parameters.map(({ name }) => name);
  const stranger = Object.keys(values).find((each) => !names.includes(each));
  if (stranger !== undefined)
    throw new BitFeverError("BF5001", `"${program.name}" has no parameter \`${stranger}\``, {
      hint: names.length === 0 ? "this strategy has no parameters" : `its parameters are ${names.join(", ")}`,
    });
  const parameters = program.parameters.map((each) =>
    Object.hasOwn(values, each.name) ? { ...each, default: values[each.name], range: null } : each,
  );
  return { ...program, parameters };
}
