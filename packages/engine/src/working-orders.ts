import type { OrderTypeName } from "./order.js";
import { awake, type OrderType, type WorkingOrder } from "./order-type.js";
import { orderTypes } from "./orders/index.generated.js";

const types = new Map<OrderTypeName, OrderType>(orderTypes.map((each) => [each.name, each]));

export function typeOf({ type }: WorkingOrder): OrderType {
  const found = types.get(type);
  if (found === undefined) throw new Error(`matching: no order type ${type}`);
  return found;
}

/** The orders at a market, with what they have in common, so that most bars need not look at them one by one. */
export class WorkingOrders {
  list: readonly WorkingOrder[] = [];
  /** Between these prices none has anything to do, so a bar inside them changes nothing. */
  private below = Infinity;
  private above = -Infinity;
  /** Whether some follow the price, have their bars counted, or wait for the close. */
  follows = false;
  ages = false;
  closes = false;

  /** The orders from now on. */
  set(orders: readonly WorkingOrder[]): void {
    this.list = orders;
    this.below = Infinity;
    this.above = -Infinity;
    this.follows = this.ages = this.closes = false;
    for (const order of orders) {
      const type = typeOf(order);
      const isTimed = order.duration !== undefined || order.isPostOnly === true;
      const sleep = isTimed ? awake : type.sleepsBetween(order);
      this.below = Math.min(this.below, sleep.below);
      this.above = Math.max(this.above, sleep.above);
      if (isTimed) this.ages = true;
      if (type.follows !== undefined) this.follows = true;
      if (type.waitsForClose === true) this.closes = true;
    }
  }

  /** Whether none has anything to do between two prices. */
  sleepThrough(low: number, high: number): boolean {
    return high < this.below && low > this.above;
  }

  add(...orders: readonly WorkingOrder[]): void {
    this.set([...this.list, ...orders]);
  }

  /** Puts an order in the place of the one with its id. */
  change(order: WorkingOrder): void {
    this.set(this.list.map((each) => (each.id === order.id ? order : each)));
  }

  /** Takes out those meant, and gives them back. */
  take(isMeant: (order: WorkingOrder) => boolean): readonly WorkingOrder[] {
    const taken = this.list.filter(isMeant);
    if (taken.length > 0) this.set(this.list.filter((each) => !taken.includes(each)));
    return taken;
  }

  /** Moves those that follow the price to it. They sleep as before until `set` is called. */
  follow(at: number): void {
    this.list = this.list.map((each) => typeOf(each).follows?.(each, at) ?? each);
  }
}
