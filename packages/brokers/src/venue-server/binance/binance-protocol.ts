import { isLiving } from "../exchange/exchange-order.js";
import type { Exchange } from "../exchange/exchange.js";
import type { MarketKind } from "../exchange/market.js";
import { Refusal } from "../exchange/refusal.js";
import type { Keys } from "../wire/keys.js";
import type { Conversation, Listener, Protocol, Route, WireRequest } from "../wire/protocol.js";
import { WireError } from "../wire/protocol.js";
import { futuresAccountMessages, marketStream, spotAccountMessages } from "./binance-streams.js";
import { binanceFailure, binanceRefusal, orderNotFound } from "./binance-refusals.js";
import { checkKey, checkSigned, checkSignedFields } from "./binance-signature.js";
import { futuresRoutes } from "./futures-routes.js";
import { ReplaceError, spotRoutes } from "./spot-routes.js";
import { numberOfBook } from "./futures-payloads.js";
import { orderKeyOf } from "./binance-requests.js";

/** For how long a listen key is good unless it is kept alive, in milliseconds. */
const listenKeyMs = 60 * 60_000;

interface ApiRequest {
  readonly id: string;
  readonly method: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Spot and USD-M futures of an exchange that talks as Binance does. */
export function binanceProtocol(exchange: Exchange, keys: Keys, paysFeesInItsCoin: boolean): Protocol {
  const listenKeys = new Map<string, number>();
  let keysTold = 0;
  const kindOf = ({ path }: WireRequest): MarketKind => (path.startsWith("/fapi/") ? "linear" : "spot");

  const keyed = (run: () => unknown): Route => ({
    ...{ name: "session", isSigned: false },
    run: (request) => {
      checkKey(request, keys.apiKey);
      return run();
    },
  });
  const renewed = (key: string): unknown => {
    listenKeys.set(key, exchange.now + listenKeyMs);
    return { listenKey: key };
  };

  const orderOf: Protocol["orderOf"] = (request) => {
    const kind = kindOf(request);
    const isAlgo = request.path.endsWith("/algoOrder");
    const names = isAlgo ? (["algoId", "clientAlgoId"] as const) : undefined;
    const key = orderKeyOf(exchange, kind, request.fields, names);
    const number = key.number === undefined ? undefined : numberOfBook(key.number);
    const order = exchange.find({ ...key, number });
    if (order === undefined || !isLiving(order)) return undefined;
    return {
      fillShare: (share) => {
        exchange.fillShare(order, share);
      },
    };
  };

  return {
    routes: {
      ...spotRoutes(exchange, paysFeesInItsCoin),
      ...futuresRoutes(exchange),
      "POST /fapi/v1/listenKey": keyed(() => renewed(`key-${++keysTold}`)),
      "PUT /fapi/v1/listenKey": keyed(() => renewed(`key-${keysTold}`)),
      "DELETE /fapi/v1/listenKey": keyed(() => {
        listenKeys.clear();
        return {};
      }),
    },
    authenticate: (request) => {
      checkSigned(request, keys, exchange.now);
    },
    answer: (body) => ({ status: 200, body }),
    failure: (error, request) => {
      if (error instanceof ReplaceError)
        return { status: error.status, body: { code: error.code, msg: error.message, data: error.data } };
      return binanceFailure(error, kindOf(request));
    },
    notFound: () => orderNotFound,
    refusal: binanceRefusal,
    orderOf,
    converse: (path, query, listener) => {
      if (path === "/ws-api/v3") return apiConversation(exchange, keys, listener);
      if (path.startsWith("/stream/ws")) return marketStream(exchange, "spot", listener);
      if (path.startsWith("/fstream/private/ws")) {
        const until = listenKeys.get(query.get("listenKey") ?? "") ?? 0;
        if (until < exchange.now) return undefined;
        return { hear: () => undefined, end: futuresAccountMessages(exchange, listener.send) };
      }
      return path.startsWith("/fstream/") ? marketStream(exchange, "linear", listener) : undefined;
    },
  };
}

/** Requests over a stream: those that begin the news of the account. */
function apiConversation(exchange: Exchange, keys: Keys, listener: Listener): Conversation {
  let end = (): void => undefined;
  return {
    hear: (message) => {
      const { id, method, params = {} } = message as ApiRequest;
      const failed = (status: number, code: number, msg: string): void => {
        listener.answer({ id, status, error: { code, msg } });
      };
      if (method !== "userDataStream.subscribe.signature") {
        failed(400, -1020, "This operation is not supported.");
        return;
      }
      try {
        const fields = Object.fromEntries(
          Object.entries(params).map(([name, value]) => [name, String(value)]),
        );
        checkSignedFields(fields, keys, exchange.now);
      } catch (error) {
        if (error instanceof WireError) failed(error.status, error.code, error.message);
        else if (error instanceof Refusal) failed(400, -1102, error.message);
        return;
      }
      end();
      end = spotAccountMessages(exchange, (event) => {
        listener.send({ subscriptionId: 0, event });
      });
      listener.answer({ id, status: 200, result: { subscriptionId: 0 } });
    },
    end: () => {
      end();
    },
  };
}
