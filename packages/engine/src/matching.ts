import { BitFeverError } from "@bitfever/lang";
import { affordable, chargesOn, commissionOn, slipped, type Charges, type Costs } from "./costs.js";
import { Holding, type HoldingSnapshot } from "./holding.js";
import type { Instrument } from "./instrument.js";
import type { Command, Fill, Order, Purpose, VenueEvent } from "./order.js";
import { awake, type OrderType, type WorkingOrder } from "./order-type.js";
import { orderTypes } from "./orders/index.generated.js";
import { highFirst, type PathName } from "./path.js";
import { portionOf } from "./portion.js";
import { tillOf, type Till } from "./purse.js";

/** Where a bar stands in time and between which prices; decimals, as the data give them. */
export interface MatchedBar {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** 0 on the first bar of a session; left out, there is one session without end. */
  readonly session_bar?: number;
}

/** How generously orders fill. */
export interface FillRules {
  /** Ticks that the price must go beyond a limit before it fills. */
  readonly through: number;
  /** Market orders fill at the close at which they are sent. */
  readonly onClose: boolean;
}

export interface MatchingSnapshot {
  readonly working: readonly WorkingOrder[];
  readonly position: number;
  readonly cash: number;
  readonly holding: HoldingSnapshot;
  readonly heard: readonly string[];
  readonly last: { readonly time: number; readonly close: number };
}

const typeOf = new Map<string, OrderType>(orderTypes.map((each) => [each.name, each]));

/** At one and the same price the position is closed before it is opened, and a stop is taken before a target. */
const priority: Readonly<Record<Purpose, number>> = { exit: 0, stop: 1, target: 2, enter: 3 };

const nothing: readonly VenueEvent[] = [];

const isStop = ({ type }: Order): boolean =>
  type === "stop" || type === "stop_limit" || type === "trailing_stop";

/** The prices between which a bar moved, in ticks. */
interface Range {
  readonly high: number;
  readonly low: number;
}

/** A place on the path at which an order has something to do. */
interface Meeting {
  readonly order: WorkingOrder;
  readonly type: OrderType;
  readonly at: number;
}

/** When a fill happens, and what is known of it. */
type Moment = Pick<Fill, "time" | "ambiguous" | "isInside" | "isAtClose">;

/**
 * The simulated market of one instrument: walks the working orders along the path inside each bar. It owns what a
 * venue owns (orders, position, cash) and tells the session of every change as an event.
 *
 * An order that leaves a position works only while there is one to leave: sent without, it is cancelled at once, and
 * with the position go all the others. So no exit ever opens anything.
 */
export class Matching {
  private working: readonly WorkingOrder[] = [];
  /** Between these prices no working order has anything to do, so a bar inside them changes nothing. */
  private asleep: { readonly below: number; readonly above: number } = awake;
  /** Whether some working order follows the price, has its bars counted, or waits for the close. */
  private follows = false;
  private ages = false;
  private closes = false;
  private isClosing = false;
  /** Entries that this bar has filled after its open. */
  private inside: readonly WorkingOrder[] = [];
  private readonly holding: Holding;
  /** Every order that was ever sent: a second time is no time. */
  private heard = new Set<string>();
  private lastTime = NaN;
  private lastClose = NaN;
  private events: VenueEvent[] = [];
  private readonly charges: Charges;
  private readonly rules: FillRules;
  private readonly till: Till;

  /** @throws BitFeverError BF5012, BF5013 for costs or fills that this instrument cannot have */
  constructor(
    private readonly instrument: Instrument,
    costs: Costs,
    private readonly path: PathName,
    cash: number | Till,
    rules: FillRules = { through: 0, onClose: false },
  ) {
    this.till = typeof cash === "number" ? tillOf(cash) : cash;
    this.till.markets.push(this);
    this.charges = chargesOn(instrument, costs);
    checkThrough(instrument, rules.through);
    this.rules = rules;
    this.holding = new Holding((a, b, scale) => instrument.isSameQuantity(a, b, scale));
  }

  get isIdle(): boolean {
    return this.working.length === 0;
  }

  /** The nearest price at which a working stop would leave the position, as a decimal; NaN without one. */
  get stopPrice(): number {
    let nearest = NaN;
    for (const order of this.working) {
      const { price, side } = order;
      if (price === null || order.purpose === "enter" || !isStop(order) || !this.isOpposedBy(order)) continue;
      if (!(side === "sell" ? price <= nearest : price >= nearest)) nearest = price;
    }
    return Number.isNaN(nearest) ? NaN : this.instrument.priceDecimal(nearest);
  }

  /** Takes a command at the close of a bar; an order is first seen by the next bar. */
  command(command: Command): readonly VenueEvent[] {
    this.events = [];
    switch (command.kind) {
      case "cancel":
        this.cancel(({ id }) => id === command.id);
        break;
      case "submit":
        this.submit(command.order, true);
        break;
      case "replace": {
        const isThere = this.working.some(({ id }) => id === command.id);
        this.cancel(({ id }) => id === command.id);
        this.submit(command.order, isThere);
      }
    }
    return this.events;
  }

  /** Moves the market through one bar. */
  bar(bar: MatchedBar): readonly VenueEvent[] {
    this.lastTime = bar.time;
    this.lastClose = bar.close;
    if (this.isIdle) return nothing;
    const high = this.instrument.price(bar.high, "nearest");
    const low = this.instrument.price(bar.low, "nearest");
    if (high < this.asleep.below && low > this.asleep.above) return nothing;
    const open = this.instrument.price(bar.open, "nearest");
    const close = this.instrument.price(bar.close, "nearest");
    const { time } = bar;
    this.events = [];
    if (this.inside.length > 0) this.inside = [];
    if (this.ages && bar.session_bar === 0) this.cancel(isOverWithSession);
    this.walk(open, open, time, null);
    if (this.ages) this.cancel((each) => isImmediate(each) && each.type !== "market_on_close");
    const isUpFirst = highFirst(this.path, bar.open, bar.high, bar.low, this.holding.position);
    const [first, second] = isUpFirst ? [high, low] : [low, high];
    const range = { high, low };
    this.walk(open, first, time, range);
    this.walk(first, second, time, range);
    this.walk(second, close, time, range);
    if (this.closes) this.printClose(close, time);
    if (this.ages) this.grow();
    if (this.follows) this.work(this.working);
    return this.events;
  }

  snapshot(): MatchingSnapshot {
    return {
      working: structuredClone(this.working),
      position: this.holding.position,
      cash: this.till.cash,
      holding: this.holding.snapshot(),
      heard: [...this.heard],
      last: { time: this.lastTime, close: this.lastClose },
    };
  }

  restore(snapshot: MatchingSnapshot): void {
    this.work(structuredClone(snapshot.working));
    this.holding.restore(snapshot.holding);
    this.till.cash = snapshot.cash;
    this.heard = new Set(snapshot.heard);
    this.lastTime = snapshot.last.time;
    this.lastClose = snapshot.last.close;
  }

  private submit(order: Order, isWanted: boolean): void {
    if (this.heard.has(order.id)) return;
    this.heard.add(order.id);
    if (!isWanted || !this.canAct(order)) this.events.push({ kind: "cancelled", id: order.id });
    else if (this.rules.onClose && order.type === "market") {
      const close = this.instrument.price(this.lastClose, "nearest");
      this.fill(order, close, { time: this.lastTime, ambiguous: false, isAtClose: true });
    } else this.work([...this.working, order]);
  }

  /**
   * Meets, one by one, what the price finds on its way; what a fill sets free sees only the way that is left. Only at
   * the open and at the close, where there is no `range`, does everybody know what comes first.
   */
  private walk(from: number, to: number, time: number, range: Range | null): void {
    let at = from;
    for (;;) {
      const next = this.nextMeeting(at, to);
      if (this.follows) this.follow(next === null ? to : next.at);
      if (next === null) return;
      const { order, type } = next;
      at = next.at;
      if (type.becomes !== undefined) {
        const changed = type.becomes(order);
        this.work(this.working.map((each) => (each.id === order.id ? changed : each)));
      } else {
        const isInside = range !== null || this.isClosing ? true : undefined;
        this.fill(order, at, { time, ambiguous: range !== null && this.isAmbiguous(order, range), isInside });
      }
    }
  }

  private printClose(close: number, time: number): void {
    this.isClosing = true;
    this.walk(close, close, time, null);
    this.isClosing = false;
    this.cancel(isImmediate);
  }

  private nextMeeting(at: number, to: number): Meeting | null {
    let found: Meeting | null = null;
    for (const order of this.working) {
      const type = typeOf.get(order.type);
      if (type === undefined || (type.waitsForClose === true && !this.isClosing)) continue;
      const met = type.meets(order, at, to, this.rules.through);
      if (met === null) continue;
      const nearer = found === null ? -1 : Math.abs(met - at) - Math.abs(found.at - at);
      if (
        found === null ||
        nearer < 0 ||
        (nearer === 0 && priority[order.purpose] < priority[found.order.purpose])
      )
        found = { order, type, at: met };
    }
    return found;
  }

  private follow(at: number): void {
    this.working = this.working.map((each) => typeOf.get(each.type)?.follows?.(each, at) ?? each);
  }

  /** The bars of those whose days are numbered, and the end of those that have had theirs. */
  private grow(): void {
    this.work(
      this.working.map((each) =>
        each.duration === undefined ? each : { ...each, age: (each.age ?? 0) + 1 },
      ),
    );
    this.cancel(({ duration, age = 0 }) => duration?.kind === "bars" && age >= duration.count);
  }

  /**
   * Another way out of the same position, or another way in, also lies inside the bar, the other way; or the order came
   * with an entry inside the bar, and waited for the other extreme than that. Another path would have met them in
   * another order.
   */
  private isAmbiguous(order: WorkingOrder, { high, low }: Range): boolean {
    const isEntry = order.purpose === "enter";
    const isFromInside = this.inside.some(
      (entry) => entry.id === order.parent && waitsForRise(entry) !== waitsForRise(order),
    );
    if (isFromInside) return true;
    return this.working.some(
      (other) =>
        (other.purpose === "enter") === isEntry &&
        waitsForRise(other) !== waitsForRise(order) &&
        other.price !== null &&
        other.price >= low &&
        other.price <= high,
    );
  }

  private fill(order: WorkingOrder, met: number, moment: Moment): void {
    const type = typeOf.get(order.type);
    const quoted = type?.fillPrice?.(order, met, this.rules.through) ?? met;
    const price = type?.slips === true ? slipped(this.charges, order.side, quoted) : quoted;
    if (this.working.length > 0) this.work(this.working.filter(({ id }) => id !== order.id));
    if (
      order.duration?.kind === "fok" &&
      order.purpose === "enter" &&
      !this.isWholeAffordable(order, price)
    ) {
      this.events.push({ kind: "cancelled", id: order.id });
      return;
    }
    if (this.isOpposedBy(order)) {
      const reason = order.purpose === "enter" ? "reversal" : order.purpose;
      const quantity = this.closedBy(order);
      this.trade(order, { effect: "close", reason, price, quantity }, moment);
      this.cancel((each) => !this.canAct(each));
    }
    if (order.purpose === "enter") this.enter(order, price, met, moment);
  }

  private enter(order: WorkingOrder, price: number, met: number, moment: Moment): void {
    const { id, group, entries = 1 } = order;
    const { position } = this.holding;
    if (position !== 0 && this.holding.entries >= entries) {
      const reason =
        entries === 1 ? "there is a position on this side already" : "as many entries are open as may be";
      this.events.push({ kind: "rejected", id, reason });
      return;
    }
    const quantity = affordable(this.charges, this.available(price), price, order.quantity);
    if (quantity === 0) {
      this.events.push({ kind: "rejected", id, reason: "the account cannot pay for any of it" });
      return;
    }
    if (quantity < order.quantity)
      this.events.push({ kind: "reduced", id, from: order.quantity, to: quantity });
    this.trade(order, { effect: "open", reason: "enter", price, quantity }, moment);
    if (moment.isInside === true) this.inside = [...this.inside, order];
    if (group !== undefined) this.cancel((each) => each.purpose === "enter" && each.group === group);
    this.protect(order, quantity, price, met);
  }

  /** Places the children of an entry, for what was entered; what rounds to no lot at all is cancelled. */
  private protect({ id, children }: Order, entered: number, price: number, met: number): void {
    if (children.length === 0) return;
    const placed: WorkingOrder[] = [];
    for (const child of children) {
      const { share, trail } = child;
      const quantity = share === undefined ? entered : portionOf(this.instrument, entered, share);
      if (quantity === 0) this.events.push({ kind: "cancelled", id: child.id });
      else if (trail === undefined) {
        const isReady = child.quantity === quantity && child.parent === id;
        placed.push(isReady ? child : { ...child, quantity, parent: id });
      } else {
        const { after } = trail;
        const startsAt = after === null ? undefined : price + after.times * (price - after.stop);
        const waiting = { ...child, quantity, parent: id, startsAt };
        placed.push(typeOf.get(child.type)?.follows?.(waiting, met) ?? waiting);
      }
    }
    this.work([...this.working, ...placed]);
  }

  private trade(
    { id, side, tag, parent }: Order,
    { effect, reason, price, quantity }: Pick<Fill, "effect" | "reason" | "price" | "quantity">,
    { time, ambiguous, isInside, isAtClose }: Moment,
  ): void {
    const direction = side === "buy" ? 1 : -1;
    const value = this.instrument.notional(price, quantity);
    const commission = commissionOn(this.charges, value);
    this.till.cash = this.instrument.sum(this.till.cash, -(direction * value + commission));
    if (effect === "open") this.holding.open(id, quantity, direction === 1);
    else this.holding.close(quantity, parent);
    this.events.push({
      kind: "fill",
      fill: {
        orderId: id,
        side,
        effect,
        reason,
        tag,
        price,
        quantity,
        commission,
        time,
        ambiguous,
        isInside,
        isAtClose,
      },
    });
  }

  /** What others have not reserved; what is sold short here counts at the price of the moment. */
  private available(price: number): number {
    const { position } = this.holding;
    if (position >= 0) return this.unreserved;
    return this.instrument.sum(this.unreserved, this.instrument.notional(price, 2 * position));
  }

  private get unreserved(): number {
    let { cash } = this.till;
    for (const market of this.till.markets)
      if (market !== this) cash = this.instrument.sum(cash, -market.reserved);
    return cash;
  }

  /** What is sold short here at the last price, and as much again: without leverage it is not there to be spent. */
  get reserved(): number {
    const { position } = this.holding;
    if (position >= 0) return 0;
    const price = this.instrument.price(this.lastClose, "nearest");
    return -this.instrument.notional(price, 2 * position);
  }

  /** Whether an entry could be had whole, after it has closed what it turns round. */
  private isWholeAffordable(order: Order, price: number): boolean {
    let cash = this.available(price);
    if (this.isOpposedBy(order)) {
      const value = this.instrument.notional(price, this.holding.position);
      cash = this.instrument.sum(this.unreserved, value - commissionOn(this.charges, value));
    }
    return affordable(this.charges, cash, price, order.quantity) === order.quantity;
  }

  /** How much of the position an order on its other side closes. */
  private closedBy({ quantity, parent, isPartial }: WorkingOrder): number {
    const held = Math.abs(this.holding.position);
    const most = parent === undefined ? held : Math.min(held, this.holding.coveredBy(parent));
    const isAll = (parent === undefined && isPartial !== true) || quantity >= most;
    return isAll || this.instrument.isSameQuantity(quantity, most, most) ? most : quantity;
  }

  /** The working orders from now on. */
  private work(orders: readonly WorkingOrder[]): void {
    this.working = orders;
    let [below, above] = [Infinity, -Infinity];
    this.follows = this.ages = this.closes = false;
    for (const order of orders) {
      const type = typeOf.get(order.type);
      const sleep = type === undefined || order.duration !== undefined ? awake : type.sleepsBetween(order);
      below = Math.min(below, sleep.below);
      above = Math.max(above, sleep.above);
      if (order.duration !== undefined) this.ages = true;
      if (type?.follows !== undefined) this.follows = true;
      if (type?.waitsForClose === true) this.closes = true;
    }
    this.asleep = { below, above };
  }

  private canAct(order: Order): boolean {
    if (order.purpose === "enter") return true;
    return (
      this.isOpposedBy(order) && (order.parent === undefined || this.holding.coveredBy(order.parent) > 0)
    );
  }

  /** Whether the position is on the other side of an order. */
  private isOpposedBy(order: Order): boolean {
    const { position } = this.holding;
    return order.side === "sell" ? position > 0 : position < 0;
  }

  private cancel(isMeant: (order: WorkingOrder) => boolean): void {
    const cancelled = this.working.filter(isMeant);
    if (cancelled.length === 0) return;
    this.work(this.working.filter((each) => !cancelled.includes(each)));
    for (const { id } of cancelled) this.events.push({ kind: "cancelled", id });
  }
}

const isImmediate = ({ duration }: Order): boolean => duration?.kind === "ioc" || duration?.kind === "fok";

/** Sent at the last bar of a session it has seen none of its bars: it lives through the next. */
const isOverWithSession = ({ duration, age = 0 }: WorkingOrder): boolean =>
  duration?.kind === "day" && age > 0;

/** Sold at a limit and bought at a stop is what the price must rise to. */
const waitsForRise = ({ type, side }: Order): boolean => (type === "limit") === (side === "sell");

function checkThrough(instrument: Instrument, through: number): void {
  if (!Number.isSafeInteger(through) || through < 0)
    throw new BitFeverError(
      "BF5013",
      `limits fill ${through} ticks beyond; nothing trades between two ticks`,
      {
        hint: "give whole ticks, or 0 to fill at the touch",
      },
    );
  if (through > 0 && instrument.tickSize === null)
    throw new BitFeverError(
      "BF5012",
      "filling limits beyond their price needs to know the instrument's tick",
      {
        hint: "give it with --set tick=0.01, or fill at the touch with --set through=0",
      },
    );
}
