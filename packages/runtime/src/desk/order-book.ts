import type { Order } from "@bitfever/engine";
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

/** All orders of an account that the venue may know of: those that live, and for a while those that have ended. */
export class OrderBook {
  private readonly orders = new Map<string, BookedOrder>();
  /** Those that live: few, of many that have been; also by their members. */
  private readonly living = new Set<string>();
  private readonly livingOf = new Map<number, Set<string>>();
  /** Those of which nobody knows what became. */
  private readonly unknown = new Set<string>();

  find(clientId: string): BookedOrder | undefined {
    return this.orders.get(clientId);
  }

  /** Those of which news is awaited, in the order in which they were sent. */
  *alive(): Iterable<BookedOrder> {
    for (const clientId of this.living) yield this.orders.get(clientId) as BookedOrder;
  }

  /** Those of a member. */
  *aliveOf(member: number): Iterable<BookedOrder> {
    for (const clientId of this.livingOf.get(member) ?? []) yield this.orders.get(clientId) as BookedOrder;
  }

  /** Those of which nobody knows what became. */
  *lost(): Iterable<BookedOrder> {
    for (const clientId of this.unknown) yield this.orders.get(clientId) as BookedOrder;
  }

  /** Takes an order in. */
  put(entry: BookedOrder): void {
    const { clientId } = entry;
    const lives = !isAtRest(entry.state);
    // One that comes back to life goes to the end of both lists, so that a restored book has the same order.
    if (lives && !this.living.has(clientId)) this.orders.delete(clientId);
    this.orders.set(clientId, entry);
    for (const list of [this.living, this.of(entry.member)])
      if (lives) list.add(clientId);
      else list.delete(clientId);
    if (entry.state === "unknown") this.unknown.add(clientId);
    else this.unknown.delete(clientId);
  }

  /** Changes what is known of an order. */
  change(clientId: string, changes: Partial<BookedOrder>): void {
    const entry = this.orders.get(clientId);
    if (entry !== undefined) this.put({ ...entry, ...changes });
  }

  /** Hears what happened to an order; the state before, or null where nothing came of it. */
  hear(clientId: string, happening: VenueHappening, at: number): VenueOrderState | null {
    const entry = this.orders.get(clientId);
    if (entry === undefined) return null;
    const state = venueStateAfter(entry.state, happening);
    if (state === entry.state) return null;
    this.put({ ...entry, state, restedAt: isAtRest(state) ? at : null });
    return entry.state;
  }

  /** The orders that came with an entry. */
  childrenOf(clientId: string): readonly BookedOrder[] {
    const member = this.orders.get(clientId)?.member ?? -1;
    return [...this.aliveOf(member)].filter(({ parent }) => parent === clientId);
  }

  /** Forgets what came to rest before a time. */
  forget(before: number): void {
    for (const [clientId, { restedAt }] of this.orders) {
      if (restedAt !== null && restedAt < before) this.orders.delete(clientId);
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

  private of(member: number): Set<string> {
    const found = this.livingOf.get(member) ?? new Set();
    this.livingOf.set(member, found);
    return found;
  }
}
