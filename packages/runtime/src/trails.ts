import type { ColumnId } from "@bitfever/lang";
import {
  offsetPrice,
  splitOrder,
  splitPrice,
  splitQuantity,
  splitTrail,
  startOf,
  trailingDistance,
  type Command,
  type Fill,
  type Fraction,
  type Instrument,
  type Order,
  type Trail,
  type TradeSide,
} from "@bitfever/engine";
import type { ClosedBar } from "./contract.js";

/** A trail that moves at the close of bars, as an entry asks for it; prices in ticks. */
export interface CloseTrail extends Trail {
  /** The stop that the entry brings with it and that the trail moves. */
  readonly order: Order | null;
  /** What its distance is at each close; null keeps that of the entry. */
  readonly anew: ColumnId | null;
}

export const splitCloseTrail = (instrument: Instrument, trail: CloseTrail, ratio: Fraction): CloseTrail => ({
  ...splitTrail(instrument, trail, ratio),
  order: trail.order && splitOrder(instrument, trail.order, ratio),
});

/** A trail whose entry has filled. */
interface Following extends Omit<Trail, "after" | "distance"> {
  readonly entry: string;
  readonly side: "buy" | "sell";
  readonly tag: string;
  readonly startsAt: number | null;
  readonly anew: ColumnId | null;
  /** What of the entry has filled. */
  quantity: number;
  distance: number;
  best: number;
  isFresh: boolean;
  /** The stop as it stands at the venue; none before the trail has started without one. */
  order: string | null;
  price: number | null;
  /** What that stop is for; what an entry brings with it is for all of the entry. */
  covers: number;
}

export type TrailsSnapshot = readonly Following[];

/** Moves protective stops after the best price, bar by bar: what a venue that knows only plain stops is told. */
export class Trails {
  private following: Following[] = [];

  constructor(private readonly instrument: Instrument) {}

  get isIdle(): boolean {
    return this.following.length === 0;
  }

  /** Follows another part of an entry with what follows the first; whether there was one. */
  grow({ orderId, quantity, price }: Fill): boolean {
    const each = this.following.find(({ entry }) => entry === orderId);
    if (each === undefined) return false;
    each.quantity += quantity;
    if (each.side === "sell" ? price > each.best : price < each.best) each.best = price;
    return true;
  }

  start(
    { after, order, ...trail }: CloseTrail,
    { orderId, side, tag, price, quantity, isInside }: Fill,
  ): void {
    const back = side === "buy" ? "sell" : "buy";
    this.following.push({
      entry: orderId,
      side: back,
      tag,
      quantity,
      ...trail,
      startsAt: startOf(this.instrument, { side: back }, { after }, price),
      best: price,
      isFresh: isInside === true,
      order: order?.id ?? null,
      price:
        order?.offset === undefined
          ? (order?.price ?? null)
          : offsetPrice(this.instrument, order, order.offset, price),
      covers: order?.quantity ?? 0,
    });
  }

  /** The orders that a close asks for; `value` is that of a column there. */
  settle({ time, high, low, close }: ClosedBar, value: (column: ColumnId) => number): Command[] {
    const commands: Command[] = [];
    for (const each of this.following) {
      const up = each.side === "sell" ? 1 : -1;
      const extreme = each.isFresh ? close : up === 1 ? high : low;
      const seen = this.instrument.price(extreme, "nearest");
      each.isFresh = false;
      if ((seen - each.best) * up > 0) each.best = seen;
      if (each.anew !== null) each.distance = this.distanceOf(each, value(each.anew));
      if (each.startsAt !== null && (each.best - each.startsAt) * up < 0) continue;
      const at = each.best - up * trailingDistance(each, each.best);
      const met = this.instrument.onTicks(at, up === 1 ? "down" : "up");
      const isCloser = each.price === null || (met - each.price) * up > 0;
      if (!isCloser && each.covers >= each.quantity) continue;
      const price = isCloser || each.price === null ? met : each.price;
      const { side, tag, quantity, entry } = each;
      const id = `${entry}-stop-${time}`;
      const order: Order = {
        id,
        type: "stop",
        side,
        purpose: "stop",
        quantity,
        price,
        tag,
        children: [],
        parent: entry,
      };
      commands.push(
        each.order === null ? { kind: "submit", order } : { kind: "replace", id: each.order, order },
      );
      each.order = id;
      each.price = price;
      each.covers = quantity;
    }
    return commands;
  }

  /** A distance that is absent, or none at all, leaves the trail where it is. */
  private distanceOf({ unit, distance }: Following, now: number): number {
    if (!(now > 0 && now < (unit === "ratio" ? 1 : Infinity))) return distance;
    return unit === "ratio" ? now : this.instrument.price(now, "up");
  }

  /** Hears of an order that has ended: a stop takes its trail with it, but for what filled after it was sent. */
  forget(id: string): void {
    if (!this.following.some((each) => each.order === id)) return;
    this.following = this.following.flatMap((each) => {
      if (each.order !== id) return [each];
      const quantity = each.quantity - each.covers;
      return quantity > 0 ? [{ ...each, quantity, covers: 0, order: null }] : [];
    });
  }

  /** Its stop was to take the place of one that had traded by then, and does not rest: the next close brings another. */
  miss(id: string): void {
    for (const each of this.following) if (each.order === id) Object.assign(each, { order: null, covers: 0 });
  }

  /** The shares were split; of some positions none is left. */
  split(ratio: Fraction, held: (side: TradeSide) => number): void {
    const { instrument } = this;
    const at = (price: number, direction: "up" | "down" | "nearest"): number =>
      splitPrice(instrument, price, ratio, direction);
    this.following = this.following.map((each) => ({
      ...each,
      distance: each.unit === "ratio" ? each.distance : at(each.distance, "up"),
      quantity: splitQuantity(instrument, each.quantity, ratio),
      covers: splitQuantity(instrument, each.covers, ratio),
      startsAt: each.startsAt === null ? null : at(each.startsAt, "nearest"),
      best: at(each.best, "nearest"),
      price: each.price === null ? null : at(each.price, each.side === "buy" ? "up" : "down"),
    }));
    this.keep(held);
  }

  clear(): void {
    this.following = [];
  }

  /** Keeps the trails that leave something that is held. */
  keep(held: (side: TradeSide) => number): void {
    this.following = this.following.filter(({ side }) => held(side === "sell" ? "long" : "short") > 0);
  }

  snapshot(): TrailsSnapshot {
    return structuredClone(this.following);
  }

  restore(snapshot: TrailsSnapshot): void {
    this.following = [...structuredClone(snapshot)];
  }
}
