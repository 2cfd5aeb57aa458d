import type { Exchange } from "../exchange/exchange.js";
import type { ExchangeEvent } from "../exchange/exchange-event.js";
import type { MarketKind } from "../exchange/market.js";
import type { Keys } from "../wire/keys.js";
import type { Conversation, Listener } from "../wire/protocol.js";
import { bybitIntervals } from "./bybit-intervals.js";
import {
  candleData,
  executionPayload,
  orderPayload,
  positionPayload,
  tradeData,
  walletPayload,
} from "./bybit-payloads.js";
import { isAuthenticated } from "./bybit-signature.js";

interface Asked {
  readonly op?: string;
  readonly req_id?: string | number;
  readonly args?: readonly unknown[];
}

interface Topics {
  readonly names: ReadonlySet<string>;
  readonly send: (topic: string, data: unknown) => void;
}

/** A conversation about topics: what is asked for is answered, and told of from then on. */
function conversation(
  listener: Listener,
  follow: (topics: Topics) => () => void,
  mayAsk: (asked: Asked) => boolean,
): Conversation {
  const names = new Set<string>();
  const end = follow({
    names,
    send: (topic, data) => {
      listener.send(data === undefined ? { topic } : { topic, ...(data as object) });
    },
  });
  return {
    hear: (message) => {
      const asked = message as Asked;
      const { op, req_id, args = [] } = asked;
      const answer = (success: boolean, ret_msg: string): void => {
        listener.answer({ success, ret_msg, conn_id: "1", op, ...(req_id !== undefined && { req_id }) });
      };
      if (op === "ping") {
        answer(true, "pong");
        return;
      }
      const isAllowed = mayAsk(asked);
      if (isAllowed && op === "subscribe") for (const name of args) names.add(String(name));
      if (isAllowed && op === "unsubscribe") for (const name of args) names.delete(String(name));
      answer(isAllowed, isAllowed ? "" : "Request not authorized");
    },
    end,
  };
}

/** Streams of the market. */
export const publicConversation = (exchange: Exchange, kind: MarketKind, listener: Listener): Conversation =>
  conversation(
    listener,
    (topics) =>
      exchange.listen((event) => {
        if ((event.kind !== "print" && event.kind !== "candle") || event.market.kind !== kind) return;
        for (const topic of topics.names) tellMarket(exchange, topics, topic, event);
      }),
    () => true,
  );

/** Streams of the account, for who has shown that it is his. */
export function privateConversation(exchange: Exchange, keys: Keys, listener: Listener): Conversation {
  let isKnown = false;
  return conversation(
    listener,
    (topics) =>
      exchange.listen((event) => {
        tellAccount(exchange, topics, event);
      }),
    ({ op, args = [] }) => {
      if (op === "auth") isKnown = isAuthenticated(args, keys, exchange.now);
      return isKnown;
    },
  );
}

function tellMarket(
  exchange: Exchange,
  { send }: Topics,
  topic: string,
  event: Extract<ExchangeEvent, { kind: "print" | "candle" }>,
): void {
  const { market } = event;
  const ts = exchange.now;
  if (event.kind === "print") {
    if (topic === `publicTrade.${market.id}`)
      send(topic, { type: "snapshot", ts, data: [tradeData(market, event.print)] });
    return;
  }
  const [name, interval, id] = topic.split(".");
  if (name !== "kline" || id !== market.id) return;
  const intervalMs = bybitIntervals[interval];
  const candle = market.candles.at(intervalMs, event.candle.time);
  if (candle === undefined) return;
  const isLast = (event.candle.time + event.lengthMs) % intervalMs === 0;
  const data = [candleData(candle, interval, intervalMs, event.isClosed && isLast)];
  send(topic, { type: "snapshot", ts, data });
}

function tellAccount(exchange: Exchange, { names, send }: Topics, event: ExchangeEvent): void {
  const tell = (topic: string, data: readonly unknown[]): void => {
    if (names.has(topic)) send(topic, { id: "1", creationTime: exchange.now, data });
  };
  switch (event.kind) {
    case "order":
      tell("order", [orderPayload(event.order)]);
      return;
    case "trade":
      tell("execution", [executionPayload(event.trade)]);
      tell("order", [orderPayload(event.trade.order)]);
      return;
    case "account":
      tell("wallet", [walletPayload(exchange.holdings("linear"))]);
      tell(
        "position",
        exchange.markets
          .filter(({ kind }) => kind === "linear")
          .map((market) => positionPayload(exchange, market)),
      );
      return;
    case "print":
    case "candle":
  }
}
