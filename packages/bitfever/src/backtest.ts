import { setImmediate as turn } from "node:timers/promises";
import { BitFeverError, specialise } from "@bitfever/lang";
import {
  catalogue,
  defaultSettings,
  fieldsOf,
  summarise,
  type BacktestCurves,
  type BacktestResult,
  type Bars,
  type Settings,
} from "@bitfever/engine";
import { backtest as simulate, barAt, paper as simulatePaper, timingFor, type Run } from "@bitfever/runtime";
import { historyFeed } from "@bitfever/brokers";
import { hashBars, hashOf, hashProgram } from "./hash.js";
import { parameterNumbers, type ParameterInput } from "./parameters.js";
import type { Strategy } from "./strategy.js";

export interface BacktestOptions<Values = ParameterInput> {
  readonly params?: Partial<Values>;
  readonly settings?: Partial<Settings>;
  /** Told now and then how many of the bars are done. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface Backtest {
  readonly result: BacktestResult;
  readonly curves: BacktestCurves;
}

/** Between turns of the event loop: often enough for a progress bar, seldom enough to cost nothing. */
const blocksPerTurn = 32;

/**
 * Runs a strategy over a history of bars.
 *
 * @param strategy  from `compile`, or from a module of `bf-compile --emit ts`
 * @param bars      closed bars, oldest first
 * @returns the result as plain data, and the curves that go with it, one value per bar
 * @throws BitFeverError BF5001 or BF5002 for parameters the program does not allow, BF5005 for bars of another interval,
 *   BF5007 for none
 * @example
 * const { result } = await backtest(strategy, await readBars("prices.csv"), { settings: { commission: 0.001 } });
 * console.log(result.metrics.sharpe, result.trades.length);
 */
export async function backtest<Values>(
  strategy: Strategy<Values>,
  bars: Bars,
  options: BacktestOptions<Values> = {},
): Promise<Backtest> {
  const prepared = prepare(strategy, bars, options);
  const { plan, fields, settings } = prepared;
  const work = simulate({ plan, fields, intervalMs: bars.intervalMs, symbol: bars.symbol, settings });
  for (let blocks = 1; ; blocks++) {
    options.signal?.throwIfAborted();
    const step = work.next();
    if (step.done === true) return report(prepared, step.value, step.value.outputs);
    options.onProgress?.(step.value, bars.length);
    if (blocks % blocksPerTurn === 0) await turn();
  }
}

/**
 * Runs a strategy as paper trading would, over a history told bar by bar. The result is that of `backtest`; it takes
 * longer, and exists to be compared with.
 */
export async function paperOverHistory<Values>(
  strategy: Strategy<Values>,
  bars: Bars,
  options: BacktestOptions<Values> = {},
): Promise<Backtest> {
  const prepared = prepare(strategy, bars, options);
  const { plan, fields, settings } = prepared;
  const rows = function* () {
    for (let i = 0; i < bars.length; i++) {
      if (i % 4_096 === 0) options.onProgress?.(i, bars.length);
      yield barAt(fields, i);
    }
  };
  const { signal } = options;
  const feed = historyFeed(rows());
  const run = await simulatePaper({
    plan,
    symbol: bars.symbol,
    intervalMs: bars.intervalMs,
    settings,
    feed,
    ...(signal ? { signal } : {}),
  });
  return report(prepared, run, []);
}

interface Prepared {
  readonly program: Strategy["program"];
  readonly plan: ReturnType<typeof specialise>;
  readonly bars: Bars;
  readonly fields: ReturnType<typeof fieldsOf>;
  readonly settings: Settings;
}

function prepare<Values>(
  { program }: Strategy<Values>,
  bars: Bars,
  options: BacktestOptions<Values>,
): Prepared {
  if (bars.length === 0) throw new BitFeverError("BF5007", `there are no bars of ${bars.symbol} to run on`);
  const settings = { ...defaultSettings, ...options.settings };
  const values = parameterNumbers(program, (options.params ?? {}) as ParameterInput);
  const plan = specialise(program, catalogue, values, { withLets: true });
  const fields = fieldsOf(bars, timingFor(plan, settings, bars.intervalMs));
  return { program, plan, bars, fields, settings };
}

function report(prepared: Prepared, run: Run, outputs: readonly Float64Array[]): Backtest {
  const { program, plan, bars, settings } = prepared;
  const hashes = {
    program: hashProgram(program),
    data: hashBars(bars),
    settings: hashOf({ settings, parameters: plan.parameters }),
  };
  const series = outputs.map((values, i) => {
    const { name, unit, plot } = plan.outputs[i];
    return { name, unit, values, ...(plot && { plot }) };
  });
  return {
    result: summarise({ ...prepared, ...run, hashes }),
    curves: {
      equity: run.equity,
      position: run.position,
      series: series.filter((each) => each.unit !== "bool" || each.plot !== undefined),
    },
  };
}
