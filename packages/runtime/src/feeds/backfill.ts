import type { Timing } from "@bitfever/engine";
import type { ClosedBar } from "../contract.js";
import { barGrid, type BarGrid } from "./bar-grid.js";
import {
  checkCandle,
  noCounts,
  type Candle,
  type FeedCounts,
  type FeedEvent,
  type Gap,
} from "./feed-event.js";
import { SessionPlaces, type SessionPlace } from "./session-places.js";

/** Asks whoever has histories for the bars of a gap. */
export interface BackfillRequest {
  readonly kind: "ask";
  readonly gap: Gap;
  /** 1 for the first. */
  readonly attempt: number;
}

export type BackfillOutput = FeedEvent | BackfillRequest;

export interface BackfillOptions {
  readonly timing: Timing;
  /** Whether the venue's histories have no bars without trades: then an answer with fewer than the calendar has is a whole one. */
  readonly leavesOutEmpty: boolean;
  readonly mostAttempts: number;
  /** How long to wait after an attempt that failed, in milliseconds; 1 for the first. */
  readonly delayMs: (attempt: number) => number;
  /** After how many milliseconds without an answer an attempt has failed. */
  readonly timeoutMs: number;
  /** The bar before the first, as a history ended with it. */
  readonly after?: ClosedBar | undefined;
}

/** The gap that is being filled. */
interface OpenGap {
  readonly gap: Gap;
  readonly attempt: number;
  /** When the attempt fails, or while none is under way, when the next begins. */
  readonly due: number;
  readonly isAsked: boolean;
  /** What came so far, oldest first. */
  readonly found: readonly Candle[];
}

/** Plain data. */
export interface BackfillSnapshot {
  readonly now: number;
  readonly open: OpenGap | undefined;
  readonly held: readonly FeedEvent[];
  readonly place: SessionPlace;
  readonly counts: FeedCounts;
}

/**
 * Fills the gaps of a feed: holds the bars behind one, asks for those that are missing, tells them as late, and goes on. After so many
 * attempts it gives up and goes on without them. Pure: it says what to ask for, and hears what came of it.
 */
export class Backfill {
  readonly counts: Record<keyof FeedCounts, number> = noCounts();
  private readonly grid: BarGrid;
  private readonly places: SessionPlaces;
  private now = -Infinity;
  private open: OpenGap | undefined;
  /** Bars and gaps that came behind the open gap. */
  private held: FeedEvent[] = [];

  /** @throws BitFeverError BF5167 for an interval that is no length of a bar, or longer than a day */
  constructor(private readonly options: BackfillOptions) {
    this.grid = barGrid(options.timing);
    this.places = new SessionPlaces(options.timing, options.after);
  }

  /** Hears what a feed tells. */
  on(event: FeedEvent, now: number): readonly BackfillOutput[] {
    const outputs = this.due(now);
    if (
      this.open !== undefined &&
      (event.kind === "bar" || event.kind === "late_bar" || event.kind === "gap")
    )
      this.held.push(event);
    else this.pass(event, outputs);
    return this.told(outputs);
  }

  /** Says what time it is: an attempt may have failed, or another be due. */
  at(now: number): readonly BackfillOutput[] {
    return this.told(this.due(now));
  }

  /** When `at` has something to do; undefined while there is nothing to wait for. */
  get nextDue(): number | undefined {
    return this.open?.due;
  }

  /**
   * Hears the bars of a history, in any order; those outside the gap are not told.
   *
   * @throws BitFeverError BF5168 for what is no candle
   */
  answered(
    { gap, attempt }: BackfillRequest,
    candles: readonly Candle[],
    now: number,
  ): readonly BackfillOutput[] {
    candles.forEach(checkCandle);
    const outputs = this.due(now);
    // An answer to an attempt that was given up is one still, unless its gap is no more.
    if (this.open?.gap.from !== gap.from) return this.told(outputs);
    this.open = { ...this.open, found: merged(this.open.found, candles, gap) };
    const missing = this.missing(this.open);
    if (missing === 0 || this.options.leavesOutEmpty) this.fill(outputs);
    else if (this.isWaitedFor(gap, attempt)) this.fail(`${missing} of its bars are in no history`, outputs);
    return this.told(outputs);
  }

  /** Hears that a request came to nothing. */
  failed({ gap, attempt }: BackfillRequest, why: string, now: number): readonly BackfillOutput[] {
    const outputs = this.due(now);
    if (this.isWaitedFor(gap, attempt)) this.fail(why, outputs);
    return this.told(outputs);
  }

  snapshot(): BackfillSnapshot {
    const { now, open, held, places, counts } = this;
    return { now, open, held: [...held], place: places.snapshot(), counts: { ...counts } };
  }

  /**
   * Takes the place of the one the snapshot was made of; options must be the same.
   *
   * @returns what has to be asked again, since nobody waits for that answer any more
   */
  restore(snapshot: BackfillSnapshot): readonly BackfillRequest[] {
    this.now = snapshot.now;
    this.open = snapshot.open;
    this.held = [...snapshot.held];
    this.places.restore(snapshot.place);
    Object.assign(this.counts, snapshot.counts);
    if (this.open?.isAsked !== true) return [];
    return [{ kind: "ask", gap: this.open.gap, attempt: this.open.attempt }];
  }

  private isWaitedFor({ from }: Gap, attempt: number): boolean {
    return this.open?.isAsked === true && this.open.gap.from === from && this.open.attempt === attempt;
  }

  private pass(event: FeedEvent, outputs: BackfillOutput[]): void {
    switch (event.kind) {
      case "bar":
      case "late_bar":
        // Those that were missing before it count now.
        outputs.push({ kind: event.kind, bar: this.places.placed(event.bar) });
        return;
      case "gap":
        outputs.push(event);
        this.ask({ gap: event.gap, attempt: 1, found: [] }, outputs);
        return;
      default:
        outputs.push(event);
    }
  }

  private due(now: number): BackfillOutput[] {
    const outputs: BackfillOutput[] = [];
    this.now = Math.max(this.now, now);
    const { open } = this;
    if (open === undefined || this.now < open.due) return outputs;
    if (open.isAsked) this.fail(`no answer within ${this.options.timeoutMs} ms`, outputs);
    else this.ask({ ...open, attempt: open.attempt + 1 }, outputs);
    return outputs;
  }

  private ask(next: Omit<OpenGap, "due" | "isAsked">, outputs: BackfillOutput[]): void {
    this.open = { ...next, due: this.now + this.options.timeoutMs, isAsked: true };
    outputs.push({ kind: "ask", gap: next.gap, attempt: next.attempt });
  }

  private fail(why: string, outputs: BackfillOutput[]): void {
    const { open } = this;
    if (open === undefined) return;
    const { attempt } = open;
    if (attempt >= this.options.mostAttempts) this.leave(open, why, outputs);
    else this.open = { ...open, isAsked: false, due: this.now + this.options.delayMs(attempt) };
  }

  private fill(outputs: BackfillOutput[]): void {
    const { open } = this;
    if (open === undefined) return;
    this.tellFound(open, outputs);
    outputs.push({ kind: "gap_filled", gap: open.gap, bars: open.found.length });
    this.goOn(outputs);
  }

  private leave(open: OpenGap, why: string, outputs: BackfillOutput[]): void {
    this.tellFound(open, outputs);
    outputs.push({ kind: "gap_given_up", gap: open.gap, bars: open.found.length, why });
    this.goOn(outputs);
  }

  private tellFound({ found }: OpenGap, outputs: BackfillOutput[]): void {
    for (const candle of found) outputs.push({ kind: "late_bar", bar: this.places.placed(candle) });
  }

  /** With what was held, up to the next gap. */
  private goOn(outputs: BackfillOutput[]): void {
    this.open = undefined;
    const held = this.held;
    let count = 0;
    for (; count < held.length && this.open === undefined; count++) this.pass(held[count], outputs);
    this.held = held.slice(count);
  }

  private missing({ gap, found }: OpenGap): number {
    return Math.max(0, this.grid.count(gap.from, gap.to) - found.length);
  }

  private told(outputs: readonly BackfillOutput[]): readonly BackfillOutput[] {
    for (const { kind } of outputs) if (kind !== "ask") this.counts[kind]++;
    return outputs;
  }
}

/** Of a bar that came twice the later answer counts. */
function merged(found: readonly Candle[], more: readonly Candle[], { from, to }: Gap): readonly Candle[] {
  const byTime = new Map([...found, ...more].map((each) => [each.time, each]));
  return [...byTime.values()].filter(({ time }) => time >= from && time < to).sort((a, b) => a.time - b.time);
}
