import { closeTimeOf, type Timing } from "@bitfever/engine";
import type { ClosedBar } from "../contract.js";
import { barGrid, type BarGrid } from "./bar-grid.js";
import { checkCandle, noCounts, type Candle, type FeedCounts, type FeedEvent } from "./feed-event.js";
import { SessionPlaces, type SessionPlace } from "./session-places.js";

/** What a venue says of a candle, open or closed. */
export interface CandleUpdate extends Candle {
  /** Whether it will not change any more; left out by venues that never say so. */
  readonly isClosed?: boolean;
  /** When the venue made this version, if it says so: the latest counts. Else the one with more volume does. */
  readonly madeAt?: number;
}

export interface ClosedCandlesOptions {
  readonly timing: Timing;
  /**
   * How long the feed waits: for an earlier candle before it is a gap, and behind its end for the last version of one that nobody
   * says is closed. Milliseconds.
   */
  readonly patienceMs: number;
  /** Whether the venue says which candle is closed: one that it never called so is missing. */
  readonly saysClosed: boolean;
  /** The bar before the first, as a history ended with it; left out, the feed begins with the first candle that it hears of. */
  readonly after?: ClosedBar | undefined;
}

/** The newest version of a candle that is not told yet. */
interface WaitingCandle {
  readonly candle: CandleUpdate;
  /** Since when the feed could tell it, but for earlier ones; undefined while it may still change. */
  readonly since: number | undefined;
}

/** Plain data. */
export interface ClosedCandlesSnapshot {
  readonly now: number;
  readonly waiting: readonly WaitingCandle[];
  readonly recent: readonly ClosedBar[];
  readonly place: SessionPlace;
  readonly counts: FeedCounts;
}

/** So many told bars are compared with what the venue says of them later. */
const rememberedBars = 500;

/**
 * Makes each closed bar once, in order of time, of what a venue says of its candles: open ones again and again, some twice, some too
 * late. Bars that the calendar has and that do not come are a gap.
 */
export class ClosedCandles {
  readonly counts: Record<keyof FeedCounts, number> = noCounts();
  private readonly grid: BarGrid;
  private readonly places: SessionPlaces;
  private readonly closeOf: (time: number) => number;
  private now = -Infinity;
  /** Oldest first. */
  private waiting: WaitingCandle[] = [];
  /** As they were told, or as the venue revised them since; oldest first. */
  private recent: ClosedBar[];

  /** @throws BitFeverError BF5167 for an interval that is no length of a bar, or longer than a day */
  constructor(private readonly options: ClosedCandlesOptions) {
    const { timing, after } = options;
    this.grid = barGrid(timing);
    this.places = new SessionPlaces(timing, after);
    this.closeOf = closeTimeOf(timing);
    this.recent = after === undefined ? [] : [after];
  }

  /**
   * @param now  when it was heard, by the clock that `at` tells
   * @throws BitFeverError BF5168 for what is no candle
   */
  on(update: CandleUpdate, now: number): readonly FeedEvent[] {
    checkCandle(update);
    const events: FeedEvent[] = [];
    const last = this.recent.at(-1);
    if (last !== undefined && update.time <= last.time) this.compare(update, events);
    else this.take(update, Math.max(now, this.now));
    return this.settled(now, events);
  }

  at(now: number): readonly FeedEvent[] {
    return this.settled(now, []);
  }

  /** Nothing was heard for a while: a candle that has not come to its end is not known to be whole, and is missing until it comes again. */
  missing(): void {
    this.waiting = this.waiting.filter(({ since }) => since !== undefined);
  }

  snapshot(): ClosedCandlesSnapshot {
    const { now, waiting, recent, places, counts } = this;
    return {
      now,
      waiting: [...waiting],
      recent: [...recent],
      place: places.snapshot(),
      counts: { ...counts },
    };
  }

  /** Takes the place of the one the snapshot was made of; options must be the same. */
  restore(snapshot: ClosedCandlesSnapshot): void {
    this.now = snapshot.now;
    this.waiting = [...snapshot.waiting];
    this.recent = [...snapshot.recent];
    this.places.restore(snapshot.place);
    Object.assign(this.counts, snapshot.counts);
  }

  /** Says something of a bar that was told. */
  private compare(update: CandleUpdate, events: FeedEvent[]): void {
    const at = this.recent.findLastIndex((each) => each.time === update.time);
    const known = this.recent[at];
    if (known === undefined || isEarlier(update, known, this.options.saysClosed)) this.counts.stale++;
    else if (isSame(update, known)) this.counts.duplicate++;
    else {
      const revised = candleOf(update);
      this.recent[at] = { ...revised, session_bar: known.session_bar };
      events.push({ kind: "revision", told: known, revised });
    }
  }

  private take(update: CandleUpdate, now: number): void {
    let at = this.waiting.length;
    while (at > 0 && this.waiting[at - 1].candle.time >= update.time) at--;
    const known = this.waiting[at]?.candle.time === update.time ? this.waiting[at] : undefined;
    if (known !== undefined && isSame(update, known.candle) && update.isClosed === known.candle.isClosed)
      this.counts.duplicate++;
    if (known !== undefined && !isNewer(update, known.candle)) return;
    const since = known?.since ?? (update.isClosed === true ? now : undefined);
    this.waiting.splice(at, known === undefined ? 0 : 1, { candle: update, since });
  }

  private settled(given: number, events: FeedEvent[]): readonly FeedEvent[] {
    const now = (this.now = Math.max(this.now, given));
    this.closeByTime(now);
    for (;;) {
      const at = this.waiting.findIndex(({ since }) => since !== undefined);
      if (at < 0) break;
      const { candle } = this.waiting[at];
      const last = this.recent.at(-1);
      const expected = last === undefined ? undefined : this.grid.next(last.time);
      // Nobody knows which is the first of all, so that one waits as if some were missing.
      const isNext = expected !== undefined && candle.time <= expected && at === 0;
      // What is earlier than any that was heard comes soon after it, or not at all.
      const since = Math.min(...this.waiting.map((each) => each.since ?? Infinity));
      if (!isNext && now < since + this.options.patienceMs) break;
      const missing = expected === undefined ? Infinity : Math.min(expected, this.waiting[0].candle.time);
      if (missing < candle.time) events.push({ kind: "gap", gap: { from: missing, to: candle.time } });
      this.waiting.splice(0, at + 1);
      const bar = this.places.placed(candle);
      this.recent.push(bar);
      if (this.recent.length > rememberedBars) this.recent.shift();
      events.push({ kind: "bar", bar });
    }
    for (const { kind } of events) this.counts[kind]++;
    return events;
  }

  /** Where the venue never says it, a candle is closed when it has been over for long enough. */
  private closeByTime(now: number): void {
    if (this.options.saysClosed) return;
    this.waiting = this.waiting.map((each) => {
      const at = this.closeOf(each.candle.time) + this.options.patienceMs;
      return each.since === undefined && now >= at ? { ...each, since: at } : each;
    });
  }
}

const parts = ["open", "high", "low", "close", "volume"] as const;

const isSame = (a: Candle, b: Candle): boolean => parts.every((part) => Object.is(a[part], b[part]));

const candleOf = ({ time, open, high, low, close, volume }: Candle): Candle => ({
  ...{ time, open, high, low, close, volume },
});

/** Whether an update is of a candle as it was before it was closed. */
function isEarlier(update: CandleUpdate, told: Candle, saysClosed: boolean): boolean {
  return saysClosed ? update.isClosed !== true : update.volume < told.volume;
}

/** What is closed is not opened again; of two others the later version counts. */
function isNewer(update: CandleUpdate, known: CandleUpdate): boolean {
  const [is, was] = [update.isClosed === true, known.isClosed === true];
  if (is !== was) return is;
  if (update.madeAt !== undefined && known.madeAt !== undefined) return update.madeAt >= known.madeAt;
  return is || !(update.volume < known.volume);
}
