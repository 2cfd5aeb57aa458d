import type { VenueSnapshot } from "../contract.js";
import type { DeskCommand } from "./command.js";
import type { Incoming } from "./incoming.js";
import type { Member, Patience } from "./member.js";
import type { BookedOrder, OrderBook } from "./order-book.js";
import type { Outgoing } from "./outgoing.js";
import { differenceText, positionDifferences, type Accepted, type Difference } from "./reconcile.js";
import { isAtRest } from "./venue-order-life.js";

interface ReconciliationOptions {
  readonly members: readonly Member[];
  readonly book: OrderBook;
  readonly incoming: Incoming;
  readonly outgoing: Outgoing;
  readonly patience: Patience;
  /** The venue keeps positions of strategies apart. */
  readonly separates: boolean;
  readonly emit: (command: DeskCommand) => void;
  /** Told of each answer when it was asked for, what time it was for the venue, and when it was heard. */
  readonly onAnswer: (askedAt: number, venueTime: number, heardAt: number) => void;
  /** A difference has stayed; nothing is opened while it does. */
  readonly onDifference: (reason: string) => void;
}

export interface ReconciliationSnapshot {
  readonly isSettled: boolean;
  readonly number: number;
  readonly askedAt: number;
  readonly isAnswered: boolean;
  readonly unanswered: number;
  readonly toldUntil: number;
  readonly standing: readonly StandingDifference[];
  readonly toldOf: string | null;
  readonly accepted: Accepted;
}

interface StandingDifference {
  readonly difference: Difference;
  /** When the question was asked that it was first the answer to. */
  readonly since: number;
}

/**
 * What this side believes, held against what the venue says: at the start, when something is not known, and now and then.
 * News that was missed is heard late; a difference that stays until the venue was asked again stops the desk, and is never corrected in
 * silence. Two answers of one moment are one: what is on its way behind them would make both differ.
 */
export class Reconciliation {
  /** Whether the last comparison left nothing open. */
  isSettled = false;
  private number = 0;
  private askedAt = -Infinity;
  private isAnswered = true;
  /** How many questions in a row nobody has answered before the next was asked. */
  private unanswered = 0;
  /** By the clock of the venue: all that it had to tell up to then was heard. */
  private toldUntil = -Infinity;
  /** By how much a trade may be older than the answer before the one that tells of it: a bar, and the way it takes. */
  private readonly overlapMs: number;
  private standing: readonly StandingDifference[] = [];
  /** The difference that it has told of, which it does once for as long as that is there. */
  private toldOf: string | null = null;
  private accepted: Accepted = {};

  constructor(private readonly options: ReconciliationOptions) {
    const { members, patience } = options;
    this.overlapMs = patience.graceMs + Math.max(0, ...members.map(({ intervalMs }) => intervalMs));
  }

  /** By the clock of the venue: of what came before, nothing is untold. */
  get tradesFrom(): number {
    return this.toldUntil - this.overlapMs;
  }

  /** Nobody knows what became of what was on its way: the process began, or the connection was lost. */
  doubt(at: number): void {
    const { book } = this.options;
    this.isSettled = false;
    this.standing = [];
    for (const entry of [...book.alive()]) if (entry.state === "sent") book.hear(entry.clientId, "lose", at);
    this.ask(at);
  }

  /** Looks at what waits too long, and asks where something is to be asked. */
  look(at: number): void {
    const { book, outgoing, patience } = this.options;
    for (const entry of [...book.alive()]) {
      if (entry.state === "sent" && at - entry.sentAt > patience.answerMs) this.lose(entry, at);
      if (isDue(entry.cancelAskedAt, at, patience.askAgainMs)) outgoing.cancel(entry, at);
      const isLookedAfter = entry.of !== null;
      if (
        !isLookedAfter &&
        entry.replacedBy !== null &&
        entry.cancelAskedAt === null &&
        this.hasArrived(entry.replacedBy)
      )
        outgoing.cancel(entry, at);
    }
    const isOpen = !this.isSettled || this.standing.length > 0 || this.hasUnknown();
    // An answer that takes longer than that is one to an older question, for ever: who is slow is given time.
    const askAgainMs = patience.askAgainMs * 2 ** Math.min(this.unanswered, mostDoublings);
    const wait = isOpen ? askAgainMs : Math.max(patience.reconcileMs, askAgainMs);
    if (at - this.askedAt >= wait) this.ask(at);
  }

  answer(snapshot: VenueSnapshot, at: number): void {
    if (snapshot.number !== this.number || this.isAnswered) return;
    this.isAnswered = true;
    this.unanswered = 0;
    this.options.onAnswer(this.askedAt, snapshot.time, at);
    this.toldUntil = Math.max(this.toldUntil, snapshot.time);
    const { book, incoming, patience } = this.options;
    for (const flow of snapshot.flows) incoming.hear(flow, at);
    for (const trade of snapshot.trades) incoming.trade(trade, at);
    for (const { clientId, status } of snapshot.orders) {
      const entry = book.find(clientId);
      if (entry !== undefined && !isAtRest(entry.state)) this.settle(entry, status, at);
    }
    if (!this.options.separates) this.takeWhatIsKnown(snapshot, at);
    const found = this.compare(snapshot, at);
    this.standing = found.map((difference) => ({
      difference,
      since: this.standing.find((each) => isSame(each.difference, difference))?.since ?? this.askedAt,
    }));
    const stays = this.standing.find(({ since }) => this.askedAt - since >= patience.askAgainMs);
    if (stays === undefined) this.toldOf = null;
    else this.stop(differenceText(stays.difference));
    const wasSettled = this.isSettled;
    this.isSettled = found.length === 0 && !this.hasUnknown();
    if (this.isSettled && !wasSettled)
      this.options.emit({
        kind: "notice",
        notice: { what: "reconciled", text: "positions and orders are those of the venue" },
      });
  }

  /** A piece of news is missing, or something is not what it was taken for. */
  inquire(at: number): void {
    this.ask(at);
  }

  /** Takes what the venue holds beyond what strategies do for somebody else's. */
  accept(at: number): void {
    const accepted = { ...this.accepted };
    for (const { difference: each } of this.standing)
      if (each.kind === "position" && each.strategy === null) accepted[each.symbol] = each.theirs - each.ours;
    this.accepted = accepted;
    this.options.incoming.strange = [];
    this.ask(at);
  }

  snapshot(): ReconciliationSnapshot {
    const { isSettled, number, askedAt, isAnswered, unanswered } = this;
    const { toldUntil, standing, toldOf, accepted } = this;
    return structuredClone({
      ...{ isSettled, number, askedAt, isAnswered, unanswered },
      ...{ toldUntil, standing, toldOf, accepted },
    });
  }

  restore(snapshot: ReconciliationSnapshot): void {
    Object.assign(this, structuredClone(snapshot));
  }

  /**
   * Where there is one position for all, an order may trade though what it was to close has gone. If the venue's position is what
   * all trades that were heard of come to, nothing is missing: a trade that waits for another waits in vain.
   */
  private takeWhatIsKnown({ positions }: VenueSnapshot, at: number): void {
    const { members, incoming } = this.options;
    for (const symbol of new Set(incoming.early.map((each) => each.symbol))) {
      let ours = incoming.earlyIn(symbol) + (this.accepted[symbol] ?? 0);
      for (const { symbol: other, session } of members)
        if (other === symbol) ours += session.held.long - session.held.short;
      const theirs = positions.reduce((sum, each) => sum + (each.symbol === symbol ? each.quantity : 0), 0);
      if (ours === theirs) incoming.takeAll(symbol, at);
    }
  }

  private stop(reason: string): void {
    if (reason === this.toldOf) return;
    this.toldOf = reason;
    this.options.emit({ kind: "notice", notice: { what: "difference", text: reason } });
    this.options.onDifference(reason);
  }

  private ask(at: number): void {
    const { book, outgoing, emit } = this.options;
    this.unanswered = this.isAnswered ? 0 : this.unanswered + 1;
    this.number++;
    this.askedAt = at;
    this.isAnswered = false;
    const orders = [...book.alive()]
      .filter((each) => this.isAtVenue(each))
      .map((each) => outgoing.requestOf(each));
    emit({ kind: "snapshot", request: { number: this.number, orders, tradesFrom: this.tradesFrom } });
  }

  private lose(entry: BookedOrder, at: number): void {
    const { book, emit } = this.options;
    book.hear(entry.clientId, "lose", at);
    const text = `no answer to order ${entry.order.id}: it may work, have traded, or never have arrived`;
    emit({ kind: "notice", notice: { what: "unknown", text, orderId: entry.order.id } });
  }

  /** Takes the venue at its word about an order. */
  private settle(entry: BookedOrder, status: VenueSnapshot["orders"][number]["status"], at: number): void {
    const { book, incoming } = this.options;
    switch (status) {
      case "working":
        book.hear(entry.clientId, "find", at);
        return;
      case "filled":
        incoming.end(entry, "fill", "", at);
        return;
      case "cancelled":
        incoming.end(entry, "cancel", "", at);
        return;
      case "rejected":
        incoming.end(entry, "reject", "the venue did not take it", at);
        return;
      case "absent":
        this.miss(entry, at);
    }
  }

  /**
   * The venue knows nothing of an order. Once it has said so twice the order is sent again, which is harmless; it is given up
   * when it is too old for that, and can be on its way no more.
   */
  private miss(entry: BookedOrder, at: number): void {
    const { book, incoming, outgoing, patience, emit } = this.options;
    if (entry.state === "working") this.lose(entry, at);
    const absences = entry.absences + 1;
    book.change(entry.clientId, { absences });
    const missing = book.find(entry.clientId);
    if (missing?.state !== "unknown" || absences < 2) return;
    const orderId = entry.order.id;
    const isFresh = entry.order.purpose !== "enter" || at - entry.signalTime <= patience.maxSignalAgeMs;
    const mayRetry = entry.cancelAskedAt === null && entry.attempts < patience.attempts;
    if (isFresh && mayRetry && outgoing.resend(missing, at)) {
      const text = `order ${orderId} never arrived: sent again under its old id`;
      emit({ kind: "notice", notice: { what: "resent", text, orderId } });
      return;
    }
    // It may be on its way still: while nobody knows, nothing takes its place.
    if (at - entry.sentAt < patience.graceMs) return;
    // Should it arrive after all, it is taken back.
    book.change(entry.clientId, { cancelAskedAt: at });
    incoming.end(missing, "miss", "it never arrived at the venue", at);
    const text = `order ${orderId} never arrived, and is given up`;
    emit({ kind: "notice", notice: { what: "given_up", text, orderId } });
  }

  private compare(snapshot: VenueSnapshot, at: number): readonly Difference[] {
    const { members, book, incoming, separates, outgoing } = this.options;
    const own = members.map(({ strategy, symbol, session }) => ({
      ...{ strategy, symbol },
      quantity: session.held.long - session.held.short,
    }));
    const positions = positionDifferences(own, snapshot.positions, this.accepted, separates);
    const strangers: Difference[] = [];
    for (const { side: _side, left: _left, ...order } of snapshot.openOrders) {
      const entry = book.find(order.clientId);
      if (entry === undefined) strangers.push({ kind: "stranger", order });
      else if (isAtRest(entry.state) && !this.isPlacedAnew(entry)) outgoing.cancel(entry, at);
      else book.hear(entry.clientId, "find", at);
    }
    const early = incoming.early.map(({ tradeId, strategy, symbol }): Difference => ({
      kind: "early_trade",
      tradeId,
      strategy,
      symbol,
    }));
    const strange = incoming.strange.map(({ tradeId, symbol }): Difference => ({
      kind: "strange_trade",
      tradeId,
      symbol,
    }));
    return [...positions, ...strangers, ...early, ...strange];
  }

  /** The venue knows what protects an entry by the entry, until that has filled. */
  private isAtVenue({ state, parent }: BookedOrder): boolean {
    if (state !== "attached" || parent === null) return true;
    return isAtRest(this.options.book.find(parent)?.state ?? "filled");
  }

  /** What came with an entry goes with what that has opened, and comes back when more of it fills. */
  private isPlacedAnew({ parent, cancelAskedAt, replacedBy }: BookedOrder): boolean {
    return parent !== null && cancelAskedAt === null && replacedBy === null;
  }

  private hasUnknown(): boolean {
    for (const _ of this.options.book.lost()) return true;
    return false;
  }

  private hasArrived(clientId: string): boolean {
    const state = this.options.book.find(clientId)?.state;
    return state !== "sent" && state !== "unknown";
  }
}

/** How often the time between two questions is doubled. */
const mostDoublings = 3;

const isDue = (askedAt: number | null, at: number, wait: number): boolean =>
  askedAt !== null && at - askedAt > wait;

const isSame = (a: Difference, b: Difference): boolean => JSON.stringify(a) === JSON.stringify(b);
