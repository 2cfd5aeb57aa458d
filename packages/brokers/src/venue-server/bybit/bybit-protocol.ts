import { isLiving } from "../exchange/exchange-order.js";
import type { Exchange } from "../exchange/exchange.js";
import type { Keys } from "../wire/keys.js";
import type { Protocol } from "../wire/protocol.js";
import { bybitFailure, bybitRefusal, said } from "./bybit-refusals.js";
import { bybitRoutes, keyOf, kindOf } from "./bybit-routes.js";
import { checkSigned } from "./bybit-signature.js";
import { privateConversation, publicConversation } from "./bybit-streams.js";

/** An exchange that talks as Bybit does, version 5, with a unified account. */
export function bybitProtocol(exchange: Exchange, keys: Keys): Protocol {
  return {
    routes: bybitRoutes(exchange),
    authenticate: (request) => {
      checkSigned(request, keys, exchange.now);
    },
    answer: (result) => said(0, "OK", exchange.now, result),
    failure: (error, { fields }) => bybitFailure(error, kindOf(fields), exchange.now),
    notFound: ({ fields }) =>
      said(0, "OK", exchange.now, { category: fields["category"], list: [], nextPageCursor: "" }),
    refusal: (status) => bybitRefusal(status, exchange.now),
    orderOf: ({ fields }) => {
      const order = exchange.find(keyOf(exchange, fields));
      if (order === undefined || !isLiving(order)) return undefined;
      return {
        fillShare: (share) => {
          exchange.fillShare(order, share);
        },
      };
    },
    converse: (path, _query, listener) => {
      if (path === "/v5/private") return privateConversation(exchange, keys, listener);
      if (path === "/v5/public/spot") return publicConversation(exchange, "spot", listener);
      return path === "/v5/public/linear" ? publicConversation(exchange, "linear", listener) : undefined;
    },
  };
}
