import type { TradedInstrument, VenueTrade } from "@bitfever/runtime";
import { Decimal } from "decimal.js";
import { timeOf, type AlpacaFill, type AlpacaTradeUpdate } from "./payloads.js";

/** A trade of the account, whoever tells of it. */
export interface Fill {
  readonly orderId: string;
  readonly symbol: string;
  readonly side: "buy" | "sell";
  readonly price: Decimal;
  readonly quantity: Decimal;
  /** What of its order has filled with it, and what has not. */
  readonly filled: Decimal;
  readonly left: Decimal;
  readonly time: number;
}

export const fillOfActivity = (fill: AlpacaFill): Fill => ({
  ...{ orderId: fill.order_id, symbol: fill.symbol, side: fill.side === "buy" ? "buy" : "sell" },
  ...{ price: new Decimal(fill.price), quantity: new Decimal(fill.qty) },
  ...{ filled: new Decimal(fill.cum_qty), left: new Decimal(fill.leaves_qty) },
  time: timeOf(fill.transaction_time),
});

/** Null for news that are not of a trade. */
export function fillOfUpdate({ event, timestamp, order, price, qty }: AlpacaTradeUpdate): Fill | null {
  if (event !== "fill" && event !== "partial_fill") return null;
  if (price === undefined || qty === undefined) return null;
  const filled = new Decimal(order.filled_qty);
  return {
    ...{ orderId: order.id, symbol: order.symbol, side: order.side, price: new Decimal(price) },
    ...{ quantity: new Decimal(qty), filled, left: new Decimal(order.qty ?? filled).minus(filled) },
    time: timeOf(timestamp),
  };
}

interface FillContext {
  readonly instrument: TradedInstrument;
  readonly clientId: string;
  readonly strategy: string;
}

/**
 * The trades of the account that were told, each the same however often and by whomever it is told: what has filled of an order grows
 * with each of its trades, and so says which one it is.
 */
export class FillBook {
  private readonly told = new Map<string, VenueTrade>();
  private readonly traded = new Map<string, Decimal>();

  get size(): number {
    return this.told.size;
  }

  find(fill: Fill): VenueTrade | undefined {
    return this.told.get(keyOf(fill));
  }

  /** How much of an order the trades that were told come to. */
  quantityOf(orderId: string): Decimal {
    return this.traded.get(orderId) ?? new Decimal(0);
  }

  /** Whether nothing of its order is missing before it: else a stream has left something out, or put two trades into one. */
  isNext({ orderId, quantity, filled }: Fill): boolean {
    return this.quantityOf(orderId).plus(quantity).eq(filled);
  }

  take(fill: Fill, { instrument, clientId, strategy }: FillContext): VenueTrade {
    const { orderId, symbol, side, quantity, left, time } = fill;
    const { price, commission } = pricedOf(fill, instrument);
    const lots = instrument.quantity(left.toNumber());
    const made: VenueTrade = {
      ...{ tradeId: keyOf(fill), clientId, strategy, symbol, side, price, commission, time },
      quantity: instrument.quantity(quantity.toNumber()),
      ...(lots > 0 && { left: lots }),
    };
    this.told.set(made.tradeId, made);
    this.traded.set(orderId, this.quantityOf(orderId).plus(quantity));
    return made;
  }
}

const keyOf = ({ orderId, filled }: Fill): string => `${orderId}:${filled.toFixed()}`;

/**
 * Alpaca takes no commission on shares, and trades at parts of a cent. A price is told on the tick, and what it was better or worse
 * than that in money, so that nothing is lost.
 */
function pricedOf(
  { price, side, quantity }: Fill,
  instrument: TradedInstrument,
): Pick<VenueTrade, "price" | "commission"> {
  const steps = instrument.price(price.toNumber(), "nearest");
  const told = instrument.priceDecimal(steps);
  const worse = side === "buy" ? price.minus(told) : price.neg().plus(told);
  return { price: steps, commission: instrument.money(worse.times(quantity).toNumber()) };
}
