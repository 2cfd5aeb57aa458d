import type { Fill, Order, VenueEvent } from "@bitfever/engine";
import type { CancelRequest, VenueCash, VenueReport, VenueTrade } from "../contract.js";
import { fillsOf, sharesOf } from "./attribution.js";
import type { DeskCommand } from "./command.js";
import type { Emulation } from "./emulation.js";
import type { Heard } from "./heard.js";
import type { Member } from "./member.js";
import type { BookedOrder, OrderBook } from "./order-book.js";
import type { VenueHappening } from "./venue-order-life.js";

interface IncomingOptions {
  readonly members: readonly Member[];
  readonly book: OrderBook;
  readonly heard: Heard;
  readonly emit: (command: DeskCommand) => void;
  /** The venue keeps positions of strategies apart. */
  readonly separates: boolean;
  /** What is done on this side; null where the venue does all. */
  readonly emulation: Emulation | null;
  /** A trade came whose reason is not known. */
  readonly onEarly: (at: number) => void;
  /** A member has heard of a fill. */
  readonly onFill: (member: number) => void;
}

type OrderReport = Extract<
  VenueReport,
  { kind: "accepted" | "placed" | "cancelled" | "rejected" | "reduced" | "cash" | "split" | "trade" }
>;

export interface IncomingSnapshot {
  readonly early: readonly VenueTrade[];
  readonly strange: readonly VenueTrade[];
}

/**
 * What the venue says, on its way to the strategies: each piece of news once, in an order that makes sense, whatever the
 * wire made of it.
 */
export class Incoming {
  /** Trades that close more than is held: what they rest on has not been heard of yet. */
  early: readonly VenueTrade[] = [];
  /** Trades of orders that nobody here has sent. */
  strange: readonly VenueTrade[] = [];

  constructor(private readonly options: IncomingOptions) {}

  hear(report: OrderReport, at: number): void {
    const { book, heard } = this.options;
    switch (report.kind) {
      case "trade":
        this.trade(report.trade, at);
        return;
      case "cash":
        if (heard.isNew(report.id, report.flow.time)) this.cash(report);
        return;
      case "split":
        if (heard.isNew(report.id, report.split.time))
          this.tellOf(report, { kind: "split", split: report.split });
        return;
      default: {
        const entry = book.find(report.clientId);
        if (entry === undefined) return;
        this.ofOrder(entry, report, at);
      }
    }
  }

  trade(trade: VenueTrade, at: number): void {
    const { heard, book, emit } = this.options;
    if (!heard.isNew(trade.tradeId, trade.time)) return;
    const isOurs = trade.ofVenue !== undefined && this.membersOf(trade).length > 0;
    if (isOurs || book.find(trade.clientId) !== undefined) {
      this.early = [...this.early, trade];
      this.takeEarly(at);
      if (this.early.includes(trade)) this.options.onEarly(at);
      return;
    }
    this.strange = [...this.strange, trade];
    const { symbol, clientId, side, quantity } = trade;
    const text = `the venue ${side === "buy" ? "bought" : "sold"} ${quantity} lots for ${clientId}, which nobody here has sent`;
    emit({ kind: "notice", notice: { what: "stranger", text, symbol } });
  }

  /** What of trades that wait changes the position in a symbol, in signed lots. */
  earlyIn(symbol: string): number {
    return this.early.reduce(
      (sum, each) =>
        sum + (each.symbol === symbol ? (each.side === "buy" ? each.quantity : -each.quantity) : 0),
      0,
    );
  }

  /** Whether a trade of a member waits. */
  isWaiting(member: number): boolean {
    const { strategy, symbol } = this.options.members[member];
    return this.early.some(
      (each) => each.symbol === symbol && (each.strategy === strategy || each.ofVenue !== undefined),
    );
  }

  /** Takes the trades in a symbol that wait for nothing any more: all that came before them is known. */
  takeAll(symbol: string, at: number): void {
    const waiting = this.early.filter((each) => each.symbol === symbol);
    this.early = this.early.filter((each) => each.symbol !== symbol);
    for (const each of waiting) if (!this.take(each, at, true)) this.early = [...this.early, each];
  }

  /** The end of an order that the venue did not tell of by a report of its own. */
  end(entry: BookedOrder, how: "fill" | "cancel" | "reject" | "miss", reason: string, at: number): void {
    const wasAlive = this.happen(entry, how, at);
    if (!wasAlive) return;
    const { id } = entry.order;
    if (entry.of !== null) {
      const isAsked = how === "cancel";
      if (how !== "fill")
        this.options.emulation?.ended(entry, how, { reason: isAsked ? "asked" : reason, isAsked }, at);
    } else if (how === "cancel" || (how === "miss" && entry.order.purpose === "stop"))
      // For a stop that never arrived the next close brings another.
      this.tell(entry.member, { kind: "cancelled", id, reason: "asked" });
    else if (how !== "fill") this.tell(entry.member, { kind: "rejected", id, reason });
  }

  snapshot(): IncomingSnapshot {
    return structuredClone({ early: this.early, strange: this.strange });
  }

  restore(snapshot: IncomingSnapshot): void {
    ({ early: this.early, strange: this.strange } = structuredClone(snapshot));
  }

  private ofOrder(
    entry: BookedOrder,
    report: Exclude<OrderReport, { kind: "trade" | "cash" | "split" }>,
    at: number,
  ): void {
    const { id } = entry.order;
    this.options.emulation?.touch(entry.member);
    switch (report.kind) {
      case "accepted":
        this.happen(entry, "accept", at);
        return;
      case "placed":
        this.happen(entry, "place", at);
        return;
      case "cancelled":
      case "rejected": {
        const how = report.kind === "cancelled" ? "cancel" : "reject";
        if (!this.happen(entry, how, at)) return;
        const { reason } = report;
        if (entry.of !== null) {
          const isAsked = how === "cancel" && reason === "asked";
          this.options.emulation?.ended(entry, how, { reason, isAsked }, at);
        } else if (report.kind === "cancelled")
          this.tell(entry.member, { kind: "cancelled", id, reason: report.reason });
        else this.tell(entry.member, { kind: "rejected", id, reason });
        return;
      }
      case "reduced": {
        if (entry.reducedTo === report.to) return;
        const left = Math.max(0, report.to - entry.turning);
        this.options.book.change(entry.clientId, { reducedTo: report.to, left });
        this.options.emulation?.reduced(entry, at);
        this.tell(entry.member, { kind: "reduced", id, from: report.from, to: report.to });
      }
    }
  }

  /** Whether something happened to an order whose news was awaited. */
  private happen(entry: BookedOrder, happening: VenueHappening, at: number): boolean {
    const { book } = this.options;
    const before = book.hear(entry.clientId, happening, at);
    if (before === null) return false;
    // With an entry that never filled what would have protected it goes too.
    const isOver = happening === "cancel" || happening === "reject" || happening === "miss";
    if (isOver && !entry.hasOpened)
      for (const child of book.attachedTo(entry)) book.hear(child.clientId, "miss", at);
    return before !== "absent";
  }

  /** Takes the trades that make sense now, each of which may let others make sense. */
  private takeEarly(at: number): void {
    for (;;) {
      const next = this.early.findIndex((each) => this.take(each, at));
      if (next < 0) return;
      this.early = this.early.filter((_, i) => i !== next);
    }
  }

  /** @param isAll  as of attribution */
  private take(trade: VenueTrade, at: number, isAll = false): boolean {
    const { book, members } = this.options;
    const entry = book.find(trade.clientId);
    if (entry === undefined) return this.takeOfVenue(trade, at);
    const { session, hedges } = members[entry.member];
    const order = entry.of === null ? entry.order : { ...entry.order, id: entry.of };
    const fills = fillsOf(order, trade, session.held, hedges, isAll);
    if (fills === null) return false;
    const before = this.options.emulation === null ? entry : { ...entry };
    this.fill(entry, trade, fills, at);
    this.book(entry.member, before, fills, at);
    return true;
  }

  /** A trade of an order that the venue made by itself: where there is one position for all, each has its part of it. */
  private takeOfVenue(trade: VenueTrade, at: number): boolean {
    const { members } = this.options;
    const meant = this.membersOf(trade);
    const { lot } = members[meant[0]].instrument.specification;
    const held = meant.map((each) => members[each].session.held);
    const parts = meant.length === 1 ? [trade] : sharesOf(trade, held, lot === null ? null : 1);
    if (parts === null) return false;
    const fills = parts.map((part, i) =>
      part.quantity === 0 ? [] : fillsOf(orderOfVenue(part), part, held[i], members[meant[i]].hedges),
    );
    if (fills.includes(null)) return false;
    for (const [i, each] of fills.entries())
      if (each !== null && each.length > 0) this.book(meant[i], undefined, each, at);
    return true;
  }

  private book(member: number, entry: BookedOrder | undefined, fills: readonly Fill[], at: number): void {
    const told = this.options.emulation?.hear(member, entry, fills, at) ?? fills;
    for (const fill of told) this.tell(member, { kind: "fill", fill });
    this.options.onFill(member);
  }

  private fill(entry: BookedOrder, trade: VenueTrade, fills: readonly Fill[], at: number): void {
    const { book, separates } = this.options;
    if (!separates) {
      // There an order trades its quantity: what turns the position round first, and then what opens.
      const turned = lotsOf(fills, ({ reason }) => reason === "reversal");
      const turning = Math.max(0, entry.turning - turned);
      const left = Math.max(0, entry.left + entry.turning - turning - trade.quantity);
      const stillTurning = Math.max(0, entry.left + entry.turning - trade.quantity - left);
      book.change(entry.clientId, { turning: stillTurning, left });
      // Its last part may be told before the others.
      const isPart = trade.left !== undefined || left + stillTurning > 0;
      this.happen(entry, isPart ? "fill_part" : "fill", at);
      return;
    }
    const opened = lotsOf(fills, ({ reason }) => reason !== "reversal");
    const isPart = fills.some(({ left }) => left !== undefined) || opened === 0;
    book.change(entry.clientId, { left: Math.max(0, entry.left - opened) });
    if (entry.order.purpose === "enter" && opened > 0 && !entry.hasOpened)
      book.change(entry.clientId, { hasOpened: true });
    this.happen(entry, isPart ? "fill_part" : "fill", at);
  }

  /** Where there is one position for all, each strategy has its part of what that brings by what it has of it. */
  private cash(report: VenueCash): void {
    const { members } = this.options;
    const meant = this.membersOf(report);
    const { flow } = report;
    if (meant.length < 2) {
      if (meant.length === 1) this.tell(meant[0], { kind: "cash", flow });
      return;
    }
    const held = meant.map((each) => members[each].session.held.long - members[each].session.held.short);
    const net = held.reduce((sum, each) => sum + each, 0);
    const amounts = cashShares(flow.amount, net === 0 ? held.map(() => 1) : held);
    for (const [i, member] of meant.entries())
      if (amounts[i] !== 0) this.tell(member, { kind: "cash", flow: { ...flow, amount: amounts[i] } });
  }

  /** Places of those that something is about: of all in the symbol where there is one position for all. */
  private membersOf({ strategy, symbol }: Omit<CancelRequest, "clientId">): readonly number[] {
    const { members, separates } = this.options;
    return members.flatMap((each, place) =>
      each.symbol === symbol && (!separates || each.strategy === strategy) ? [place] : [],
    );
  }

  private tellOf(of: Omit<CancelRequest, "clientId">, event: VenueEvent): void {
    for (const member of this.membersOf(of)) this.tell(member, event);
  }

  private tell(member: number, event: VenueEvent): void {
    this.options.members[member].session.on(event);
  }
}

const lotsOf = (fills: readonly Fill[], isMeant: (fill: Fill) => boolean): number =>
  fills.reduce((sum, each) => (isMeant(each) ? sum + each.quantity : sum), 0);

/** Whole units of money by weights that may be below zero; the last one takes what is left. */
function cashShares(amount: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, each) => total + each, 0);
  let left = amount;
  return weights.map((weight, i) => {
    const exact = (amount * weight) / sum;
    const share = i === weights.length - 1 ? left : Number.isInteger(amount) ? Math.round(exact) : exact;
    left -= share;
    return share;
  });
}

/** An order that the venue made by itself. */
function orderOfVenue({ ofVenue, side, quantity }: VenueTrade): Order {
  const { orderId: id = "?", purpose = "exit" } = ofVenue ?? {};
  return { id, type: "market", side, purpose, quantity, price: null, tag: id, children: [] };
}
