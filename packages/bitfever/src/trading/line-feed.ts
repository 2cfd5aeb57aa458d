import { closeTimeOf, isoTime } from "@bitfever/engine";
import { ClosedCandles, type ClosedBar, type FeedEvent, type Gap } from "@bitfever/runtime";
import type { BarLine } from "./bar-lines.js";
import type { AccountDesk } from "./desk-of-setup.js";
import type { Instant } from "./instants.js";

export interface LineFeedOptions extends Pick<AccountDesk, "timings"> {
  /** The bar of each symbol behind which the feed goes on. */
  readonly last: ReadonlyMap<string, ClosedBar>;
  /** Whether stamps are the close of their bar. */
  readonly isStampedAtClose: boolean;
  /** Told of gaps, of bars that change behind their close and of symbols that nobody trades. */
  readonly say: (text: string) => void;
}

interface Stream {
  readonly candles: ClosedCandles;
  readonly closeOf: (time: number) => number;
  readonly intervalMs: number;
}

/** Clocks of machines differ by so much: a bar that ends so soon is taken for closed. */
const clockToleranceMs = 1_000;

/**
 * Lines as closed bars, each once and in order of time. What is not over by the clock is waited for in another line; what was heard
 * before is passed over.
 */
export class LineFeed {
  private readonly streams: ReadonlyMap<string, Stream>;
  private readonly said = new Set<string>();

  constructor(private readonly options: LineFeedOptions) {
    this.streams = new Map(
      [...options.timings].map(([symbol, timing]) => [
        symbol,
        {
          candles: new ClosedCandles({
            timing,
            patienceMs: 0,
            saysClosed: true,
            after: options.last.get(symbol),
          }),
          closeOf: closeTimeOf(timing),
          intervalMs: timing.isDated ? 0 : timing.intervalMs,
        },
      ]),
    );
  }

  /** What came at once: bars that closed at one instant are told together, where they came together. */
  take(lines: readonly BarLine[], now: number): readonly Instant[] {
    const instants = new Map<number, Instant["bars"]>();
    for (const line of lines)
      for (const { closedAt, bar } of this.closed(line, now))
        instants.set(closedAt, [...(instants.get(closedAt) ?? []), bar]);
    return [...instants].sort(([a], [b]) => a - b).map(([closedAt, bars]) => ({ closedAt, bars }));
  }

  /** How many lines told what was known already. */
  get passedOver(): number {
    return [...this.streams.values()].reduce(
      (sum, { candles: { counts } }) => sum + counts.duplicate + counts.stale,
      0,
    );
  }

  private *closed({ symbol, candle, isClosed }: BarLine, now: number) {
    const stream = this.streams.get(symbol);
    if (stream === undefined) {
      this.once(
        symbol,
        `nobody trades ${symbol}: its bars are passed over; there are ${[...this.streams.keys()].join(", ")}`,
      );
      return;
    }
    const { candles, closeOf, intervalMs } = stream;
    const time = this.options.isStampedAtClose ? candle.time - intervalMs : candle.time;
    const isOver = closeOf(time) <= now + clockToleranceMs;
    if (isClosed !== false && !isOver)
      this.once(
        `${symbol} early`,
        `the bar of ${symbol} at ${isoTime(time)} is not over by the clock of this machine: it waits for a line that says so later`,
      );
    for (const event of candles.on({ ...candle, time, isClosed: isClosed !== false && isOver }, now)) {
      if (event.kind === "bar")
        yield {
          closedAt: closeOf(event.bar.time),
          bar: { symbol, intervalMs: this.intervalOf(symbol), bar: event.bar },
        };
      else this.notice(symbol, event);
    }
  }

  private intervalOf(symbol: string): number {
    return this.options.timings.get(symbol)?.intervalMs ?? 0;
  }

  private notice(symbol: string, event: FeedEvent): void {
    const { say } = this.options;
    if (event.kind === "gap" && this.isMissed(symbol, event.gap))
      say(
        `bars of ${symbol} are missing from ${isoTime(event.gap.from)} to ${isoTime(event.gap.to)}: it goes on without them`,
      );
    else if (event.kind === "revision")
      say(
        `the bar of ${symbol} at ${isoTime(event.told.time)} is told a second time, and otherwise: it stays as it was`,
      );
  }

  private once(what: string, text: string): void {
    if (!this.said.has(what)) this.options.say(text);
    this.said.add(what);
  }

  /** Where the hours of a market are not known, what lies between two days is its night. */
  private isMissed(symbol: string, { from, to }: Gap): boolean {
    const calendar = this.options.timings.get(symbol)?.calendar;
    return calendar === undefined || calendar.hasHours || to <= calendar.sessionAt(from).close;
  }
}
