import { childTerms, type CancelReason, type Command, type Fill, type Order } from "@bitfever/engine";
import type { DeskCommand, NoticeName } from "./command.js";
import type { CoversSnapshot } from "./covers.js";
import { Desired } from "./desired.js";
import { holdsChildren, mayOnlyReduce, replacesIn, type DeskVenue } from "./desk-venue.js";
import { isAtMarket, lotsOf, standsFor, type EmulatedOrder, type ParentOrder } from "./emulated-order.js";
import type { Member } from "./member.js";
import type { Occasion } from "./occasion.js";
import type { BookedOrder, OrderBook } from "./order-book.js";
import type { Outgoing } from "./outgoing.js";

/** So often in a row an order is sent again of which the venue says that there is nothing to close. */
const mostDoubts = 3;
/** What it says so long after it was sent, in milliseconds, is no doubt: an order for a day ends with each of them. */
const doubtMs = 3_600_000;

interface EmulationOptions {
  readonly members: readonly Member[];
  readonly book: OrderBook;
  readonly outgoing: Outgoing;
  readonly venue: DeskVenue;
  readonly emit: (command: DeskCommand) => void;
  /** Whether a trade of a strategy waits for what it rests on. */
  readonly isWaiting: (member: number) => boolean;
  /** Asks the venue how everything stands. */
  readonly ask: (at: number) => void;
  readonly halt: (reason: string) => void;
}

export interface EmulationSnapshot {
  readonly orders: readonly (readonly EmulatedOrder[])[];
  readonly parents: readonly (readonly ParentOrder[])[];
  readonly covers: readonly CoversSnapshot[];
  readonly strays: number;
}

/**
 * What the venue cannot do by itself, done on this side: children that come with the fill of their entry and go with what it
 * has opened, one order in the place of another, and orders whose quantity follows from what a strategy alone holds.
 *
 * It knows what is wanted and sends what is missing of it. What was sent is in the book like any order, so all that is done about
 * lost, doubled and late news is done about it too.
 */
export class Emulation {
  private readonly desired: readonly Desired[];
  private readonly touched = new Set<number>();
  /** How often something was opened that no rule had asked for. */
  private strays = 0;

  constructor(private readonly options: EmulationOptions) {
    this.desired = options.members.map((each) => new Desired(each));
  }

  /** Whether a strategy's command is carried out here. */
  takes(member: number, command: Command): boolean {
    if (!holdsChildren(this.options.venue)) return true;
    // What protects goes its own way there: the venue knows what belongs together.
    if (command.kind !== "cancel") return command.order.parent === undefined;
    return this.desired[member].find(command.id) !== undefined;
  }

  /** An order as it would be sent first, were it wanted now. */
  asSent(member: number, order: Order, at: number): Order {
    return { ...order, quantity: this.due(wantedNow({ member, order, entry: null }, at), []) };
  }

  /** What a strategy calls an order now that it may have called otherwise. */
  nameNow(member: number, name: string): string {
    return this.desired[member].find(name)?.order.id ?? name;
  }

  send(member: number, command: Command, { signalTime, at, isFlattening }: Occasion): void {
    const desired = this.desired[member];
    if (command.kind === "cancel") this.leave(desired.find(command.id), "asked", at);
    else if (desired.find(command.order.id) === undefined) {
      const { order } = command;
      const entry = order.parent ?? null;
      const fresh = {
        ...wantedNow({ member, order, entry }, at),
        ...{ signalTime, isFlattening: isFlattening || entry !== null },
      };
      if (order.purpose === "enter" && !holdsChildren(this.options.venue))
        desired.parents.set(order.id, { member, order, opened: 0, price: null, touchedAt: at });
      const before = command.kind === "replace" ? desired.find(command.id) : this.trailedBy(member, order);
      const isThere = before?.leaving === null && (!before.isOver || command.kind === "submit");
      if (isThere) {
        const old = before.order.id;
        desired.put({ ...fresh, order: notBehind(order, before.order), names: [...before.names, old] });
        if (this.sentOf(member, old).length === 0)
          this.tell(member, { kind: "cancelled", id: old, reason: "asked" });
      } else {
        desired.put(fresh);
        // Where the one has gone whose place it was to take, it goes too.
        if (command.kind === "replace" && entry === null) this.leave(fresh, "asked", at);
      }
    }
    this.settleOf(member, at);
  }

  /** Nothing is wanted any more, also of what protects. */
  takeBackAll(at: number): void {
    for (const { orders } of this.desired)
      for (const each of [...orders.values()]) this.leave(each, "asked", at);
  }

  /**
   * Hears of a trade before the strategy does.
   *
   * @param sent  the order as it was before the trade; undefined for one of the venue
   * @returns the fills as the strategy is to hear of them
   */
  hear(member: number, sent: BookedOrder | undefined, fills: readonly Fill[], at: number): readonly Fill[] {
    this.touch(member);
    const desired = this.desired[member];
    for (const each of desired.doubted()) desired.put({ ...each, doubts: 0 });
    const name = sent?.of ?? null;
    const order = name === null ? undefined : desired.find(name);
    const isEntry = order?.order.purpose === "enter";
    const opened = lotsThat(fills, "open");
    const wanted =
      this.options.venue.separates || sent === undefined ? opened : isEntry ? Math.min(opened, sent.left) : 0;
    for (const { effect, side, orderId, quantity } of fills)
      if (effect === "open") desired.covers.open(side, orderId, wanted);
      else desired.covers.close(side, order?.entry ?? undefined, quantity);
    if (sent === undefined || name === null || order === undefined) return fills;
    if (isEntry && wanted > 0) this.enter(member, name, order.order.group, fills, wanted, at);
    const isCurrent = name === order.order.id;
    const rest = lotsOf(this.sentOf(member, name));
    const isFilled = rest === 0 && fills.some(({ reason }) => reason !== "reversal");
    const done = order.done + (isCurrent ? (isEntry ? opened : lotsThat(fills, "close")) : 0);
    const changed = {
      ...order,
      done,
      touchedAt: at,
      isOver: order.isOver || (isCurrent && isFilled && order.entry === null),
    };
    desired.put(changed);
    // The order whose place another was to take has filled: the other one goes.
    if (!isCurrent && rest === 0 && order.entry === null) this.leave(changed, "asked", at);
    if (opened > wanted) this.stray(sent, fills[0].side, opened - wanted, at);
    // The venue may have told the last part of an entry before the others.
    const untold = isEntry ? lotsOf([this.options.book.find(sent.clientId) ?? sent]) : 0;
    // What protects under an old name is over with what is at the venue by that.
    const ofProtection = isCurrent ? this.due(changed, []) : rest;
    const left = order.entry === null ? Math.max(rest, untold) : ofProtection;
    return fills.map((fill) =>
      fill.reason === "reversal" ? fill : { ...fill, left: left > 0 ? left : undefined },
    );
  }

  /** Hears that something that was sent has ended otherwise than by trading; the strategy hears of it where it is over for it. */
  ended(
    sent: BookedOrder,
    how: "cancel" | "reject" | "miss",
    { reason, isAsked }: { readonly reason: string; readonly isAsked: boolean },
    at: number,
  ): void {
    const { member, of: name } = sent;
    const desired = this.desired[member];
    const order = name === null ? undefined : desired.find(name);
    if (name === null || order === undefined) return;
    this.touch(member);
    const isCurrent = name === order.order.id;
    const cancelled = { kind: "cancelled", id: name, reason: reason as CancelReason } as const;
    const isLet = isAsked && (sent.cancelAskedAt !== null || sent.replacedBy !== null);
    if (order.entry === null) this.tryAgain(member, name);
    // A part of what protects that never arrived is sent anew where it is wanted still.
    const isGivenUp = how === "miss" && order.entry !== null;
    if (isLet || isGivenUp) {
      if (!isCurrent && this.sentOf(member, name).length === 0)
        this.tell(member, { ...cancelled, reason: "asked" });
      return;
    }
    if (order.entry !== null) {
      if (how === "reject") this.refused(order, sent, reason, at);
      // The venue has nothing for it to close, or so it says.
      else if (how === "cancel") {
        const doubts = at - order.touchedAt < doubtMs ? order.doubts : 0;
        if (doubts < mostDoubts) this.doubt({ ...order, doubts }, at);
        else this.refused(order, sent, "it says each time that it has nothing to close", at);
      }
      return;
    }
    this.tell(member, how === "cancel" ? cancelled : { kind: "rejected", id: name, reason });
    if (isCurrent) desired.put({ ...order, isOver: true, touchedAt: at });
    else this.leave(order, "asked", at);
  }

  /** The venue has taken less of it: the account cannot pay for all of an entry, or has less to close, or so it says. */
  reduced({ member, of: name }: BookedOrder, at: number): void {
    const order = name === null ? undefined : this.desired[member].find(name);
    if (order === undefined) return;
    if (order.order.purpose === "enter") this.desired[member].put({ ...order, isFixed: true });
    else this.doubt(order, at);
  }

  /** What is held is what the venue says. */
  compared(): void {
    for (const desired of this.desired)
      for (const each of [...desired.orders.values()])
        if (each.isDoubted) desired.put({ ...each, isDoubted: false });
    this.touchAll();
  }

  touch(member: number): void {
    this.touched.add(member);
  }

  touchAll(): void {
    for (const [member, { orders }] of this.desired.entries()) if (orders.size > 0) this.touched.add(member);
  }

  /** Sends what is missing of what is wanted, and takes back what is not, where something has happened. */
  settle(at: number): void {
    for (const member of [...this.touched].sort((a, b) => a - b)) this.settleOf(member, at);
    this.touched.clear();
  }

  /** Forgets what was over before a time: an entry that may fill yet is not, and what protects one goes with it. */
  forget(before: number): void {
    for (const [member, desired] of this.desired.entries()) {
      const isGone = (order: EmulatedOrder): boolean =>
        order.isOver &&
        order.touchedAt < before &&
        this.sentOf(member, order.order.id, ...order.names).length === 0;
      for (const [name, { touchedAt, order }] of desired.parents) {
        const entry = desired.find(name);
        const mayFill = (entry?.order.id === name && !isGone(entry)) || this.sentOf(member, name).length > 0;
        if (touchedAt < before && !mayFill && desired.covers.of(name, opposite(order.side)) === 0)
          desired.parents.delete(name);
      }
      for (const each of [...desired.orders.values()])
        if (isGone(each) && (each.entry === null || !desired.parents.has(each.entry))) desired.delete(each);
    }
  }

  snapshot(): EmulationSnapshot {
    return structuredClone({
      orders: this.desired.map(({ orders }) => [...orders.values()]),
      parents: this.desired.map(({ parents }) => [...parents.values()]),
      covers: this.desired.map(({ covers }) => covers.snapshot()),
      strays: this.strays,
    });
  }

  restore(snapshot: EmulationSnapshot): void {
    const { orders, parents, covers, strays } = structuredClone(snapshot);
    this.strays = strays;
    this.touched.clear();
    for (const [i, desired] of this.desired.entries()) {
      desired.clear();
      for (const each of orders[i]) desired.put(each);
      for (const each of parents[i]) desired.parents.set(each.order.id, each);
      desired.covers.restore(covers[i]);
    }
  }

  /** The stop of the same entry that another of its trails has sent: an entry that fills in parts may have several. */
  private trailedBy(member: number, { parent, type }: Order): EmulatedOrder | undefined {
    if (parent === undefined || type !== "stop") return undefined;
    return [...this.desired[member].orders.values()].find(
      ({ entry, order }) => entry === parent && order.type === "stop",
    );
  }

  private settleOf(member: number, at: number): void {
    const sent = [...this.options.book.aliveOf(member)].flatMap(({ of }) => of ?? []);
    for (const order of this.desired[member].openOr(sent))
      this.settleOne(order, this.sentOf(member, order.order.id, ...order.names), at);
  }

  private settleOne(order: EmulatedOrder, sent: readonly BookedOrder[], at: number): void {
    const { member } = order;
    const due = this.due(order, sent);
    if (due <= 0) {
      for (const each of sent) this.cancel(each, at);
      if (sent.length === 0 && !order.isOver) this.end(order, at);
      return;
    }
    if (order.isFixed) return;
    let standing = sent.filter((each) => standsFor(each, order));
    const lots = lotsOf(standing);
    // What an entry turns round changes as a whole; of what protects more is sent beside it.
    if (lots > due || (lots < due && order.order.purpose === "enter")) standing = [];
    const others = sent.filter((each) => !standing.includes(each));
    const maySend = !order.isDoubted && !this.options.isWaiting(member);
    const wanted = due - lotsOf(standing);
    const [only] = others;
    if (others.length === 1 && wanted > 0 && maySend && this.mayReplace(only)) {
      this.sendPart(order, wanted, only.clientId, at);
      return;
    }
    const isNewFirst =
      order.order.purpose === "stop" && mayOnlyReduce(this.options.members, member, this.options.venue);
    if (!isNewFirst && others.length > 0) {
      for (const each of others) if (this.isFree(each)) this.cancel(each, at);
      return;
    }
    if (wanted > 0) {
      const clientId = maySend ? this.sendPart(order, wanted, null, at) : null;
      if (clientId !== null)
        for (const each of others) this.options.book.change(each.clientId, { replacedBy: clientId });
    } else if (standing.every(({ state }) => state === "working"))
      for (const each of others) this.cancel(each, at);
  }

  /** What of an order is to be at the venue now, in lots. */
  private due(order: EmulatedOrder, sent: readonly BookedOrder[]): number {
    const { members, venue } = this.options;
    const { member, entry, done, leaving, isOver, isFixed } = order;
    const { side, purpose, quantity, id } = order.order;
    if (leaving !== null || isOver) return 0;
    const { covers, parents } = this.desired[member];
    if (entry !== null) {
      const parent = parents.get(entry);
      if (parent === undefined || parent.price === null) return 0;
      const terms = childTerms(members[member].instrument, order.order, parent.opened, parent.price);
      return Math.min(terms.quantity - done, covers.of(entry, side), covers.held(side));
    }
    const isSent = order.sent > 0 && (isFixed || isAtMarket(order.order));
    if (isSent) return lotsOf(sent.filter(({ of }) => of === id));
    const remaining = quantity - done;
    if (purpose !== "enter") return venue.separates ? remaining : Math.min(remaining, covers.held(side));
    return remaining > 0 ? remaining + this.turnedBy(order) : 0;
  }

  /** What an entry closes before it opens, where the venue does not do so by itself. */
  private turnedBy({ member, order }: EmulatedOrder): number {
    const { members, venue } = this.options;
    const isByItself = venue.separates || members[member].hedges || order.purpose !== "enter";
    return isByItself ? 0 : this.desired[member].covers.held(order.side);
  }

  private sendPart(
    order: EmulatedOrder,
    quantity: number,
    replaces: string | null,
    at: number,
  ): string | null {
    const { outgoing, members, venue } = this.options;
    const { member, entry, sent, signalTime, isFlattening } = order;
    const { id } = order.order;
    const parent = entry === null ? undefined : this.desired[member].parents.get(entry);
    const terms =
      parent === undefined || parent.price === null
        ? {}
        : childTerms(members[member].instrument, order.order, parent.opened, parent.price);
    const holds = holdsChildren(venue);
    const closesAll = venue.separates && entry === null;
    const part: Order = {
      ...{ ...order.order, ...terms },
      ...{ id: sent === 0 ? id : `${id}~${sent + 1}`, quantity },
      ...(!holds && {
        children: [],
        group: undefined,
        share: undefined,
        offset: undefined,
        parent: undefined,
      }),
      ...(order.order.purpose !== "enter" && !closesAll && { isPartial: true as const }),
    };
    const turning = Math.min(quantity, this.turnedBy(order));
    const clientId = outgoing.place(member, part, {
      signalTime,
      at,
      isFlattening,
      replaces,
      of: id,
      turning,
    });
    this.desired[member].put({ ...order, sent: sent + 1, isOver: clientId === null, touchedAt: at });
    return clientId;
  }

  /** The first fill of an entry brings its children, and ends the others of its group. */
  private enter(
    member: number,
    name: string,
    group: string | undefined,
    fills: readonly Fill[],
    opened: number,
    at: number,
  ): void {
    const desired = this.desired[member];
    if (group !== undefined && !holdsChildren(this.options.venue))
      for (const each of [...desired.orders.values()])
        if (each.order.group === group && each.order.id !== name) this.leave(each, "group", at);
    const parent = desired.parents.get(name);
    if (parent === undefined) return;
    const price = parent.price ?? fills.find(({ effect }) => effect === "open")?.price ?? null;
    desired.parents.set(name, {
      ...parent,
      price,
      opened: parent.opened + opened,
      touchedAt: at,
    });
    for (const each of [...desired.orders.values()])
      if (each.entry === name && each.leaving === null)
        desired.put({ ...each, isOver: false, isFixed: false });
    for (const child of parent.order.children)
      if (desired.find(child.id) === undefined)
        desired.put(wantedNow({ member, order: child, entry: name }, at));
  }

  /** A position that no rule has asked for: an order has traded that was on its way out. It is an entry of its own, to be left at once. */
  private stray(sent: BookedOrder, side: Order["side"], quantity: number, at: number): void {
    const { venue, members, halt } = this.options;
    const { member } = sent;
    const { strategy, symbol } = members[member];
    const what = `order ${sent.order.id} traded ${quantity} lots more than there were to trade, since what it rested on had gone before it could be taken back`;
    this.say(
      "stray",
      `${what}: ${venue.strays === "close" ? "they are closed at the market" : "they stay"}`,
      sent,
    );
    const desired = this.desired[member];
    const entry = `${sent.order.id}-stray-${++this.strays}`;
    desired.covers.open(side, entry, quantity);
    if (venue.strays === "halt") {
      halt(`${symbol} of ${strategy}: ${what}`);
      return;
    }
    const terms = { type: "market", quantity, price: null, tag: "stray", children: [] } as const;
    const order: Order = { ...terms, id: entry, side, purpose: "enter" };
    const exit: Order = {
      ...terms,
      id: `${entry}-exit`,
      side: opposite(side),
      purpose: "exit",
      isPartial: true,
    };
    desired.parents.set(entry, { member, order, opened: quantity, price: 0, touchedAt: at });
    desired.put(wantedNow({ member, order: exit, entry }, at));
  }

  private doubt(order: EmulatedOrder, at: number): void {
    this.desired[order.member].put({ ...order, isDoubted: true, doubts: order.doubts + 1, touchedAt: at });
    this.options.ask(at);
  }

  private refused(order: EmulatedOrder, sent: BookedOrder, reason: string, at: number): void {
    this.desired[order.member].put({ ...order, isFixed: true, touchedAt: at });
    this.say(
      "unprotected",
      `the venue does not take ${sent.order.id}, a ${sent.order.purpose}: ${reason}`,
      sent,
    );
    this.tell(order.member, { kind: "rejected", id: order.order.id, reason });
  }

  /** What the venue did not take beside the rest of an entry it may take once that has filled or gone. */
  private tryAgain(member: number, entry: string): void {
    const desired = this.desired[member];
    for (const each of [...desired.orders.values()])
      if (each.entry === entry && each.isFixed) desired.put({ ...each, isFixed: false });
  }

  private leave(order: EmulatedOrder | undefined, leaving: CancelReason, at: number): void {
    if (order === undefined || order.isOver || order.leaving !== null) return;
    this.desired[order.member].put({ ...order, leaving, touchedAt: at });
    this.touch(order.member);
  }

  /** Nothing is at the venue of an order of which nothing is wanted: the strategy hears why. */
  private end(order: EmulatedOrder, at: number): void {
    const reason = order.leaving ?? (order.order.purpose === "enter" ? "no_lot" : "nothing_to_close");
    this.desired[order.member].put({ ...order, isOver: true, touchedAt: at });
    this.tell(order.member, { kind: "cancelled", id: order.order.id, reason });
  }

  private mayReplace({ member, state, cancelAskedAt, replacedBy }: BookedOrder): boolean {
    const { members, venue } = this.options;
    const isFree = state === "working" && cancelAskedAt === null && replacedBy === null;
    return isFree && replacesIn(venue, members[member].symbol);
  }

  /** Whether nobody waits for another to take its place. */
  private isFree({ replacedBy }: BookedOrder): boolean {
    const state = replacedBy === null ? undefined : this.options.book.find(replacedBy)?.state;
    return state !== "sent" && state !== "unknown";
  }

  private cancel(sent: BookedOrder, at: number): void {
    if (sent.cancelAskedAt === null) this.options.outgoing.cancel(sent, at);
  }

  /** What is at the venue, or may be, of orders by what the strategy calls them. */
  private sentOf(member: number, ...names: readonly string[]): readonly BookedOrder[] {
    return [...this.options.book.aliveOf(member)].filter(({ of }) => of !== null && names.includes(of));
  }

  private tell(member: number, event: Parameters<Member["session"]["on"]>[0]): void {
    this.options.members[member].session.on(event);
  }

  private say(what: NoticeName, text: string, { member, order }: BookedOrder): void {
    const { strategy, symbol } = this.options.members[member];
    this.options.emit({ kind: "notice", notice: { what, text, strategy, symbol, orderId: order.id } });
  }
}

/** An order as it begins: one that protects, if nothing else is said. */
const wantedNow = (order: Pick<EmulatedOrder, "member" | "order" | "entry">, at: number): EmulatedOrder => ({
  ...{ ...order, signalTime: at, names: [], isFlattening: true, done: 0, sent: 0 },
  ...{ leaving: null, isOver: false, isDoubted: false, doubts: 0, isFixed: false, touchedAt: at },
});

/** A stop that takes the place of another never stands behind it. */
function notBehind(order: Order, before: Order): Order {
  if (order.type !== "stop" || order.parent === undefined || order.price === null || before.price === null)
    return order;
  const nearest =
    order.side === "sell" ? Math.max(order.price, before.price) : Math.min(order.price, before.price);
  return { ...order, price: nearest };
}

const opposite = (side: Order["side"]): Order["side"] => (side === "buy" ? "sell" : "buy");

const lotsThat = (fills: readonly Fill[], effect: Fill["effect"]): number =>
  fills.reduce((sum, each) => (each.effect === effect ? sum + each.quantity : sum), 0);
