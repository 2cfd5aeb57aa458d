import type { ClosedBar, Feed } from "./contract.js";
import { openingOf } from "./opening.js";
import { outcome, simulation, type Run, type SimulationOptions } from "./run.js";
import { simulateBar, simulateEnd } from "./simulate.js";

export interface PaperOptions extends SimulationOptions {
  readonly feed: Feed;
  readonly onBar?: (bar: ClosedBar, equity: number) => void;
  readonly signal?: AbortSignal;
}

/** The shell of paper trading: closed bars as they come, orders on the simulated venue. */
export async function paper(options: PaperOptions): Promise<Run> {
  const simulated = simulation(options, 1);
  const { session, venue } = simulated;
  const opening = openingOf(simulated, options);
  const equity: number[] = [];
  const position: number[] = [];
  let last = NaN;
  for await (const bar of options.feed) {
    options.signal?.throwIfAborted();
    if ("market" in bar) {
      session.on({ kind: "market", market: bar.market, bar });
      continue;
    }
    if (opening !== undefined && bar.time >= opening.next) opening.at(bar);
    simulateBar(session, venue, bar);
    last = bar.close;
    equity.push(session.equity(last));
    position.push(session.position);
    options.onBar?.(bar, session.equity(last));
  }
  if (equity.length > 0) {
    simulateEnd(session, venue, options.settings.at_end);
    equity[equity.length - 1] = session.equity(last);
  }
  return {
    ...outcome(session, venue, last),
    equity: Float64Array.from(equity),
    position: Float64Array.from(position),
  };
}
