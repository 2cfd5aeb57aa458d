import { BitFeverError } from "@bitfever/lang";
import { distributionOf, SequentialTest, type Bars } from "@bitfever/engine";
import { givenOptions, type OptionNames } from "../given.js";
import { gathered } from "../ordered-work.js";
import { bestTrial } from "../optimize/best-trial.js";
import {
  manySearchesOptionNames,
  type ManySearchesOptions,
  type OptimizeOptions,
} from "../optimize/optimize-options.js";
import { progressOf } from "../optimize/progress.js";
import { basisOf, searchSetup, sourceOf, type SearchSetup } from "../optimize/search-setup.js";
import type { StudyTrial } from "../optimize/study-trial.js";
import type { ParameterInput } from "../parameters.js";
import type { Strategy } from "../strategy.js";
import { drawingOf, drawMarket, type Drawing } from "./drawing.js";
import { drawsOf, numbersTo } from "./draws.js";
import { atGivenValues } from "./given-values.js";
import type { PermutationResult } from "./permutation-result.js";
import { askedWords, notAskedWords, permutationVerdict } from "./permutation-words.js";

/** What is tested against which bars of chance, and how often. */
export interface PermutationOptions<Values = ParameterInput>
  extends Omit<ManySearchesOptions<Values>, "beyondMarket">, Pick<OptimizeOptions, "memoryBytes"> {
  /** Makes the whole search anew on each draw; else the strategy is run with `params` and its defaults. */
  readonly search?: boolean | undefined;
  /** `permuted` where not given: the same moves in another order; `bootstrapped`: blocks of them, drawn with putting back. */
  readonly bars?: Drawing["kind"] | undefined;
  /** Mean length of the blocks of bootstrapped bars; the cube root of the number of bars where not given. */
  readonly meanBlock?: number | undefined;
  /** Permuted bars only change places with those at the same place of their sessions. */
  readonly keepsTimeOfDay?: boolean | undefined;
  /** Draws at most: 999 of a strategy, 199 of a search where not given. */
  readonly runs?: number | undefined;
  /** It ends after so many draws that do as well; 20 where not given. */
  readonly enough?: number | undefined;
}

const optionNames: OptionNames<PermutationOptions> = {
  ...manySearchesOptionNames,
  ...{
    memoryBytes: true,
    search: true,
    bars: true,
    meanBlock: true,
    keepsTimeOfDay: true,
    runs: true,
    enough: true,
  },
};

/**
 * How often a strategy, or a whole search, does as well where there is nothing to find: it is run on bars whose moves come in
 * another order. The p-value counts the run itself among the draws and asks in one direction, that of the objective. It is exact
 * where moves could as well have come in any other order (exchangeable) were there nothing to find, as permuted bars suppose; of
 * bootstrapped ones it is an estimate.
 *
 * The same seed makes the same draws, whatever the number of workers.
 *
 * @throws BitFeverError what `optimize` throws, BF5124 for bars that cannot be drawn, BF5125 for blocks or numbers of runs,
 *   BF5143 for finer bars and corporate actions, BF5144 for options that have no meaning together
 * @source Masters 2020, "Permutation and Randomization Tests for Trading System Development"; Besag & Clifford 1991, "Sequential
 *   Monte Carlo p-values", Biometrika 78(2)
 * @example
 * const { pValue, verdict } = await permutationTest(strategy, bars, { search: true, objective: "sharpe" });
 */
export async function permutationTest<Values = ParameterInput>(
  strategy: Strategy<Values>,
  bars: Bars | readonly Bars[],
  options: PermutationOptions<Values> = {},
): Promise<PermutationResult> {
  givenOptions("permutationTest", options, optionNames);
  const { search: isSearch = false, enough = 20, keepsTimeOfDay = false, meanBlock, signal } = options;
  const { bars: kind = "permuted", runs: most = isSearch ? 199 : 999 } = options;
  checkOptions(options, kind);
  const known = options as unknown as OptimizeOptions;
  const asked = isSearch ? known : atGivenValues(strategy as Strategy, known);
  const setup = searchSetup(strategy as Strategy, bars, asked);
  const drawing = drawingOf(setup, { kind, meanBlock, keepsTimeOfDay });
  // What cannot be drawn is refused before anything is run.
  drawMarket(setup.input, drawing, 0);
  const [objective] = setup.measures.objectives;
  const observed = await observedOf(setup, asked, signal);
  const value = observed?.objectives[0] ?? null;
  const test = new SequentialTest(objective, value, { most, enough });
  const work = await drawsOf("best", setup, asked, { drawing, runs: most });
  const progress = progressOf(known, most);
  const draws = await gathered(work, numbersTo(most), {
    signal,
    onAnswer: (draw, count) => {
      test.add(draw);
      progress(count);
    },
    isEnough: () => test.isDone,
  });
  const tested = isSearch ? "search" : "strategy";
  const figures = { ...test.result(), tested, bars: kind, keepsTimeOfDay, stopped: !test.isDone } as const;
  const values = draws.filter((each) => each !== null);
  const { program, data, settingsHash, method, constraints, seed } = basisOf(setup);
  return {
    schema: "bitfever/permutation@1",
    ...{ program, data, settingsHash, method: isSearch ? method : null, seed, constraints },
    objective: { text: objective.text, better: objective.better },
    params: observed?.params ?? null,
    ...{ ...figures, meanBlock: drawing.meanBlock ?? null, kept: drawing.from, most, enough },
    observed: value,
    distribution: values.length === 0 ? null : distributionOf(values),
    draws,
    asked: askedWords(figures),
    notAsked: notAskedWords(figures),
    verdict: permutationVerdict({
      ...{ ...figures, observed: value, most },
      mayBeChosen: strategy.program.parameters.some(({ range }) => range !== null),
    }),
  };
}

/** The best of the search on the bars as they were. */
async function observedOf(
  setup: SearchSetup,
  options: OptimizeOptions,
  signal: AbortSignal | undefined,
): Promise<StudyTrial | null> {
  const source = await sourceOf(setup, options);
  try {
    const found = await bestTrial(setup, source, { signal });
    return found?.best?.told ?? null;
  } finally {
    await source.close();
  }
}

/** @throws BitFeverError BF5144 */
function checkOptions(
  {
    meanBlock,
    keepsTimeOfDay,
    objective,
  }: Pick<PermutationOptions, "meanBlock" | "keepsTimeOfDay" | "objective">,
  kind: Drawing["kind"],
): void {
  const refuse = (what: string, hint: string): never => {
    throw new BitFeverError("BF5144", what, { hint });
  };
  if (kind === "permuted" && meanBlock !== undefined)
    refuse("permuted bars have no blocks", "leave the length of blocks out, or test on bootstrapped bars");
  if (kind === "bootstrapped" && keepsTimeOfDay === true)
    refuse(
      "bars that are drawn in blocks begin at any time of day",
      "leave it out, or test on permuted bars",
    );
  if (Array.isArray(objective) && objective.length > 1)
    refuse("a test asks of one objective", "give one, or an expression over several metrics");
}
