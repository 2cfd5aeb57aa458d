import type { ClosedBar, FeedClock, FeedEvent } from "@bitfever/runtime";
import type { Instant } from "./instants.js";

/** The closed bars of a symbol, as they come. */
export interface SymbolFeed {
  readonly symbol: string;
  readonly intervalMs: number;
  /** When the bar that is stamped with a time is over. */
  readonly closeOf: (time: number) => number;
  readonly events: AsyncGenerator<FeedEvent, void, void>;
}

interface JoinedFeedOptions {
  readonly clock: FeedClock;
  readonly signal: AbortSignal;
  /** How long bars of one symbol wait for those of another that should be there, in milliseconds. */
  readonly patienceMs?: number;
  /** Told of bars that are missing, and of those that change behind their close. */
  readonly say: (symbol: string, event: FeedEvent) => void;
}

/** A bar that is not told yet. */
interface Waiting {
  readonly closedAt: number;
  readonly bar: ClosedBar;
  readonly since: number;
}

interface Source extends SymbolFeed {
  readonly waiting: Waiting[];
  /** When its newest bar closed. */
  newest: number;
  isOver: boolean;
}

/** How often it is looked whether something has waited for long enough. */
const beatMs = 100;

/**
 * The bars of several symbols as instants, in order of time: what closes at one instant is told together, and nothing before what
 * closes earlier, as far as that comes within the patience.
 */
export async function* joinedFeed(
  feeds: readonly SymbolFeed[],
  { clock, signal, patienceMs = 3_000, say }: JoinedFeedOptions,
): AsyncGenerator<Instant, void> {
  const sources = feeds.map((each): Source => ({ ...each, waiting: [], newest: -Infinity, isOver: false }));
  let wake = (): void => undefined;
  let failure: unknown;
  const listen = async (source: Source): Promise<void> => {
    try {
      for await (const event of source.events) {
        hear(source, event, clock.now(), say);
        wake();
      }
    } catch (error) {
      failure ??= error;
    }
    source.isOver = true;
    wake();
  };
  for (const each of sources) void listen(each);
  try {
    for (;;) {
      const isOver = sources.every((each) => each.isOver);
      for (const instant of ready(sources, clock.now(), patienceMs)) {
        if (signal.aborted) return;
        yield instant;
      }
      if (failure !== undefined) throw failure as Error;
      if (isOver || signal.aborted) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        void clock.wait(beatMs).then(resolve);
      });
    }
  } finally {
    // Not waited for: a generator hears of it only when its next event comes.
    for (const { events } of sources) void events.return();
  }
}

function hear(source: Source, event: FeedEvent, now: number, say: JoinedFeedOptions["say"]): void {
  if (event.kind !== "bar" && event.kind !== "late_bar") {
    say(source.symbol, event);
    return;
  }
  const closedAt = source.closeOf(event.bar.time);
  source.newest = closedAt;
  source.waiting.push({ closedAt, bar: event.bar, since: now });
}

/** What waits for nothing any more. */
function* ready(sources: readonly Source[], now: number, patienceMs: number): Generator<Instant, void> {
  for (;;) {
    const first = Math.min(...sources.map(({ waiting }) => waiting[0]?.closedAt ?? Infinity));
    if (first === Infinity) return;
    const there = sources.filter(({ waiting }) => waiting[0]?.closedAt === first);
    const since = Math.min(...there.map(({ waiting }) => waiting[0].since));
    // It has told nothing of that instant, nor of a later one, and its next bar is over by then.
    const isMissing = ({ waiting, newest, intervalMs, isOver }: Source): boolean =>
      !isOver && waiting.length === 0 && newest + intervalMs <= first;
    if (sources.some(isMissing) && now < since + patienceMs) return;
    const bars = there.map(({ symbol, intervalMs, waiting }) => ({
      ...{ symbol, intervalMs },
      bar: (waiting.shift() as Waiting).bar,
    }));
    yield { closedAt: first, bars };
  }
}
