import { setImmediate as turn } from "node:timers/promises";
import { BitFeverError } from "@bitfever/lang";
import {
  certaintyAbove,
  computeMetrics,
  isoTime,
  isUnknown,
  recordOf,
  sharpeEstimateOf,
  spansInBars,
  unknown,
  walkForward as walkSplits,
  type Bars,
  type MetricContext,
  type Span,
  type Trade,
  type ValidationSplit,
} from "@bitfever/engine";
import type { ParameterInput } from "../parameters.js";
import type { Strategy } from "../strategy.js";
import { bestOf, frontOf } from "./choice.js";
import type { OptimizeOptions } from "./optimize-options.js";
import { progressOf } from "./progress.js";
import { runSearch } from "./search-run.js";
import {
  dataOf,
  fixedOf,
  headerOf,
  searchOf,
  searchSetup,
  sourceOf,
  type SearchSetup,
} from "./search-setup.js";
import { movedBy, tradeSpan } from "./span.js";
import { recordedTrial, type RecordedTrial } from "./study-trial.js";
import { metricOf, returnsOf } from "./trial.js";
import type { TrialSource } from "./trial-source.js";
import type { WalkedWindow, WalkResult, WindowSessions } from "./walk-result.js";
import { walkVerdict } from "./walk-verdict.js";

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
  readonly returns: Float64Array;
  readonly trades: readonly Trade[];
  readonly position: Float64Array;
  readonly equity: Float64Array;
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
  const purge = options.purge ?? purgeOf(setup, train);
  const splits = walkSplits(total, { kind, train, test, purge });
  const source = await sourceOf({ ...setup, total: setup.total * splits.length }, options);
  const progress = progressOf(known, setup.total * splits.length);
  const walked: Walked[] = [];
  try {
    for (const split of splits) {
      if (options.signal?.aborted === true) break;
      const capital = walked.at(-1)?.equity.at(-1) ?? runner.history.of.settings.initial_capital;
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
    splits,
  });
}

/** The longest trade of the defaults on the first window, in sessions. */
function purgeOf({ runner, input }: SearchSetup, train: number): number {
  const { sessionEnds } = runner;
  const [span] = spansInBars([{ from: 0, to: Math.min(train, sessionEnds.length) }], sessionEnds);
  const outcome = runner.run(input.pilot, 1, span);
  const bars = outcome.kind === "figures" ? outcome.longestHolding : 0;
  const sessions = Math.ceil((bars * sessionEnds.length) / runner.whole.to);
  return Math.min(sessions, Math.floor(train / 2));
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
  const search = searchOf(setup, setup.options);
  const trials: Pick<RecordedTrial, "told" | "found">[] = [];
  for await (const { proposal, outcome } of runSearch({
    search,
    source,
    known: new Map(),
    span: learnt,
    signal,
  })) {
    const { told, found } = recordedTrial(proposal, outcome, setup);
    search.tell([found]);
    trials.push({ told, found });
    tell(trials.length);
  }
  if (signal?.aborted === true && search.ask().length > 0) return null;
  await turn();
  const best = bestOf(frontOf(trials));
  const [{ valueOf }] = setup.measures.objectives;
  const span = runner.spanOf(traded);
  const { idle } = span;
  const common = {
    learnt: sessionsOf(learnt, train[0], setup),
    traded: sessionsOf(traded, test[0], setup),
    trials: trials.length,
  };
  if (best === null) {
    const flat = new Float64Array(idle.bars.length);
    return {
      told: {
        ...{ ...common, params: null, inSample: null, outOfSample: null, inSampleReturn: null },
        ...{ outOfSampleReturn: 0, metrics: {} },
      },
      ...{ returns: new Float64Array(idle.sessionEnds.length), trades: [], position: flat },
      equity: flat.map(() => capital),
    };
  }
  const { run, context } = tradeSpan(runner.history, runner.planAt(best.found.point), span, {
    ...{ capital, atEnd: "close", before: "all" },
    ...(setup.input.indicators && { indicators: setup.input.indicators }),
  });
  const lead = run.equity.length - idle.bars.length;
  const names = setup.input.metrics;
  const values = Object.fromEntries(names.map((name) => [name, metricOf(name, context)]));
  const again = runner.run(best.found.point, best.told.fidelity, learnt);
  const returns = returnsOf(context);
  return {
    told: {
      ...{ ...common, params: best.told.params, metrics: values },
      ...{ inSample: best.told.objectives[0], outOfSample: valueOf(values) },
      inSampleReturn: again.kind === "figures" ? yearly(again.returns, idle) : null,
      outOfSampleReturn: yearly(returns, idle),
    },
    ...{ returns, trades: run.trades.map((each) => movedBy(each, -lead)) },
    ...{ position: run.position.subarray(lead), equity: run.equity.subarray(lead) },
  };
}

const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, each) => sum + each, 0) / values.length;

const yearly = (returns: Float64Array, { sessionsPerYear }: MetricContext): number =>
  meanOf(returns) * sessionsPerYear;

function sessionsOf({ from, to }: Span, sessions: Span, { runner }: SearchSetup): WindowSessions {
  const { time } = runner.history.of.bars;
  return {
    ...{ from: isoTime(time[from]).slice(0, 10), to: isoTime(time[to - 1]).slice(0, 10) },
    sessions: sessions.to - sessions.from,
  };
}

interface WalkInput extends Pick<WalkResult, "kind" | "train" | "test" | "purge" | "stopped"> {
  readonly splits: readonly ValidationSplit[];
}

function resultOf(setup: SearchSetup, walked: readonly Walked[], { splits, ...how }: WalkInput): WalkResult {
  const { runner, measures, space } = setup;
  const header = headerOf(setup);
  const tests = spansInBars(
    splits.slice(0, walked.length).map(({ test }) => test[0]),
    runner.sessionEnds,
  );
  const windows = walked.map(({ told }) => told);
  const returns = Float64Array.from(walked.flatMap((each) => [...each.returns]));
  const estimate = returns.length < 2 ? unknown("no window was traded") : sharpeEstimateOf([...returns]);
  const certainty = isUnknown(estimate) ? estimate : certaintyAbove(estimate, 0);
  const chosen = windows.filter(({ inSampleReturn }) => inSampleReturn !== null);
  // The last window may be short: each counts by the sessions it was traded.
  const weighted = (of: (each: WalkedWindow) => number): number =>
    chosen.reduce((sum, each) => sum + of(each) * each.traded.sessions, 0);
  const inSample = weighted((each) => each.inSampleReturn ?? 0);
  const outOfSample = weighted((each) => each.outOfSampleReturn);
  const efficiency = chosen.length > 0 && inSample > 0 ? outOfSample / inSample : null;
  const profitable = windows.filter((each) => each.outOfSampleReturn > 0).length;
  const context =
    walked.length === 0
      ? null
      : chained(setup, walked, { from: tests[0].from, to: tests[tests.length - 1].to });
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
    verdict: walkVerdict({
      certainty,
      efficiency,
      windows: windows.length,
      profitable,
      sessions: returns.length,
    }),
  };
}

/** All windows as one run, of which metrics are told. */
function chained({ runner }: SearchSetup, walked: readonly Walked[], span: Span): MetricContext {
  const { idle } = runner.spanOf(span);
  const join = (of: (each: Walked) => Float64Array): Float64Array =>
    Float64Array.from(walked.flatMap((each) => [...of(each)]));
  const equity = join((each) => each.equity);
  let bar = 0;
  const trades = walked.flatMap((each) => {
    const first = bar;
    bar += each.equity.length;
    return each.trades.map((trade) => movedBy(trade, first));
  });
  const sessionEquity = Float64Array.from([
    idle.initialCapital,
    ...Array.from(idle.sessionEnds, (end) => equity[end]),
  ]);
  const record = recordOf({ equity, position: join((each) => each.position), trades });
  return { ...idle, ...record, timeWeighted: record.equity, sessionEquity };
}

const datedEquity = ({ bars, sessionEnds, equity }: MetricContext): WalkResult["equity"] =>
  Array.from(sessionEnds, (end) => ({
    date: isoTime(bars.time[end]).slice(0, 10),
    equity: equity.valueAt(end),
  }));
