import { setImmediate as turn } from "node:timers/promises";
import { BitFeverError, specialise } from "@bitfever/lang";
import {
  catalogueWith,
  defaultSettings,
  equalWeight,
  fieldsOf,
  summarise,
  type BacktestCurves,
  type BacktestResult,
  type Bars,
  type PathName,
  type PathOutcome,
  type ResamplingOptions,
  type Settings,
  type SummaryInput,
} from "@bitfever/engine";
import {
  backtest as simulate,
  besideBars,
  historyOf,
  marketsRead,
  marketSurroundings,
  paper as simulatePaper,
  portfolio,
  timelineOf,
  timingFor,
  type MarketHistory,
  type Run,
} from "@bitfever/runtime";
import { historyFeed } from "@bitfever/brokers";
import { hashBars, hashOf, hashProgram } from "./hash.js";
import { parameterNumbers, type ParameterInput } from "./parameters.js";
import type { Strategy } from "./strategy.js";
import { membersOf } from "./universe.js";

export interface BacktestOptions<Values = ParameterInput> {
  readonly params?: Partial<Values>;
  readonly settings?: Partial<Settings>;
  /** Bars of the other markets that the program reads, by symbol. */
  readonly markets?: Readonly<Record<string, Bars>>;
  /** Told now and then how many of the bars are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal;
  /** Runs along the worst and the best path too, where fills are ambiguous: `result.ambiguity`. */
  readonly ambiguityBand?: boolean;
  /** Draws sessions and trades anew, so many times: `result.resampling`. */
  readonly resample?: ResamplingOptions | undefined;
}

export interface Backtest {
  readonly result: BacktestResult;
  readonly curves: BacktestCurves;
  /** What the curves stand beside: the bars of the run, or of a universe the index of its members at equal weight. */
  readonly bars: Bars;
}

/** Between turns of the event loop: often enough for a progress bar, seldom enough to cost nothing. */
const blocksPerTurn = 32;

/**
 * Runs a strategy over a history of bars.
 *
 * @param strategy  from `compile`, or from a module of `bf-compile --emit ts`
 * @param bars      closed bars, oldest first; for a program with a `universe` those of each member
 * @returns the result as plain data, and the curves that go with it, one value per bar
 * @throws BitFeverError BF5001 or BF5002 for parameters the program does not allow, BF5005 for bars of another interval,
 *   BF5007 for none, BF5046 for another market without bars, BF5047 for a member without
 * @example
 * const { result } = await backtest(strategy, await readBars("prices.csv"), { settings: { commission: 0.001 } });
 * console.log(result.metrics.sharpe, result.trades.length);
 */
export async function backtest<Values>(
  strategy: Strategy<Values>,
  bars: Bars | readonly Bars[],
  options: BacktestOptions<Values> = {},
): Promise<Backtest> {
  return withBand(backtestMembers, strategy, bars, options);
}

async function backtestMembers<Values>(
  strategy: Strategy<Values>,
  members: readonly Bars[],
  options: BacktestOptions<Values>,
): Promise<Backtest> {
  if (strategy.program.universe !== null) return backtestUniverse(strategy, members, options);
  const [own] = members;
  const prepared = prepare(strategy, own, options);
  const { plan, fields, settings, markets } = prepared;
  const { symbol, intervalMs } = own;
  const work = simulate({
    plan,
    fields,
    intervalMs,
    symbol,
    settings,
    markets,
    indicators: strategy.indicators,
  });
  const run = await drive(work, own.length, options);
  return report(prepared, run, run.outputs);
}

/**
 * Runs a strategy as paper trading would, over a history told bar by bar. The result is that of `backtest`; it takes
 * longer, and exists to be compared with.
 */
export async function paperOverHistory<Values>(
  strategy: Strategy<Values>,
  bars: Bars | readonly Bars[],
  options: BacktestOptions<Values> = {},
): Promise<Backtest> {
  return withBand(paperMembers, strategy, bars, options);
}

async function paperMembers<Values>(
  strategy: Strategy<Values>,
  members: readonly Bars[],
  options: BacktestOptions<Values>,
): Promise<Backtest> {
  if (strategy.program.universe !== null) return backtestUniverse(strategy, members, options, 1);
  const [own] = members;
  const prepared = prepare(strategy, own, options);
  const { plan, fields, settings, markets } = prepared;
  const rows = function* () {
    let told = 0;
    for (const bar of historyOf(fields, markets)) {
      if (!("market" in bar) && told++ % 4_096 === 0) options.onProgress?.(told, own.length);
      yield bar;
    }
  };
  const { signal } = options;
  const run = await simulatePaper({
    ...{ plan, settings, symbol: own.symbol, intervalMs: own.intervalMs },
    markets: marketSurroundings(markets, 1),
    indicators: strategy.indicators,
    feed: historyFeed(rows()),
    ...(signal ? { signal } : {}),
  });
  return report(prepared, run, []);
}

/** A run, and along the worst and the best path, where its fills depend on the path and one wants to know. */
async function withBand<Values>(
  simulateMembers: typeof backtestMembers<Values>,
  strategy: Strategy<Values>,
  bars: Bars | readonly Bars[],
  options: BacktestOptions<Values>,
): Promise<Backtest> {
  const members = membersOf(strategy.program, [bars].flat());
  const done = await simulateMembers(strategy, members, options);
  const { result } = done;
  if (options.ambiguityBand !== true || result.counts.ambiguousFills === 0) return done;
  const along = async (path: PathName): Promise<PathOutcome> => {
    const settings = { ...options.settings, path };
    const other = await backtestMembers(strategy, members, {
      ...options,
      ...{ settings, resample: undefined, onProgress: undefined },
    });
    const { net_profit, total_return, max_drawdown } = other.result.metrics;
    return { net_profit, total_return, max_drawdown };
  };
  return {
    ...done,
    result: { ...result, ambiguity: { worst: await along("worst"), best: await along("best") } },
  };
}

/** All members on one account; a block of one moment is how paper trading would hear of them. */
async function backtestUniverse<Values>(
  strategy: Strategy<Values>,
  members: readonly Bars[],
  options: BacktestOptions<Values>,
  blockLength = 2_048,
): Promise<Backtest> {
  const given = members.filter((each) => each.length > 0);
  if (given.length === 0) throw new BitFeverError("BF5007", "there are no bars of any member to run on");
  const { program, indicators } = strategy;
  const { settings, plan } = planned(strategy, options);
  const markets = marketsOf(options);
  const timeline = timelineOf(given);
  const work = portfolio({ plan, settings, members: given, markets, indicators, blockLength });
  const run = await drive(work, timeline.time.length, options);
  const bars = equalWeight(given, timeline);
  const fields = fieldsOf(bars, timingFor(plan, settings, given[0].intervalMs));
  const hashed = [...given, ...markets.values()];
  const result = report(
    { program, plan, bars, fields, settings, markets: [], hashed, resample: options.resample ?? null },
    run,
    [],
  );
  return { ...result, result: { ...result.result, data: { ...result.result.data, symbols: run.symbols } } };
}

/** Runs to the end, and lets others have a turn now and then. */
async function drive<Done>(
  work: Generator<number, Done>,
  total: number,
  { signal, onProgress }: Pick<BacktestOptions, "signal" | "onProgress">,
): Promise<Done> {
  for (let blocks = 1; ; blocks++) {
    signal?.throwIfAborted();
    const step = work.next();
    if (step.done === true) return step.value;
    onProgress?.(step.value, total);
    if (blocks % blocksPerTurn === 0) await turn();
  }
}

export interface Prepared {
  readonly program: Strategy["program"];
  readonly plan: ReturnType<typeof specialise>;
  readonly bars: Bars;
  readonly fields: ReturnType<typeof fieldsOf>;
  readonly settings: Settings;
  readonly markets: readonly MarketHistory[];
  /** All bars that the result rests on. */
  readonly hashed: readonly Bars[];
  readonly resample: ResamplingOptions | null;
}

function planned<Values>(
  { program, indicators }: Strategy<Values>,
  options: BacktestOptions<Values>,
): Pick<Prepared, "plan" | "settings"> {
  const settings = { ...defaultSettings, ...options.settings };
  const values = parameterNumbers(program, (options.params ?? {}) as ParameterInput);
  return { settings, plan: specialise(program, catalogueWith(indicators), values, { withLets: true }) };
}

/**
 * A strategy that trades one symbol, beside its bars and with everything decided: ready to run.
 *
 * @throws BitFeverError as `backtest` does
 */
export function prepare<Values>(
  strategy: Strategy<Values>,
  bars: Bars,
  options: BacktestOptions<Values>,
): Prepared {
  if (bars.length === 0) throw new BitFeverError("BF5007", `there are no bars of ${bars.symbol} to run on`);
  const { program } = strategy;
  const { settings, plan } = planned(strategy, options);
  const timing = timingFor(plan, settings, bars.intervalMs);
  const given = marketsOf(options);
  const markets = besideBars(marketsRead(plan, settings, given), { time: bars.time, timing });
  const read = plan.markets.flatMap(({ symbol }) => given.get(symbol) ?? []);
  const fields = fieldsOf(bars, timing);
  const resample = options.resample ?? null;
  return { program, plan, bars, fields, settings, markets, hashed: [bars, ...read], resample };
}

const marketsOf = ({ markets = {} }: Pick<BacktestOptions, "markets">): ReadonlyMap<string, Bars> =>
  new Map(Object.entries(markets));

function report(prepared: Prepared, run: Run, outputs: readonly Float64Array[]): Backtest {
  const { plan, bars } = prepared;
  const series = outputs.map((values, i) => {
    const { name, unit, plot } = plan.outputs[i];
    return { name, unit, values, ...(plot && { plot }) };
  });
  return {
    bars,
    result: summarise({ ...prepared, ...run, hashes: hashesOf(prepared) }),
    curves: {
      equity: run.equity,
      position: run.position,
      series: series.filter((each) => each.unit !== "bool" || each.plot !== undefined),
    },
  };
}

/** What a result rests on. */
export const hashesOf = ({ program, plan, settings, hashed }: Prepared): SummaryInput["hashes"] => ({
  program: hashProgram(program),
  data: hashBars(...hashed),
  settings: hashOf({ settings, parameters: plan.parameters }),
});
