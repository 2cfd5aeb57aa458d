import type { Mutable } from "@bitfever/engine";
import type { VenueOrder } from "../contract.js";
import type { AccountView, Holding, OrderProposal, Scope } from "../gates/gate.js";
import type { Universe } from "../universe/universe.js";
import { dayOfClose } from "../day-of-close.js";
import { listsBy } from "../lists-by.js";
import type { SymbolBar } from "./input.js";
import type { Member } from "./member.js";
import type { Circumstances } from "./occasion.js";
import { MemberHolding, type Quote } from "./member-holding.js";
import type { OrderBook } from "./order-book.js";

export interface DeskAccountSnapshot {
  readonly quotes: readonly (readonly [string, Quote])[];
  readonly session: number;
  readonly sessionEquity: number;
  readonly highestEquity: number;
  readonly lossesInARow: number;
  readonly closed: readonly number[];
  readonly clockSkewMs: number;
}

/** The account of a desk as the gates look at it; nothing is worked out before somebody asks. */
export class DeskAccount implements AccountView {
  session = -Infinity;
  sessionEquity: number;
  highestEquity: number;
  lossesInARow = 0;
  clockSkewMs = 0;
  /** Each is written over by the next of its symbol. */
  private readonly quotes = new Map<string, Mutable<Quote>>();
  private closed: number[];
  private worth: number | null = null;
  private readonly holdings: readonly Holding[];
  /** So that a question about one symbol does not walk all. */
  private readonly ofSymbol: ReadonlyMap<string, readonly Holding[]>;
  private readonly universes: ReadonlySet<Universe>;

  constructor(
    private readonly members: readonly Member[],
    private readonly book: OrderBook,
  ) {
    this.holdings = members.map(
      (member, place) =>
        new MemberHolding({ member, place, book, quote: this.quoteOf(member.symbol), clock: this }),
    );
    this.ofSymbol = listsBy(this.holdings, ({ symbol }) => symbol);
    this.universes = new Set(members.flatMap(({ universe }) => universe ?? []));
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
    const session = dayOfClose(closedAt);
    if (session > this.session) {
      this.session = session;
      this.sessionEquity = this.equity;
    }
    for (const { symbol, bar } of bars) {
      const quote = this.quoteOf(symbol);
      quote.lastPrice = bar.close;
      quote.lastDataTime = closedAt;
    }
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

  /** The newest close of a symbol; 0 before the first. */
  priceOf(symbol: string): number {
    const { lastPrice } = this.quoteOf(symbol);
    return Number.isNaN(lastPrice) ? 0 : lastPrice;
  }

  /** How far this clock is ahead of the venue's. */
  skew(milliseconds: number): void {
    this.clockSkewMs = milliseconds;
  }

  holding(strategy: string, symbol: string): Holding | null {
    return this.ofSymbol.get(symbol)?.find((each) => each.strategy === strategy) ?? null;
  }

  holdingsIn({ strategy, symbol, sector }: Scope): readonly Holding[] {
    const holdings = symbol === undefined ? this.holdings : (this.ofSymbol.get(symbol) ?? []);
    if (strategy === undefined && sector === undefined) return holdings;
    return holdings.filter(
      (each) =>
        (strategy === undefined || each.strategy === strategy) &&
        (sector === undefined || each.sector === sector),
    );
  }

  proposal(place: number, venueOrder: VenueOrder, circumstances: Circumstances): OrderProposal {
    const { strategy, symbol, sector, instrument, session } = this.members[place];
    const { clientId, order } = venueOrder;
    const { at, signalTime, isFlattening, replaces, isAgain, turning } = circumstances;
    // What is sent again is among what enters already, and takes no room a second time.
    const replaced = isAgain
      ? this.book.find(clientId)
      : replaces === null
        ? undefined
        : this.book.find(replaces);
    return {
      time: at,
      signalTime,
      strategy,
      symbol,
      sector,
      side: order.side,
      isReducing: order.purpose !== "enter",
      isFlattening,
      isReplacement: isAgain || replaces !== null,
      replacedQuantity: replaced?.order.purpose === "enter" ? instrument.quantityDecimal(replaced.left) : 0,
      quantity: instrument.quantityDecimal(order.quantity - turning),
      price: order.price === null ? null : instrument.priceDecimal(order.price),
      lastPrice: this.quoteOf(symbol).lastPrice,
      unitWorth: session.moneyPerPoint(),
      clientId,
    };
  }

  snapshot(): DeskAccountSnapshot {
    const { session, sessionEquity, highestEquity, lossesInARow, closed, clockSkewMs } = this;
    const quotes = [...this.quotes].map(([symbol, quote]) => [symbol, { ...quote }] as const);
    return { session, sessionEquity, highestEquity, lossesInARow, closed: [...closed], clockSkewMs, quotes };
  }

  restore({ quotes, closed, ...values }: DeskAccountSnapshot): void {
    Object.assign(this, values);
    this.touch();
    for (const [symbol, quote] of quotes) Object.assign(this.quoteOf(symbol), quote);
    this.closed = [...closed];
  }

  private worthNow(): number {
    let sum = 0;
    for (const { symbol, session, universe } of this.members)
      if (universe === null) sum += session.equity(this.priceOf(symbol));
    for (const universe of this.universes) sum += universe.equity((symbol) => this.priceOf(symbol));
    return sum;
  }

  private quoteOf(symbol: string): Mutable<Quote> {
    const found = this.quotes.get(symbol);
    if (found !== undefined) return found;
    const unseen = { lastPrice: NaN, lastDataTime: NaN };
    this.quotes.set(symbol, unseen);
    return unseen;
  }
}
