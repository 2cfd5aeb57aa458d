import type { Fields } from "@bitfever/engine";
import { marketBlock, marketSurroundings, type MarketHistory } from "./markets.js";
import { plainWalkOf } from "./plain-walk.js";
import { checkClock } from "./run.js";
import { sessionWalkOf, type SessionWalkOptions } from "./session-walk.js";
import type { BacktestRun } from "./walk.js";

export interface BacktestOptions extends Omit<SessionWalkOptions, "markets" | "shared"> {
  readonly fields: Fields;
  readonly intervalMs: number;
  /** Bars computed at once. The result does not depend on it; the default keeps columns in the cache. */
  readonly blockLength?: number;
  /** The other markets of the plan, by their place there. */
  readonly markets?: readonly MarketHistory[];
  /** Walks with a session and the whole market, however plain the strategy: the result does not depend on it. */
  readonly isWhole?: boolean;
}

/**
 * The shell of a backtest: history in, as fast as it goes. Yields the number of bars done after each block, so that
 * whoever drives it can show progress or stop; `finish` just runs it.
 *
 * @throws BitFeverError BF5005 for bars of another interval than the program's, BF5072 for finer bars that are none
 */
export function* backtest(options: BacktestOptions): Generator<number, BacktestRun> {
  const { plan, fields, blockLength = 4_096, markets = [], isWhole = false, ...rest } = options;
  checkClock(plan, options.intervalMs);
  const total = fields.time.length;
  const longest = Math.min(blockLength, total);
  const given = { plan, markets: marketSurroundings(markets, longest), ...rest };
  const walk =
    (isWhole ? null : plainWalkOf(given, fields, longest)) ?? sessionWalkOf(given, fields, longest);
  const outputs = plan.outputs.map(() => new Float64Array(total));
  for (let from = 0; from < total; from += blockLength) {
    const to = Math.min(from + blockLength, total);
    walk.prepare(
      from,
      to,
      markets.map((each) => marketBlock(each, from, to)),
    );
    walk.walk(from, to);
    outputs.forEach((each, k) => {
      walk.copyOutput(k, each.subarray(from, to));
    });
    yield to;
  }
  if (total > 0) walk.end(options.settings.at_end);
  return walk.outcome(outputs);
}

/** Runs a generator to its end. */
export function finish<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
