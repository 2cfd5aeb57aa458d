import { dayMs, type Order } from "@bitfever/engine";
import type { VenueOrder } from "../contract.js";
import type { AccountView, Holding, OrderProposal, Scope } from "../gates/gate.js";
import type { Universe } from "../universe/universe.js";
import { bySymbol } from "./by-symbol.js";
import type { SymbolBar } from "./input.js";
import type { Member } from "./member.js";
import type { Circumstances } from "./occasion.js";
import type { BookedOrder, OrderBook } from "./order-book.js";

/** What is known of a symbol. */
interface Quote {
  readonly lastPrice: number;
  readonly lastDataTime: number;
}

export interface DeskAccountSnapshot {
  readonly quotes: readonly (readonly [string, Quote])[];
  readonly session: number;
  readonly sessionEquity: number;
  readonly highestEquity: number;
  readonly lossesInARow: number;
  readonly closed: readonly number[];
  readonly clockSkewMs: number;
}

const unseen: Quote = { lastPrice: NaN, lastDataTime: NaN };

/** The account of a desk as the gates look at it; nothing is worked out before somebody asks. */
export class DeskAccount implements AccountView {
  session = -Infinity;
  sessionEquity: number;
  highestEquity: number;
  lossesInARow = 0;
  private quotes = new Map<string, Quote>();
  private closed: number[];
  private clockSkewMs = 0;
  private worth: number | null = null;
  /** Places of members by what they trade, so that a question about one symbol does not walk all. */
  private readonly ofSymbol: ReadonlyMap<string, readonly number[]>;
  private readonly all: readonly number[];
  private readonly universes: ReadonlySet<Universe>;

  constructor(
    private readonly members: readonly Member[],
    private readonly book: OrderBook,
  ) {
    this.all = members.map((_, place) => place);
    this.universes = new Set(members.flatMap(({ universe }) => universe ?? []));
    this.ofSymbol = bySymbol(this.all, (place) => members[place].symbol);
    this.sessionEquity = this.highestEquity = this.equity;
    this.closed = members.map(() => 0);
  }

  /** Decimal money of all strategies together. */
  get equity(): number {
    return (this.worth ??= this.worthNow());
  }

  /** Something was heard that may have changed what it is worth. */
  touch(): void {
    this.worth = null;
  }

  /** Bars closed, which sessions are about to hear of. */
  see(bars: readonly SymbolBar[], closedAt: number): void {
    const session = Math.floor(closedAt / dayMs);
    if (session > this.session) {
      this.session = session;
      this.sessionEquity = this.equity;
    }
    for (const { symbol, bar } of bars)
      this.quotes.set(symbol, { lastPrice: bar.close, lastDataTime: closedAt });
    this.touch();
  }

  /** Sessions have heard of them, and of what was traded before. */
  settle(): void {
    this.highestEquity = Math.max(this.highestEquity, this.equity);
  }

  /** A strategy has heard of a fill. */
  hear(place: number): void {
    const { closed, lossesInARow } = this.members[place].session.record;
    const more = closed - this.closed[place];
    if (more === 0) return;
    this.closed[place] = closed;
    this.lossesInARow = lossesInARow < more ? lossesInARow : this.lossesInARow + more;
  }

  /** How far this clock is ahead of the venue's. */
  skew(milliseconds: number): void {
    this.clockSkewMs = milliseconds;
  }

  holding(strategy: string, symbol: string): Holding | null {
    const place = this.ofSymbol.get(symbol)?.find((each) => this.members[each].strategy === strategy);
    return place === undefined ? null : this.holdingOf(place);
  }

  holdingsIn({ strategy, symbol, sector }: Scope): readonly Holding[] {
    const places = symbol === undefined ? this.all : (this.ofSymbol.get(symbol) ?? []);
    const holdings: Holding[] = [];
    for (const place of places) {
      const member = this.members[place];
      if (strategy !== undefined && member.strategy !== strategy) continue;
      if (sector !== undefined && member.sector !== sector) continue;
      holdings.push(this.holdingOf(place));
    }
    return holdings;
  }

  proposal(place: number, venueOrder: VenueOrder, circumstances: Circumstances): OrderProposal {
    const { strategy, symbol, sector, instrument, session } = this.members[place];
    const { clientId, order } = venueOrder;
    const { at, signalTime, isFlattening, replaces, isAgain } = circumstances;
    // What is sent again is among what enters already, and takes no room a second time.
    const replaced = isAgain
      ? this.book.find(clientId)
      : replaces === null
        ? undefined
        : this.book.find(replaces);
    return {
      ...{ time: at, signalTime, strategy, symbol, sector, clientId, isFlattening },
      side: order.side,
      isReducing: order.purpose !== "enter",
      isReplacement: isAgain || replaces !== null,
      replacedQuantity: replaced?.order.purpose === "enter" ? instrument.quantityDecimal(replaced.left) : 0,
      quantity: instrument.quantityDecimal(order.quantity),
      price: order.price === null ? null : instrument.priceDecimal(order.price),
      lastPrice: this.quoteOf(symbol).lastPrice,
      unitWorth: session.moneyPerPoint(),
    };
  }

  snapshot(): DeskAccountSnapshot {
    const { session, sessionEquity, highestEquity, lossesInARow, closed, clockSkewMs } = this;
    const quotes = [...this.quotes];
    return { session, sessionEquity, highestEquity, lossesInARow, closed: [...closed], clockSkewMs, quotes };
  }

  restore({ quotes, closed, ...values }: DeskAccountSnapshot): void {
    Object.assign(this, values);
    this.touch();
    this.quotes = new Map(quotes);
    this.closed = [...closed];
  }

  private worthNow(): number {
    let sum = 0;
    for (const { symbol, session, universe } of this.members) {
      if (universe !== null) continue;
      const { lastPrice } = this.quoteOf(symbol);
      sum += session.equity(Number.isNaN(lastPrice) ? 0 : lastPrice);
    }
    for (const universe of this.universes) sum += universe.equity((symbol) => this.quoteOf(symbol).lastPrice);
    return sum;
  }

  private quoteOf(symbol: string): Quote {
    return this.quotes.get(symbol) ?? unseen;
  }

  private holdingOf(place: number): Holding {
    const { strategy, symbol, sector, instrument, session, hedges } = this.members[place];
    const units = (lots: number): number => instrument.quantityDecimal(lots);
    const { long, short } = session.held;
    const orders = [...this.book.aliveOf(place)];
    return {
      ...{ strategy, symbol, sector, ...this.quoteOf(symbol), clockSkewMs: this.clockSkewMs },
      ...{ long: units(long), short: units(short) },
      entering: { buy: units(entering(orders, "buy")), sell: units(entering(orders, "sell")) },
      openOrders: orders.length,
      unitWorth: session.moneyPerPoint(),
      ...(hedges && { hedges }),
    };
  }
}

/** Lots that entries of a side would open if all of them filled that can: of a group, and of two that change places, one. */
function entering(orders: readonly BookedOrder[], side: Order["side"]): number {
  const ofGroups = new Map<string, number>();
  for (const { clientId, order, left, replaces } of orders) {
    if (order.purpose !== "enter" || order.side !== side) continue;
    const group = order.group ?? replaces ?? clientId;
    ofGroups.set(group, Math.max(ofGroups.get(group) ?? 0, left));
  }
  return [...ofGroups.values()].reduce((sum, each) => sum + each, 0);
}
