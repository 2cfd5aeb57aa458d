import { BitFeverError } from "@bitfever/lang";
import { splitOrder } from "./actions/split-order.js";
import { childTerms } from "./child-terms.js";
import type { Traded } from "./commission.js";
import { chargesOn, slipped, untraded, type Charges, type Costs } from "./costs.js";
import { checkFillRules, plainFills, type FillRules } from "./fill-rules.js";
import type { Fraction } from "./fraction.js";
import type { Conversion } from "./conversion.js";
import type { Instrument } from "./instrument.js";
import type { CancelReason, Command, Fill, FillReason, Order, Purpose, Side, VenueEvent } from "./order.js";
import { waitsForBetterPrice, type OrderType, type WorkingOrder } from "./order-type.js";
import { drawFor } from "./random.js";
import { dayMs } from "./data/zone.js";
import { highFirst, type PathName } from "./path.js";
import { tillOf, type Till } from "./purse.js";
import { regridded } from "./regrid.js";
import { VenueAccount, type VenueAccountSnapshot } from "./venue-account.js";
import { typeOf, WorkingOrders } from "./working-orders.js";

/** Where a bar stands in time and between which prices; decimals, as the data give them. */
export interface MatchedBar {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Units traded; NaN or left out where nobody knows. */
  readonly volume?: number;
  /** 0 on the first bar of a session; left out, there is one session without end. */
  readonly session_bar?: number;
}

export interface MatchingSnapshot extends VenueAccountSnapshot {
  readonly working: readonly WorkingOrder[];
  readonly heard: readonly (readonly [id: string, time: number])[];
  readonly bars: number;
  /** What of the last bar's volume may still be traded, in lots. */
  readonly allowance: number;
  readonly last: Omit<MatchedBar, "session_bar">;
}

/** At one and the same price the position is closed before it is opened, and a stop is taken before a target. */
const priority: Readonly<Record<Purpose, number>> = { exit: 0, liquidation: 1, stop: 1, target: 2, enter: 3 };

const nothing: readonly VenueEvent[] = [];

/** The prices between which a bar moved, in ticks. */
interface Range {
  readonly high: number;
  readonly low: number;
}

/** A part of the path inside a bar. Only single prints, where there is no `range`, tell everybody what comes first. */
interface Segment {
  readonly from: number;
  readonly to: number;
  readonly range: Range | null;
}

const printAt = (price: number): Segment => ({ from: price, to: price, range: null });

/** A place on the path at which an order has something to do. */
interface Meeting {
  readonly order: WorkingOrder;
  readonly type: OrderType;
  readonly at: number;
}

/** When and where a fill happens, and what is known of it. */
interface Moment extends Pick<Fill, "ambiguous" | "isInside" | "isAtClose" | "isAtEnd"> {
  readonly segment: Segment;
}

/**
 * The simulated market of one instrument: walks the working orders along the path inside each bar. It owns what a
 * venue owns (orders, position, cash) and tells the session of every change as an event.
 *
 * An order that leaves a position works only while there is one to leave: sent without, it is cancelled at once, and
 * with the position go all the others. So no exit ever opens anything.
 */
export class Matching {
  /** Whether the events say when what protects an entry is placed. */
  protected readonly tellsPlacing: boolean = false;
  private readonly orders = new WorkingOrders();
  private readonly account: VenueAccount;
  private readonly till: Till;
  private readonly charges: Charges;
  private readonly rules: FillRules;
  /** How far a price must go beyond a limit, in steps of price. */
  private through: number;
  /** Whether each bar moves the rate at which money is converted, or charges what the account owes. */
  private readonly keepsTime: boolean;
  private isClosing = false;
  /** Entries that this bar has filled after its open. */
  private inside: readonly WorkingOrder[] = [];
  /** Every order that was ever sent, and not forgotten, with the bar before it: a second time is no time. */
  private heard = new Map<string, number>();
  /** Bars seen so far, the present one included. */
  private bars = 0;
  /** The newest bar; who gives it may write over it for the next. */
  private last: MatchedBar = { time: NaN, open: NaN, high: NaN, low: NaN, close: NaN };
  private lastTime = NaN;
  /** Whether the next bar has begun: what lies before it is done. */
  private hasBegun = false;
  /** What of the bar's volume may still be traded, in lots. */
  private allowance = Infinity;
  private events: VenueEvent[] = [];

  /** @throws BitFeverError BF5012, BF5013 for costs or fills that this instrument cannot have */
  constructor(
    private readonly instrument: Instrument,
    costs: Costs,
    private readonly path: PathName,
    cash: number | Till,
    rules: Partial<FillRules> = {},
    private readonly conversion?: Conversion,
  ) {
    this.rules = { ...plainFills, ...rules };
    this.charges = chargesOn(instrument, costs);
    this.keepsTime = conversion !== undefined || this.charges.carries.some(({ isOfAccount }) => isOfAccount);
    this.till = typeof cash === "number" ? tillOf(cash) : cash;
    this.account = new VenueAccount(instrument, this.charges, this.till, this.rules.margin, conversion);
    checkFillRules(instrument, this.rules);
    this.through = instrument.ticks(this.rules.through);
  }

  get isIdle(): boolean {
    return this.orders.list.length === 0;
  }

  /** Whether bars change nothing: no order rests, nothing is held, and nobody else goes by what time it is here. */
  get isQuiet(): boolean {
    return this.isIdle && this.account.isFlat && !this.keepsTime;
  }

  /** Whether an order rests that closes something of what is held, and does not merely protect it. */
  get isReducing(): boolean {
    return this.orders.list.some((each) => each.parent === undefined && this.isOpposedBy(each));
  }

  /** The nearest price at which a working stop would leave the position, as a decimal; NaN without one. */
  get stopPrice(): number {
    let nearest = NaN;
    for (const order of this.orders.list) {
      const { price, side } = order;
      if (price === null || order.purpose === "enter" || !isStop(order) || !this.reduces(side)) continue;
      if (!(side === "sell" ? price <= nearest : price >= nearest)) nearest = price;
    }
    return Number.isNaN(nearest) ? NaN : this.instrument.priceDecimal(nearest);
  }

  /** Takes a command at the close of a bar; an order is first seen by the next bar. */
  command(command: Command): readonly VenueEvent[] {
    this.events = [];
    this.convertAt("close", this.lastTime);
    switch (command.kind) {
      case "cancel":
        this.cancel(({ id }) => id === command.id, "asked");
        break;
      case "submit":
        this.submit(command.order, true);
        break;
      case "replace": {
        const isThere = this.orders.list.some(({ id }) => id === command.id);
        this.cancel(({ id }) => id === command.id, "asked");
        this.submit(command.order, isThere);
      }
    }
    return this.events;
  }

  /** What lies between the last bar and the next, for who has something to do before anybody trades in that. */
  begin(bar: MatchedBar): readonly VenueEvent[] {
    if (this.hasBegun) return nothing;
    const moved = this.moveTo(bar.time);
    this.convertAt("open", bar.time);
    const carried = this.charges.carries.length === 0 ? nothing : this.carry(bar);
    this.hasBegun = true;
    return moved.length === 0 ? carried : [...moved, ...carried];
  }

  /** Pays a dividend at the open of a bar that has begun: to who is long, by who is short; decimal money a unit. */
  pay(dividend: Fraction, time: number): readonly VenueEvent[] {
    if (this.account.isFlat) return nothing;
    return this.account
      .pay(dividend)
      .flatMap((amount) =>
        amount === 0 ? [] : [{ kind: "cash", flow: { reason: "dividend", amount, time } } as const],
      );
  }

  /**
   * Splits what is held and what rests at the open of a bar that has begun. An order of which no lot is left is cancelled,
   * and so is what protected an entry of which none is.
   */
  split(ratio: Fraction, { time, open }: MatchedBar): readonly VenueEvent[] {
    const price = this.steps(open);
    const paid = this.account.split(ratio, price);
    this.events = [{ kind: "split", split: { ratio, price, paid, time, rate: this.account.rate } }];
    this.orders.set(this.orders.list.map((each) => splitOrder(this.instrument, each, ratio)));
    this.cancel((each) => each.quantity === 0, "no_lot");
    this.cancel((each) => !this.canAct(each), "nothing_to_close");
    return this.events;
  }

  /** What is held, long less short, in lots. */
  get position(): number {
    return this.account.position;
  }

  /** What may be taken out of the account, in steps of money: what no position needs, and nothing borrowed. */
  get free(): number {
    return this.account.free;
  }

  /** Puts money into the account, or takes some out; steps of money. */
  transfer(amount: number): void {
    this.account.transfer(amount);
  }

  /** Moves the market through one bar; where finer bars of the same time are known, along those. */
  bar(bar: MatchedBar, finer: readonly MatchedBar[] = []): readonly VenueEvent[] {
    const carried = this.begin(bar);
    this.hasBegun = false;
    this.last = bar;
    this.lastTime = bar.time;
    this.account.lastClose = bar.close;
    this.bars++;
    // What other instruments do moves the price too.
    if (!this.account.isFlat) this.watchMargin();
    if (this.rules.volume !== null) this.allowance = this.allowed(bar, this.rules.volume);
    if (this.isIdle) return carried;
    const range = this.rangeOf(bar);
    if (this.orders.sleepThrough(range.low, range.high)) return carried;
    this.events = [...carried];
    if (this.inside.length > 0) this.inside = [];
    if (this.orders.ages) this.cancel((each) => isOver(each, bar, this.bars), "expired");
    if (this.rules.protectionFirst) this.walkProtection(bar, range);
    if (finer.length === 0) this.walkBar(bar, range, true);
    else
      finer.forEach((each, i) => {
        this.walkBar(each, this.rangeOf(each), i === 0);
      });
    if (this.orders.closes) this.printClose(this.steps(bar.close));
    if (this.orders.ages)
      this.cancel(
        ({ duration, since }) => duration?.kind === "bars" && this.bars - since >= duration.count,
        "expired",
      );
    if (this.orders.follows) this.orders.set(this.orders.list);
    return this.events;
  }

  /** Closes what is held at a price of the last bar, when there are no more. */
  closeAtEnd(at: "open" | "close"): readonly VenueEvent[] {
    this.events = [];
    this.cancel(() => true, "ended");
    this.convertAt(at, this.lastTime);
    const price = this.steps(this.last[at]);
    this.allowance = Infinity;
    for (const side of ["sell", "buy"] as const)
      if (this.account.closedBy(side).quantity > 0)
        this.fill(this.leavingOrder("end", side, "exit"), price, {
          ...{ segment: printAt(price), ambiguous: false, isAtEnd: true },
        });
    return this.events;
  }

  /** Forgets which orders came before a bar: nobody sends them again. */
  forget(before: number): void {
    for (const [id, time] of this.heard) {
      if (time >= before) return;
      this.heard.delete(id);
    }
  }

  snapshot(): MatchingSnapshot {
    const { time, open, high, low, close, volume = NaN } = this.last;
    return {
      ...this.account.snapshot(),
      working: structuredClone(this.orders.list),
      heard: [...this.heard],
      bars: this.bars,
      allowance: this.allowance,
      last: { time, open, high, low, close, volume },
    };
  }

  restore(snapshot: MatchingSnapshot): void {
    const { working, heard, bars, allowance, last } = snapshot;
    this.orders.set(structuredClone(working));
    this.account.restore(snapshot);
    this.account.lastClose = last.close;
    this.heard = new Map(heard);
    this.bars = bars;
    this.allowance = allowance;
    this.last = { ...last };
    this.lastTime = last.time;
  }

  /** What holding from the last bar to this one has cost. */
  private carry({ time, session_bar }: MatchedBar): readonly VenueEvent[] {
    const from = this.lastTime;
    if (Number.isNaN(from)) return nothing;
    const nights = session_bar === 0 ? Math.max(1, Math.round((time - from) / dayMs)) : 0;
    const flows = this.account.carry({ from, to: time, nights });
    return flows.length === 0 ? nothing : flows.map((flow) => ({ kind: "cash", flow }));
  }

  /** Goes to the ticks and lots that hold at a time; orders that rest go to them too, or are cancelled. */
  private moveTo(time: number): readonly VenueEvent[] {
    if (!this.instrument.moveTo(time)) return nothing;
    this.through = this.instrument.ticks(this.rules.through);
    const kept: WorkingOrder[] = [];
    const events: VenueEvent[] = [];
    for (const order of this.orders.list) {
      const on = regridded(this.instrument, order);
      if (on !== null) kept.push(on);
      else events.push({ kind: "cancelled", id: order.id, reason: "no_lot" });
    }
    this.orders.set(kept);
    return events;
  }

  /** From here on money is converted at what was known at an end of a bar. */
  private convertAt(end: "open" | "close", time: number): void {
    const { conversion } = this;
    if (conversion !== undefined)
      this.till.now = end === "open" ? conversion.openOf(time) : conversion.closeOf(time);
  }

  private steps(price: number): number {
    return this.instrument.price(price, "nearest");
  }

  private rangeOf({ high, low }: MatchedBar): Range {
    return { high: this.steps(high), low: this.steps(low) };
  }

  private submit(order: Order, isWanted: boolean): void {
    if (this.heard.has(order.id)) return;
    this.heard.set(order.id, this.lastTime);
    const placed = this.placed(order);
    const refusal = !isWanted
      ? "asked"
      : order.quantity === 0
        ? "no_lot"
        : this.canAct(placed)
          ? null
          : "nothing_to_close";
    if (refusal !== null) this.events.push({ kind: "cancelled", id: order.id, reason: refusal });
    else if (this.rules.onClose && order.type === "market") {
      const close = this.steps(this.last.close);
      this.fill(placed, close, { segment: printAt(close), ambiguous: false, isAtClose: true });
    } else this.orders.add(placed);
  }

  private placed(order: Order): WorkingOrder {
    const placed = { since: this.bars, ...order };
    const isSettled =
      this.rules.settlesEntries === "at_placement" && order.purpose === "enter" && order.type !== "market";
    if (!isSettled) return placed;
    const turned = this.isOpposedBy(order) ? this.account.closedBy(order.side).quantity : 0;
    return { ...placed, quantity: order.quantity + turned, isSettled: true };
  }

  private walkBar(bar: MatchedBar, range: Range, isFirst: boolean): void {
    const [open, close] = [this.steps(bar.open), this.steps(bar.close)];
    this.walk(printAt(open));
    if (isFirst && this.orders.ages)
      this.cancel((each) => this.isGivenUp(each) && !typeOf(each).waitsForClose, "unfilled");
    const isUpFirst = highFirst(this.path, bar.open, bar.high, bar.low, this.account.position);
    const [first, second] = isUpFirst ? [range.high, range.low] : [range.low, range.high];
    this.walk({ from: open, to: first, range });
    this.walk({ from: first, to: second, range });
    this.walk({ from: second, to: close, range });
  }

  /** Meets, one by one, what the price finds on its way; what a fill sets free sees only the way that is left. */
  private walk(segment: Segment): void {
    const { to, range } = segment;
    let at = segment.from;
    for (;;) {
      const next = this.nextMeeting(at, to, range);
      if (this.orders.follows) this.orders.follow(next === null ? to : next.at);
      if (next === null) return;
      const { order, type } = next;
      at = next.at;
      if (type.becomes !== undefined) {
        // At a single print nobody asks what came first: from there on it is a limit like any other.
        const woke = range === null ? undefined : { bar: this.bars, isByRise: waitsForRise(order) };
        this.orders.change({ ...type.becomes(order), woke });
      } else if (
        range === null &&
        order.isPostOnly === true &&
        order.since === this.bars - 1 - this.rules.latency
      )
        this.cancel(({ id }) => id === order.id, "post_only");
      else {
        const isInside = range !== null || this.isClosing ? true : undefined;
        const ambiguous = range !== null && this.isAmbiguous(order, range);
        this.fill(order, at, { segment, ambiguous, isInside });
      }
    }
  }

  /** Ways out that wait at a price over the whole bar, stops before targets, before anything else is looked at. */
  private walkProtection(bar: MatchedBar, range: Range): void {
    const open = this.steps(bar.open);
    const ways = [open, range.low, range.high].map((to): Segment => ({ from: open, to, range }));
    for (const waits of [waitsForWorse, waitsForBetter])
      for (const segment of ways)
        for (const order of this.orders.list) {
          const isMeant = order.purpose !== "enter" && waits(order) && this.canAct(order);
          const at = isMeant ? typeOf(order).meets(order, open, segment.to, this.through) : null;
          if (at === null) continue;
          const isGap = at === open;
          const where = isGap ? printAt(open) : segment;
          this.fill(order, at, { segment: where, ambiguous: false, isInside: isGap ? undefined : true });
        }
  }

  private printClose(close: number): void {
    this.isClosing = true;
    this.convertAt("close", this.lastTime);
    this.walk(printAt(close));
    this.isClosing = false;
    this.cancel((each) => this.isGivenUp(each), "unfilled");
  }

  private nextMeeting(at: number, to: number, range: Range | null): Meeting | null {
    let found: Meeting | null = null;
    for (const order of this.orders.list) {
      const type = typeOf(order);
      if (type.waitsForClose === true && !this.isClosing) continue;
      if (!this.isSeen(order)) continue;
      const met = type.meets(order, at, to, this.through);
      if (met === null || (range !== null && this.isPassedOver(order, met, range))) continue;
      const nearer = found === null ? -1 : Math.abs(met - at) - Math.abs(found.at - at);
      if (found === null || nearer < 0 || (nearer === 0 && this.goesFirst(order, found.order)))
        found = { order, type, at: met };
    }
    return found;
  }

  /** Of two orders that are met at one price. */
  private goesFirst(order: WorkingOrder, other: WorkingOrder): boolean {
    const before = priority[order.purpose] - priority[other.purpose];
    if (before !== 0 || !this.rules.buysFirst) return before < 0;
    return order.purpose === "enter" && order.side === "buy" && other.side === "sell";
  }

  /** Whether an order has arrived, and may trade on this bar at all. */
  private isSeen(order: WorkingOrder): boolean {
    const { since, parent, isAsleep } = order;
    if (this.allowance <= 0) return false;
    if (parent !== undefined) return isAsleep !== true || since < this.bars;
    return this.hasArrived(order);
  }

  /** What the venue itself sends has no way to go. */
  private hasArrived({ since, purpose }: WorkingOrder): boolean {
    return since + this.rules.latency < this.bars || purpose === "liquidation";
  }

  /** Whether an order that does not rest has met its first price. */
  private isGivenUp(order: WorkingOrder): boolean {
    return isImmediate(order) && this.hasArrived(order);
  }

  /** Whether a limit that is touched and no more is left standing by those before it in the queue. */
  private isPassedOver(order: WorkingOrder, met: number, { high, low }: Range): boolean {
    const { chance, seed } = this.rules.touch;
    if (chance >= 1 || order.type !== "limit" || met !== order.price) return false;
    if (order.side === "buy" ? low < met : high > met) return false;
    return drawFor(seed, order.id, this.last.time) >= chance;
  }

  /**
   * Another way out of the same position, or another way in, also lies inside the bar, the other way; or the order came
   * with an entry inside the bar, and waited for the other extreme than that. Another path would have met them in
   * another order.
   */
  private isAmbiguous(order: WorkingOrder, { high, low }: Range): boolean {
    const isEntry = order.purpose === "enter";
    const isByRise = this.isByRise(order);
    const isFromInside = this.inside.some(
      (entry) => entry.id === order.parent && this.isByRise(entry) !== isByRise,
    );
    if (isFromInside) return true;
    return this.orders.list.some(
      (other) =>
        (other.purpose === "enter") === isEntry &&
        this.isByRise(other) !== isByRise &&
        other.price !== null &&
        other.price >= low &&
        other.price <= high,
    );
  }

  /** Whether a rising price set an order off in this bar, or would: a limit whose trigger it met goes by that. */
  private isByRise(order: WorkingOrder): boolean {
    return order.woke?.bar === this.bars ? order.woke.isByRise : waitsForRise(order);
  }

  /** @throws BitFeverError BF5066 where the volume is limited and nobody knows it */
  private fill(order: WorkingOrder, met: number, moment: Moment): void {
    if (Number.isNaN(this.allowance))
      throw new BitFeverError(
        "BF5066",
        "a limit to the volume asks for that of each bar, and the data have none",
        {
          hint: "give bars with a volume, or leave the limit out",
        },
      );
    const type = typeOf(order);
    // A single print leaps to where it is: nothing traded on the way.
    const isPrint = moment.segment.range === null;
    const quoted = isPrint ? met : (type.fillPrice?.(order, met, this.through) ?? met);
    const slips = type.slips === true && (this.rules.stopsSlip || !waitsForWorse(order));
    const price = slips ? this.slippedPrice(order, quoted) : quoted;
    const isMaker = this.isMaker(order, quoted, moment);
    const { from, to } = moment.segment;
    const why = this.rules.explains
      ? { type: order.type, from, to, level: order.price, quoted, isMaker, waited: this.bars - order.since }
      : undefined;
    this.orders.take(({ id }) => id === order.id);
    if (order.purpose === "liquidation") this.heard.set(order.id, this.lastTime);
    const terms: Terms = { price, met, moment, isMaker, why };
    if (order.duration?.kind === "fok" && !this.fillsWhole(order, terms)) {
      this.events.push({ kind: "cancelled", id: order.id, reason: "unfilled" });
      return;
    }
    const rest = this.isOpposedBy(order) ? this.close(order, terms) : order;
    if (rest !== null && rest.quantity === 0)
      this.events.push({ kind: "cancelled", id: order.id, reason: "no_lot" });
    else if (rest !== null && order.purpose === "enter") this.enter(rest, terms);
    this.watchMargin();
  }

  private fillsWhole(order: WorkingOrder, { price, isMaker }: Terms): boolean {
    const closed = this.isOpposedBy(order) ? this.closedBy(order) : 0;
    if (order.purpose !== "enter") return closed <= this.allowance;
    const { quantity } = order;
    if (closed + quantity > this.allowance) return false;
    const { time } = this.last;
    const most =
      closed > 0
        ? this.account.affordableAfterClosing(price, quantity, time, isMaker)
        : this.account.affordable(price, quantity, untraded, time, isMaker);
    return most === quantity;
  }

  /** Closes what an order closes; null when it has to wait for more volume. What it has traded stays with it. */
  private close(order: WorkingOrder, terms: Terms): WorkingOrder | null {
    const most = this.closedBy(order);
    const isCalled = order.purpose === "liquidation";
    const wanted = isCalled ? this.account.liquidatedAt(terms.price, most, this.last.time) : most;
    const quantity = Math.min(wanted, this.allowance);
    const isWhole = quantity === wanted;
    const reason = order.purpose === "enter" ? "reversal" : order.purpose;
    const left = isWhole || order.purpose === "enter" ? undefined : wanted - quantity;
    const traded = this.trade(order, { effect: "close", reason, quantity, left }, terms);
    this.cancel((each) => !this.canAct(each), "nothing_to_close");
    if (isWhole && order.purpose !== "enter") return order;
    if (isWhole)
      return { ...order, traded, quantity: order.quantity - (order.isSettled === true ? quantity : 0) };
    const isTurning = order.purpose === "enter" && order.isSettled !== true;
    const whole = order.purpose === "enter" ? order.quantity : wanted;
    this.wait({ ...order, traded, quantity: isTurning ? whole : whole - quantity }, order);
    return null;
  }

  private enter(order: WorkingOrder, terms: Terms): void {
    const { id, group, entries = 1, traded = untraded } = order;
    const { price, moment, isMaker } = terms;
    const held = this.account.openedBy(order.side);
    const isMore = held.coveredBy(id) > 0;
    if (!isMore && order.isSettled !== true && held.entries >= entries) {
      const reason =
        entries === 1 ? "there is a position on this side already" : "as many entries are open as may be";
      this.events.push({ kind: "rejected", id, reason });
      return;
    }
    const wanted = this.account.affordable(price, order.quantity, traded, this.last.time, isMaker);
    if (wanted === 0) {
      this.events.push({ kind: "rejected", id, reason: "the account cannot pay for any of it" });
      return;
    }
    if (wanted < order.quantity) this.events.push({ kind: "reduced", id, from: order.quantity, to: wanted });
    const quantity = Math.min(wanted, this.allowance);
    if (quantity === 0) {
      this.wait(order, order);
      return;
    }
    const left = quantity < wanted ? wanted - quantity : undefined;
    const together = this.trade(order, { effect: "open", reason: "enter", quantity, left }, terms);
    if (moment.isInside === true) this.inside = [...this.inside, order];
    if (group !== undefined) this.cancel((each) => each.group === group, "group");
    if (!isMore) this.protect(order, wanted, terms);
    if (left !== undefined) this.wait({ ...order, traded: together, quantity: left }, order);
  }

  /** What the volume did not allow rests: a stop that was met as a market order. An immediate order does not wait. */
  private wait(rest: WorkingOrder, { type, id }: WorkingOrder): void {
    if (isImmediate(rest)) {
      this.events.push({ kind: "cancelled", id, reason: "unfilled" });
      return;
    }
    const isMet = type === "stop" || type === "trailing_stop" || type === "market_if_touched";
    this.orders.add(isMet ? { ...rest, type: "market", price: null } : rest);
  }

  /** Places the children of an entry, for what is entered; what rounds to no lot at all is cancelled. */
  private protect(entry: WorkingOrder, entered: number, { price, met }: Terms): void {
    const { id, children, type } = entry;
    if (children.length === 0) return;
    const placed: WorkingOrder[] = [];
    const since = this.bars;
    const { protects } = this.rules;
    const isLater = protects === "next_bar" || (protects === "next_bar_after_resting" && type !== "market");
    const isAsleep = isLater ? (true as const) : undefined;
    for (const child of children) {
      const terms = childTerms(this.instrument, child, entered, price);
      if (terms.quantity === 0) this.events.push({ kind: "cancelled", id: child.id, reason: "no_lot" });
      else {
        const waiting: WorkingOrder = { since, isAsleep, ...child, ...terms, parent: id };
        placed.push(typeOf(waiting).follows?.(waiting, met) ?? waiting);
      }
    }
    this.orders.add(...placed);
    if (this.tellsPlacing)
      for (const { id: child } of placed) this.events.push({ kind: "placed", id: child });
  }

  /** Books a fill and tells of it; says what the order has traded by then. */
  private trade(
    order: WorkingOrder,
    { effect, reason, quantity, left }: Pick<Fill, "effect" | "reason" | "quantity" | "left">,
    { price, moment, isMaker, why }: Terms,
  ): Traded {
    const { id, side, tag, parent, traded = untraded } = order;
    const { time } = this.last;
    const { ambiguous, isInside, isAtClose, isAtEnd } = moment;
    const { rate } = this.account;
    const commission = this.account.settle({
      id,
      parent,
      side,
      effect,
      price,
      quantity,
      time,
      isMaker,
      before: traded,
    });
    this.allowance -= quantity;
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
        rate,
        ambiguous,
        isInside,
        isAtClose,
        isAtEnd,
        left,
        why,
      },
    });
    const value = Math.abs(this.instrument.notional(price, quantity, rate));
    return { value: traded.value + value, quantity: traded.quantity + quantity };
  }

  /** Sends the order that liquidates the position where the margin ends, in the place of the last such. */
  private watchMargin(): void {
    if (this.rules.margin.maintenance === 0) return;
    this.orders.take(({ purpose }) => purpose === "liquidation");
    const end = this.account.liquidation;
    if (end === null) return;
    // Of two sides the one that loses on the way goes first; the other may then be kept.
    const order = this.leavingOrder(this.liquidationId(), end.side, "liquidation");
    this.orders.add({ ...order, type: "stop", price: end.price });
  }

  /** One for each that fills; a bar may see several. */
  private liquidationId(): string {
    const id = `${this.last.time}-liquidation`;
    for (let i = 1; ; i++) {
      const next = i === 1 ? id : `${id}-${i}`;
      if (!this.heard.has(next)) return next;
    }
  }

  /** A market order for all that is held on its other side. */
  private leavingOrder(id: string, side: Side, purpose: "exit" | "liquidation"): WorkingOrder {
    const { quantity } = this.account.closedBy(side);
    return {
      ...{ id, type: "market", side, purpose, quantity, price: null },
      ...{ tag: id, children: [], since: this.bars },
    };
  }

  private slippedPrice(order: WorkingOrder, price: number): number {
    if (this.charges.slips.length === 0) return price;
    const { high, low, volume = NaN } = this.last;
    const { quantity, side } = order;
    return slipped(this.charges, side, { price, quantity, bar: { high, low, volume } });
  }

  /** Whether an order rested and was met: a limit order, unless it met a better price as it arrived. */
  private isMaker(order: WorkingOrder, quoted: number, { segment }: Moment): boolean {
    const { type, since, parent, price } = order;
    if (type !== "limit") return false;
    if (segment.range !== null) return quoted === price;
    // What protects an entry arrives with its fill, all else at an open.
    return parent === undefined ? since + this.rules.latency < this.bars - 1 : since < this.bars;
  }

  /** The part of a bar's volume that may be traded, in lots; NaN where nobody knows the volume. */
  private allowed({ volume = NaN }: MatchedBar, share: number): number {
    return this.instrument.quantity(volume * share);
  }

  /** How much of the position an order on its other side closes. */
  private closedBy(order: WorkingOrder): number {
    const { side, quantity, parent, purpose, isPartial, isSettled, traded } = order;
    const held = this.account.closedBy(side);
    const most = parent === undefined ? held.quantity : Math.min(held.quantity, held.coveredBy(parent));
    // An entry turns round all there is; an exit that waits for more volume has its rest to close.
    const isWhole = isPartial !== true && isSettled !== true && (purpose === "enter" || traded === undefined);
    const isAll = (parent === undefined && isWhole) || quantity >= most;
    return isAll || this.instrument.isSameQuantity(quantity, most, most) ? most : quantity;
  }

  private canAct(order: WorkingOrder): boolean {
    if (order.purpose === "enter") return true;
    const { parent, side } = order;
    return (
      this.isOpposedBy(order) && (parent === undefined || this.account.closedBy(side).coveredBy(parent) > 0)
    );
  }

  /** Whether an order closes something of what is held on its other side. */
  private isOpposedBy({ purpose, side }: Order): boolean {
    return (purpose !== "enter" || !this.rules.hedges) && this.account.closedBy(side).quantity > 0;
  }

  /** Whether orders of a side make the position as a whole smaller. */
  private reduces(side: Side): boolean {
    const { position } = this.account;
    return side === "sell" ? position > 0 : position < 0;
  }

  private cancel(isMeant: (order: WorkingOrder) => boolean, reason: CancelReason): void {
    for (const { id, purpose } of this.orders.take(isMeant))
      if (purpose !== "liquidation") this.events.push({ kind: "cancelled", id, reason });
  }
}

/** The price and circumstances of a fill. */
interface Terms {
  readonly price: number;
  /** Where on the path the order was met. */
  readonly met: number;
  readonly moment: Moment;
  readonly isMaker: boolean;
  readonly why: FillReason | undefined;
}

const isImmediate = ({ duration }: Order): boolean => duration?.kind === "ioc" || duration?.kind === "fok";

/** What was sent at the last bar of a session has seen none of its bars: it lives through the next. */
function isOver({ duration, since }: WorkingOrder, { time, session_bar }: MatchedBar, bars: number): boolean {
  if (duration?.kind === "day") return session_bar === 0 && bars - 1 > since;
  return duration?.kind === "date" && time >= duration.until;
}

const isStop = (order: Order): boolean => waitsForWorse(order) || order.type === "stop_limit";
const waitsForWorse = ({ type }: Order): boolean => type === "stop" || type === "trailing_stop";
const waitsForBetter = ({ type }: Order): boolean => type === "limit";

/** Sold at a limit and bought at a stop is what the price must rise to. */
const waitsForRise = (order: Order): boolean => waitsForBetterPrice(order) === (order.side === "sell");
