import type { Fields } from "@bitfever/engine";
import type { ClosedBar } from "./contract.js";
import { checkClock, outcome, simulation, type Run, type SimulationOptions } from "./run.js";
import { simulateBar } from "./simulate.js";

export interface BacktestOptions extends SimulationOptions {
  readonly fields: Fields;
  readonly intervalMs: number;
  /** Bars computed at once. The result does not depend on it; the default keeps columns in the cache. */
  readonly blockLength?: number;
}

export interface BacktestRun extends Run {
  /** The outputs of the plan, by their place there. */
  readonly outputs: readonly Float64Array[];
}

/**
 * The shell of a backtest: history in, as fast as it goes. Yields the number of bars done after each block, so that
 * whoever drives it can show progress or stop; `finish` just runs it.
 *
 * @throws BitFeverError BF5005 for bars of another interval than the program's
 */
export function* backtest(options: BacktestOptions): Generator<number, BacktestRun> {
  const { plan, fields, blockLength = 2_048 } = options;
  checkClock(plan, options.intervalMs);
  const total = fields.time.length;
  const { session, venue } = simulation(options, Math.min(blockLength, total));
  const equity = new Float64Array(total);
  const position = new Float64Array(total);
  const outputs = plan.outputs.map(() => new Float64Array(total));
  // One object for all bars: nobody keeps a bar, and a million of them would only feed the garbage collector.
  const bar: Row = barAt(fields, 0);

  for (let from = 0; from < total; from += blockLength) {
    const to = Math.min(from + blockLength, total);
    session.prepare(fields, from, to);
    for (let i = from; i < to; i++) {
      readBar(fields, i, bar);
      simulateBar(session, venue, bar);
      equity[i] = session.equity(fields.close[i]);
      position[i] = session.position;
    }
    outputs.forEach((each, k) => {
      session.copyOutput(k, each.subarray(from, to));
    });
    yield to;
  }
  return { ...outcome(session, fields.close[total - 1] ?? NaN), equity, position, outputs };
}

/** Runs a generator to its end. */
export function finish<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

type Row = { -readonly [Name in keyof ClosedBar]: ClosedBar[Name] };

/** One bar of columns, as a row. */
export function barAt(fields: Fields, i: number): ClosedBar {
  return readBar(fields, i, { time: 0, open: 0, high: 0, low: 0, close: 0, volume: 0, session_bar: 0 });
}

function readBar(fields: Fields, i: number, row: Row): Row {
  row.time = fields.time[i];
  row.open = fields.open[i];
  row.high = fields.high[i];
  row.low = fields.low[i];
  row.close = fields.close[i];
  row.volume = fields.volume[i];
  row.session_bar = fields.session_bar[i];
  return row;
}
