import type { Command, OrderTypeName } from "@bitfever/engine";
import { byHand, handOrderId, orderByHand, type HandOrder } from "./by-hand.js";
import { freeOf } from "./capital-shares.js";
import type { DeskCommand } from "./command.js";
import type { DeskAccount } from "./desk-account.js";
import { bindsIn, type DeskVenue } from "./desk-venue.js";
import type { Emulation } from "./emulation.js";
import type { Member } from "./member.js";
import type { Occasion } from "./occasion.js";
import type { OrderBook } from "./order-book.js";
import type { Outgoing } from "./outgoing.js";
import { isAtRest } from "./venue-order-life.js";

/** What would become of an order by hand. */
export interface Judgement {
  readonly orderId: string;
  /** Null for one that nobody could send. */
  readonly clientId: string | null;
  /** A code and the reason; null where it would be sent. */
  readonly refusal: string | null;
}

export interface HandOrdersOptions {
  readonly members: readonly Member[];
  readonly book: OrderBook;
  readonly account: DeskAccount;
  readonly outgoing: Outgoing;
  readonly emulation: Emulation | null;
  readonly venue: DeskVenue;
  /** Left out, the venue takes all. */
  readonly orderTypes: readonly OrderTypeName[] | undefined;
  readonly emit: (command: DeskCommand) => void;
  readonly send: (member: number, command: Command, occasion: Occasion) => void;
  /** Moves capital to a member, or takes it away. */
  readonly allocate: (member: number, amount: number, time: number) => void;
}

/** An order of a person as it would be sent, or why nobody could send it. */
type MadeByHand =
  | (ReturnType<typeof orderByHand> & { readonly place: number })
  | { readonly orderId: string; readonly refusal: string };

/** What people order: it goes the way of all, through the session that books it, and through the gates. */
export class HandOrders {
  /** How many were given so far. */
  count = 0;

  constructor(private readonly options: HandOrdersOptions) {}

  /** What would become of an order, were it given now. */
  judge(given: HandOrder, at: number): Judgement {
    const made = this.made(given, at, this.count + 1);
    if ("refusal" in made) return { ...made, clientId: null };
    const { place, order } = made;
    const { emulation, outgoing } = this.options;
    const isEmulated = emulation?.takes(place, { kind: "submit", order }) === true;
    const sent = isEmulated ? emulation.asSent(place, order, at) : order;
    const turning = sent.purpose === "enter" ? sent.quantity - order.quantity : 0;
    return { orderId: order.id, ...outgoing.judge(place, sent, occasionOf(given, at), turning) };
  }

  trade(given: HandOrder, now: number): void {
    const { members, emit, send } = this.options;
    const { strategy, symbol } = given;
    const made = this.made(given, now, ++this.count);
    if ("refusal" in made) {
      const { refusal: text, orderId } = made;
      emit({ kind: "notice", notice: { what: "refused", text, strategy, symbol, orderId } });
      return;
    }
    const { place, order, trail } = made;
    if (given.purpose === "enter" && strategy === byHand) this.gather(place, now);
    send(place, members[place].session.place(order, trail), occasionOf(given, now));
  }

  /** Takes back an order of anybody. */
  withdraw(clientId: string, now: number): void {
    const { book, emulation, members, send } = this.options;
    const found = book.find(clientId);
    // One that has ended meanwhile is gone already.
    if (found === undefined || isAtRest(found.state)) return;
    const { member, of, order } = found;
    const name = of === null ? order.id : (emulation?.nameNow(member, of) ?? of);
    const occasion = { signalTime: now, at: now, isFlattening: true };
    for (const command of members[member].session.withdraw(name)) send(member, command, occasion);
  }

  private made(given: HandOrder, at: number, count: number): MadeByHand {
    const { members, venue, orderTypes } = this.options;
    const { strategy, symbol } = given;
    const orderId = handOrderId(at, count);
    const place = members.findIndex((each) => each.strategy === strategy && each.symbol === symbol);
    if (place < 0) return { orderId, refusal: `seatless: nobody trades ${symbol} for ${strategy}` };
    const made = orderByHand(given, orderId, members[place].instrument);
    const types = [made.order, ...made.order.children].map(({ type }) => type);
    const taken = venue.bySymbol?.[symbol]?.orders ?? orderTypes;
    const missing = types.find((each) => taken?.includes(each) === false);
    if (missing !== undefined)
      return { orderId, refusal: `unable: the venue takes no ${missing.replaceAll("_", " ")} orders` };
    const { children } = made.order;
    if (children.length > 1 && bindsIn(venue, symbol))
      return {
        orderId,
        refusal: "unable: at the venue only one order can wait to close the same: give a stop or a target",
      };
    return { ...made, place };
  }

  /** What people trade has one purse: what is free elsewhere goes to where it is wanted, but for what an entry waits for. */
  private gather(place: number, now: number): void {
    const { members, account, allocate } = this.options;
    for (const [other, member] of members.entries()) {
      if (other === place || member.strategy !== byHand) continue;
      const amount = freeOf(member, account.priceOf(member.symbol)) - this.reservedFor(other);
      if (amount <= 0) continue;
      allocate(other, -amount, now);
      allocate(place, amount, now);
    }
  }

  /** What entries that rest or are on their way may take, and a little for a price that moves before they fill; steps of money. */
  private reservedFor(place: number): number {
    const { members, book, account } = this.options;
    const { symbol, instrument, session } = members[place];
    const perUnit = session.moneyPerPoint() * reserve;
    let sum = 0;
    for (const { order, left } of book.aliveOf(place)) {
      if (order.purpose !== "enter") continue;
      const price = order.price === null ? account.priceOf(symbol) : instrument.priceDecimal(order.price);
      sum += instrument.money(price * instrument.quantityDecimal(left) * perUnit);
    }
    return sum;
  }
}

/** An order at the market fills where the price is by then. */
const reserve = 1.05;

/** Who closes by hand means it, also while all is halted: it is a part of what `flatten` does. */
const occasionOf = ({ purpose }: HandOrder, at: number): Occasion => ({
  ...{ signalTime: at, at, isFlattening: purpose === "exit" },
});
