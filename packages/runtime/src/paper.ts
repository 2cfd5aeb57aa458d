import type { ClosedBar, Feed, MarketBar } from "./contract.js";
import type { DeskCommand } from "./desk/command.js";
import type { SymbolBar } from "./desk/input.js";
import type { Member } from "./desk/member.js";
import { seatOf } from "./desk/seat.js";
import { Gatekeeper } from "./gates/gatekeeper.js";
import type { GateRule } from "./gates/gate-rule.js";
import type { Journal } from "./journal/journal.js";
import { deskAtHand } from "./live/desk-at-hand.js";
import { PaperTrading } from "./live/paper-trading.js";
import { outcome, type Run, type SimulationOptions } from "./run.js";

export interface PaperOptions extends SimulationOptions {
  readonly feed: Feed;
  readonly gates?: readonly GateRule[] | undefined;
  /** Where all of it is kept, and from where it goes on: the feed then tells what that has not heard yet. */
  readonly journal?: Journal | undefined;
  readonly recordsPerSnapshot?: number | undefined;
  readonly onCommand?: ((command: DeskCommand) => void) | undefined;
  readonly onBar?: (bar: ClosedBar, equity: number) => void;
  readonly signal?: AbortSignal;
}

/** Paper trading of one strategy: closed bars as they come, orders on the simulated venue, through the same desk as live. */
export async function paper(options: PaperOptions): Promise<Run> {
  const {
    symbol,
    settings,
    feed,
    signal,
    onBar,
    gates = [],
    journal,
    recordsPerSnapshot,
    onCommand,
  } = options;
  const seat = seatOf({ ...options, strategy: options.plan.name });
  const { member, market, closeOf } = seat;
  const { session } = member;
  const desk = deskAtHand([member], new Gatekeeper(gates));
  // What it comes to lists all trades.
  const kept = { journal, recordsPerSnapshot, keptTrades: Infinity };
  const trading = new PaperTrading({ desk, markets: [market], ...kept, onCommand });
  const equity: number[] = [];
  const position: number[] = [];
  const others: SymbolBar[] = [];
  let last = NaN;
  for await (const bar of feed) {
    signal?.throwIfAborted();
    if ("market" in bar) {
      others.push(...otherBar(member, bar));
      continue;
    }
    const closedAt = closeOf(bar.time);
    const own = { symbol, intervalMs: member.intervalMs, bar };
    trading.bars([...others.splice(0), own], closedAt, closedAt);
    last = bar.close;
    equity.push(session.equity(last));
    position.push(session.position);
    onBar?.(bar, session.equity(last));
  }
  if (equity.length > 0) {
    if (settings.at_end !== "mark") trading.end(settings.at_end);
    equity[equity.length - 1] = session.equity(last);
  }
  return {
    ...outcome(session, market.matching, last),
    equity: Float64Array.from(equity),
    position: Float64Array.from(position),
  };
}

/** A bar of another market, once for all who read it; one of its own stream it hears of in any case. */
function otherBar(
  { reads, symbol, intervalMs }: Member,
  { market, ...bar }: MarketBar,
): readonly SymbolBar[] {
  const read = reads[market];
  const isSame = (other: Omit<SymbolBar, "bar">): boolean =>
    other.symbol === read.symbol && other.intervalMs === read.intervalMs;
  const isRepeated = reads.findIndex(isSame) < market || isSame({ symbol, intervalMs });
  return isRepeated ? [] : [{ ...read, bar }];
}
