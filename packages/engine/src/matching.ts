import { affordable, chargesOn, commissionOn, slipped, type Charges, type Costs } from "./costs.js";
import type { Instrument } from "./instrument.js";
import type { Command, Fill, Order, Purpose, VenueEvent } from "./order.js";
import type { OrderType } from "./order-type.js";
import { orderTypes } from "./orders/index.generated.js";
import { highFirst, type PathName } from "./path.js";

/** Where a bar stands in time and between which prices; decimals, as the data give them. */
export interface MatchedBar {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

export interface MatchingSnapshot {
  readonly working: readonly Order[];
  readonly position: number;
  readonly cash: number;
}

const typeOf = new Map<string, OrderType>(orderTypes.map((each) => [each.name, each]));

/** At one and the same price the position is closed before it is opened, and a stop is taken before a target. */
const priority: Readonly<Record<Purpose, number>> = { exit: 0, stop: 1, target: 2, enter: 3 };

const nothing: readonly VenueEvent[] = [];
const awake = { below: -Infinity, above: Infinity };

/** The prices between which a bar moved, in ticks. */
interface Range {
  readonly high: number;
  readonly low: number;
}

/**
 * The simulated market of one instrument: walks the working orders along the path inside each bar. It owns what a
 * venue owns (orders, position, cash) and tells the session of every change as an event.
 *
 * An order that leaves a position works only while there is one to leave: sent without, it is cancelled at once, and
 * with the position go all the others. So no exit ever opens anything.
 */
export class Matching {
  private working: readonly Order[] = [];
  /** Between these prices no working order can trade, so a bar inside them changes nothing. */
  private asleep = awake;
  /** Signed: below zero when short. */
  private position = 0;
  private events: VenueEvent[] = [];
  private readonly charges: Charges;

  /** @throws BitFeverError BF5012, BF5013 for costs that cannot be charged on this instrument */
  constructor(
    private readonly instrument: Instrument,
    costs: Costs,
    private readonly path: PathName,
    private cash: number,
  ) {
    this.charges = chargesOn(instrument, costs);
  }

  get isIdle(): boolean {
    return this.working.length === 0;
  }

  /** Takes a command at the close of a bar; an order is first seen by the next bar. */
  command(command: Command): readonly VenueEvent[] {
    this.events = [];
    if (command.kind === "cancel") this.cancel(({ id }) => id === command.id);
    else if (this.canAct(command.order)) this.work([...this.working, command.order]);
    else this.events.push({ kind: "cancelled", id: command.order.id });
    return this.events;
  }

  /** Moves the market through one bar. */
  bar(bar: MatchedBar): readonly VenueEvent[] {
    if (this.isIdle) return nothing;
    const high = this.instrument.price(bar.high, "nearest");
    const low = this.instrument.price(bar.low, "nearest");
    if (high < this.asleep.below && low > this.asleep.above) return nothing;
    const open = this.instrument.price(bar.open, "nearest");
    const close = this.instrument.price(bar.close, "nearest");
    this.events = [];
    this.walk(open, open, bar.time, null);
    const isUpFirst = highFirst(this.path, bar.open, bar.high, bar.low, this.position);
    const [first, second] = isUpFirst ? [high, low] : [low, high];
    const range = { high, low };
    this.walk(open, first, bar.time, range);
    this.walk(first, second, bar.time, range);
    this.walk(second, close, bar.time, range);
    return this.events;
  }

  snapshot(): MatchingSnapshot {
    return structuredClone({ working: this.working, position: this.position, cash: this.cash });
  }

  restore(snapshot: MatchingSnapshot): void {
    const { working, position, cash } = structuredClone(snapshot);
    this.work(working);
    this.position = position;
    this.cash = cash;
  }

  /**
   * Fills, one by one, what the price meets on its way; what a fill sets free sees only the way that is left. Only at
   * the open, where there is no `range` yet, does everybody know what comes first.
   */
  private walk(from: number, to: number, time: number, range: Range | null): void {
    let at = from;
    for (;;) {
      const next = this.nextFill(at, to);
      if (next === null) return;
      at = next.price;
      this.fill(next.order, next.price, time, range !== null && this.isAmbiguous(next.order, range));
    }
  }

  private nextFill(at: number, to: number): { order: Order; price: number } | null {
    let found: { order: Order; price: number } | null = null;
    for (const order of this.working) {
      const price = typeOf.get(order.type)?.fillPrice(order, at, to) ?? null;
      if (price === null) continue;
      const nearer = found === null ? -1 : Math.abs(price - at) - Math.abs(found.price - at);
      if (
        found === null ||
        nearer < 0 ||
        (nearer === 0 && priority[order.purpose] < priority[found.order.purpose])
      )
        found = { order, price };
    }
    return found;
  }

  /** Another way out of the same position also lies inside the bar: another path would have met it first. */
  private isAmbiguous(order: Order, { high, low }: Range): boolean {
    if (order.purpose === "enter") return false;
    return this.working.some(
      (other) =>
        other !== order &&
        other.purpose !== "enter" &&
        other.price !== null &&
        other.price >= low &&
        other.price <= high,
    );
  }

  private fill(order: Order, reached: number, time: number, ambiguous: boolean): void {
    this.work(this.working.filter((each) => each !== order));
    const slips = typeOf.get(order.type)?.slips === true;
    const price = slips ? slipped(this.charges, order.side, reached) : reached;
    if (this.isOpposedBy(order)) {
      const reason = order.purpose === "enter" ? "reversal" : order.purpose;
      const quantity = Math.abs(this.position);
      this.trade(order, { effect: "close", reason, price, quantity, time, ambiguous });
      this.cancel((each) => !this.canAct(each));
    }
    if (order.purpose === "enter") this.enter(order, price, time);
  }

  private enter(order: Order, price: number, time: number): void {
    const { id } = order;
    if (this.position !== 0) {
      this.events.push({ kind: "rejected", id, reason: "there is a position on this side already" });
      return;
    }
    const quantity = affordable(this.charges, this.cash, price, order.quantity);
    if (quantity === 0) {
      this.events.push({ kind: "rejected", id, reason: "the account cannot pay for any of it" });
      return;
    }
    if (quantity < order.quantity)
      this.events.push({ kind: "reduced", id, from: order.quantity, to: quantity });
    this.trade(order, { effect: "open", reason: "enter", price, quantity, time, ambiguous: false });
    this.work([...this.working, ...order.children.map((child) => ({ ...child, quantity }))]);
  }

  private trade(
    order: Order,
    given: Pick<Fill, "effect" | "reason" | "price" | "quantity" | "time" | "ambiguous">,
  ): void {
    const direction = order.side === "buy" ? 1 : -1;
    const value = this.instrument.notional(given.price, given.quantity);
    const commission = commissionOn(this.charges, value);
    this.cash = this.instrument.sum(this.cash, -(direction * value + commission));
    this.position = given.effect === "close" ? 0 : direction * given.quantity;
    this.events.push({
      kind: "fill",
      fill: { orderId: order.id, side: order.side, tag: order.tag, commission, ...given },
    });
  }

  /** The working orders from now on. */
  private work(orders: readonly Order[]): void {
    this.working = orders;
    let [below, above] = [Infinity, -Infinity];
    for (const order of orders) {
      const sleep = typeOf.get(order.type)?.sleepsBetween(order) ?? awake;
      below = Math.min(below, sleep.below);
      above = Math.max(above, sleep.above);
    }
    this.asleep = { below, above };
  }

  private canAct(order: Order): boolean {
    return order.purpose === "enter" || this.isOpposedBy(order);
  }

  /** Whether the position is on the other side of an order. */
  private isOpposedBy(order: Order): boolean {
    return order.side === "sell" ? this.position > 0 : this.position < 0;
  }

  private cancel(isMeant: (order: Order) => boolean): void {
    const cancelled = this.working.filter(isMeant);
    if (cancelled.length === 0) return;
    this.work(this.working.filter((each) => !cancelled.includes(each)));
    for (const { id } of cancelled) this.events.push({ kind: "cancelled", id });
  }
}
