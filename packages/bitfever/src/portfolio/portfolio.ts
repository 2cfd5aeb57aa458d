import { BitFeverError } from "@bitfever/lang";
import {
  computeMetrics,
  dayMs,
  metrics,
  reportedInstruments,
  reportedTrade,
  spellsOf,
  summarise,
  walkWindows,
  type Bars,
  type Instruments,
  type Metric,
  recordOf,
  type MetricContext,
  type Settings,
  type WalkOptions,
  type WalkWindow,
} from "@bitfever/engine";
import { finish, holdSystems, type SystemRun, type SystemsOptions, type SystemsRun } from "@bitfever/runtime";
import { hashesOf } from "../backtest.js";
import { namedValues } from "./candidates.js";
import { drawChance, isSwitched, verdictOf, type RandomOptions, type Switching } from "./chance.js";
import { chooseCandidates, heldAsChosen, valueOver, type Chosen } from "./choice.js";
import { contextOver, marketOf } from "./measure.js";
import { membersOf, type Member, type SystemInput } from "./members.js";
import type { Measured, PortfolioCurves, PortfolioResult, SwitchedSystem } from "./result.js";
import { firstSession, onColumn } from "./switching.js";
import { systemCurves } from "./curves.js";
import { turn } from "../turn.js";

/** Money, walk and chance of switched systems. */
export interface PortfolioOptions {
  /** For all systems; `initial_capital` is that of the whole account. */
  readonly settings?: Partial<Settings>;
  /** What is other for single instruments than the settings say, by symbol; `*` is said of all others. */
  readonly instruments?: Instruments | undefined;
  /** Bars whose closes are rates, by pair: `EUR/USD` is what one euro is worth in dollars. */
  readonly rates?: Readonly<Record<string, Bars>> | undefined;
  /** What becomes of a position at the switch: closed at the next open (`close`, the default), or left to its own exits. */
  readonly whenOff?: SystemsOptions["whenOff"];
  /** Whether free money goes at the end of each month to the systems that are on: `monthly`, the default, or `never`. */
  readonly reallocate?: SystemsOptions["reallocate"];
  /** The metric by which values are chosen and chance is beaten; `total_return` by default. */
  readonly objective?: string;
  /** Chooses the values of filters on the days before those that count; lengths in days on which some system has a bar. */
  readonly walk?: WalkOptions | undefined;
  /** Compares with so many random switchings. */
  readonly random?: RandomOptions | undefined;
  /** Told now and then how many of the runs are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal;
}

/** Switched systems that were run: the result as plain data, and the curves that go with it. */
export interface Portfolio {
  readonly result: PortfolioResult;
  readonly curves: PortfolioCurves;
}

/**
 * Runs several systems on one account, each switched on and off by a filter over its own equity.
 *
 * A filter looks at the system as it would be if it were never switched off, and answers at the close of a session for
 * the next one. With `walk` the values of its parameters are chosen on the days before those they are used on, and the
 * result is that of the days out of sample, joined in one run with all costs.
 *
 * @returns the result as plain data, and a value for each day of what a chart shows
 * @throws BitFeverError BF5031 or BF5086 for the objective, BF5080 or BF5081 for a filter, BF5082 for names, BF5083 for
 *   shares, BF5084 for a program of a universe, BF5085 for a walk that cannot be, and what `backtest` throws
 * @example
 * const { result } = await backtestPortfolio(
 *   [{ name: "cross", strategy, bars, filter: { name: "average", sessions: [20, 50, 100] } }],
 *   { walk: { kind: "rolling", train: 500, test: 125 }, random: { runs: 500, seed: 1 } },
 * );
 * console.log(result.verdict);
 */
export async function backtestPortfolio(
  systems: readonly SystemInput[],
  options: PortfolioOptions = {},
): Promise<Portfolio> {
  const { random, signal, onProgress } = options;
  const metric = objectiveOf(options.objective ?? "total_return");
  const { members, days } = membersOf(systems, options);
  const choices = members.reduce((sum, { candidates: { length } }) => sum + (length > 1 ? length : 0), 0);
  const work = runsOf(members, days, metric, options);
  const total = choices + 2 + (random?.runs ?? 0);
  for (let done = 1; ; done++) {
    signal?.throwIfAborted();
    const step = work.next();
    if (step.done === true) return step.value;
    onProgress?.(done, total);
    await turn();
  }
}

/** All runs there are to make, one after another. */
function* runsOf(
  members: readonly Member[],
  days: SystemsOptions["days"],
  metric: Metric,
  options: PortfolioOptions,
): Generator<"run", Portfolio> {
  const { whenOff = "close", reallocate = "monthly", random } = options;
  const windows = windowsOf(members, days.days.length, options.walk);
  const from = windows[0].to;
  const systems = members.map(({ system }) => system);
  const capital = systems.reduce((sum, each) => sum + each.settings.initial_capital, 0);
  const market = marketOf(
    members.map(({ prepared }) => prepared.bars),
    days,
    capital,
  );
  const runOf = (held: readonly Uint8Array[]): SystemsRun => {
    const on = members.map(({ sessions }, i) => onColumn(sessions, held[i]));
    return finish(holdSystems({ systems, days, on, whenOff, reallocate }));
  };
  const contextOf = (run: SystemsRun): MetricContext => contextOver(run, market, from, days.days.length);

  const chosen: (readonly Chosen[])[] = [];
  for (const each of members)
    chosen.push(yield* chooseCandidates(each, each.candidates, windows, metric, whenOff));
  const switchings = members.map(({ sessions }, i): Switching => {
    return { held: heldAsChosen(sessions, chosen[i]), from: firstSession(sessions, from) };
  });
  const run = runOf(switchings.map(({ held }) => held));
  yield "run";
  const always = runOf(switchings.map((each) => each.held.map((_, i) => (i >= each.from ? 1 : 0))));
  yield "run";

  const context = contextOf(run);
  const value = valueOver(metric, context);
  const isEverSwitched = switchings.some(isSwitched);
  const { chance, draws } =
    random === undefined || !isEverSwitched
      ? { chance: null, draws: [] }
      : yield* drawChance(switchings, (held) => valueOver(metric, contextOf(runOf(held))), {
          ...{ ...random, value, metric },
        });
  const dates = Array.from(days.days, dateOf);
  return {
    result: {
      schema: "bitfever/portfolio@1",
      days: { count: dates.length - from, from: dates[from], to: dates[dates.length - 1] },
      initialCapital: capital,
      ...{ whenOff, reallocate, objective: metric.name, walk: options.walk ?? null },
      systems: members.map((each, i) =>
        systemResult(each, run.systems[i], { chosen: chosen[i], switching: switchings[i], dates }),
      ),
      ...measured(context),
      always: measured(contextOf(always)),
      chance,
      verdict: verdictOf(chance, isEverSwitched),
      trades: run.systems
        .flatMap(({ trades }, i) => trades.map((each) => ({ system: members[i].name, ...each })))
        .sort((a, b) => a.entryTime - b.entryTime)
        .map((each) => ({ ...reportedTrade(each), system: each.system })),
    },
    curves: {
      time: Float64Array.from(days.days.subarray(from), (day) => day * dayMs),
      equity: run.equity.subarray(from),
      always: always.equity.subarray(from),
      position: run.position.subarray(from),
      systems: members.map((each, i) =>
        systemCurves(each, run.systems[i], { held: switchings[i].held, closed: days.closed[i], from }),
      ),
      draws,
    },
  };
}

/** @throws BitFeverError BF5031 for a metric that does not exist, BF5086 for one of which neither more nor less is better */
function objectiveOf(name: string): Metric {
  const metric = metrics.get(name);
  if (metric === undefined)
    throw new BitFeverError("BF5031", `there is no metric \`${name}\``, {
      hint: "docs/reference/metrics.md lists them: total_return, sharpe, max_drawdown",
    });
  if (metric.better === "neither")
    throw new BitFeverError("BF5086", `\`${name}\` is no objective: neither more nor less of it is better`, {
      hint: "choose one of which more or less is better, such as total_return or max_drawdown",
    });
  return metric;
}

/** The windows of the walk; without one, all days with the values given. */
function windowsOf(
  members: readonly Member[],
  total: number,
  walk: WalkOptions | undefined,
): readonly WalkWindow[] {
  if (walk === undefined) {
    const open = members.find(({ candidates }) => candidates.length > 1);
    if (open === undefined) return [{ from: 0, to: 0, until: total }];
    throw new BitFeverError("BF5085", `${open.name}: its filter has several values to choose from`, {
      hint: "values are chosen by a walk-forward test: give `walk`, or one value each",
    });
  }
  const { train, test } = walk;
  const isWhole = [train, test].every((each) => Number.isInteger(each) && each >= 1);
  const windows = isWhole ? walkWindows(total, walk) : [];
  if (windows.length > 0) return windows;
  throw new BitFeverError(
    "BF5085",
    isWhole
      ? `there are ${total} days, and ${train} of them are to be learnt from: none is left to trade`
      : `a walk of ${train} days to learn from and ${test} to trade cannot be`,
    { hint: "give whole numbers of days, and fewer to learn from than there are" },
  );
}

function measured(context: MetricContext): Measured {
  const { values, reasons } = computeMetrics(context);
  return { metrics: values, metricReasons: reasons };
}

function systemResult(
  { name, share, prepared, candidates }: Member,
  run: SystemRun,
  {
    chosen,
    switching,
    dates,
  }: {
    readonly chosen: readonly Chosen[];
    readonly switching: Switching;
    readonly dates: readonly string[];
  },
): SwitchedSystem {
  const { program, data, params, settings, settingsHash, instruments } = summarise({
    ...prepared,
    ...run,
    record: recordOf(run),
    reported: reportedInstruments(prepared.symbols, prepared.instruments, prepared.settings),
    ...{ alerts: [], cashFlows: [], hashes: hashesOf(prepared) },
  });
  const counted = switching.held.subarray(switching.from);
  const on = counted.reduce((sum, each) => sum + each, 0);
  return {
    ...{ name, program, data, params, settings, settingsHash, share },
    ...(instruments && { instruments }),
    ...{ filter: candidates[0].filter.name, trials: candidates.length },
    windows: chosen.map(({ window: { from, to, until }, candidate, objective }) => ({
      learntFrom: to === 0 ? null : dates[from],
      learntTo: to === 0 ? null : dates[to - 1],
      ...{ from: dates[to], to: dates[until - 1], values: namedValues(candidate), objective },
    })),
    sessions: counted.length,
    onShare: counted.length === 0 ? 0 : on / counted.length,
    spells: spellsOf(counted),
    closedBySwitch: run.trades.filter(({ exitTag }) => exitTag === "switch").length,
    moved: run.moved,
    cashFlow: run.cashFlows.reduce((sum, { amount }) => sum + amount, 0),
    equity: run.equity[run.equity.length - 1],
    ...{ counts: run.counts, limits: run.limits },
  };
}

const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
