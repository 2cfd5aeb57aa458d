import {
  computeMetrics,
  isUnknown,
  spansInBars,
  unknown,
  walkForward as walkSplits,
  type Bars,
  type MetricContext,
  type ValidationSplit,
} from "@bitfever/engine";
import { givenOptions, type OptionNames } from "../given.js";
import type { ParameterInput } from "../parameters.js";
import type { Strategy } from "../strategy.js";
import { bestTrial, type BestTrialOptions } from "./best-trial.js";
import { longestTrade } from "./distances.js";
import { metricsOf, returnsOf } from "./figures.js";
import { judgedReturns, saidOf } from "./judged.js";
import { flatContext, joinedContext, type SpanOutcome } from "./joined-context.js";
import { optimizeOptionNames, type OptimizeOptions } from "./optimize-options.js";
import { certaintyOf, dateOf, efficiencyOf, windowSessions, yearlyReturn } from "./out-of-sample.js";
import { progressOf } from "./progress.js";
import { basisOf, headerOf, searchSetup, sourceOf, type SearchSetup } from "./search-setup.js";
import { tradeSpan } from "./span.js";
import { openStudyFile, type StudyHeader, type StudyWindows } from "./study-file.js";
import { ToldWork } from "./told-work.js";
import type { TrialSource } from "./trial-source.js";
import type { WalkedWindow, WalkResult } from "./walk-result.js";
import { walkVerdict } from "./walk-verdict.js";
import { turn } from "../turn.js";

/** How long is learnt and how long is traded, and how is searched. */
export interface WalkForwardOptions<Values = ParameterInput> extends OptimizeOptions<Values> {
  /** Sessions that are learnt from in each window. */
  readonly train: number;
  /** Sessions after them that are traded with what was learnt. */
  readonly test: number;
  /** Learns from all sessions so far, and not only the last ones. */
  readonly anchored?: boolean | undefined;
  /**
   * Sessions before each test that are not learnt from; as many as the longest trade of the defaults lasts where not given, and half of
   * `train` at most.
   */
  readonly purge?: number | undefined;
}

const optionNames: OptionNames<WalkForwardOptions> = {
  ...optimizeOptionNames,
  ...{ train: true, test: true, anchored: true, purge: true },
};

/** A walk-forward that goes on: an async iterator over its windows, with their `result`. */
export type Walk = ToldWork<WalkedWindow, WalkResult>;

/** A window, its trials and what the chosen one earned on the sessions after it. */
interface Walked {
  readonly told: WalkedWindow;
  /** What trading it came to. */
  readonly outcome: SpanOutcome;
}

/**
 * Walk-forward: searches on some sessions, trades the ones after them with the best of the search, and goes on, so that all sessions
 * after the first window are traded with values that were chosen before them. The account of a window begins with what the one before
 * left; a position is closed at the end of its window.
 *
 * The bars before a test are seen by indicators alone, so that it begins warmed up and trades nothing before its first session.
 *
 * What comes back is an async iterator over the windows, and has their `result`. With `study` all trials are kept in a file: the same walk
 * goes on where it was stopped.
 *
 * @throws BitFeverError what `optimize` throws, and BF5123 for windows that do not fit
 * @example
 * const walk = walkForward(strategy, bars, { train: 500, test: 125, trials: 100 });
 * for await (const { traded, params, outOfSample } of walk) console.log(traded.from, params, outOfSample);
 * const { efficiency, verdict } = await walk.result;
 */
export function walkForward<Values = ParameterInput>(
  strategy: Strategy<Values>,
  bars: Bars | readonly Bars[],
  options: WalkForwardOptions<Values>,
): Walk {
  givenOptions("walkForward", options, optionNames);
  const known = options as unknown as OptimizeOptions;
  const setup = searchSetup(strategy as Strategy, bars, known);
  const { train, test } = options;
  const kind = options.anchored === true ? "anchored" : "rolling";
  const purge = options.purge ?? Math.min(longestTrade(setup, train), Math.floor(train / 2));
  const splits = walkSplits(setup.runner.sessionEnds.length, { kind, train, test, purge });
  const input: WalkInput = {
    setup,
    options: known,
    splits,
    windows: { kind, train, test, purge, trials: setup.total },
  };
  return new ToldWork((tell, signal) => walk(input, tell, signal), options.signal);
}

interface WalkInput {
  readonly setup: SearchSetup;
  readonly options: OptimizeOptions;
  readonly splits: readonly ValidationSplit[];
  readonly windows: StudyWindows;
}

async function walk(
  { setup, options, splits, windows }: WalkInput,
  tell: (window: WalkedWindow) => void,
  signal: AbortSignal,
): Promise<WalkResult> {
  const { runner } = setup;
  const total = setup.total * splits.length;
  const header = { ...headerOf(setup), windows };
  const file =
    options.study === undefined ? null : openStudyFile(options.study, header, Object.keys(setup.options));
  const walked: Walked[] = [];
  let isRuined = false;
  /** Of all windows before, which stand in the file one after another. */
  let trials = 0;
  try {
    const source = await sourceOf({ ...setup, total }, options);
    const progress = progressOf(options, total, file?.trials.length ?? 0);
    try {
      for (const split of splits) {
        if (signal.aborted) break;
        const left = walked.at(-1)?.outcome.context.sessionEquity.at(-1);
        const capital = left ?? runner.history.of.settings.initial_capital;
        isRuined = !(capital > 0);
        if (isRuined) break;
        const before = trials;
        const one = await walkWindow(setup, source, split, {
          ...{ capital, signal },
          known: new Map(file?.trials.slice(before).map((each, number) => [number, each])),
          onAnswer: ({ proposal, outcome, isKnown }) => {
            if (!isKnown) file?.append({ ...proposal, outcome, number: trials });
            trials++;
            progress(walked.length * setup.total + trials - before);
          },
        });
        if (one === null) break;
        walked.push(one);
        tell(one.told);
      }
    } finally {
      await source.close();
    }
  } finally {
    file?.close();
  }
  const { kind, train, test, purge } = windows;
  return resultOf(setup, header, walked, {
    kind,
    train,
    test,
    purge,
    stopped: walked.length < splits.length && !isRuined,
    ruined: isRuined,
  });
}

interface WindowInput extends Required<Pick<BestTrialOptions, "known" | "onAnswer">> {
  readonly capital: number;
  readonly signal: AbortSignal;
}

/** Null where it was stopped before its search was over. */
async function walkWindow(
  setup: SearchSetup,
  source: TrialSource,
  { train, test }: ValidationSplit,
  { capital, ...given }: WindowInput,
): Promise<Walked | null> {
  const { runner } = setup;
  const [learnt] = spansInBars(train, runner.sessionEnds);
  const [traded] = spansInBars(test, runner.sessionEnds);
  const found = await bestTrial(setup, source, { ...given, span: learnt });
  if (found === null) return null;
  const { best } = found;
  await turn();
  const [{ valueOf }] = setup.measures.objectives;
  const span = runner.spanOf(traded);
  const { idle } = span;
  const common = {
    learnt: windowSessions(learnt, train[0], setup),
    traded: windowSessions(traded, test[0], setup),
    trials: found.trials,
  };
  if (best === null)
    return {
      told: {
        ...{ ...common, params: null, inSample: null, outOfSample: null, inSampleReturn: null },
        ...{ outOfSampleReturn: 0, metrics: {} },
      },
      outcome: { span: traded, context: flatContext(idle, capital) },
    };
  const { context } = tradeSpan(runner.history, runner.planAt(best.found.point), span, {
    ...{ capital, atEnd: "close", before: "all" },
    ...(setup.input.indicators && { indicators: setup.input.indicators }),
  });
  const values = metricsOf(setup.input.metrics, context);
  const again = runner.run(best.found.point, best.told.fidelity, learnt);
  return {
    told: {
      ...{ ...common, params: best.told.params, metrics: values },
      ...{ inSample: best.told.objectives[0], outOfSample: valueOf(values) },
      inSampleReturn: again.kind === "figures" ? yearlyReturn(again.returns, idle) : null,
      outOfSampleReturn: yearlyReturn(returnsOf(context), idle),
    },
    outcome: { span: traded, context },
  };
}

type WalkHow = Pick<WalkResult, "kind" | "train" | "test" | "purge" | "stopped" | "ruined">;

function resultOf(
  setup: SearchSetup,
  header: StudyHeader,
  walked: readonly Walked[],
  how: WalkHow,
): WalkResult {
  const { beyondMarket: isBeyond } = setup.input;
  const windows = walked.map(({ told }) => told);
  const context = walked.length === 0 ? null : joinedContext(walked.map(({ outcome }) => outcome));
  const certainty =
    context === null ? unknown("no window was traded") : certaintyOf(judgedReturns(context, isBeyond));
  const efficiency = efficiencyOf(windows.map((each) => ({ ...each, sessions: each.traded.sessions })));
  const profitable = windows.filter((each) => each.outOfSampleReturn > 0).length;
  const computed = context === null ? { values: {}, reasons: {} } : computeMetrics(context);
  return {
    schema: "bitfever/walk@1",
    ...basisOf(setup, header),
    ...{ ...how, windows },
    ...{ metrics: computed.values, metricReasons: computed.reasons, efficiency },
    profitableWindows: windows.length === 0 ? 0 : profitable / windows.length,
    equity: context === null ? [] : datedEquity(context),
    certainty: isUnknown(certainty) ? null : certainty,
    verdict: saidOf(
      walkVerdict({
        ...{ certainty, efficiency, windows: windows.length, profitable },
        sessions: context?.sessionEnds.length ?? 0,
      }),
      isBeyond,
    ),
  };
}

const datedEquity = ({ bars, sessionEnds, equity }: MetricContext): WalkResult["equity"] =>
  Array.from(sessionEnds, (end) => ({ date: dateOf(bars.time[end]), equity: equity.valueAt(end) }));
