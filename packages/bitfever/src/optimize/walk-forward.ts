import { setImmediate as turn } from "node:timers/promises";
import { BitFeverError } from "@bitfever/lang";
import {
  computeMetrics,
  isUnknown,
  spansInBars,
  unknown,
  walkForward as walkSplits,
  type Bars,
  type MetricContext,
  type Span,
  type ValidationSplit,
} from "@bitfever/engine";
import type { ParameterInput } from "../parameters.js";
import type { Strategy } from "../strategy.js";
import { bestTrial } from "./best-trial.js";
import { longestTrade } from "./distances.js";
import { flatContext, joinedContext, type SpanOutcome } from "./joined-context.js";
import type { OptimizeOptions } from "./optimize-options.js";
import { outOfSampleVerdict } from "./out-of-sample-verdict.js";
import { certaintyOf, dateOf, efficiencyOf, yearlyReturn } from "./out-of-sample.js";
import { progressOf } from "./progress.js";
import { dataOf, fixedOf, headerOf, searchSetup, sourceOf, type SearchSetup } from "./search-setup.js";
import { tradeSpan } from "./span.js";
import { metricOf, returnsOf } from "./trial.js";
import type { TrialSource } from "./trial-source.js";
import type { WalkedWindow, WalkResult, WindowSessions } from "./walk-result.js";

export interface WalkForwardOptions<Values = ParameterInput> extends Omit<OptimizeOptions<Values>, "study"> {
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
 * @throws BitFeverError what `optimize` throws, BF5123 for windows that do not fit, BF5138 for a program with a universe
 * @example
 * const { efficiency, verdict, windows } = await walkForward(strategy, bars, { train: 500, test: 125, trials: 100 });
 */
export async function walkForward<Values = ParameterInput>(
  strategy: Strategy<Values>,
  bars: Bars | readonly Bars[],
  options: WalkForwardOptions<Values>,
): Promise<WalkResult> {
  if (strategy.program.universe !== null)
    throw new BitFeverError(
      "BF5138",
      `"${strategy.program.name}" trades many symbols, which a walk-forward cannot yet`,
      {
        hint: "walk a program that trades one symbol, or search a part of the history with `optimize` and backtest the rest",
      },
    );
  const known = options as unknown as OptimizeOptions;
  const setup = searchSetup(strategy as Strategy, bars, known);
  const { runner } = setup;
  const total = runner.sessionEnds.length;
  const kind = options.anchored === true ? "anchored" : "rolling";
  const { train, test } = options;
  const purge = options.purge ?? Math.min(longestTrade(setup, train), Math.floor(train / 2));
  const splits = walkSplits(total, { kind, train, test, purge });
  const source = await sourceOf({ ...setup, total: setup.total * splits.length }, options);
  const progress = progressOf(known, setup.total * splits.length);
  const walked: Walked[] = [];
  try {
    for (const split of splits) {
      if (options.signal?.aborted === true) break;
      const left = walked.at(-1)?.outcome.context.timeWeighted.at(-1);
      const capital = left ?? runner.history.of.settings.initial_capital;
      if (!(capital > 0)) break;
      const made = walked.length * setup.total;
      const tell = (done: number): void => {
        progress(made + done);
      };
      const one = await walkWindow(setup, source, split, { capital, signal: options.signal, tell });
      if (one === null) break;
      walked.push(one);
    }
  } finally {
    await source.close();
  }
  return resultOf(setup, walked, {
    kind,
    train,
    test,
    purge,
    stopped: walked.length < splits.length,
  });
}

interface WindowInput {
  readonly capital: number;
  readonly signal: AbortSignal | undefined;
  /** Told how many trials of the window are done. */
  readonly tell: (done: number) => void;
}

/** Null where it was stopped before its search was over. */
async function walkWindow(
  setup: SearchSetup,
  source: TrialSource,
  { train, test }: ValidationSplit,
  { capital, signal, tell }: WindowInput,
): Promise<Walked | null> {
  const { runner } = setup;
  const [learnt] = spansInBars(train, runner.sessionEnds);
  const [traded] = spansInBars(test, runner.sessionEnds);
  const found = await bestTrial(setup, source, { span: learnt, signal, tell });
  if (found === null) return null;
  const { best } = found;
  await turn();
  const [{ valueOf }] = setup.measures.objectives;
  const span = runner.spanOf(traded);
  const { idle } = span;
  const common = {
    learnt: sessionsOf(learnt, train[0], setup),
    traded: sessionsOf(traded, test[0], setup),
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
  const names = setup.input.metrics;
  const values = Object.fromEntries(names.map((name) => [name, metricOf(name, context)]));
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

function sessionsOf({ from, to }: Span, sessions: Span, { runner }: SearchSetup): WindowSessions {
  const { time } = runner.history.of.bars;
  return {
    ...{ from: dateOf(time[from]), to: dateOf(time[to - 1]) },
    sessions: sessions.to - sessions.from,
  };
}

type WalkInput = Pick<WalkResult, "kind" | "train" | "test" | "purge" | "stopped">;

function resultOf(setup: SearchSetup, walked: readonly Walked[], how: WalkInput): WalkResult {
  const { measures, space } = setup;
  const header = headerOf(setup);
  const windows = walked.map(({ told }) => told);
  const context = walked.length === 0 ? null : joinedContext(walked.map(({ outcome }) => outcome));
  const certainty = context === null ? unknown("no window was traded") : certaintyOf(returnsOf(context));
  const efficiency = efficiencyOf(windows.map((each) => ({ ...each, sessions: each.traded.sessions })));
  const profitable = windows.filter((each) => each.outOfSampleReturn > 0).length;
  const computed = context === null ? { values: {}, reasons: {} } : computeMetrics(context);
  return {
    schema: "bitfever/walk@1",
    ...{ program: header.program, data: dataOf(setup, header.data), settingsHash: header.settings },
    ...{ method: header.method, seed: setup.seed, constraints: header.constraints },
    objectives: measures.objectives.map(({ text, better }) => ({ text, better })),
    ...{ parameters: space.dimensions, fixed: fixedOf(setup), ...how, windows },
    ...{ metrics: computed.values, metricReasons: computed.reasons, efficiency },
    profitableWindows: windows.length === 0 ? 0 : profitable / windows.length,
    equity: context === null ? [] : datedEquity(context),
    certainty: isUnknown(certainty) ? null : certainty,
    verdict: outOfSampleVerdict({
      ...{ certainty, efficiency, parts: windows.length, noun: "windows", whose: "its", profitable },
      sessions: context?.sessionEnds.length ?? 0,
    }),
  };
}

const datedEquity = ({ bars, sessionEnds, equity }: MetricContext): WalkResult["equity"] =>
  Array.from(sessionEnds, (end) => ({ date: dateOf(bars.time[end]), equity: equity[end] }));
