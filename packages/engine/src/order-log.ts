import type { Instrument } from "./instrument.js";
import type { Command, Fill, Order, VenueEvent } from "./order.js";
import { cancelReasons, happeningOf, isOver, stateAfter, type OrderState } from "./order-life.js";

/** What became of an order; prices and quantities as decimals, times the opens of bars in milliseconds UTC. */
export interface LoggedOrder extends Pick<Order, "id" | "tag" | "type" | "side" | "purpose"> {
  /** What was asked for, cut to what could be paid. */
  readonly quantity: number;
  readonly price: number | null;
  readonly limit: number | null;
  /** The entry that it protects. */
  readonly parent: string | null;
  /** The bar at whose close it was sent; of what protects an entry, the one inside which that filled. */
  readonly sentTime: number;
  readonly state: OrderState;
  /** The bar in which it ended; null while it works or waits. */
  readonly endTime: number | null;
  /** What it has traded, closed and opened together. */
  readonly filled: number;
  readonly averagePrice: number | null;
  /** Why it was cancelled or rejected. */
  readonly reason: string | null;
}

interface Entry {
  readonly order: Order;
  readonly parent: string | null;
  sentTime: number;
  quantity: number;
  state: OrderState;
  endTime: number | null;
  filled: number;
  value: number;
  reason: string | null;
}

/** Every order of a market with its life, in the order in which they came. */
export class OrderLog {
  private readonly entries: Entry[] = [];
  /** The present life of each order: what protects an entry may be placed once more where more of that fills. */
  private readonly latest = new Map<string, Entry>();

  constructor(private readonly instrument: Instrument) {}

  get orders(): readonly LoggedOrder[] {
    const { instrument } = this;
    const decimal = (price: number | null | undefined): number | null =>
      price === null || price === undefined ? null : instrument.priceDecimal(price);
    return this.entries.map(
      ({ order, parent, sentTime, quantity, state, endTime, filled, value, reason }) => ({
        id: order.id,
        ...{ tag: order.tag, type: order.type, side: order.side, purpose: order.purpose },
        ...{ price: decimal(order.price), limit: decimal(order.limit), parent },
        ...{ quantity: instrument.quantityDecimal(quantity), sentTime, state, endTime, reason },
        filled: instrument.quantityDecimal(filled),
        averagePrice: filled === 0 ? null : decimal(value / filled),
      }),
    );
  }

  /** Hears of a command, before the market does. */
  send(command: Command, time: number): void {
    if (command.kind === "cancel") return;
    const { order } = command;
    if (this.latest.has(order.id)) return;
    this.add(order, order.parent ?? null, "working", time);
    for (const child of order.children) this.add(child, order.id, "waiting", time);
  }

  /** Hears of what the market made of it. */
  hear(events: readonly VenueEvent[], time: number): void {
    for (const event of events) {
      const told = happeningOf(event);
      if (told === null) continue;
      const entry = this.entryOf(told.id, event, time);
      if (entry === undefined) continue;
      entry.state = stateAfter(entry.state, told.happening, told.id);
      if (event.kind === "placed") entry.sentTime = time;
      if (event.kind === "fill") {
        entry.filled += event.fill.quantity;
        entry.value += event.fill.price * event.fill.quantity;
      }
      if (event.kind === "reduced") entry.quantity = event.to;
      if (event.kind === "rejected") entry.reason = event.reason;
      if (event.kind === "cancelled") entry.reason = cancelReasons[event.reason];
      if (isOver(entry.state)) this.end(entry, time);
    }
  }

  /** The order that an event is about: what is placed once more has a new life, and of some only a fill tells. */
  private entryOf(id: string, event: VenueEvent, time: number): Entry | undefined {
    const entry = this.latest.get(id);
    if (event.kind === "placed" && entry !== undefined && entry.state !== "waiting")
      return this.add(entry.order, entry.parent, "waiting", time);
    return entry ?? (event.kind === "fill" ? this.ofVenue(event.fill, time) : undefined);
  }

  /** With an entry that never filled what would have protected it goes too. */
  private end(entry: Entry, time: number): void {
    entry.endTime = time;
    if (entry.state === "filled") return;
    for (const { id } of entry.order.children) {
      const child = this.latest.get(id);
      if (child?.state !== "waiting") continue;
      child.state = stateAfter(child.state, "cancel", id);
      child.reason = entry.reason;
      child.endTime = time;
    }
  }

  /** An order that the venue made by itself: a liquidation, or the close at the end. */
  private ofVenue({ orderId: id, side, reason, quantity, tag }: Fill, time: number): Entry {
    const purpose = reason === "reversal" ? "exit" : reason;
    const order = { id, side, purpose, quantity, tag, price: null, children: [] };
    return this.add({ ...order, type: "market" }, null, "working", time);
  }

  private add(order: Order, parent: string | null, state: OrderState, sentTime: number): Entry {
    const entry: Entry = {
      order,
      ...{ parent, state, sentTime, quantity: order.quantity },
      ...{ endTime: null, filled: 0, value: 0, reason: null },
    };
    this.entries.push(entry);
    this.latest.set(order.id, entry);
    return entry;
  }
}
