import { termsOf, type Bars, type Fields } from "@bitfever/engine";
import { Magnifier } from "./magnifier.js";
import { marketBlock, marketSurroundings, type MarketHistory } from "./markets.js";
import { openingOf } from "./opening.js";
import { barAt, readBar, type Row } from "./row.js";
import { checkClock, outcome, simulation, timingFor, type Run, type SimulationOptions } from "./run.js";
import { simulateBar, simulateEnd, type OnFill } from "./simulate.js";

export interface BacktestOptions extends Omit<SimulationOptions, "markets" | "shared"> {
  readonly fields: Fields;
  readonly intervalMs: number;
  /** Bars computed at once. The result does not depend on it; the default keeps columns in the cache. */
  readonly blockLength?: number;
  /** The other markets of the plan, by their place there. */
  readonly markets?: readonly MarketHistory[];
  readonly onFill?: OnFill;
  /** Finer bars of the same market, along which orders are met where there are any. */
  readonly finer?: Bars | undefined;
}

export interface BacktestRun extends Run {
  /** The outputs of the plan, by their place there. */
  readonly outputs: readonly Float64Array[];
  /** The stop that protects the position in each bar, the nearest of several; NaN without one. */
  readonly stop: Float64Array;
  /** Bars inside which finer ones were known; null where nobody gave any. */
  readonly magnifiedBars: number | null;
}

/**
 * The shell of a backtest: history in, as fast as it goes. Yields the number of bars done after each block, so that
 * whoever drives it can show progress or stop; `finish` just runs it.
 *
 * @throws BitFeverError BF5005 for bars of another interval than the program's, BF5072 for finer bars that are none
 */
export function* backtest(options: BacktestOptions): Generator<number, BacktestRun> {
  const { plan, fields, blockLength = 2_048, markets = [] } = options;
  checkClock(plan, options.intervalMs);
  const total = fields.time.length;
  const longest = Math.min(blockLength, total);
  const simulated = simulation({ ...options, markets: marketSurroundings(markets, longest) }, longest);
  const { session, venue } = simulated;
  const opening = openingOf(simulated, options);
  const equity = new Float64Array(total);
  const position = new Float64Array(total);
  const stop = new Float64Array(total).fill(NaN);
  const outputs = plan.outputs.map(() => new Float64Array(total));
  // One object for all bars: nobody keeps a bar, and a million of them would only feed the garbage collector.
  const bar: Row = barAt(fields, 0);
  let standing = NaN;
  const { calendar } = termsOf(options.symbol, options.instruments ?? {});
  const magnifier =
    options.finer &&
    new Magnifier(options.finer, timingFor(plan, options.settings, options.intervalMs, calendar));

  for (let from = 0; from < total; from += blockLength) {
    const to = Math.min(from + blockLength, total);
    session.prepare(
      fields,
      from,
      to,
      markets.map((each) => marketBlock(each, from, to)),
    );
    for (let i = from; i < to; i++) {
      readBar(fields, i, bar);
      if (opening !== undefined && bar.time >= opening.next) {
        opening.at(bar);
        if (!Number.isNaN(standing)) standing = venue.stopPrice;
      }
      simulateBar(session, venue, bar, options.onFill, magnifier?.inside(bar));
      equity[i] = session.equity(fields.close[i]);
      position[i] = session.position;
      // What stood before the bar is what the bar could meet; of a position that it opens, what was placed in it.
      const next = position[i] === 0 ? NaN : venue.stopPrice;
      stop[i] = Number.isNaN(standing) ? next : standing;
      standing = next;
    }
    outputs.forEach((each, k) => {
      session.copyOutput(k, each.subarray(from, to));
    });
    yield to;
  }
  if (total > 0) {
    simulateEnd(session, venue, options.settings.at_end, options.onFill);
    equity[total - 1] = session.equity(fields.close[total - 1]);
  }
  return {
    ...outcome(session, venue, fields.close[total - 1] ?? NaN),
    equity,
    position,
    stop,
    outputs,
    magnifiedBars: magnifier?.covered ?? null,
  };
}

/** Runs a generator to its end. */
export function finish<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
