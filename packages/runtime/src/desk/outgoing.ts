import type { Command, Order } from "@bitfever/engine";
import type { CancelRequest, VenueOrder } from "../contract.js";
import type { Instruction } from "../gates/trading-state.js";
import { clientIdsOf } from "./client-id.js";
import type { DeskCommand } from "./command.js";
import type { Member } from "./member.js";
import type { Occasion } from "./occasion.js";
import { mayOnlyReduce, replacesIn, type DeskVenue } from "./desk-venue.js";
import { newOrder, type BookedOrder, type OrderBook } from "./order-book.js";
import { isAtRest } from "./venue-order-life.js";
import type { Vetting } from "./vetting.js";

interface OutgoingOptions {
  readonly members: readonly Member[];
  readonly book: OrderBook;
  readonly vetting: Vetting;
  readonly venue: DeskVenue;
  readonly emit: (command: DeskCommand) => void;
  /** A gate asks for more than that an order is refused. */
  readonly instruct: (instruction: Instruction) => void;
}

/** What is asked for besides an order. */
export interface Placing extends Occasion {
  /** The client id of the order whose place it takes. */
  readonly replaces: string | null;
  /** As of a booked order. */
  readonly of?: string | null;
  readonly turning?: number;
}

/** What strategies ask for, on its way to the venue: vetted, booked, then sent. What is refused they hear of at once. */
export class Outgoing {
  /** Of the orders of each member. */
  private readonly ids: readonly ((orderId: string) => string)[];

  constructor(private readonly options: OutgoingOptions) {
    this.ids = options.members.map(({ strategy, symbol }) => clientIdsOf(strategy, symbol));
  }

  send(member: number, command: Command, { signalTime, at, isFlattening }: Occasion): void {
    if (command.kind === "cancel") {
      const asked = this.options.book.find(this.idOf(member, command.id));
      if (asked !== undefined) this.cancel(asked, at);
      return;
    }
    const replaces = command.kind === "replace" ? this.idOf(member, command.id) : null;
    // What protects is moved whatever state the account is in.
    const protects = command.order.parent !== undefined;
    const placing = { signalTime, at, isFlattening: isFlattening || protects, replaces };
    this.place(member, command.order, placing);
  }

  /** Whether an order would be let through: null, or why not. Nothing is sent, and the strategy hears nothing. */
  judge(
    member: number,
    order: Order,
    occasion: Occasion,
    turning = 0,
  ): { readonly clientId: string; readonly refusal: string | null } {
    const sent = this.venueOrder(member, order);
    const circumstances = { ...occasion, replaces: null, isAgain: false, turning };
    return { clientId: sent.clientId, refusal: this.options.vetting.judge(member, sent, circumstances) };
  }

  /** Sends an order that is let through, and says under which client id; null where it is refused, which the strategy hears. */
  place(member: number, order: Order, placing: Placing): string | null {
    const { signalTime, at, isFlattening, replaces, turning = 0 } = placing;
    const sent = this.venueOrder(member, order);
    const vetted = this.options.vetting.vet(member, sent, {
      ...{ signalTime, at, isFlattening, replaces, turning, isAgain: false },
    });
    if ("refusal" in vetted) {
      // What it would have replaced goes all the same: the strategy takes it for gone.
      const replaced = replaces === null ? undefined : this.options.book.find(replaces);
      if (replaced !== undefined) this.cancel(replaced, at);
      this.refuse(member, placing.of ?? order.id, vetted.refusal);
      this.options.instruct(vetted.instruction);
      return null;
    }
    this.bookOrder(member, sent, placing);
    this.emitOrder(member, replaces, vetted.approved);
    if (replaces !== null) this.options.book.change(replaces, { replacedBy: sent.clientId });
    return sent.clientId;
  }

  /** Asks for the end of an order; again, where that was asked before and nothing was heard. */
  cancel(entry: BookedOrder, at: number): void {
    const { book, emit } = this.options;
    book.change(entry.clientId, { cancelAskedAt: at });
    emit({ kind: "cancel", request: this.requestOf(entry), orderId: entry.order.id });
    // Where it never arrived, the one that it was to replace works still, and nobody wants that any more.
    const replaced = entry.replaces === null ? undefined : book.find(entry.replaces);
    if (replaced !== undefined && !isAtRest(replaced.state) && replaced.cancelAskedAt === null)
      this.cancel(replaced, at);
  }

  /** Asks once more for an order that never arrived, under its old id; whether it was let through. */
  resend(entry: BookedOrder, at: number): boolean {
    const { member, signalTime, replaces, turning } = entry;
    const order = this.venueOrder(member, entry.order);
    const vetted = this.options.vetting.vet(member, order, {
      ...{ signalTime, at, replaces, turning, isAgain: true },
      isFlattening: entry.of !== null && entry.order.purpose !== "enter",
    });
    if ("refusal" in vetted) return false;
    const { clientId, attempts } = entry;
    this.options.book.hear(clientId, "resend", at);
    this.options.book.change(clientId, { sentAt: at, absences: 0, attempts: attempts + 1 });
    this.emitOrder(member, replaces, vetted.approved);
    return true;
  }

  requestOf({ clientId, member }: Pick<BookedOrder, "clientId" | "member">): CancelRequest {
    const { strategy, symbol } = this.options.members[member];
    return { clientId, strategy, symbol };
  }

  private idOf(member: number, orderId: string): string {
    return this.ids[member](orderId);
  }

  private venueOrder(member: number, order: Order): VenueOrder {
    const { members, venue } = this.options;
    const { strategy, symbol } = members[member];
    return {
      ...{ clientId: this.idOf(member, order.id), strategy, symbol, order },
      ...(!venue.separates && this.onlyReduces(member, order) && { isReduceOnly: true as const }),
    };
  }

  private onlyReduces(member: number, { purpose }: Order): boolean {
    const { members, venue } = this.options;
    return purpose !== "enter" && mayOnlyReduce(members, member, venue);
  }

  private bookOrder(
    member: number,
    { clientId, order }: VenueOrder,
    { replaces, signalTime, at, of = null, turning = 0 }: Placing,
  ): void {
    const { book } = this.options;
    const parent = order.parent === undefined ? null : this.idOf(member, order.parent);
    const entry = newOrder({
      clientId,
      member,
      order,
      parent,
      replaces,
      signalTime,
      state: "sent",
      sentAt: at,
    });
    book.put(of === null ? entry : { ...entry, of, turning, left: order.quantity - turning });
    for (const child of order.children)
      book.put(
        newOrder({
          clientId: this.idOf(member, child.id),
          member,
          order: child,
          parent: clientId,
          replaces: null,
          signalTime,
          state: "attached",
          sentAt: at,
        }),
      );
  }

  private emitOrder(
    member: number,
    replaces: string | null,
    order: Extract<DeskCommand, { kind: "submit" }>["order"],
  ): void {
    const { book, members, venue, emit } = this.options;
    const replaced = replaces === null ? undefined : book.find(replaces);
    // What protects must not depend on whether the one before it has arrived: it goes on its own, and that one goes after it.
    const isAlone = replaced?.state !== "working" && this.onlyReduces(member, order.order);
    const isSure = replacesIn(venue, members[member].symbol) && !isAlone;
    emit(
      replaced !== undefined && isSure
        ? { kind: "modify", request: this.requestOf(replaced), replacedId: replaced.order.id, order }
        : { kind: "submit", order },
    );
  }

  private refuse(member: number, id: string, reason: string): void {
    const { strategy, symbol, session } = this.options.members[member];
    session.on({ kind: "rejected", id, reason });
    this.options.emit({
      kind: "notice",
      notice: { what: "refused", text: reason, strategy, symbol, orderId: id },
    });
  }
}
