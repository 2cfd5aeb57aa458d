import type { CancelRequest, VenueReport } from "@bitfever/runtime";
import { Timers } from "./timers.js";

/** No venue forgets an order so soon after it has traded, in milliseconds. */
export const forgottenAfterMs = 600_000;

/** How often the venue is asked again where it says less than was heard. */
const mostLooks = 3;

const toldOnce = ["accepted", "cancelled", "rejected"] as const;
type ToldOnce = (typeof toldOnce)[number];

/** The work of a broker between its venue and who hears of it: what is done in turn, what is told, and whether anything is on its way. */
export class BrokerWork {
  private readonly timers = new Timers();
  private readonly told = new Set<string>();
  private hear: ((report: VenueReport) => void) | undefined;
  private turn: Promise<void> = Promise.resolve();
  private readonly lines = new Map<string, Promise<void>>();
  private underWay = 0;
  private isLookDue = false;

  /** Whether somebody hears of it. */
  get isOpen(): boolean {
    return this.hear !== undefined;
  }

  /** Whether nothing that was asked for is on its way. */
  get isIdle(): boolean {
    return this.underWay === 0 && !this.isLookDue;
  }

  open(hear: (report: VenueReport) => void): void {
    this.hear = hear;
  }

  close(): void {
    this.hear = undefined;
    this.timers.clear();
  }

  tell(report: VenueReport): void {
    this.hear?.(report);
  }

  tellOnce(
    kind: ToldOnce,
    request: CancelRequest,
    report: VenueReport = { kind: "accepted", ...request },
  ): void {
    if (this.hasTold(kind, request.clientId)) return;
    this.told.add(keyOf(kind, request.clientId));
    this.tell(report);
  }

  hasTold(kind: ToldOnce, clientId: string): boolean {
    return this.told.has(keyOf(kind, clientId));
  }

  /** What was told of an order is told again, should somebody ask for it. */
  forget(clientId: string): void {
    for (const kind of toldOnce) this.told.delete(keyOf(kind, clientId));
  }

  async busy(work: Promise<void>): Promise<void> {
    this.underWay++;
    try {
      await work;
    } finally {
      this.underWay--;
    }
  }

  /**
   * One piece of work after the other: what is told of an order comes in the order in which it was heard. What fails keeps nothing
   * behind it from being done, and is for whoever waits for it.
   */
  inTurn(act: () => Promise<unknown>): Promise<void> {
    const done = this.busy(
      this.turn.then(async () => {
        if (this.isOpen) await act();
      }),
    );
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** What closes comes in the order in which it was asked for: of two that close the same the later one is meant. */
  async inLine(symbol: string, send: () => Promise<void>): Promise<void> {
    const sent = (this.lines.get(symbol) ?? Promise.resolve()).then(send);
    this.lines.set(
      symbol,
      sent.catch(() => undefined),
    );
    await sent;
  }

  /** What there is to close: less than an order would close is asked again, as a trade may be told before what it has made of the position. */
  async heldFor(quantity: number, everyMs: number, ask: () => Promise<number>): Promise<number> {
    let held = await ask();
    for (let looks = 1; looks < mostLooks && held < quantity; looks++) {
      await this.pause(everyMs);
      held = await ask();
    }
    return held;
  }

  /**
   * Looks at an order that was taken back until it works no more.
   *
   * @throws Error where it does not go for so long a time
   */
  async whenGone<Found extends { readonly status: string }>(
    name: string,
    { look, now, withinMs, everyMs }: Departure<Found>,
  ): Promise<Found> {
    const until = now() + withinMs;
    while (now() < until) {
      const found = await look();
      if (found !== null && found.status !== "working") return found;
      await this.pause(everyMs);
    }
    throw new Error(`order ${name} does not go`);
  }

  /** Looks once after a while, however often that is asked for until then. */
  lookSoon(ms: number, look: () => void): void {
    if (this.isLookDue || !this.isOpen) return;
    this.isLookDue = true;
    this.later(ms, () => {
      this.isLookDue = false;
      look();
    });
  }

  later(ms: number, act: () => void): void {
    this.timers.later(ms, act);
  }

  every(ms: number, act: () => void): void {
    this.timers.every(ms, act);
  }

  pause(ms: number): Promise<void> {
    return this.timers.pause(ms);
  }
}

interface Departure<Found> {
  readonly look: () => Promise<Found | null>;
  readonly now: () => number;
  readonly withinMs: number;
  readonly everyMs: number;
}

const keyOf = (kind: string, clientId: string): string => `${kind} ${clientId}`;
