import type { Exchange } from "../exchange/exchange.js";
import { isLiving, type ExchangeOrder } from "../exchange/exchange-order.js";
import type { Market } from "../exchange/market.js";
import { Refusal } from "../exchange/refusal.js";
import { WireError, type Route, type WireRequest } from "../wire/protocol.js";
import {
  accountPayload,
  assetPayload,
  fillPayload,
  orderPayload,
  positionPayload,
  takenPayload,
} from "./alpaca-payloads.js";
import { notFound } from "./alpaca-refusals.js";
import { changedRequestOf, checkOtherSide, checkShares, orderRequestOf } from "./alpaca-requests.js";
import { numberOf, stampOf } from "./alpaca-words.js";

type Fields = WireRequest["fields"];

const hourMs = 3_600_000;

/** What the trading API offers, by method and path; a part of a path in braces is a field. */
export function alpacaTradingRoutes(exchange: Exchange): Readonly<Record<string, Route>> {
  const route = (name: Route["name"], run: (fields: Fields) => unknown): Route => ({
    ...{ name, isSigned: true },
    run: ({ fields }) => run(fields),
  });
  const marketOf = (fields: Fields, what: string): Market => {
    const found = exchange.markets.find(({ id }) => id === fields["symbol"]);
    if (found === undefined) throw notFound(what);
    return found;
  };
  const isHeld = ({ specification }: Market): boolean =>
    !exchange.account.balance("spot", specification.base).isZero();

  return {
    "GET /v2/account": route("account", () => accountPayload(exchange)),
    "GET /v2/clock": route("time", () => ({
      ...{ timestamp: stampOf(exchange.now), is_open: true },
      ...{ next_open: stampOf(exchange.now + 24 * hourMs), next_close: stampOf(exchange.now + 6 * hourMs) },
    })),
    "GET /v2/assets": route("markets", ({ status = "active", asset_class: kind = "us_equity" }) =>
      status === "active" && kind === "us_equity"
        ? exchange.markets.map((each) => assetPayload(exchange, each))
        : [],
    ),
    "GET /v2/assets/{symbol}": route("markets", (fields) =>
      assetPayload(exchange, marketOf(fields, "asset")),
    ),
    "GET /v2/positions": route("account", () =>
      exchange.markets.filter(isHeld).map((each) => positionPayload(exchange, each)),
    ),
    "GET /v2/positions/{symbol}": route("account", (fields) => {
      const market = marketOf(fields, "symbol");
      if (!isHeld(market)) throw new WireError(404, 40_410_000, "position does not exist");
      return positionPayload(exchange, market);
    }),
    "POST /v2/orders": route("place", (fields) => {
      const request = orderRequestOf(exchange, fields);
      checkShares(exchange, request);
      checkOtherSide(exchange, request);
      return takenPayload(exchange, exchange.place(request));
    }),
    "PATCH /v2/orders/{id}": route("amend", (fields) => {
      const order = byNumber(exchange, fields);
      if (!isLiving(order)) throw new Refusal("unknown_order", "it does not live");
      const request = changedRequestOf(exchange, order, fields);
      checkShares(exchange, request, order);
      checkOtherSide(exchange, request, order);
      const key = { market: order.market, number: order.number };
      return takenPayload(exchange, exchange.replace(key, request));
    }),
    "DELETE /v2/orders/{id}": route("cancel", (fields) => {
      const { market, number } = byNumber(exchange, fields);
      exchange.cancel({ market, number });
      return undefined;
    }),
    "GET /v2/orders/{id}": route("find_order", (fields) =>
      orderPayload(exchange, byNumber(exchange, fields)),
    ),
    "GET /v2/orders:by_client_order_id": route("find_order", ({ client_order_id: clientId }) => {
      const found = exchange.all().find((each) => each.clientId === clientId);
      if (found === undefined) throw notFound("order");
      return orderPayload(exchange, found);
    }),
    "GET /v2/orders": route("open_orders", (fields) =>
      listed(exchange, fields).map((each) => orderPayload(exchange, each)),
    ),
    "GET /v2/account/activities/{type}": route("trades", (fields) =>
      fields["type"] === "FILL" ? fillsOf(exchange, fields) : [],
    ),
    "GET /v2/account/activities": route("trades", (fields) =>
      (fields["activity_types"] ?? "FILL").split(",").includes("FILL") ? fillsOf(exchange, fields) : [],
    ),
  };
}

/** The order that a path names. */
function byNumber(exchange: Exchange, { id = "" }: Fields): ExchangeOrder {
  const number = numberOf(id);
  const found = exchange.all().find((each) => each.number === number);
  if (found === undefined) throw notFound("order");
  return found;
}

const timeOf = (said: string | undefined, otherwise: number): number =>
  said === undefined ? otherwise : new Date(said).getTime();

/** Behind `after` and before `until`, at neither. */
function listed(exchange: Exchange, fields: Fields): readonly ExchangeOrder[] {
  const { status = "open", symbols, side, direction = "desc", limit = "50" } = fields;
  const [after, until] = [timeOf(fields["after"], -Infinity), timeOf(fields["until"], Infinity)];
  const found = exchange
    .all()
    .filter((each) => status === "all" || isLiving(each) === (status === "open"))
    .filter(({ market }) => symbols === undefined || symbols.split(",").includes(market.id))
    .filter((each) => side === undefined || each.side === side)
    .filter(({ createdAt }) => createdAt > after && createdAt < until);
  return (direction === "asc" ? found : [...found].reverse()).slice(0, Math.min(Number(limit), 500));
}

/** A page of the trades of the account: `page_token` is the last of the page before. */
function fillsOf(exchange: Exchange, fields: Fields): readonly unknown[] {
  const { direction = "desc", page_size: size = "100", page_token: token, date } = fields;
  const [after, until] = [timeOf(fields["after"], -Infinity), timeOf(fields["until"], Infinity)];
  const found = exchange
    .tradesOf("spot")
    .map((trade, i) => ({ time: trade.time, payload: fillPayload(trade, i + 1) }))
    .filter(({ time }) => time > after && time < until)
    .filter(({ time }) => date === undefined || stampOf(time).startsWith(date.slice(0, 10)));
  const inOrder = direction === "asc" ? found : [...found].reverse();
  const from = token === undefined ? 0 : inOrder.findIndex(({ payload }) => payload.id === token) + 1;
  return inOrder.slice(from, from + Math.min(Number(size), 100)).map(({ payload }) => payload);
}
