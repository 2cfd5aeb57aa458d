import type * as msgpack from "@msgpack/msgpack";
import { isLiving } from "../exchange/exchange-order.js";
import type { Exchange } from "../exchange/exchange.js";
import type { Keys } from "../wire/keys.js";
import { WireError, type Protocol, type Route, type WireRequest } from "../wire/protocol.js";
import { alpacaDataRoutes } from "./alpaca-data-routes.js";
import { alpacaFailure, alpacaRefusal, notFound } from "./alpaca-refusals.js";
import { marketData, tradeUpdates } from "./alpaca-streams.js";
import { alpacaTradingRoutes } from "./alpaca-trading-routes.js";
import { numberOf } from "./alpaca-words.js";
import { binaryJson, messagePack, textJson } from "./message-codecs.js";

/** The feeds of shares, and whether the account has subscribed to them. */
const feeds: Readonly<Record<string, boolean>> = { "/v2/iex": true, "/v2/sip": false };

/** An exchange that talks as Alpaca does: the trading API, version 2, and the market data API of shares. */
export function alpacaProtocol(exchange: Exchange, keys: Keys, codecs: typeof msgpack): Protocol {
  const routes = { ...alpacaTradingRoutes(exchange), ...alpacaDataRoutes(exchange) };
  const withParts = Object.entries(routes)
    .filter(([name]) => name.includes("{"))
    .map(([name, route]) => ({ pattern: patternOf(name), route }));
  const listening = new Map<string, number>();

  return {
    routes,
    routeOf: ({ method, path }) => {
      for (const { pattern, route } of withParts) {
        const parts = pattern.exec(`${method} ${path}`)?.groups;
        if (parts !== undefined) return withFields(route, parts);
      }
      return undefined;
    },
    codecOf: (path, headers) => {
      const isPacked = headers["content-type"] === "application/msgpack";
      if (isPacked) return messagePack(codecs);
      return path === "/stream" ? binaryJson : textJson;
    },
    authenticate: ({ headers }) => {
      const isRight =
        headers["apca-api-key-id"] === keys.apiKey && headers["apca-api-secret-key"] === keys.secret;
      if (!isRight) throw new WireError(401, 40_110_000, "request is not authorized");
    },
    answer: (body) => ({ status: body === undefined ? 204 : 200, body }),
    failure: alpacaFailure,
    notFound: () => alpacaFailure(notFound("order")),
    refusal: alpacaRefusal,
    orderOf: ({ path }) => {
      const number = numberOf(path.slice(path.lastIndexOf("/") + 1));
      const order = exchange.all().find((each) => each.number === number);
      if (order === undefined || !isLiving(order)) return undefined;
      return {
        fillShare: (share) => {
          exchange.fillShare(order, share);
        },
      };
    },
    converse: (path, _query, listener) => {
      if (path === "/stream") return tradeUpdates(exchange, keys, listener);
      const isPaid = feeds[path] as boolean | undefined;
      if (isPaid === undefined) return undefined;
      const before = listening.get(path) ?? 0;
      listening.set(path, before + 1);
      const conversation = marketData(exchange, keys, listener, { isFirst: before === 0, isPaid });
      return {
        hear: conversation.hear,
        end: () => {
          conversation.end();
          listening.set(path, (listening.get(path) ?? 1) - 1);
        },
      };
    },
  };
}

/** A name such as `GET /v2/orders/{id}` as what finds the part in braces. */
function patternOf(name: string): RegExp {
  const escaped = name.replace(/[.]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return new RegExp(`^${escaped}$`);
}

const withFields = (route: Route, parts: Readonly<Record<string, string>>): Route => ({
  ...route,
  run: (request: WireRequest) => {
    const named = Object.fromEntries(
      Object.entries(parts).map(([name, text]) => [name, decodeURIComponent(text)]),
    );
    return route.run({ ...request, fields: { ...request.fields, ...named } });
  },
});
