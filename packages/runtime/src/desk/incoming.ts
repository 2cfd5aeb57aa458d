import type { Fill, Order, VenueEvent } from "@bitfever/engine";
import type { CancelRequest, VenueReport, VenueTrade } from "../contract.js";
import { fillsOf } from "./attribution.js";
import type { DeskCommand } from "./command.js";
import type { Heard } from "./heard.js";
import type { Member } from "./member.js";
import type { BookedOrder, OrderBook } from "./order-book.js";
import type { VenueHappening } from "./venue-order-life.js";

interface IncomingOptions {
  readonly members: readonly Member[];
  readonly book: OrderBook;
  readonly heard: Heard;
  readonly emit: (command: DeskCommand) => void;
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
        if (heard.isNew(report.id, report.flow.time))
          this.tellOf(report, { kind: "cash", flow: report.flow });
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
    const isOurs = trade.ofVenue !== undefined && this.memberOf(trade) >= 0;
    if (isOurs || book.find(trade.clientId) !== undefined) {
      this.early = [...this.early, trade];
      this.takeEarly(at);
      return;
    }
    this.strange = [...this.strange, trade];
    const { symbol, clientId, side, quantity } = trade;
    const text = `the venue ${side === "buy" ? "bought" : "sold"} ${quantity} lots for ${clientId}, which nobody here has sent`;
    emit({ kind: "notice", notice: { what: "stranger", text, symbol } });
  }

  /** The end of an order that the venue did not tell of by a report of its own. */
  end(entry: BookedOrder, how: "fill" | "cancel" | "reject" | "miss", reason: string, at: number): void {
    const wasAlive = this.happen(entry, how, at);
    if (!wasAlive) return;
    const { id } = entry.order;
    if (how === "cancel") this.tell(entry.member, { kind: "cancelled", id, reason: "asked" });
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
    switch (report.kind) {
      case "accepted":
        this.happen(entry, "accept", at);
        return;
      case "placed":
        this.happen(entry, "place", at);
        return;
      case "cancelled":
        if (this.happen(entry, "cancel", at))
          this.tell(entry.member, { kind: "cancelled", id, reason: report.reason });
        return;
      case "rejected":
        if (this.happen(entry, "reject", at))
          this.tell(entry.member, { kind: "rejected", id, reason: report.reason });
        return;
      case "reduced": {
        if (entry.reducedTo === report.to) return;
        this.options.book.change(entry.clientId, { reducedTo: report.to, left: report.to });
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
    if (happening === "cancel" || happening === "reject" || happening === "miss")
      for (const child of book.childrenOf(entry.clientId))
        if (child.state === "attached") book.hear(child.clientId, "cancel", at);
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

  private take(trade: VenueTrade, at: number): boolean {
    const { book, members } = this.options;
    const entry = book.find(trade.clientId);
    const member = entry?.member ?? this.memberOf(trade);
    const order = entry?.order ?? orderOfVenue(trade);
    const { session, hedges } = members[member];
    const fills = fillsOf(order, trade, session.held, hedges);
    if (fills === null) return false;
    if (entry !== undefined) this.fill(entry, fills, at);
    for (const fill of fills) this.tell(member, { kind: "fill", fill });
    this.options.onFill(member);
    return true;
  }

  private fill(entry: BookedOrder, fills: readonly Fill[], at: number): void {
    const opened = fills.reduce(
      (sum, { reason, quantity }) => (reason === "reversal" ? sum : sum + quantity),
      0,
    );
    const isPart = fills.some(({ left }) => left !== undefined) || opened === 0;
    this.options.book.change(entry.clientId, { left: Math.max(0, entry.left - opened) });
    this.happen(entry, isPart ? "fill_part" : "fill", at);
  }

  private memberOf({ strategy, symbol }: Omit<CancelRequest, "clientId">): number {
    return this.options.members.findIndex((each) => each.strategy === strategy && each.symbol === symbol);
  }

  private tellOf(of: Omit<CancelRequest, "clientId">, event: VenueEvent): void {
    const member = this.memberOf(of);
    if (member >= 0) this.tell(member, event);
  }

  private tell(member: number, event: VenueEvent): void {
    this.options.members[member].session.on(event);
  }
}

/** An order that the venue made by itself. */
function orderOfVenue({ ofVenue, side, quantity }: VenueTrade): Order {
  const { orderId: id = "?", purpose = "exit" } = ofVenue ?? {};
  return { id, type: "market", side, purpose, quantity, price: null, tag: id, children: [] };
}
