import { BitFeverError, once, specialise } from "@bitfever/lang";
import {
  adjustBars,
  catalogueWith,
  checkFlows,
  checkInstruments,
  checkSettings,
  contextOf,
  equalWeight,
  fieldsOf,
  onlyTrial,
  reportedInstruments,
  rollingFigures,
  rollingOf,
  summarise,
  termsOf,
  type AdjustedBy,
  type BacktestCurves,
  type BacktestResult,
  type Bars,
  type ExternalFlow,
  type Fill,
  type HeldAction,
  type Instrument,
  type Instruments,
  type MetricContext,
  type PathName,
  type PathOutcome,
  type Quotes,
  type ResamplingOptions,
  type Settings,
  type Trials,
  type SummaryInput,
  sessionEnds,
  valuesOf,
} from "@bitfever/engine";
import {
  backtest as simulate,
  besideBars,
  checkClock,
  commonCalendar,
  instrumentOf,
  marketsRead,
  portfolio,
  timelineOf,
  timingFor,
  type MarketHistory,
  type MeasuredRun,
  type Run,
  type SimulationOptions,
} from "@bitfever/runtime";
import {
  adjusted,
  adjustmentOf,
  checkActions,
  withTickers,
  type ActionsBySymbol,
  type AdjustedBars,
} from "./adjusted.js";
import { moneyOf } from "./currencies.js";
import { givenHistories, givenOptions, type OptionNames } from "./given.js";
import { hashBars, hashOf, hashProgram } from "./hash.js";
import { membersOf } from "./members.js";
import { parameterNumbers, type ParameterInput } from "./parameters.js";
import type { Strategy } from "./strategy.js";
import { toldFill, type ToldFill } from "./told-fill.js";
import { turn } from "./turn.js";

/** What a run is told beside strategy and bars: values, settings, what else it reads, and what is to be kept of it. */
export interface BacktestOptions<Values = ParameterInput> {
  readonly params?: Partial<Values>;
  readonly settings?: Partial<Settings>;
  /** Bars of the other markets that the program reads, by symbol. */
  readonly markets?: Readonly<Record<string, Bars>>;
  /** What is other for single instruments than the settings say, by symbol; `*` is said of all others. */
  readonly instruments?: Instruments;
  /** Bars whose closes are rates, by pair: `EUR/USD` is what one euro is worth in dollars. */
  readonly rates?: Readonly<Record<string, Bars>>;
  /** Told now and then how many of the bars are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal;
  /** Runs along the worst and the best path too, where fills are ambiguous: `result.ambiguity`. */
  readonly ambiguityBand?: boolean;
  /** Finer bars of the same market, along which orders are met inside a bar; not for a universe. */
  readonly finer?: Bars | undefined;
  /** Deposits and withdrawals while it runs; they are in `equity` and in no return: `result.cashFlows`. */
  readonly flows?: readonly ExternalFlow[] | undefined;
  /** Splits, dividends and symbol changes by the symbol of the bars; how prices are seen is the setting `adjustment`. */
  readonly actions?: ActionsBySymbol | undefined;
  /** Keeps every fill with what decided it: `fills`, which `whyTrade` reads. */
  readonly explain?: boolean;
  /** Keeps every order with its life: `orders`. */
  readonly orders?: boolean;
  /** Draws sessions and trades anew, so many times: `result.resampling`. */
  readonly resample?: ResamplingOptions | undefined;
  /** How many runs were made to arrive at this one: for the deflated Sharpe ratio. */
  readonly trials?: Trials | undefined;
}

/** Those of whatever runs a strategy over a history. */
export const runOptionNames = {
  ...({ params: true, settings: true, markets: true, instruments: true } as const),
  ...({ rates: true, finer: true, flows: true, actions: true } as const),
};

const optionNames: OptionNames<BacktestOptions> = {
  ...runOptionNames,
  ...{ ambiguityBand: true, explain: true, orders: true, resample: true },
  ...{ trials: true, onProgress: true, signal: true },
};

/** A run: its result as plain data, and the curves that go with it. */
export interface Backtest {
  readonly result: BacktestResult;
  readonly curves: BacktestCurves;
  /** Every fill with what decided it; empty unless asked for by `explain`. */
  readonly fills: readonly ToldFill[];
  /** Every order with its life, in the order in which they came; empty unless asked for by `orders`. */
  readonly orders: Run["orders"];
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
 *   BF5007 for none, BF5046 for another market without bars, BF5047 for a member without, BF5090 for an instrument that
 *   cannot be, BF5091 to BF5094 for currencies without a rate, BF5100 for a flow outside the bars, BF5003 or BF5004 for settings,
 *   BF5350 or BF5356 for what is no history or no strategy, BF5358 for an option that there is not
 * @example
 * const { result } = await backtest(strategy, await readBars("prices.csv"), { settings: { commission: 0.001 } });
 * console.log(result.metrics.sharpe, result.trades.length);
 */
export async function backtest<Values>(
  strategy: Strategy<Values>,
  bars: Bars | readonly Bars[],
  options: BacktestOptions<Values> = {},
): Promise<Backtest> {
  givenOptions("backtest", options, optionNames);
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
  const { plan, fields, markets, flows, held: actions } = prepared;
  const { symbol, intervalMs } = own;
  const told = fillsTold(options, instrumentsOf(prepared), symbol);
  const work = simulate({
    plan,
    fields,
    intervalMs,
    symbol,
    ...moneyPartOf(prepared),
    markets,
    indicators: strategy.indicators,
    ...{ finer: prepared.finer, flows, actions, logsOrders: options.orders },
    ...told.options,
  });
  const run = await drive(work, own.length, options);
  const done = { ...report(prepared, run, run), fills: told.fills };
  const { magnifiedBars } = run;
  if (magnifiedBars === null) return done;
  return { ...done, result: { ...done.result, data: { ...done.result.data, magnifiedBars } } };
}

/** A run, and along the worst and the best path, where its fills depend on the path and one wants to know. */
export async function withBand<Values>(
  simulateMembers: typeof backtestMembers<Values>,
  strategy: Strategy<Values>,
  bars: Bars | readonly Bars[],
  options: BacktestOptions<Values>,
): Promise<Backtest> {
  const histories = givenHistories(strategy, bars);
  const members = membersOf(strategy.program, histories);
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
export async function backtestUniverse<Values>(
  strategy: Strategy<Values>,
  members: readonly Bars[],
  options: BacktestOptions<Values>,
  blockLength?: number,
): Promise<Backtest> {
  if (options.finer !== undefined)
    throw new BitFeverError("BF5072", "the members of a universe have no finer bars", {
      hint: "leave them out; the path inside a bar is a setting",
    });
  const { program, indicators } = strategy;
  const prepared = prepareUniverse(strategy, members, options);
  const { plan, instruments, settings } = prepared;
  const told = fillsTold(options, instrumentsOf({ plan, instruments, settings }));
  const work = portfolio({
    ...{ plan, ...moneyPartOf(prepared), indicators, blockLength, flows: options.flows },
    logsOrders: options.orders,
    ...membersPartOf(prepared),
    ...told.ofMembers,
  });
  const run = await drive(work, prepared.fields.time.length, options);
  const result = report({ ...prepared, program, symbols: run.symbols }, run, { outputs: [], stop: null });
  const data = { ...result.result.data, symbols: run.symbols };
  return { ...result, fills: told.fills, result: { ...result.result, data } };
}

/** Where fills are kept with what decided them; nobody keeps any unless asked. */
function fillsTold(
  { explain = false }: Pick<BacktestOptions, "explain">,
  instrumentOf: (symbol: string) => Instrument,
  own = "",
): {
  readonly fills: readonly ToldFill[];
  readonly options: { readonly explains?: boolean; readonly onFill?: (fill: Fill) => void };
  readonly ofMembers: { readonly explains?: boolean; readonly onFill?: (symbol: string, fill: Fill) => void };
} {
  const fills: ToldFill[] = [];
  if (!explain) return { fills, options: {}, ofMembers: {} };
  return {
    fills,
    options: { explains: true, onFill: (fill) => void fills.push(toldFill(instrumentOf(own), fill)) },
    ofMembers: {
      explains: true,
      onFill: (symbol, fill) => void fills.push({ symbol, ...toldFill(instrumentOf(symbol), fill) }),
    },
  };
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
  /** What the market is compared by, where that is not the bars. */
  readonly benchmark?: Bars;
  readonly fields: ReturnType<typeof fieldsOf>;
  /** The last bar of each session. */
  readonly sessionEnds: Int32Array;
  readonly settings: Settings;
  readonly instruments: Instruments;
  readonly quotes: readonly Quotes[];
  /** All that is traded. */
  readonly symbols: readonly string[];
  readonly markets: readonly MarketHistory[];
  readonly finer?: Bars | undefined;
  /** What corporate actions do to who holds the instrument. */
  readonly held: readonly HeldAction[];
  readonly adjustment?: AdjustedBy | undefined;
  /** What was traded, with its tickers. */
  readonly traded: readonly AdjustedBars[];
  /** All bars that the result rests on, as they were given. */
  readonly hashed: readonly Bars[];
  readonly resample: ResamplingOptions | null;
  readonly trials: Trials;
  readonly flows: readonly ExternalFlow[];
}

function planned<Values>(
  { program, indicators }: Strategy<Values>,
  members: readonly Bars[],
  options: BacktestOptions<Values>,
): Pick<Prepared, "plan" | "settings" | "instruments" | "quotes"> {
  const { instruments: given = {}, rates = {} } = options;
  const instruments = checkInstruments(given);
  const all = checkSettings(options.settings);
  const values = parameterNumbers(program, (options.params ?? {}) as ParameterInput);
  const plan = specialise(program, catalogueWith(indicators), values, { withLets: true });
  for (const { intervalMs } of members) checkClock(plan, intervalMs);
  return { ...moneyOf({ settings: all, instruments, members, rates }), instruments, plan };
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
  checkFlows(options.flows ?? [], bars.time);
  const { program } = strategy;
  const base = planned(strategy, [bars], options);
  const { settings, plan, instruments } = base;
  const timing = timingFor(plan, settings, bars.intervalMs, termsOf(bars.symbol, instruments).calendar);
  const given = marketsOf(options);
  checkActions(options.actions, [bars.symbol, ...given.keys()]);
  const own = seenBy(bars, plan, settings, options);
  const others = marketsRead(plan, settings, seenIn(given, plan, settings, options));
  const markets = besideBars(others, { time: bars.time, timing });
  const read = plan.markets.flatMap(({ symbol }) => given.get(symbol) ?? []);
  const fields = fieldsOf(own.bars, timing);
  const finer = options.finer === undefined ? [] : [options.finer];
  const rates = Object.values(options.rates ?? {});
  return {
    ...base,
    ...{ program, bars: own.bars, benchmark: own.benchmark, fields, markets, held: own.held },
    sessionEnds: sessionEnds(fields.time, timing),
    finer: options.finer && adjustBars(options.finer, own.steps),
    ...{ symbols: [bars.symbol], hashed: [bars, ...read, ...finer, ...rates], traded: [own] },
    adjustment: adjustmentOf(options.actions, settings, [own]),
    ...extrasOf(options),
  };
}

/** What is decided of a universe before it runs: the bars are the index of its members at equal weight. */
export interface PreparedUniverse extends Omit<Prepared, "symbols"> {
  /** The other markets as the run sees them, by symbol. */
  readonly seenMarkets: ReadonlyMap<string, Bars>;
}

/**
 * A strategy that trades many symbols, beside their bars and with everything decided.
 *
 * @throws BitFeverError as `backtest` does
 */
export function prepareUniverse<Values>(
  strategy: Strategy<Values>,
  members: readonly Bars[],
  options: BacktestOptions<Values>,
): PreparedUniverse {
  const given = members.filter((each) => each.length > 0);
  if (given.length === 0) throw new BitFeverError("BF5007", "there are no bars of any member to run on");
  const base = planned(strategy, given, options);
  const { settings, plan, instruments } = base;
  checkActions(options.actions, [
    ...given.map(({ symbol }) => symbol),
    ...Object.keys(options.markets ?? {}),
  ]);
  const all = given.map((each) => seenBy(each, plan, settings, options));
  const markets = marketsOf(options);
  const timeline = timelineOf(given);
  checkFlows(options.flows ?? [], timeline.time);
  const bars = equalWeight(
    all.map(({ benchmark }) => benchmark),
    timeline,
  );
  const calendar = commonCalendar(given, instruments);
  const timing = timingFor(plan, settings, given[0].intervalMs, calendar);
  return {
    ...{ ...base, program: strategy.program, bars, markets: [], held: [], traded: all },
    fields: fieldsOf(bars, timing),
    sessionEnds: sessionEnds(bars.time, timing),
    hashed: [...given, ...markets.values(), ...Object.values(options.rates ?? {})],
    adjustment: adjustmentOf(options.actions, settings, all),
    seenMarkets: seenIn(markets, plan, settings, options),
    ...extrasOf(options),
  };
}

/** What of a universe is said to the simulation of its members. */
export const membersPartOf = ({
  traded,
  seenMarkets,
}: PreparedUniverse): Pick<Parameters<typeof portfolio>[0], "members" | "markets" | "actions"> => ({
  members: traded.map(({ bars }) => bars),
  markets: seenMarkets,
  actions: new Map(traded.map(({ bars, held }) => [bars.symbol, held])),
});

/** Bars as the run sees them. */
const seenBy = (
  bars: Bars,
  plan: Pick<Prepared["plan"], "calendar">,
  settings: Settings,
  { actions }: Pick<BacktestOptions, "actions">,
): AdjustedBars => {
  const timing = timingFor({ calendar: plan.calendar, clock: null }, settings, bars.intervalMs);
  return adjusted(bars, actions?.[bars.symbol], settings, timing);
};

/** The other markets as the run sees them. */
const seenIn = (
  markets: ReadonlyMap<string, Bars>,
  plan: Pick<Prepared["plan"], "calendar">,
  settings: Settings,
  options: Pick<BacktestOptions, "actions">,
): ReadonlyMap<string, Bars> =>
  new Map([...markets].map(([symbol, bars]) => [symbol, seenBy(bars, plan, settings, options).bars]));

/** What of a run is said to the simulation of its money. */
export const moneyPartOf = ({
  settings,
  instruments,
  quotes,
}: Pick<Prepared, "settings" | "instruments" | "quotes">): Pick<
  SimulationOptions,
  "settings" | "instruments" | "quotes"
> => ({ settings, instruments, quotes });

/** The instruments of a run, by symbol. */
function instrumentsOf({
  plan,
  settings,
  instruments,
}: Pick<Prepared, "plan" | "settings" | "instruments">): (symbol: string) => Instrument {
  const made = new Map<string, Instrument>();
  return (symbol) => {
    const found =
      made.get(symbol) ?? instrumentOf(symbol, settings, plan.fills, termsOf(symbol, instruments));
    made.set(symbol, found);
    return found;
  };
}

/** What is told of a run beside what it does. */
const extrasOf = (
  options: Pick<BacktestOptions, "resample" | "trials" | "flows">,
): Pick<Prepared, "resample" | "trials" | "flows"> => ({
  flows: options.flows ?? [],
  resample: options.resample ?? null,
  trials: options.trials ?? onlyTrial,
});

const marketsOf = ({ markets = {} }: Pick<BacktestOptions, "markets">): ReadonlyMap<string, Bars> =>
  new Map(Object.entries(markets));

/** What a run keeps for the charts, where it keeps it. */
interface ForCharts {
  readonly outputs: readonly Float64Array[];
  readonly stop: Float64Array | null;
}

export function report(prepared: Prepared, run: MeasuredRun, { outputs, stop }: ForCharts): Backtest {
  const { plan, bars } = prepared;
  const series = outputs.map((values, i) => {
    const { name, unit, plot } = plan.outputs[i];
    return { name, unit, values, ...(plot && { plot }) };
  });
  const trades = withTickers(run.trades, prepared.traded);
  const reported = reportedInstruments(prepared.symbols, prepared.instruments, prepared.settings);
  const { record, counts, cashFlows, limits, alerts } = run;
  const input = {
    ...prepared,
    ...{ record, counts, cashFlows, limits, alerts, trades, reported },
    hashes: hashesOf(prepared),
  };
  const context = contextOf(input);
  const rolling = once(() => rollingOf(context, rollingFigures));
  return {
    bars,
    fills: [],
    orders: run.orders,
    result: summarise(input, context),
    curves: {
      equity: run.equity,
      position: run.position,
      stop,
      sessionEnds: context.sessionEnds,
      ...(context.externalFlows.length > 0 && flowCurves(context)),
      // Only the report draws them, and they take longer than a short run.
      get rolling() {
        return rolling();
      },
      series: series.filter((each) => each.unit !== "bool" || each.plot !== undefined),
    },
  };
}

/** What was put in and taken out at each bar, and the account as if nothing had been. */
function flowCurves({
  timeWeighted,
  externalFlows,
}: MetricContext): Required<Pick<BacktestCurves, "flow" | "timeWeighted">> {
  const flow = new Float64Array(timeWeighted.length);
  for (const { bar, amount } of externalFlows) flow[bar] += amount;
  return { flow, timeWeighted: valuesOf(timeWeighted) };
}

/** What a result rests on. */
export const hashesOf = ({
  program,
  plan,
  settings,
  instruments,
  hashed,
  flows,
}: Prepared): SummaryInput["hashes"] => ({
  program: hashProgram(program),
  data: hashBars(...hashed),
  settings: hashOf({
    ...{ settings, parameters: plan.parameters },
    ...(Object.keys(instruments).length > 0 && { instruments }),
    ...(flows.length > 0 && { flows }),
  }),
});
