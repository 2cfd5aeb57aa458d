import { BitFeverError } from "@bitfever/lang";
import type { Timing } from "@bitfever/engine";
import type { ClosedBar } from "../contract.js";
import { barGrid, type BarGrid, type BarSpan } from "./bar-grid.js";
import { noCounts, type FeedCounts, type FeedEvent, type FeedTrade, type Gap } from "./feed-event.js";
import { SessionPlaces, type SessionPlace } from "./session-places.js";

export interface BarBuilderOptions {
  readonly timing: Timing;
  /**
   * The instant from which on all trades are told. Bars that began before it are not told, since nobody saw all of them: they are a
   * gap.
   */
  readonly from: number;
  /** How long a bar waits for trades that come late, in milliseconds; 0 when left out. */
  readonly graceMs?: number;
  /** The bar before the first, as a history ended with it. */
  readonly after?: ClosedBar | undefined;
}

/** A bar that takes in trades. */
interface GrowingBar {
  readonly time: number;
  readonly end: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** Of the trades that made `open` and `close`. */
  first: number;
  last: number;
}

/** Bars of which nobody saw all trades, and when the last of them is over. */
interface MissedBars extends Gap {
  readonly end: number;
}

/** Plain data. */
export interface BarBuilderSnapshot {
  readonly now: number;
  readonly waiting: readonly FeedTrade[];
  readonly bar: Readonly<GrowingBar> | undefined;
  readonly missed: MissedBars | undefined;
  readonly ids: readonly number[];
  readonly place: SessionPlace;
  readonly counts: FeedCounts;
}

/** Enough for what a venue tells again when it is connected to anew. */
const rememberedIds = 4_096;

/**
 * Makes closed bars of trades. A bar is closed once somebody says, by a trade or the clock, that its end and the grace period are
 * over; it has the trades that came until then, in the order in which they happened. A bar without trades is left out.
 */
export class BarBuilder {
  readonly counts: Record<keyof FeedCounts, number> = noCounts();
  private readonly grid: BarGrid;
  private readonly places: SessionPlaces;
  private readonly graceMs: number;
  private now: number;
  /** Trades for which earlier ones may still come, in order. */
  private waiting: FeedTrade[] = [];
  private bar: GrowingBar | undefined;
  private missed: MissedBars | undefined;
  private ids = new Set<number>();

  /** @throws BitFeverError BF5167 for an interval that is no length of a bar, or longer than a day */
  constructor({ timing, from, graceMs = 0, after }: BarBuilderOptions) {
    this.grid = barGrid(timing);
    this.places = new SessionPlaces(timing, after);
    this.graceMs = graceMs;
    this.now = from;
    const begun = this.grid.at(from - 1);
    const first = after === undefined ? begun.time : this.grid.next(after.time);
    if (after !== undefined || begun.end > from) this.miss(first, from);
  }

  /** @throws BitFeverError BF5168 for what is no trade */
  on(trade: FeedTrade): readonly FeedEvent[] {
    const { time, price, quantity, id } = trade;
    if (!Number.isFinite(time) || !Number.isFinite(price) || !(quantity >= 0 && quantity < Infinity)) {
      throw new BitFeverError("BF5168", `no trade: time ${time}, price ${price}, quantity ${quantity}`, {
        hint: "an adapter gives numbers, and quantities that are not below 0",
      });
    }
    if (id !== undefined && this.isKnown(id)) {
      this.counts.duplicate++;
      return [];
    }
    const span = this.grid.at(time);
    if (this.now >= span.end + this.graceMs) return this.told([{ kind: "late_trade", trade }]);
    // Too late to be put in order, in time for its bar.
    if (time + this.graceMs < this.now && this.bar?.time === span.time) {
      takeIn(this.bar, trade);
      return [];
    }
    let place = this.waiting.length;
    while (place > 0 && isBefore(trade, this.waiting[place - 1])) place--;
    this.waiting.splice(place, 0, trade);
    return this.at(time);
  }

  /** Says what time it is, by the clock of the venue. */
  at(time: number): readonly FeedEvent[] {
    if (!(time > this.now)) return [];
    this.now = time;
    const events: FeedEvent[] = [];
    let count = 0;
    for (; count < this.waiting.length; count++) {
      const trade = this.waiting[count];
      if (trade.time + this.graceMs >= time) break;
      if (this.bar !== undefined && trade.time >= this.bar.end) this.close(events);
      this.bar ??= started(this.grid.at(trade.time), trade);
      takeIn(this.bar, trade);
    }
    this.waiting.splice(0, count);
    if (this.bar !== undefined && time >= this.bar.end + this.graceMs) this.close(events);
    if (this.missed !== undefined && time >= this.missed.end + this.graceMs) this.tellMissed(events);
    return this.told(events);
  }

  /** Says that trades may be missing up to an instant: bars that began before it and are not closed yet are a gap. */
  missing(until: number): void {
    const oldest = this.bar?.time ?? this.grid.at(this.waiting[0]?.time ?? this.now).time;
    this.miss(
      Math.min(oldest, this.missed?.from ?? Infinity),
      Math.max(until, this.missed?.end ?? -Infinity),
    );
  }

  snapshot(): BarBuilderSnapshot {
    const { now, waiting, bar, missed, ids, places, counts } = this;
    return {
      ...{ now, missed },
      waiting: [...waiting],
      bar: bar && { ...bar },
      ids: [...ids],
      place: places.snapshot(),
      counts: { ...counts },
    };
  }

  /** Takes the place of the builder the snapshot was made of; options must be the same. */
  restore(snapshot: BarBuilderSnapshot): void {
    this.now = snapshot.now;
    this.waiting = [...snapshot.waiting];
    this.bar = snapshot.bar && { ...snapshot.bar };
    this.missed = snapshot.missed;
    this.ids = new Set(snapshot.ids);
    this.places.restore(snapshot.place);
    Object.assign(this.counts, snapshot.counts);
  }

  private close(events: FeedEvent[]): void {
    const { bar, missed } = this;
    this.bar = undefined;
    if (bar === undefined) return;
    if (missed !== undefined && bar.time >= missed.to) this.tellMissed(events);
    else if (missed !== undefined && bar.time >= missed.from) return;
    events.push({ kind: "bar", bar: this.places.placed(bar) });
  }

  /** Only once the missed bars are over: before, no history has them. */
  private tellMissed(events: FeedEvent[]): void {
    if (this.missed === undefined) return;
    const { from, to } = this.missed;
    this.missed = undefined;
    events.push({ kind: "gap", gap: { from, to } });
  }

  /** From the bar with that stamp on to the one in which the last missed trade may lie. */
  private miss(from: number, until: number): void {
    const { end } = this.grid.at(until - 1);
    const to = this.grid.at(end).time;
    if (from < to) this.missed = { from, to, end };
  }

  private isKnown(id: number): boolean {
    if (this.ids.has(id)) return true;
    this.ids.add(id);
    if (this.ids.size > rememberedIds) {
      const [oldest] = this.ids;
      this.ids.delete(oldest);
    }
    return false;
  }

  private told(events: readonly FeedEvent[]): readonly FeedEvent[] {
    for (const { kind } of events) this.counts[kind]++;
    return events;
  }
}

const isBefore = (a: FeedTrade, b: FeedTrade): boolean =>
  a.time < b.time || (a.time === b.time && a.id !== undefined && b.id !== undefined && a.id < b.id);

const started = ({ time, end }: BarSpan, { time: at, price }: FeedTrade): GrowingBar => ({
  ...{ time, end, open: price, high: price, low: price, close: price },
  ...{ volume: 0, first: at, last: at },
});

function takeIn(bar: GrowingBar, { time, price, quantity }: FeedTrade): void {
  if (time < bar.first) [bar.open, bar.first] = [price, time];
  if (time >= bar.last) [bar.close, bar.last] = [price, time];
  if (price > bar.high) bar.high = price;
  if (price < bar.low) bar.low = price;
  bar.volume += quantity;
}
