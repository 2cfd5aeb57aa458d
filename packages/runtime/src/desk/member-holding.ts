import type { Order } from "@bitfever/engine";
import type { Holding } from "../gates/gate.js";
import type { Member } from "./member.js";
import type { BookedOrder, OrderBook } from "./order-book.js";

/** What is known of a symbol. */
export interface Quote {
  readonly lastPrice: number;
  readonly lastDataTime: number;
}

export interface MemberHoldingOptions {
  readonly member: Member;
  /** Of the member on the desk. */
  readonly place: number;
  readonly book: OrderBook;
  /** Of its symbol, as it is when it is read. */
  readonly quote: Quote;
  readonly clock: { readonly clockSkewMs: number };
}

/** What a member of a desk has and is about to have, as it is when it is asked: most gates ask for little of it. */
export class MemberHolding implements Holding {
  readonly strategy: string;
  readonly symbol: string;
  readonly sector: string | null;
  readonly hedges: true | undefined;
  readonly entering: Holding["entering"];

  constructor(private readonly options: MemberHoldingOptions) {
    const { strategy, symbol, sector, hedges } = options.member;
    this.strategy = strategy;
    this.symbol = symbol;
    this.sector = sector;
    this.hedges = hedges || undefined;
    const units = (side: Order["side"]): number => this.units(entering(this.orders, side));
    this.entering = {
      get buy() {
        return units("buy");
      },
      get sell() {
        return units("sell");
      },
    };
  }

  get long(): number {
    return this.units(this.options.member.session.held.long);
  }

  get short(): number {
    return this.units(this.options.member.session.held.short);
  }

  get openOrders(): number {
    const { book, place } = this.options;
    return book.countOf(place);
  }

  get lastPrice(): number {
    return this.options.quote.lastPrice;
  }

  get lastDataTime(): number {
    return this.options.quote.lastDataTime;
  }

  get unitWorth(): number {
    return this.options.member.session.moneyPerPoint();
  }

  get clockSkewMs(): number {
    return this.options.clock.clockSkewMs;
  }

  private get orders(): Iterable<BookedOrder> {
    const { book, place } = this.options;
    return book.aliveOf(place);
  }

  private units(lots: number): number {
    return this.options.member.instrument.quantityDecimal(lots);
  }
}

/** Lots that entries of a side would open if all of them filled that can: of a group, and of two that change places, one. */
function entering(orders: Iterable<BookedOrder>, side: Order["side"]): number {
  let ofGroups: Map<string, number> | undefined;
  for (const { clientId, order, left, replaces } of orders) {
    if (order.purpose !== "enter" || order.side !== side) continue;
    ofGroups ??= new Map();
    const group = order.group ?? replaces ?? clientId;
    ofGroups.set(group, Math.max(ofGroups.get(group) ?? 0, left));
  }
  let sum = 0;
  if (ofGroups !== undefined) for (const each of ofGroups.values()) sum += each;
  return sum;
}
