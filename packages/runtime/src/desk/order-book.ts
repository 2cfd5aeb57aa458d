import type { Mutable, Order } from "@bitfever/engine";
import { isAtRest, venueStateAfter, type VenueHappening, type VenueOrderState } from "./venue-order-life.js";

/** An order that was sent to the venue, or that came with one. */
export interface BookedOrder {
  readonly clientId: string;
  /** Whose it is, by the place of the member on the desk. */
  readonly member: number;
  readonly order: Order;
  /** What the strategy calls it, where the desk looks after it and may send it more than once. */
  readonly of: string | null;
  /** The client id of the entry that it protects. */
  readonly parent: string | null;
  /** The client id of the one whose place it takes. */
  readonly replaces: string | null;
  /** The close of the bar that it rests on. */
  readonly signalTime: number;
  readonly state: VenueOrderState;
  /** When it was sent the last time. */
  readonly sentAt: number;
  /** When its end was asked for. */
  readonly cancelAskedAt: number | null;
  /** The client id of the one that takes its place: while nobody knows whether that has arrived, this one stays. */
  readonly replacedBy: string | null;
  /** What of it has not traded, in lots; less where the account could not pay for all of it. */
  readonly left: number;
  /** Some of it has opened a position: what came with it protects that, whatever becomes of the rest. */
  readonly hasOpened: boolean;
  /** What of it, besides, closes the other side before it opens: where the venue does not do so by itself. */
  readonly turning: number;
  /** What the venue has made of its quantity, where the account could not pay for all of it. */
  readonly reducedTo: number | null;
  /** How often the venue has said that it knows nothing of it, since it was sent. */
  readonly absences: number;
  /** How often it was sent. */
  readonly attempts: number;
  /** When it came to rest. */
  readonly restedAt: number | null;
}

export interface OrderBookSnapshot {
  readonly orders: readonly BookedOrder[];
}

/** An order of which nothing was heard yet. There are many: all are made alike. */
export function newOrder(
  given: Pick<
    BookedOrder,
    "clientId" | "member" | "order" | "parent" | "replaces" | "signalTime" | "state" | "sentAt"
  >,
): BookedOrder {
  return {
    clientId: given.clientId,
    member: given.member,
    order: given.order,
    of: null,
    parent: given.parent,
    replaces: given.replaces,
    signalTime: given.signalTime,
    state: given.state,
    sentAt: given.sentAt,
    cancelAskedAt: null,
    replacedBy: null,
    left: given.order.quantity,
    hasOpened: false,
    turning: 0,
    reducedTo: null,
    absences: 0,
    attempts: 1,
    restedAt: null,
  };
}

type Entry = Mutable<BookedOrder>;

type Changes = Partial<Omit<BookedOrder, "clientId" | "member" | "state" | "restedAt">>;

/** All orders of an account that the venue may know of: those that live, and for a while those that have ended. */
export class OrderBook {
  /** Each is changed where it stands, by this book alone. */
  private readonly orders = new Map<string, Entry>();
  /** Those that live: few, of many that have been; also by their members. */
  private readonly living = new Map<string, Entry>();
  private readonly livingOf = new Map<number, Map<string, Entry>>();
  /** Those of which nobody knows what became. */
  private readonly unknown = new Map<string, Entry>();

  find(clientId: string): BookedOrder | undefined {
    return this.orders.get(clientId);
  }

  /** All that are known, also those that have ended a while ago. */
  all(): Iterable<BookedOrder> {
    return this.orders.values();
  }

  /** Those of which news is awaited, in the order in which they were sent. */
  alive(): Iterable<BookedOrder> {
    return this.living.values();
  }

  /** Those of a member. */
  aliveOf(member: number): Iterable<BookedOrder> {
    return this.of(member).values();
  }

  /** How many of a member live. */
  countOf(member: number): number {
    return this.of(member).size;
  }

  /** Those of which nobody knows what became. */
  lost(): Iterable<BookedOrder> {
    return this.unknown.values();
  }

  /** Takes an order in, which is the book's from then on. */
  put(entry: BookedOrder): void {
    this.orders.set(entry.clientId, entry);
    this.list(entry);
  }

  /** Changes what is known of an order, but for what has happened to it. */
  change(clientId: string, changes: Changes): void {
    const entry = this.orders.get(clientId);
    if (entry !== undefined) Object.assign(entry, changes);
  }

  /** Hears what happened to an order; the state before, or null where nothing came of it. */
  hear(clientId: string, happening: VenueHappening, at: number): VenueOrderState | null {
    const entry = this.orders.get(clientId);
    if (entry === undefined) return null;
    const before = entry.state;
    const state = venueStateAfter(before, happening);
    if (state === before) return null;
    // One that comes back to life goes to the end of all lists, so that a restored book has the same order.
    if (isAtRest(before) && !isAtRest(state)) this.orders.delete(clientId);
    entry.state = state;
    entry.restedAt = isAtRest(state) ? at : null;
    this.put(entry);
    return before;
  }

  /** The orders that came with an entry and have not begun. */
  attachedTo({ clientId, member }: BookedOrder): readonly BookedOrder[] {
    return [...this.aliveOf(member)].filter(
      ({ parent, state }) => parent === clientId && state === "attached",
    );
  }

  /** Forgets what came to rest before a time; what came with an entry goes with it, since each part that fills brings it back. */
  forget(before: number): void {
    for (const [clientId, { restedAt, parent }] of this.orders) {
      const comesBack = parent !== null && this.orders.has(parent);
      if (restedAt !== null && restedAt < before && !comesBack) this.orders.delete(clientId);
    }
  }

  snapshot(): OrderBookSnapshot {
    return { orders: structuredClone([...this.orders.values()]) };
  }

  restore({ orders }: OrderBookSnapshot): void {
    this.orders.clear();
    this.living.clear();
    this.livingOf.clear();
    this.unknown.clear();
    for (const each of structuredClone(orders)) this.put(each);
  }

  /** Puts an order on the lists on which it belongs by its state, and on no other. */
  private list(entry: Entry): void {
    const { clientId, state } = entry;
    const ofMember = this.of(entry.member);
    if (isAtRest(state)) {
      this.living.delete(clientId);
      ofMember.delete(clientId);
    } else {
      this.living.set(clientId, entry);
      ofMember.set(clientId, entry);
    }
    if (state === "unknown") this.unknown.set(clientId, entry);
    else this.unknown.delete(clientId);
  }

  private of(member: number): Map<string, Entry> {
    const found = this.livingOf.get(member);
    if (found !== undefined) return found;
    const made = new Map<string, Entry>();
    this.livingOf.set(member, made);
    return made;
  }
}
