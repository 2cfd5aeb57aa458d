import { columnsOf, type ColumnId, type Plan } from "@bitfever/lang";
import {
  accountOn,
  bookedFlows,
  CodedRanges,
  columnsMovedBy,
  curveFrom,
  metricContext,
  onlyTrial,
  recordOf,
  sessionEndsWithin,
  sliceBars,
  withShared,
  type Bars,
  type ColumnMemory,
  type ExternalFlow,
  type Fields,
  type GivenColumns,
  type KeptColumns,
  type MetricContext,
  type Room,
  type Settings,
  type Span,
} from "@bitfever/engine";
import {
  backtest as simulate,
  finish,
  portfolio,
  type BacktestRun,
  type MarketHistory,
  type MeasuredRun,
  type PortfolioRun,
} from "@bitfever/runtime";
import { membersPartOf, type Prepared, type PreparedUniverse } from "../backtest.js";
import type { Strategy } from "../strategy.js";

/** Some bars of a history, with what is the same for every trial on them. */
export interface TradedSpan extends Span {
  /** What metrics look at, of an account that did nothing. */
  readonly idle: MetricContext;
}

export type PreparedHistory =
  | { readonly kind: "single"; readonly of: Prepared }
  | { readonly kind: "universe"; readonly of: PreparedUniverse };

/** How a span is traded. */
export interface SpanOptions extends Pick<Strategy, "indicators"> {
  /** Decimal money before the first bar of the span; that of the settings where not given. */
  readonly capital?: number | undefined;
  /** What becomes of a position at the end of the span; what the settings say where not given. */
  readonly atEnd?: "close" | undefined;
  /**
   * How many of the bars before the span the indicators see: as many as they need, the default, or all there are. Nothing is
   * traded on them.
   */
  readonly before?: "needed" | "all" | undefined;
  /** So many at least, where they need fewer. */
  readonly lead?: number | undefined;
  /** What other plans have computed too; used where indicators begin with the same bar. */
  readonly shared?: SharedPart | undefined;
  /** Where a run takes its columns from; left out, they are new. */
  readonly room?: Room | undefined;
}

/** Columns that several plans have in common, from a bar on. */
export interface SharedPart {
  readonly columns: KeptColumns;
  readonly firstBar: number;
  /** Where they lie, as far as there was room; null where there is no such memory. */
  readonly memory: ColumnMemory | null;
}

export interface SpanRun {
  readonly run: BacktestRun | PortfolioRun;
  /** Of the span alone: its first bar is bar 0. */
  readonly context: MetricContext;
}

export function tradedSpan({ of }: PreparedHistory, { from, to }: Span): TradedSpan {
  const { bars, benchmark = bars, settings } = of;
  const none = new Float64Array(to - from);
  const own = sliceBars(bars, from, to);
  const idle = metricContext(
    recordOf({ equity: none, position: none, trades: [] }),
    {
      ...{ bars: own, ranges: new CodedRanges(own), benchmark: sliceBars(benchmark, from, to) },
      ...{ initialCapital: settings.initial_capital, trials: onlyTrial },
    },
    sessionEndsWithin(of.sessionEnds, from, to),
  );
  return { from, to, idle };
}

/** Trades a plan on a span. */
export function tradeSpan(
  history: PreparedHistory,
  plan: Plan,
  span: TradedSpan,
  options: SpanOptions,
): SpanRun {
  const { settings: usual, instruments, quotes } = history.of;
  const settings = settingsOf(usual, options);
  const { initial_capital: capital } = settings;
  const from = history.kind === "single" ? firstBarOf(plan, span, options) : 0;
  const lead = span.from - from;
  const { shared } = options;
  const { plan: left, given } =
    shared?.firstBar === from ? withShared(plan, shared.columns, columnsRead) : { plan, given: undefined };
  // Named ones first: Node 20 gives each object whose literal begins with a spread a hidden class of its own.
  const input = {
    settings,
    instruments,
    quotes,
    plan: lead > left.warmup ? { ...left, warmup: lead } : left,
    room: options.room,
    flows: flowsIn(history.of.flows, history.of.fields.time, span),
    indicators: options.indicators,
  };
  const run =
    history.kind === "single"
      ? single(history.of, { given, ...input }, { from, to: span.to })
      : universe(history.of, { ...input, plan }, span);
  return { run, context: contextOf(run, span, { lead, capital }) };
}

/** Those of all, where nothing is other for this run: what is spread is of a shape of its own, which costs each trial. */
const settingsOf = (usual: Settings, { capital, atEnd }: SpanOptions): Settings =>
  capital === undefined && atEnd === undefined
    ? usual
    : { ...usual, initial_capital: capital ?? usual.initial_capital, at_end: atEnd ?? usual.at_end };

/** The columns that a run reads; nobody looks at those that only have a name. */
export const columnsRead = ({ rules, alerts }: Plan): readonly ColumnId[] => [
  ...rules.flatMap(columnsOf),
  ...alerts.flatMap(({ when, text }) => [when, ...text.filter((each) => typeof each === "number")]),
];

type Input = Pick<Parameters<typeof portfolio>[0], "plan" | "settings" | "instruments" | "quotes"> &
  Pick<SpanOptions, "room"> & {
    readonly indicators?: SpanOptions["indicators"] | undefined;
    readonly flows: readonly ExternalFlow[];
  };

function single(
  prepared: Prepared,
  input: Input & { readonly given: GivenColumns | undefined },
  { from, to }: Span,
): BacktestRun {
  const { fields, bars, markets, finer, held: actions } = prepared;
  return finish(
    simulate({
      fields: sliceFields(fields, from, to),
      intervalMs: bars.intervalMs,
      symbol: bars.symbol,
      finer,
      actions,
      markets: markets.map((each): MarketHistory => ({
        ...each,
        closedCount: each.closedCount.subarray(from, to),
      })),
      ...input,
    }),
  );
}

/** Members from the first of their bars to the end of the span, traded from its beginning on. */
function universe(prepared: PreparedUniverse, input: Input, { from, to }: Span): PortfolioRun {
  const part = membersPartOf(prepared);
  const { time } = prepared.fields;
  const members =
    to === time.length
      ? part.members
      : part.members.map((each) => barsBefore(each, time[to])).filter(({ length }) => length > 0);
  const tradesFrom = from === 0 ? undefined : time[from];
  return finish(portfolio({ ...input, ...part, members, tradesFrom }));
}

function barsBefore(bars: Bars, end: number): Bars {
  const at = bars.time.findIndex((time) => time >= end);
  return at < 0 ? bars : sliceBars(bars, 0, at);
}

/** Where indicators begin. Slower clocks and other markets count bars of their own, so that they are given all there are. */
export function firstBarOf(
  { warmup, clocks }: Plan,
  { from }: Span,
  { before = "needed", lead = 0 }: SpanOptions,
): number {
  return before === "all" || clocks.length > 1 ? 0 : Math.max(0, from - Math.max(warmup, lead));
}

export const sliceFields = (fields: Fields, from: number, to: number): Fields =>
  from === 0 && to === fields.time.length
    ? fields
    : (Object.fromEntries(
        Object.entries(fields).map(([name, each]) => [name, each.subarray(from, to)]),
      ) as Fields);

const flowsIn = (
  flows: readonly ExternalFlow[],
  time: Float64Array,
  { from, to }: Span,
): readonly ExternalFlow[] =>
  flows.filter((each) => (from === 0 || each.time > time[from - 1]) && each.time <= time[to - 1]);

/** What of a run happens on its span; on the bars before it nothing is held. */
function contextOf(
  { record, cashFlows }: MeasuredRun,
  { idle }: TradedSpan,
  { lead, capital }: { readonly lead: number; readonly capital: number },
): MetricContext {
  const own = {
    equity: curveFrom(record.equity, lead),
    trades: lead === 0 ? record.trades : columnsMovedBy(record.trades, -lead),
    heldBars: record.heldBars,
  };
  const externalFlows = bookedFlows(cashFlows, idle.bars.time);
  return accountOn(idle, own, { initialCapital: capital, externalFlows });
}
