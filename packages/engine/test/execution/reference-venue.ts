import type { Decimal } from "decimal.js";
import type { Costs } from "../../src/costs.js";
import type { MatchedBar } from "../../src/matching.js";
import type { Fill, Purpose, Side } from "../../src/order.js";
import {
  exact,
  slippedPrice,
  toLots,
  toTick,
  toTickBeyond,
  zero,
  type SteppedSpecification,
} from "./reference-costs.js";
import { ReferenceLedger, type Margins } from "./reference-ledger.js";

/** What somebody wants to trade, in decimals that need not be on any step. */
export interface Intent {
  readonly id: string;
  readonly type: "market" | "limit" | "stop";
  readonly side: Side;
  readonly purpose: Exclude<Purpose, "liquidation">;
  readonly quantity: number;
  readonly price: number | null;
  /** How many entries may be open on its side, itself included. */
  readonly entries: number;
  readonly isPartial: boolean;
  /** A child's share of what was entered. */
  readonly share?: number | undefined;
  readonly children: readonly Intent[];
}

/** An order that rests, with what is left of it. */
interface Resting extends Intent {
  readonly parent: string | null;
  left: Decimal;
  hasTraded: boolean;
  /** A stop that was met on a bar before waits as a market order. */
  isMet: boolean;
}

/** What the venue says of a fill, in decimals: where it was met, and what came of it. */
interface Said {
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly commission: Decimal;
  readonly left: Decimal | null;
}

/**
 * Follows a venue from what was sent and what it answers. It is told which order was met and at which price the market
 * stood, and works out for itself, in decimals, what the venue then had to do: price, quantity, commission, and what it
 * refuses for want of money.
 */
export class ReferenceVenue {
  readonly ledger: ReferenceLedger;
  private readonly orders = new Map<string, Resting>();
  /** What the protection of each entry still covers, oldest first. */
  private readonly covers = new Map<string, Decimal>();
  private allowance: Decimal | null = null;

  constructor(
    private readonly of: SteppedSpecification,
    private readonly costs: Costs,
    margin: Margins,
    private readonly volumeShare: number | null,
    capital: number,
  ) {
    this.ledger = new ReferenceLedger(of, costs, margin, capital);
  }

  submit(intent: Intent): void {
    this.rest(intent, null, toLots(exact(intent.quantity), this.of));
  }

  /** The price that an order waits for: a limit never worse than asked, a stop never nearer. */
  levelOf({ type, side, price }: Pick<Intent, "type" | "side" | "price">): Decimal | null {
    if (price === null) return null;
    return toTickBeyond(exact(price), (type === "limit") === (side === "buy") ? "down" : "up", this.of);
  }

  /** Splits what is held, what rests and what is protected; levels to the safe side, quantities down to lots. */
  split([newShares, oldShares]: readonly [number, number], open: number): Decimal {
    const lots = (quantity: Decimal): Decimal => toLots(quantity.times(newShares).div(oldShares), this.of);
    const level = (intent: Intent): number | null => {
      const before = this.levelOf(intent);
      if (before === null) return null;
      const price = before.times(oldShares).div(newShares).toNumber();
      return this.levelOf({ ...intent, price })?.toNumber() ?? null;
    };
    const intentOf = (intent: Intent): Intent => ({
      ...intent,
      price: level(intent),
      children: intent.children.map(intentOf),
    });
    for (const [id, order] of this.orders)
      this.orders.set(id, { ...order, ...intentOf(order), left: lots(order.left) });
    let [before, done] = [zero, zero];
    for (const [id, covered] of [...this.covers]) {
      before = before.plus(covered);
      const until = lots(before);
      if (until.eq(done)) this.covers.delete(id);
      else this.covers.set(id, until.minus(done));
      done = until;
    }
    return this.ledger.split([newShares, oldShares], open);
  }

  startBar({ volume = 0 }: MatchedBar): void {
    for (const order of this.orders.values()) order.isMet = order.hasTraded;
    if (this.volumeShare !== null) this.allowance = toLots(exact(volume).times(this.volumeShare), this.of);
  }

  /** What a fill had to be, worked out and then booked; `quoted` is where the market stood, in decimals. */
  fill(
    bar: MatchedBar,
    fill: Pick<Fill, "orderId" | "effect" | "reason" | "time">,
    quoted: Decimal,
    isMaker: boolean,
  ): Said {
    const order =
      fill.reason === "liquidation" ? this.liquidation(fill.orderId) : this.orders.get(fill.orderId);
    if (order === undefined) throw new Error(`nobody sent ${fill.orderId}`);
    const { effect, time } = fill;
    const { id, side } = order;
    const price = this.priceOf(order, bar, quoted);
    const wanted =
      fill.reason === "liquidation"
        ? this.ledger.liquidated(price, time)
        : effect === "close"
          ? this.closedBy(order)
          : this.ledger.affordable({ order: id, side, price, time, isMaker }, order.left);
    const quantity = this.allowed(wanted);
    const isFirst = !this.covers.has(id);
    const commission = this.ledger.settle({ order: id, side, effect, price, quantity, time, isMaker });
    if (this.allowance !== null) this.allowance = this.allowance.minus(quantity);
    const rest = wanted.minus(quantity);
    if (effect === "open") {
      this.covers.set(id, (this.covers.get(id) ?? zero).plus(quantity));
      if (isFirst)
        for (const child of order.children) this.rest(child, id, this.portion(wanted, child.share));
      order.left = rest;
    } else {
      this.uncover(quantity, order.parent);
      if (order.purpose !== "enter") order.left = rest;
    }
    order.hasTraded = true;
    const isEntryThatCloses = effect === "close" && order.purpose === "enter";
    return { price, quantity, commission, left: rest.isZero() || isEntryThatCloses ? null : rest };
  }

  /** What can be opened of what is left of an order, where the market stands at a price. */
  affordable(
    id: string,
    bar: MatchedBar,
    quoted: Decimal,
    isMaker: boolean,
  ): { readonly from: Decimal; readonly to: Decimal } {
    const order = this.orders.get(id);
    if (order === undefined) throw new Error(`nobody sent ${id}`);
    const price = this.priceOf(order, bar, quoted);
    const { side, left } = order;
    return {
      from: left,
      to: this.ledger.affordable({ order: id, side, price, time: bar.time, isMaker }, left),
    };
  }

  /** Where an order that was there before the bar is met: at its price, or at the open when that lies beyond. */
  metBy(id: string, { open }: MatchedBar): Decimal {
    const order = this.orders.get(id);
    if (order === undefined) throw new Error(`nobody sent ${id}`);
    const first = toTick(exact(open), this.of);
    const level = this.levelOf(order);
    if (level === null || (order.type === "stop" && order.isMet)) return first;
    const waitsForRise = (order.type === "limit") === (order.side === "sell");
    return (waitsForRise ? first.gte(level) : first.lte(level)) ? first : level;
  }

  intent(id: string): Intent | undefined {
    return this.orders.get(id);
  }

  /** What protects an entry is placed anew where its last parts come after the protection of the first is done. */
  private rest(intent: Intent, parent: string | null, quantity: Decimal): void {
    this.ledger.start(intent.id);
    this.orders.set(intent.id, { ...intent, parent, left: quantity, hasTraded: false, isMet: false });
  }

  private liquidation(id: string): Resting {
    const { position } = this.ledger;
    const order: Resting = {
      ...{
        id,
        type: "stop",
        side: position.gt(0) ? "sell" : "buy",
        purpose: "stop",
        quantity: 0,
        price: null,
      },
      ...{
        entries: 1,
        isPartial: false,
        children: [],
        parent: null,
        left: position.abs(),
        hasTraded: false,
        isMet: false,
      },
    };
    this.ledger.start(id);
    return order;
  }

  /** Market orders and stops lose the slippage, limits do not. */
  private priceOf({ type, side, left }: Resting, bar: MatchedBar, quoted: Decimal): Decimal {
    if (type === "limit") return quoted;
    const { high, low, volume = NaN } = bar;
    return slippedPrice(this.costs.slippages, side, quoted, left, { high, low, volume }, this.of);
  }

  private closedBy({ purpose, parent, isPartial, left, hasTraded }: Resting): Decimal {
    const held = this.ledger.position.abs();
    if (purpose === "enter") return held;
    if (parent === null && !isPartial && !hasTraded) return held;
    const covered = parent === null ? held : (this.covers.get(parent) ?? zero);
    return [held, covered, left].reduce((a, b) => (a.lt(b) ? a : b));
  }

  private allowed(quantity: Decimal): Decimal {
    return this.allowance === null || this.allowance.gt(quantity) ? quantity : this.allowance;
  }

  private portion(entered: Decimal, share: number | undefined): Decimal {
    return share === undefined ? entered : toLots(entered.times(share), this.of);
  }

  private uncover(quantity: Decimal, entry: string | null): void {
    if (this.ledger.position.isZero()) this.covers.clear();
    let left = quantity;
    for (const [id, covered] of this.covers) {
      if (entry !== null && id !== entry) continue;
      const taken = covered.lt(left) ? covered : left;
      left = left.minus(taken);
      if (taken.eq(covered)) this.covers.delete(id);
      else this.covers.set(id, covered.minus(taken));
    }
  }
}
