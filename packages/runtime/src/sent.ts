import type { PlannedEnter, PlannedExit } from "@bitfever/lang";
import {
  isOver,
  splitOrder,
  stateAfter,
  type Command,
  type Fraction,
  type Instrument,
  type Ledger,
  type Order,
  type OrderHappening,
  type OrderState,
  type Purpose,
  type TradeSide,
} from "@bitfever/engine";
import { splitCloseTrail, type CloseTrail } from "./trails.js";

/** An order of a rule, with the trail that its fill will start. */
export interface SentOrder {
  readonly order: Order;
  readonly trail: CloseTrail | null;
}

/** With what has become of it. */
export interface LivingOrder extends SentOrder {
  readonly state: OrderState;
  /** It was taken back, and the venue has not said yet that it is gone: it may still fill. */
  readonly isLeaving?: true;
}

const nothing: readonly Command[] = [];

/** The orders of rules whose end has not been heard of: for a tag one that enters, and one that leaves. */
export class Sent {
  private list: readonly LivingOrder[] = [];
  /** Those that were taken back, until the venue says that they are gone. */
  private leaving: readonly LivingOrder[] = [];
  /** The newest that have ended and have a trail: a fill may be heard after the end of its order, and is trailed like any other. */
  private ended: readonly LivingOrder[] = [];

  /** @param hedges  entries open positions of their own, and close none */
  constructor(private readonly hedges: boolean) {}

  get isEmpty(): boolean {
    return this.list.length === 0;
  }

  /** Orders that enter on a side. */
  entries(side: Order["side"]): readonly Order[] {
    return this.list.flatMap(({ order }) =>
      order.purpose === "enter" && order.side === side ? [order] : [],
    );
  }

  /** Whether a market order is on its way that closes all there is on a side. */
  leavesAll(side: TradeSide): boolean {
    return this.list.some(
      ({ order }) =>
        order.purpose === "exit" && closedBy(order) === side && isMarket(order) && order.isPartial !== true,
    );
  }

  has(tag: string, purpose: Purpose): boolean {
    return this.list.some(({ order }) => order.tag === tag && order.purpose === purpose);
  }

  wasSent(id: string): boolean {
    return this.list.some(({ order }) => order.id === id);
  }

  trailOf(id: string): CloseTrail | null {
    const isMeant = ({ order }: LivingOrder): boolean => order.id === id;
    const found = this.list.find(isMeant) ?? this.leaving.find(isMeant) ?? this.ended.find(isMeant);
    return found?.trail ?? null;
  }

  /** Whether a market order is on its way that makes of the position one on the other side. */
  turnsRound(ledger: Ledger): boolean {
    return this.list.some(
      ({ order }) => order.purpose === "enter" && order.type === "market" && this.closes(order, ledger),
    );
  }

  /** Whether an entry has room beside what is open on its side and what is sure to be. */
  mayEnter({ side, tag, entries }: PlannedEnter, ledger: Ledger): boolean {
    let open = ledger.openEntries(side);
    if (open >= entries) return false;
    for (const { order } of this.list) {
      if (order.purpose !== "enter" || !isMarket(order)) continue;
      const isSameSide = (order.side === "buy") === (side === "long");
      if (order.tag === tag || (!isSameSide && !this.hedges)) return false;
      if (isSameSide) open++;
    }
    return open < entries;
  }

  mayExit({ tag }: PlannedExit, side: TradeSide): boolean {
    for (const { order } of this.list)
      if (
        order.purpose === "exit" &&
        closedBy(order) === side &&
        isMarket(order) &&
        (order.tag === tag || order.isPartial !== true)
      )
        return false;
    return true;
  }

  /** Puts an order on its way, in the place of the one of its tag. */
  send(sent: SentOrder): Command {
    const { order } = sent;
    const before = this.list.find((each) => isOfSameRule(each.order, order));
    if (before !== undefined) this.leave([before]);
    this.list = [
      ...this.list.filter((each) => each !== before),
      { order, trail: sent.trail, state: "working" },
    ];
    return before === undefined ? { kind: "submit", order } : { kind: "replace", id: before.order.id, order };
  }

  takeBack(isMeant: (order: Order) => boolean): readonly Command[] {
    const taken = this.list.filter(({ order }) => isMeant(order));
    if (taken.length === 0) return nothing;
    this.list = this.list.filter((each) => !taken.includes(each));
    this.leave(taken);
    return taken.map(({ order }) => ({ kind: "cancel", id: order.id }));
  }

  /** The shares that they are for were split. */
  split(instrument: Instrument, ratio: Fraction): void {
    this.change((each) => ({
      ...each,
      order: splitOrder(instrument, each.order, ratio),
      trail: each.trail && splitCloseTrail(instrument, each.trail, ratio),
    }));
  }

  /** Hears what happened to an order; one whose life is over is forgotten. */
  hear(id: string, happening: OrderHappening): void {
    const isMeant = ({ order }: LivingOrder): boolean => order.id === id;
    if (this.list.some(isMeant)) this.list = this.afterwards(this.list, id, happening);
    if (this.leaving.some(isMeant)) this.leaving = this.afterwards(this.leaving, id, happening);
  }

  /** Hears that an order is no more: where an entry brings it as its stop, the trail of what fills from now on begins without one. */
  lose(id: string): void {
    this.change((each) =>
      each.trail?.order?.id === id ? { ...each, trail: { ...each.trail, order: null } } : each,
    );
  }

  /** What fills from now on is not trailed. */
  trailNothing(): void {
    this.change((each) => (each.trail === null ? each : { ...each, trail: null }));
  }

  private afterwards(
    list: readonly LivingOrder[],
    id: string,
    happening: OrderHappening,
  ): readonly LivingOrder[] {
    return list.flatMap((each) => {
      if (each.order.id !== id) return [each];
      const after = { ...each, state: stateAfter(each.state, happening, id) };
      if (!isOver(after.state)) return [after];
      if (each.trail !== null) this.ended = [...this.ended, after].slice(-keptEnded);
      return [];
    });
  }

  private change(changed: (each: LivingOrder) => LivingOrder): void {
    this.list = this.list.map(changed);
    this.leaving = this.leaving.map(changed);
    this.ended = this.ended.map(changed);
  }

  private leave(orders: readonly LivingOrder[]): void {
    this.leaving = [...this.leaving, ...orders.map((each) => ({ ...each, isLeaving: true as const }))];
  }

  private closes(order: Order, ledger: Ledger): boolean {
    return (order.purpose !== "enter" || !this.hedges) && ledger.quantity(closedBy(order)) > 0;
  }

  snapshot(): readonly LivingOrder[] {
    return structuredClone([...this.list, ...this.leaving, ...this.ended]);
  }

  restore(snapshot: readonly LivingOrder[]): void {
    const all = structuredClone(snapshot);
    const orders = all.filter(({ state }) => !isOver(state));
    this.list = orders.filter(({ isLeaving }) => isLeaving !== true);
    this.leaving = orders.filter(({ isLeaving }) => isLeaving === true);
    this.ended = all.filter(({ state }) => isOver(state));
  }
}

/** News is late by moments, and of one tag there is one order at a time. */
const keptEnded = 8;

/** An exit without a side leaves both where both are held, by an order for each. */
export const isOfSameRule = (a: Order, b: Order): boolean =>
  a.tag === b.tag && a.purpose === b.purpose && (a.purpose === "enter" || a.side === b.side);

const closedBy = ({ side }: Order): TradeSide => (side === "sell" ? "long" : "short");

const isMarket = ({ type }: Order): boolean => type === "market" || type === "market_on_close";

/** The quantity that would be held on the side of an order if it and all other entries there filled. */
export function heldWith(order: Order, sent: Sent, ledger: Ledger): number {
  const held = ledger.quantity(order.side === "buy" ? "long" : "short");
  // It takes the place of one of its own tag, and of a group only one fills.
  const others = sent
    .entries(order.side)
    .filter((each) => each.tag !== order.tag && (each.group === undefined || each.group !== order.group));
  return others.reduce((sum, each) => sum + each.quantity, held + order.quantity);
}
