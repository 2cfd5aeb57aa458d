import type { PlannedEnter, PlannedExit } from "@bitfever/lang";
import {
  splitOrder,
  type Command,
  type Fraction,
  type Instrument,
  type Ledger,
  type Order,
  type Purpose,
} from "@bitfever/engine";
import { splitCloseTrail, type CloseTrail } from "./trails.js";

/** An order of a rule, with the trail that its fill will start. */
export interface SentOrder {
  readonly order: Order;
  readonly trail: CloseTrail | null;
}

const nothing: readonly Command[] = [];

/** The orders of rules whose end has not been heard of: for a tag one that enters, and one that leaves. */
export class Sent {
  private list: readonly SentOrder[] = [];

  get isEmpty(): boolean {
    return this.list.length === 0;
  }

  /** Orders that enter on a side. */
  entries(side: Order["side"]): readonly Order[] {
    return this.list.flatMap(({ order }) =>
      order.purpose === "enter" && order.side === side ? [order] : [],
    );
  }

  /** Whether a market order is on its way that closes all there is. */
  get leavesAll(): boolean {
    return this.list.some(
      ({ order }) => order.purpose === "exit" && isMarket(order) && order.isPartial !== true,
    );
  }

  has(tag: string, purpose: Purpose): boolean {
    return this.list.some(({ order }) => order.tag === tag && order.purpose === purpose);
  }

  wasSent(id: string): boolean {
    return this.list.some(({ order }) => order.id === id);
  }

  trailOf(id: string): CloseTrail | null {
    return this.list.find(({ order }) => order.id === id)?.trail ?? null;
  }

  /** Whether a market order is on its way that makes of the position one on the other side. */
  turnsRound({ position }: Ledger): boolean {
    return this.list.some(
      ({ order }) =>
        order.purpose === "enter" &&
        order.type === "market" &&
        (order.side === "buy" ? position < 0 : position > 0),
    );
  }

  /** Whether an order is on its way on the other side of the position. */
  reduces({ position }: Ledger): boolean {
    return this.list.some(({ order }) => (order.side === "sell" ? position > 0 : position < 0));
  }

  /** Whether an entry has room beside what is open on its side and what is sure to be. */
  mayEnter({ side, tag, entries }: PlannedEnter, ledger: Ledger): boolean {
    const { position } = ledger;
    const isHeld = side === "long" ? position > 0 : position < 0;
    let open = isHeld ? ledger.openEntries : 0;
    if (open >= entries) return false;
    for (const { order } of this.list) {
      if (order.purpose !== "enter" || !isMarket(order)) continue;
      if (order.tag === tag || (order.side === "buy") !== (side === "long")) return false;
      open++;
    }
    return open < entries;
  }

  mayExit({ tag }: PlannedExit): boolean {
    for (const { order } of this.list)
      if (order.purpose === "exit" && isMarket(order) && (order.tag === tag || order.isPartial !== true))
        return false;
    return true;
  }

  /** Puts an order on its way, in the place of the one of its tag. */
  send(sent: SentOrder): Command {
    const { order } = sent;
    const before = this.list.find((each) => isOfSameRule(each.order, order));
    this.list = [...this.list.filter((each) => each !== before), sent];
    return before === undefined ? { kind: "submit", order } : { kind: "replace", id: before.order.id, order };
  }

  takeBack(isMeant: (order: Order) => boolean): readonly Command[] {
    const taken = this.list.filter(({ order }) => isMeant(order));
    if (taken.length === 0) return nothing;
    this.list = this.list.filter((each) => !taken.includes(each));
    return taken.map(({ order }) => ({ kind: "cancel", id: order.id }));
  }

  /** The shares that they are for were split. */
  split(instrument: Instrument, ratio: Fraction): void {
    this.list = this.list.map(({ order, trail }) => ({
      order: splitOrder(instrument, order, ratio),
      trail: trail && splitCloseTrail(instrument, trail, ratio),
    }));
  }

  forget(id: string): void {
    if (this.wasSent(id)) this.list = this.list.filter(({ order }) => order.id !== id);
  }

  snapshot(): readonly SentOrder[] {
    return structuredClone(this.list);
  }

  restore(snapshot: readonly SentOrder[]): void {
    this.list = structuredClone(snapshot);
  }
}

const isOfSameRule = (a: Order, b: Order): boolean => a.tag === b.tag && a.purpose === b.purpose;

const isMarket = ({ type }: Order): boolean => type === "market" || type === "market_on_close";

/** The quantity that would be held on the side of an order if it and all other entries there filled. */
export function heldWith(order: Order, sent: Sent, position: number): number {
  const held = order.side === "buy" ? Math.max(0, position) : Math.max(0, -position);
  // It takes the place of one of its own tag, and of a group only one fills.
  const others = sent
    .entries(order.side)
    .filter((each) => each.tag !== order.tag && (each.group === undefined || each.group !== order.group));
  return others.reduce((sum, each) => sum + each.quantity, held + order.quantity);
}
