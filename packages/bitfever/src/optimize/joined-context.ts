import {
  accountOn,
  columnsMovedBy,
  curveOf,
  metricContext,
  valuesOf,
  type Bars,
  type MetricContext,
  type Span,
  type TradeColumns,
} from "@bitfever/engine";

/** What came of trading a span: of the span alone, so that its first bar is bar 0. */
export interface SpanOutcome {
  readonly span: Span;
  readonly context: MetricContext;
}

/**
 * Runs on spans of one history, each of which began with what the one before left, as one run. The time between two spans is taken
 * out, and what the market did in it: a year is a year that was traded.
 *
 * @param parts  in order of time, at least one
 */
export function joinedContext(parts: readonly SpanOutcome[]): MetricContext {
  const [{ context: first }] = parts;
  if (parts.length === 1) return first;
  const { bars, benchmark } = withoutGaps(parts);
  const starts = startsOf(parts);
  const equity = curveOf(joined(parts, ({ timeWeighted }) => valuesOf(timeWeighted)));
  const sessionEnds = parts.flatMap(({ context }, i) =>
    Array.from(context.sessionEnds, (end) => end + starts[i]),
  );
  const record = {
    equity,
    heldBars: parts.reduce((sum, { context }) => sum + context.heldBars, 0),
    trades: joinedTrades(parts.map(({ context }, i) => columnsMovedBy(context.trades, starts[i]))),
  };
  const { initialCapital, trials, sessionsPerYear } = first;
  const run = { bars, benchmark, initialCapital, trials };
  // The days of the week are lost where the time between two spans is taken out.
  return { ...metricContext(record, run, Int32Array.from(sessionEnds)), sessionsPerYear };
}

/** An account that holds nothing for a whole span. */
export function flatContext(idle: MetricContext, capital: number): MetricContext {
  const equity = curveOf(new Float64Array(idle.bars.length).fill(capital));
  return accountOn(idle, { ...idle, equity }, { ...idle, initialCapital: capital });
}

function joined(parts: readonly SpanOutcome[], of: (context: MetricContext) => Float64Array): Float64Array {
  const columns = parts.map(({ context }) => of(context));
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const each of columns) {
    all.set(each, next);
    next += each.length;
  }
  return all;
}

/** Trades of runs that followed one another: the closed ones of all, and then those that are open. */
function joinedTrades(parts: readonly TradeColumns[]): TradeColumns {
  const column = (of: (trades: TradeColumns) => ArrayLike<number>): number[] => [
    ...parts.flatMap((each) => Array.from(of(each)).slice(0, each.closed)),
    ...parts.flatMap((each) => Array.from(of(each)).slice(each.closed, each.length)),
  ];
  const doubles = (of: (trades: TradeColumns) => Float64Array): Float64Array => Float64Array.from(column(of));
  return {
    length: parts.reduce((sum, { length }) => sum + length, 0),
    closed: parts.reduce((sum, { closed }) => sum + closed, 0),
    direction: Int8Array.from(column(({ direction }) => direction)),
    entryBar: Int32Array.from(column(({ entryBar }) => entryBar)),
    exitBar: Int32Array.from(column(({ exitBar }) => exitBar)),
    entryPrice: doubles(({ entryPrice }) => entryPrice),
    exitPrice: doubles(({ exitPrice }) => exitPrice),
    entryValue: doubles(({ entryValue }) => entryValue),
    exitValue: doubles(({ exitValue }) => exitValue),
    profit: doubles(({ profit }) => profit),
    commission: doubles(({ commission }) => commission),
    hasSplits: parts.some(({ hasSplits }) => hasSplits),
    hasSymbols: parts.some(({ hasSymbols }) => hasSymbols),
  };
}

/** The first bar of each part among those of all. */
function startsOf(parts: readonly SpanOutcome[]): readonly number[] {
  let next = 0;
  return parts.map(({ context }) => {
    const start = next;
    next += context.bars.length;
    return start;
  });
}

/** Bars that follow one another, and a market that goes on behind a gap from where it was before it. */
function withoutGaps(parts: readonly SpanOutcome[]): Pick<MetricContext, "bars" | "benchmark"> {
  const bars = joinedBars(parts, "bars");
  const benchmark = joinedBars(parts, "benchmark");
  const starts = startsOf(parts);
  let [shift, factor] = [0, 1];
  for (let i = 1; i < parts.length; i++) {
    const { span: before, context: left } = parts[i - 1];
    const { span, context } = parts[i];
    if (span.from > before.to) {
      const last = left.bars.length - 1;
      shift += context.bars.time[0] - left.bars.time[last] - left.bars.intervalMs;
      factor *= left.benchmark.close[last] / context.benchmark.open[0];
    }
    const end = starts[i] + context.bars.length;
    for (let bar = starts[i]; bar < end; bar++) bars.time[bar] -= shift;
    for (const column of [benchmark.open, benchmark.high, benchmark.low, benchmark.close])
      for (let bar = starts[i]; bar < end; bar++) column[bar] *= factor;
  }
  return { bars, benchmark: { ...benchmark, time: bars.time } };
}

function joinedBars(parts: readonly SpanOutcome[], name: "bars" | "benchmark"): Bars {
  const column = (of: (bars: Bars) => Float64Array): Float64Array =>
    joined(parts, (context) => of(context[name]));
  const time = column((each) => each.time);
  return {
    ...{ ...parts[0].context[name], length: time.length, time },
    ...{ open: column((each) => each.open), high: column((each) => each.high) },
    ...{ low: column((each) => each.low), close: column((each) => each.close) },
    volume: column((each) => each.volume),
  };
}
