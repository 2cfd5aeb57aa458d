import { BitFeverError, textOfError } from "@bitfever/lang";
import type { Instrument } from "@bitfever/engine";
import type { Broker, VenueReport } from "../contract.js";
import type { DeskCommand, Notice } from "../desk/command.js";
import type { Desk } from "../desk/desk.js";
import type { DeskInput, OperatorOrder, SymbolBar } from "../desk/input.js";
import type { Journal } from "../journal/journal.js";
import { checkFitting } from "./fitting.js";
import { HeardBars } from "./heard-bars.js";
import { KeptDesk } from "./kept-desk.js";
import type { Replayed } from "./replay.js";

/** Time as a live run sees it. */
export interface LiveClock {
  /** Milliseconds UTC. */
  readonly now: () => number;
  /** Calls at a steady pace, until what it returns is called. */
  readonly every: (ms: number, act: () => void) => () => void;
}

export interface LiveTradingOptions {
  /** Fresh: it is brought to where the journal ends. */
  readonly desk: Desk;
  readonly broker: Broker;
  /** Open; it is closed when trading stops. */
  readonly journal: Journal;
  readonly clock: LiveClock;
  /** Between two looks at what waits too long, in milliseconds; a second when left out. */
  readonly beatMs?: number | undefined;
  /** As of a kept desk. */
  readonly recordsPerSnapshot?: number | undefined;
  /** As of a kept desk. */
  readonly keptTrades?: number | undefined;
  /** Hears all that the desk asks for, and what this shell has to say. */
  readonly onCommand?: ((command: DeskCommand) => void) | undefined;
}

export interface StopOptions {
  /** Takes back entries that rest; what protects a position stays at the venue in any case. */
  readonly cancelsEntries?: boolean;
  /** How long the venue may take to confirm that, in milliseconds; five seconds when left out. */
  readonly waitMs?: number;
}

/** Bars that closed at one instant, in milliseconds UTC. */
export interface ClosedBars {
  readonly closedAt: number;
  readonly bars: readonly SymbolBar[];
}

/**
 * A desk at work at a venue: kept in a journal, on a clock that is passed in. What the venue does not answer, or answers with
 * an error, is unknown until it says more; nothing that it does ends the run.
 *
 * @example
 * ```ts
 * const live = new LiveTrading({ desk, broker, journal, clock });
 * await live.start();
 * void live.follow(feed);
 * await live.stop({ cancelsEntries: true });
 * ```
 */
export class LiveTrading {
  /** Rejects where the run cannot go on: what it hears can no longer be kept. */
  readonly ended: Promise<void>;
  private readonly kept: KeptDesk;
  private readonly heard = new HeardBars();
  private early: DeskInput[] | null = [];
  private isStopping = false;
  private isOver = false;
  private failure: Error | undefined;
  private stopBeat = (): void => undefined;
  private settleEnd: { readonly resolve: () => void; readonly reject: (reason: unknown) => void };

  /**
   * @throws BitFeverError BF5190 where the desk decides otherwise than the journal says that it did: another program, other
   *   settings or another version
   */
  constructor(private readonly options: LiveTradingOptions) {
    const { desk, journal, recordsPerSnapshot, keptTrades } = options;
    let settleEnd: typeof this.settleEnd | undefined;
    this.ended = new Promise((resolve, reject) => (settleEnd = { resolve, reject }));
    this.settleEnd = settleEnd as unknown as typeof this.settleEnd;
    // Who does not look at it still has what `stop` throws.
    this.ended.catch(() => undefined);
    const send = (command: DeskCommand): void => {
      this.send(command);
    };
    this.kept = new KeptDesk({ desk, journal, send, recordsPerSnapshot, keptTrades, beside: this.heard });
    const { difference } = this.kept.recovered;
    if (difference === null) return;
    journal.close();
    throw new BitFeverError(
      "BF5190",
      `turn ${difference.turn} of the journal is decided otherwise than it was: it belongs to another program, other settings or another version`,
      { hint: "go on with what the journal was begun with, or begin a new one once positions are known" },
    );
  }

  /** What was told again to get here. */
  get recovered(): Replayed {
    return this.kept.recovered;
  }

  /** The time of the newest bar heard of a symbol and an interval: a feed goes on behind it. */
  lastBar(symbol: string, intervalMs: number): number {
    return this.heard.last(symbol, intervalMs);
  }

  /**
   * Connects, compares with the venue, and trades from then on.
   *
   * @throws BitFeverError BF5191 where the venue cannot be reached, BF5177, BF5193 and BF5194 where the desk cannot work
   *   there
   */
  async start(): Promise<void> {
    const { broker, clock, desk, beatMs = 1_000 } = this.options;
    checkFitting(desk, broker);
    try {
      await broker.connect((report) => {
        this.report(report);
      }, this.instruments());
    } catch (cause) {
      throw new BitFeverError("BF5191", `${broker.name} cannot be reached: ${textOfError(cause)}`, {
        cause,
        hint: "check the connection and the keys; nothing was sent",
      });
    }
    const early = this.early ?? [];
    this.early = null;
    this.hear({ kind: "started", at: clock.now() }, ...early);
    this.stopBeat = clock.every(beatMs, () => {
      this.hear({ kind: "clock", at: clock.now() });
    });
  }

  /** Bars that closed at one instant; those that were heard before are passed over. */
  bars({ bars, closedAt }: ClosedBars): void {
    if (this.isStopping) return;
    const fresh = bars.filter((each) => this.heard.isNew(each));
    if (fresh.length === 0) return;
    const at = this.options.clock.now();
    const isNewDay = this.options.desk.isNewDay(closedAt);
    const day = { kind: "day", at, closedAt } as const;
    this.hear(...(isNewDay ? [day] : []), { kind: "bars", at, closedAt, bars: fresh });
  }

  /** Takes bars from a feed until it ends or trading does; a feed that fails is told of, and orders stay as they are. */
  async follow(feed: AsyncIterable<ClosedBars>): Promise<void> {
    try {
      for await (const closed of feed) {
        if (this.isOver) return;
        this.bars(closed);
      }
    } catch (error) {
      this.say({ what: "call_failed", text: `the feed has failed: ${textOfError(error)}` });
    }
  }

  operate(order: OperatorOrder): void {
    if (this.isStopping && order.kind === "trade" && order.order.purpose === "enter") {
      const { strategy, symbol } = order.order;
      this.say({ what: "refused", text: "stopping: entries are taken back", strategy, symbol });
      return;
    }
    this.hear({ kind: "operator", at: this.options.clock.now(), order });
  }

  /**
   * Leaves the venue as it is, but for entries where that is asked for, and closes the journal.
   *
   * @throws what ended the run before, if something did
   */
  async stop({ cancelsEntries = false, waitMs = 5_000 }: StopOptions = {}): Promise<void> {
    const { broker, journal } = this.options;
    if (cancelsEntries && !this.isOver) await this.takeBackEntries(waitMs);
    const wasOver = this.isOver;
    this.isOver = true;
    this.stopBeat();
    try {
      await broker.close();
    } catch (error) {
      this.say({ what: "call_failed", text: `${broker.name} did not close: ${textOfError(error)}` });
    }
    if (wasOver) {
      journal.close();
      if (this.failure !== undefined) throw this.failure;
      return;
    }
    this.kept.close();
    this.settleEnd.resolve();
  }

  private instruments(): readonly Instrument[] {
    const bySymbol = new Map(this.options.desk.members.map(({ symbol, instrument }) => [symbol, instrument]));
    return [...bySymbol.values()];
  }

  private report(report: VenueReport): void {
    const input = { kind: "report", at: this.options.clock.now(), report } as const;
    // Before anything else a desk hears that it has begun.
    if (this.early !== null) this.early.push(input);
    else this.hear(input);
  }

  /** What can no longer be kept must not be acted on: the run ends, and says so. */
  private hear(...inputs: readonly DeskInput[]): void {
    if (this.isOver) return;
    try {
      this.kept.hear(...inputs);
    } catch (error) {
      this.isOver = true;
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.stopBeat();
      this.settleEnd.reject(this.failure);
    }
  }

  private send(command: DeskCommand): void {
    this.options.onCommand?.(command);
    const { broker } = this.options;
    switch (command.kind) {
      case "submit":
      case "modify": {
        const isReplacement = command.kind === "modify";
        const { order } = command;
        this.call(command.kind, order.order.id, () =>
          isReplacement ? broker.modify(command.request, order) : broker.submit(order),
        );
        return;
      }
      case "cancel":
        this.call("cancel", command.orderId, () => broker.cancel(command.request));
        return;
      case "snapshot":
        this.call("snapshot", undefined, () => broker.snapshot(command.request));
        return;
      // A venue has one cash for all strategies: whose it is, is known on this side alone.
      case "allocate":
      case "notice":
    }
  }

  /** A call that fails may have arrived all the same: what it was about is unknown until the venue says more. */
  private call(what: string, orderId: string | undefined, act: () => unknown): void {
    const fail = (error: unknown): void => {
      this.say({ what: "call_failed", text: `${what} has failed: ${textOfError(error)}`, orderId });
    };
    try {
      const answer = act();
      // An adapter may be written with functions that return promises.
      if (answer instanceof Promise) answer.catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  /** While the venue confirms no bar is heard, and no entry by hand: nothing is opened meanwhile. */
  private async takeBackEntries(waitMs: number): Promise<void> {
    const { desk, clock } = this.options;
    this.isStopping = true;
    this.operate({ kind: "cancel_entries" });
    const until = clock.now() + waitMs;
    const hasEntries = (): boolean => desk.openOrders.some(({ order }) => order.purpose === "enter");
    await new Promise<void>((resolve) => {
      const stop = clock.every(Math.min(waitMs, 50), () => {
        if (hasEntries() && clock.now() < until && !this.isOver) return;
        stop();
        resolve();
      });
    });
    if (hasEntries())
      this.say({ what: "call_failed", text: "the venue has not confirmed that all entries are gone" });
  }

  private say(notice: Notice): void {
    this.options.onCommand?.({ kind: "notice", notice });
  }
}
