import { Decimal } from "decimal.js";
import type { Exchange, OrderKey } from "../exchange/exchange.js";
import type { OrderRequest, TimeInForce, Trigger } from "../exchange/exchange-order.js";
import type { ExchangeSide } from "../exchange/public-trade.js";
import type { Market, MarketKind } from "../exchange/market.js";
import { Refusal } from "../exchange/refusal.js";
import type { WireRequest } from "../wire/protocol.js";

type Fields = WireRequest["fields"];

const forces: Readonly<Record<string, TimeInForce>> = {
  GTC: "until_cancelled",
  IOC: "immediate",
  FOK: "all_or_nothing",
  GTX: "post_only",
};

/** What an order is, by the name of its type: a price it waits for, a price it trades at, or both. */
const types: Readonly<
  Record<string, { readonly waits: "stop" | "profit" | null; readonly hasPrice: boolean } | undefined>
> = {
  LIMIT: { waits: null, hasPrice: true },
  LIMIT_MAKER: { waits: null, hasPrice: true },
  MARKET: { waits: null, hasPrice: false },
  STOP_LOSS: { waits: "stop", hasPrice: false },
  STOP_LOSS_LIMIT: { waits: "stop", hasPrice: true },
  TAKE_PROFIT: { waits: "profit", hasPrice: false },
  TAKE_PROFIT_LIMIT: { waits: "profit", hasPrice: true },
};

const typesOfFutures: typeof types = {
  LIMIT: { waits: null, hasPrice: true },
  MARKET: { waits: null, hasPrice: false },
  STOP: { waits: "stop", hasPrice: true },
  STOP_MARKET: { waits: "stop", hasPrice: false },
  TAKE_PROFIT: { waits: "profit", hasPrice: true },
  TAKE_PROFIT_MARKET: { waits: "profit", hasPrice: false },
};

export const orderTypesOf = (kind: MarketKind): readonly string[] =>
  Object.keys(kind === "spot" ? types : typesOfFutures);

export function marketOf(exchange: Exchange, kind: MarketKind, fields: Fields): Market {
  return exchange.market(kind, fields["symbol"]);
}

/** @throws Refusal where something is missing or not offered */
export function orderRequestOf(exchange: Exchange, kind: MarketKind, fields: Fields): OrderRequest {
  const market = marketOf(exchange, kind, fields);
  const typeName = needed(fields, "type");
  const type = (kind === "spot" ? types : typesOfFutures)[typeName];
  if (type === undefined) throw new Refusal("not_offered", `there is no order type ${typeName}`);
  const side: ExchangeSide = needed(fields, "side") === "BUY" ? "buy" : "sell";
  const force = fields["timeInForce"];
  return {
    ...{ market, side, typeName },
    clientId: fields["newClientOrderId"] ?? fields["clientAlgoId"] ?? generatedId(exchange),
    quantity: quantityOf(market, fields),
    price: type.hasPrice ? new Decimal(needed(fields, "price")) : null,
    trigger: type.waits === null ? null : triggerOf(type.waits, side, fields),
    timeInForce: typeName === "LIMIT_MAKER" ? "post_only" : (forces[force ?? "GTC"] ?? "until_cancelled"),
    isReduceOnly: fields["reduceOnly"] === "true",
  };
}

export function orderKeyOf(
  exchange: Exchange,
  kind: MarketKind,
  fields: Fields,
  names: readonly [number: string, clientId: string] = ["orderId", "origClientOrderId"],
): OrderKey {
  const number = fields[names[0]];
  const clientId = fields[names[1]];
  if (number === undefined && clientId === undefined)
    throw new Refusal("incomplete", `${names[0]} or ${names[1]} is missing`);
  return {
    market: marketOf(exchange, kind, fields),
    number: number === undefined ? undefined : Number(number),
    clientId,
  };
}

function triggerOf(waits: "stop" | "profit", side: ExchangeSide, fields: Fields): Trigger {
  const price = new Decimal(fields["triggerPrice"] ?? needed(fields, "stopPrice"));
  return { price, direction: (waits === "stop") === (side === "buy") ? "up" : "down" };
}

function quantityOf(market: Market, fields: Fields): Decimal {
  const worth = fields["quoteOrderQty"];
  if (worth === undefined) return new Decimal(needed(fields, "quantity"));
  return new Decimal(worth).div(market.ask).div(market.lot).floor().times(market.lot);
}

const generatedId = (exchange: Exchange): string => `web_${exchange.all().length + 1}`;

export function needed(fields: Fields, name: string): string {
  const found = fields[name];
  if (found === undefined || found === "") throw new Refusal("incomplete", `${name} is missing`);
  return found;
}
