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
  readonly quantity: number;
  readonly startsAt: number | null;
  readonly anew: ColumnId | null;
  distance: number;
  best: number;
  isFresh: boolean;
  /** The stop as it stands at the venue; none before the trail has started without one. */
  order: string | null;
  price: number | null;
}

export type TrailsSnapshot = readonly Following[];

/** Moves protective stops after the best price, bar by bar: what a venue that knows only plain stops is told. */
export class Trails {
  private following: Following[] = [];

  constructor(private readonly instrument: Instrument) {}

  get isIdle(): boolean {
    return this.following.length === 0;
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
      const price = this.instrument.onTicks(at, up === 1 ? "down" : "up");
      if (each.price !== null && (price - each.price) * up <= 0) continue;
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
    }
    return commands;
  }

  /** A distance that is absent, or none at all, leaves the trail where it is. */
  private distanceOf({ unit, distance }: Following, now: number): number {
    if (!(now > 0 && now < (unit === "ratio" ? 1 : Infinity))) return distance;
    return unit === "ratio" ? now : this.instrument.price(now, "up");
  }

  /** Hears of an order that has ended: a stop takes its trail with it. */
  forget(id: string): void {
    if (this.following.some((each) => each.order === id))
      this.following = this.following.filter((each) => each.order !== id);
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
      startsAt: each.startsAt === null ? null : at(each.startsAt, "nearest"),
      best: at(each.best, "nearest"),
      price: each.price === null ? null : at(each.price, each.side === "buy" ? "up" : "down"),
    }));
    this.keep(held);
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
