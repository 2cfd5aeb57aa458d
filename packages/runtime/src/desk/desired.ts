import { Covers } from "./covers.js";
import type { EmulatedOrder, ParentOrder } from "./emulated-order.js";
import type { Member } from "./member.js";

/** What is looked after for a strategy in its symbol. */
export class Desired {
  readonly parents = new Map<string, ParentOrder>();
  readonly covers: Covers;
  /** By the names that the strategy has for them now. */
  private readonly all = new Map<string, EmulatedOrder>();
  private readonly names = new Map<string, string>();
  /** Those that are not over: few, of many that have been; and those that are doubted. By their names. */
  private readonly open = new Set<string>();
  private readonly inDoubt = new Set<string>();
  /** Which came first. */
  private readonly places = new Map<string, number>();
  private nextPlace = 0;

  constructor({ instrument }: Member) {
    this.covers = new Covers(instrument);
  }

  /** All of them, in the order in which they came. */
  get orders(): ReadonlyMap<string, EmulatedOrder> {
    return this.all;
  }

  /** By any name that it has had. */
  find(name: string): EmulatedOrder | undefined {
    return this.all.get(this.names.get(name) ?? name);
  }

  /** Those that are not over, and those that have one of these names; in the order in which they came. */
  openOr(names: readonly string[]): readonly EmulatedOrder[] {
    const named = names.flatMap((each) => this.find(each)?.order.id ?? []);
    return this.inOrder(new Set([...this.open, ...named]));
  }

  /** Those that the venue has doubted, in the order in which they came. */
  doubted(): readonly EmulatedOrder[] {
    return this.inOrder(this.inDoubt);
  }

  put(order: EmulatedOrder): void {
    const { id } = order.order;
    for (const each of order.names) {
      this.drop(each);
      this.names.set(each, id);
    }
    if (!this.all.has(id)) this.places.set(id, this.nextPlace++);
    this.all.set(id, order);
    if (order.isOver) this.open.delete(id);
    else this.open.add(id);
    if (order.doubts > 0) this.inDoubt.add(id);
    else this.inDoubt.delete(id);
  }

  delete({ order, names }: EmulatedOrder): void {
    this.drop(order.id);
    for (const each of names) this.names.delete(each);
  }

  /** Of the orders nothing is left. */
  clear(): void {
    for (const each of [...this.all.values()]) this.delete(each);
    this.parents.clear();
  }

  private drop(id: string): void {
    this.all.delete(id);
    this.open.delete(id);
    this.inDoubt.delete(id);
    this.places.delete(id);
  }

  private inOrder(ids: ReadonlySet<string>): readonly EmulatedOrder[] {
    const placeOf = (id: string): number => this.places.get(id) ?? Infinity;
    return [...ids].sort((a, b) => placeOf(a) - placeOf(b)).flatMap((each) => this.all.get(each) ?? []);
  }
}
