import {
  barsOf,
  dayMs,
  equalWeight,
  metricContext,
  recordOf,
  onlyTrial,
  sliceBars,
  type Bars,
  type MetricContext,
  type Trade,
} from "@bitfever/engine";
import type { SystemDays, SystemsRun } from "@bitfever/runtime";

/** The days of several systems, and what holding the same of each market would have come to on them. */
export interface Market {
  readonly bars: Bars;
  readonly days: SystemDays;
  readonly initialCapital: number;
}

export function marketOf(histories: readonly Bars[], days: SystemDays, initialCapital: number): Market {
  const daily = histories.map((bars, i) => dailyBars(bars, days, i));
  const time = Float64Array.from(days.days, (day) => day * dayMs);
  const momentOf = daily.map((each) => {
    let at = 0;
    return Int32Array.from(each.time, (day) => {
      while (time[at] < day) at++;
      return at;
    });
  });
  const [only] = daily;
  return { bars: daily.length === 1 ? only : equalWeight(daily, { time, momentOf }), days, initialCapital };
}

/** The bars that are over on each day as one. */
function dailyBars(bars: Bars, { days, closed }: SystemDays, system: number): Bars {
  const rows = [...days].flatMap((day, i) => {
    const from = i === 0 ? 0 : closed[system][i - 1];
    const to = closed[system][i];
    if (from === to) return [];
    const cut = sliceBars(bars, from, to);
    return {
      time: day * dayMs,
      open: cut.open[0],
      high: cut.high.reduce((a, b) => Math.max(a, b)),
      low: cut.low.reduce((a, b) => Math.min(a, b)),
      close: cut.close[to - from - 1],
      volume: cut.volume.reduce((a, b) => a + b),
    };
  });
  const column = (name: keyof (typeof rows)[number]): Float64Array =>
    Float64Array.from(rows, (row) => row[name]);
  return barsOf(bars.symbol, {
    time: column("time"),
    open: column("open"),
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("volume"),
  });
}

/** What metrics look at, of the days `[from, to)` of a run: each day is a session, and no trade reaches beyond them. */
export function contextOver(run: SystemsRun, market: Market, from: number, to: number): MetricContext {
  const { bars, days, initialCapital } = market;
  const length = to - from;
  const trades = run.systems
    .flatMap(({ trades: own }, i) => own.map((each) => onDays(each, days.dayOf[i], from)))
    // What was open at an end of the days is not known there as a whole.
    .filter(({ entryBar, exitBar }) => {
      const isOpenAtTheEnd = exitBar === null && to === bars.length;
      return entryBar >= 0 && (isOpenAtTheEnd || (exitBar !== null && exitBar < length));
    })
    .sort((a, b) => a.entryTime - b.entryTime);
  return metricContext(
    recordOf({
      equity: run.equity.subarray(from, to),
      position: run.position.subarray(from, to),
      trades,
    }),
    {
      bars: sliceBars(bars, from, to),
      initialCapital: from === 0 ? initialCapital : run.equity[from - 1],
      trials: onlyTrial,
    },
    Int32Array.from({ length }, (_, i) => i),
  );
}

const onDays = (trade: Trade, dayOf: Int32Array, from: number): Trade => ({
  ...trade,
  entryBar: dayOf[trade.entryBar] - from,
  exitBar: trade.exitBar === null ? null : dayOf[trade.exitBar] - from,
});
