import { Decimal } from "decimal.js";
import type { Exchange } from "../exchange/exchange.js";
import { isLiving, leftOf, type ExchangeOrder, type OrderRequest } from "../exchange/exchange-order.js";
import type { Market } from "../exchange/market.js";
import { Refusal } from "../exchange/refusal.js";
import { WireError, type WireRequest } from "../wire/protocol.js";
import { forces, orderWords, ownClientId, typeAndForce, typeName } from "./alpaca-words.js";

type Fields = WireRequest["fields"];

const sentence = (text: string): Refusal => new Refusal("incomplete", text);

/**
 * An order as it was asked for, in the rules of Alpaca: parts of a share are good for the day, and nobody sells more than is free of
 * what is held.
 */
export function orderRequestOf(exchange: Exchange, fields: Fields): OrderRequest {
  const { symbol, qty, side, type = "", time_in_force: force = "", client_order_id: clientId } = fields;
  if (![undefined, "", "simple"].includes(fields["order_class"]))
    throw new Refusal("not_offered", `order_class ${String(fields["order_class"])} is not offered here`);
  if (fields["extended_hours"] === "true")
    throw new Refusal("not_offered", "extended hours are not offered here");
  if (!orderWords.includes(type)) throw new Refusal("not_offered", `invalid order type ${type}`);
  if (!(force in forces)) throw new Refusal("not_offered", `invalid time_in_force ${force}`);
  if (side !== "buy" && side !== "sell") throw sentence("side is required");
  const market = exchange.market("spot", symbol);
  const quantity = qty === undefined ? sharesFor(market, fields["notional"]) : amount(qty, "qty");
  if (!quantity.isInteger() && force !== "day") throw sentence("fractional orders must be DAY orders");
  return onTerms({
    ...{ market, clientId: clientId ?? ownClientId(exchange.all().length + 1), side, quantity },
    ...{ price: priceOf(type, fields), stop: stopOf(type, fields) },
    ...{ typeName: typeName(type, force), timeInForce: forces[force] },
  });
}

/** An order that is to take the place of another: what is not said stays as it was. */
export function changedRequestOf(exchange: Exchange, order: ExchangeOrder, fields: Fields): OrderRequest {
  const [type, force] = typeAndForce(order);
  const { qty, limit_price: limit, stop_price: stop, time_in_force: newForce = force } = fields;
  if (!(newForce in forces)) throw new Refusal("not_offered", `invalid time_in_force ${newForce}`);
  const quantity = qty === undefined ? order.quantity : amount(qty, "qty");
  if (qty !== undefined && !(quantity.isInteger() && order.quantity.isInteger()))
    throw sentence("qty of fractional orders cannot be changed");
  return onTerms({
    ...{ market: order.market, side: order.side, quantity },
    clientId: fields["client_order_id"] ?? ownClientId(exchange.all().length + 1),
    price: limit === undefined ? order.price : amount(limit, "limit_price"),
    stop: stop === undefined ? (order.trigger?.price ?? null) : amount(stop, "stop_price"),
    ...{ typeName: typeName(type, newForce), timeInForce: forces[newForce] },
  });
}

/**
 * Of an account that holds shares, only those that no other order binds can be sold; nobody turns a position round with one order.
 *
 * @param besides  an order whose place this one is to take: what that binds is free
 * @throws WireError
 */
export function checkShares(exchange: Exchange, request: OrderRequest, besides?: ExchangeOrder): void {
  const { market, side, quantity } = request;
  const held = exchange.account.balance("spot", market.specification.base);
  const isClosing = side === "sell" ? held.gt(0) : held.lt(0);
  if (!isClosing) {
    if (side === "sell" && !quantity.isInteger()) throw sentence("fractional orders cannot be sold short");
    return;
  }
  const bound = exchange
    .all()
    .filter((each) => isLiving(each) && each.market === market && each.side === side && each !== besides)
    .reduce((sum, each) => sum.plus(leftOf(each)), new Decimal(0));
  const free = Decimal.max(held.abs().minus(bound), 0);
  if (quantity.gt(free))
    throw new WireError(
      ...([403, 40_310_000] as const),
      `insufficient qty available for order (requested: ${quantity.toFixed()}, available: ${free.toFixed()})`,
    );
}

/**
 * Nobody trades with himself: an order is refused that could meet one of the other side, whatever the market does. Of two with a limit
 * that is so where their limits cross, and else always.
 *
 * @param besides  an order whose place this one is to take
 * @throws WireError
 */
export function checkOtherSide(exchange: Exchange, request: OrderRequest, besides?: ExchangeOrder): void {
  const { market, side, price } = request;
  const meets = (other: Decimal | null): boolean =>
    price === null || other === null || (side === "buy" ? price.gte(other) : price.lte(other));
  const isMet = exchange
    .open("spot", market)
    .some((each) => each.side !== side && each !== besides && meets(each.price));
  if (isMet) throw new WireError(403, 40_310_000, "potential wash trade detected. use complex orders");
}

interface Terms extends Pick<
  OrderRequest,
  "market" | "clientId" | "side" | "quantity" | "price" | "typeName" | "timeInForce"
> {
  readonly stop: Decimal | null;
}

/** A stop that the market has passed waits for nothing. */
function onTerms({ stop, ...terms }: Terms): OrderRequest {
  const { market, side, quantity, price } = terms;
  for (const each of [price, stop]) checkPenny(each);
  const worth = quantity.times(price ?? stop ?? market.last);
  if (!quantity.isInteger() && worth.lt(1)) throw new Refusal("below_notional", "worth too little");
  const isPassed = stop !== null && (side === "buy" ? market.last.gte(stop) : market.last.lte(stop));
  const trigger =
    stop === null || isPassed ? null : ({ price: stop, direction: side === "buy" ? "up" : "down" } as const);
  return { ...terms, trigger, isReduceOnly: false };
}

/** From a dollar on prices are whole cents, below it hundredths of one. */
function checkPenny(price: Decimal | null): void {
  if (price !== null && !price.mod(price.gte(1) ? "0.01" : "0.0001").isZero())
    throw new Refusal("off_tick", `the price ${price.toFixed()} has too many decimals`);
}

function sharesFor(market: Market, notional: string | undefined): Decimal {
  if (notional === undefined) throw sentence("qty or notional is required");
  return amount(notional, "notional").div(market.ask).div(market.lot).floor().times(market.lot);
}

function priceOf(type: string, fields: Fields): Decimal | null {
  const { limit_price: limit } = fields;
  if (type !== "limit" && type !== "stop_limit") return null;
  if (limit === undefined) throw sentence(`${type} orders require limit price`);
  return amount(limit, "limit_price");
}

function stopOf(type: string, fields: Fields): Decimal | null {
  const { stop_price: stop } = fields;
  if (type !== "stop" && type !== "stop_limit") return null;
  if (stop === undefined) throw sentence(`${type} orders require stop price`);
  return amount(stop, "stop_price");
}

function amount(text: string, name: string): Decimal {
  if (!/^\d+(\.\d+)?$/.test(text) || Number(text) === 0) throw sentence(`${name} must be a number above 0`);
  return new Decimal(text);
}
