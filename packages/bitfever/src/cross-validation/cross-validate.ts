import {
  combinatorial,
  computeMetrics,
  distributionOf,
  isUnknown,
  paramsOf,
  spansInBars,
  unknown,
  valuesAt,
  type Bars,
  type Combinatorial,
  type Span,
  type Unknown,
} from "@bitfever/engine";
import { givenOptions, type OptionNames } from "../given.js";
import { gathered } from "../ordered-work.js";
import { longestTrade, longestWarmup } from "../optimize/distances.js";
import {
  manySearchesOptionNames,
  type ManySearchesOptions,
  type OptimizeOptions,
} from "../optimize/optimize-options.js";
import { certaintyOf, dateOf, efficiencyOf, windowSessions } from "../optimize/out-of-sample.js";
import { progressOf } from "../optimize/progress.js";
import { basisOf, searchSetup, type SearchSetup } from "../optimize/search-setup.js";
import { judgedReturns } from "../optimize/judged.js";
import { Study } from "../optimize/study.js";
import type { StudyResult } from "../optimize/study-result.js";
import type { WindowSessions } from "../optimize/walk-result.js";
import type { ParameterInput } from "../parameters.js";
import type { Strategy } from "../strategy.js";
import type { CrossValidationResult, ValidatedPath, ValidatedSplit } from "./cross-validation-result.js";
import { crossValidationVerdict } from "./cross-validation-verdict.js";
import { FoldRunner, type FoldOutcome } from "./fold-runner.js";
import { foldsOf } from "./folds.js";

/** Into how many groups of sessions a history is cut, how many of them are tested at a time, and what is searched for. */
export interface CrossValidationOptions<Values = ParameterInput> extends ManySearchesOptions<Values> {
  /** Into how many parts of equal length the history is cut; 5 where not given. */
  readonly groups?: number | undefined;
  /** How many of them are tested at a time with what was learnt from the others: 1, where not given, is k-fold. */
  readonly testGroups?: number | undefined;
  /**
   * Sessions on either side of a test that are not learnt from; as many as the longest trade of the defaults lasts where not given, and
   * a quarter of a group at most.
   */
  readonly purge?: number | undefined;
  /**
   * Sessions after a test that are not learnt from besides, so that no indicator sees the test; the longest warm-up where not given, and
   * half of a group at most.
   */
  readonly embargo?: number | undefined;
}

const optionNames: OptionNames<CrossValidationOptions> = {
  ...manySearchesOptionNames,
  ...{ groups: true, testGroups: true, purge: true, embargo: true },
};

/**
 * Cross-validation of a search: the history is cut into groups, and each choice of some of them is tested with what a search finds best on
 * the others. The tests are put together to as many whole histories out of sample as there are: one of k-fold, k ÷ N × C(N, k) of N groups
 * of which k are tested at a time (combinatorial purged cross-validation).
 *
 * What is learnt from is in several pieces: they are traded in turn on one account, flat at their borders, with the time between them taken
 * out, and metrics are told of the whole. The future of a test is learnt from, so that this tells how steady a choice is, and not how it
 * would have been traded: for that there is `walkForward`.
 *
 * @throws BitFeverError what `optimize` throws, and BF5122 for groups that do not fit
 * @source López de Prado 2018, "Advances in Financial Machine Learning", chapters 7 and 12
 * @example
 * const { paths, distribution, verdict } = await crossValidate(strategy, bars, { groups: 6, testGroups: 2 });
 */
export async function crossValidate<Values = ParameterInput>(
  strategy: Strategy<Values>,
  bars: Bars | readonly Bars[],
  options: CrossValidationOptions<Values> = {},
): Promise<CrossValidationResult> {
  givenOptions("crossValidate", options, optionNames);
  const { groups = 5, testGroups = 1, signal } = options;
  const known = options as unknown as OptimizeOptions;
  const setup = searchSetup(strategy as Strategy, bars, known);
  const total = setup.runner.sessionEnds.length;
  const ofGroup = total / groups;
  const purge = options.purge ?? Math.min(longestTrade(setup, total), Math.floor(ofGroup / 4));
  const embargo = options.embargo ?? Math.min(longestWarmup(setup), Math.floor(ofGroup / 2));
  const cut = combinatorial(total, { groups, testGroups, purge, embargo });
  const tasks = cut.splits.map(({ train, tested }) => ({
    train,
    test: tested.map((each) => cut.groups[each]),
  }));
  const work = await foldsOf(setup, known, tasks.length);
  const progress = progressOf(known, tasks.length);
  const answers = await gathered(work, tasks, {
    signal,
    onAnswer: (_, count) => {
      progress(count);
    },
  });
  // One that was stopped within its search has none.
  const outcomes = answers.filter((each) => each !== null);
  const stopped = outcomes.length < tasks.length;
  const whole = stopped
    ? null
    : await new Study(searchSetup(strategy as Strategy, bars, known), { ...known, onProgress: undefined })
        .result;
  return resultOf(setup, cut, outcomes, { groups, testGroups, purge, embargo, whole });
}

/** A path, with the reason where its certainty is not known. */
interface TradedPath {
  readonly told: ValidatedPath;
  readonly certainty: number | Unknown;
}

function resultOf(
  setup: SearchSetup,
  cut: Combinatorial,
  outcomes: readonly FoldOutcome[],
  {
    whole,
    ...how
  }: Pick<CrossValidationResult, "groups" | "testGroups" | "purge" | "embargo"> & {
    /** The search over the whole history; null where it was stopped before. */
    readonly whole: StudyResult | null;
  },
): CrossValidationResult {
  const { runner } = setup;
  const best = whole?.best ?? null;
  const stopped = whole === null || whole.stopped;
  const splits = outcomes.map((outcome, i) => toldSplit(setup, outcome, cut.splits[i]));
  const paths = whole === null ? [] : tradedPaths(setup, cut, outcomes);
  const values = paths.flatMap(({ told }) => told.objective ?? []);
  const efficiency = efficiencyOf(
    splits.map((each) => ({
      ...each,
      sessions: each.tested.reduce((sum, { sessions }) => sum + sessions, 0),
    })),
  );
  const profitable = splits.filter((each) => each.outOfSampleReturn > 0).length;
  const certainty = middleOf(paths)?.certainty ?? unknown("it was stopped before all splits were made");
  return {
    schema: "bitfever/cross-validation@1",
    ...basisOf(setup),
    ...{ stopped, ...how, splits },
    paths: paths.map(({ told }) => told),
    dates: Array.from(runner.sessionEnds, (end) => dateOf(runner.history.of.bars.time[end])),
    distribution: values.length === 0 ? null : distributionOf(values),
    efficiency,
    whole: best && { params: best.params, objective: best.objectives[0] },
    profitableSplits: splits.length === 0 ? 0 : profitable / splits.length,
    certainty: isUnknown(certainty) ? null : certainty,
    asked: askedWords(how.testGroups, paths.length),
    notAsked:
      "whether it could have been traded, as the future of each test is learnt from (`bf walk` asks); " +
      "whether costs and fills are right, and whether the market stays as it was",
    verdict: crossValidationVerdict({
      ...{ certainty, efficiency, splits: splits.length, profitable, stopped },
      whole: whole?.honesty?.verdict ?? null,
    }),
  };
}

function toldSplit(
  setup: SearchSetup,
  { chosen, ...outcome }: FoldOutcome,
  { train, test }: Combinatorial["splits"][number],
): ValidatedSplit {
  const { runner, space, program } = setup;
  const told = (spans: readonly Span[]): readonly WindowSessions[] =>
    spansInBars(spans, runner.sessionEnds).map((bars, i) => windowSessions(bars, spans[i], setup));
  return {
    ...{ learnt: told(train), tested: told(test) },
    params: chosen && paramsOf(program, valuesAt(space, chosen)),
    ...outcome,
  };
}

/** Each path as one account, group after group. */
function tradedPaths(
  setup: SearchSetup,
  { groups, paths }: Combinatorial,
  outcomes: readonly FoldOutcome[],
): readonly TradedPath[] {
  const folds = new FoldRunner(setup);
  const [{ valueOf }] = setup.measures.objectives;
  return paths.map((splits) => {
    const parts = groups.map((span, group) => ({ span, point: outcomes[splits[group]].chosen }));
    const context = folds.trade(parts, "all");
    const { values } = computeMetrics(context);
    const certainty = certaintyOf(judgedReturns(context, setup.input.beyondMarket));
    return {
      told: {
        ...{ splits, objective: valueOf(values), metrics: values },
        certainty: isUnknown(certainty) ? null : certainty,
        equity: Array.from(context.sessionEnds, (end) => context.equity.valueAt(end)),
      },
      certainty,
    };
  });
}

/** The path that half of them are more certain than: of an even number the less certain of the two. */
function middleOf(paths: readonly TradedPath[]): TradedPath | undefined {
  const sorted = [...paths].sort((a, b) => rank(a) - rank(b));
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

const rank = ({ certainty }: TradedPath): number => (isUnknown(certainty) ? -1 : certainty);

const askedWords = (testGroups: number, paths: number): string =>
  testGroups === 1
    ? "Whether what a search finds best on the rest of the history is any good on each part of it."
    : `Whether what a search finds best on the rest of the history is any good on each choice of its parts: ${paths} histories out of ` +
      "sample, which resemble one another as they are of the same sessions.";
