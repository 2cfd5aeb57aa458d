import type { ExchangeEvent } from "../exchange/exchange-event.js";
import type { Exchange } from "../exchange/exchange.js";
import type { Market, MarketKind } from "../exchange/market.js";
import type { Conversation, Listener } from "../wire/protocol.js";
import { binanceIntervals } from "./binance-intervals.js";
import { algoUpdate, accountUpdate, isConditional, isInBook, orderTradeUpdate } from "./futures-payloads.js";
import { bookTickerMessage, klineMessage, tradeMessage } from "./market-data.js";
import { executionReport, positionMessage } from "./spot-payloads.js";

interface Asked {
  readonly method?: string;
  readonly params?: readonly string[];
  readonly id?: number | string;
}

/** Streams of the market, as many as are asked for. */
export function marketStream(exchange: Exchange, kind: MarketKind, listener: Listener): Conversation {
  const names = new Set<string>();
  const end = exchange.listen((event) => {
    if ((event.kind !== "print" && event.kind !== "candle") || event.market.kind !== kind) return;
    for (const name of names) {
      const [symbol, stream] = name.split("@");
      if (symbol !== event.market.id.toLowerCase()) continue;
      const message = messageOf(exchange, event.market, stream, event);
      if (message !== null) listener.send(message);
    }
  });
  return {
    hear: (message) => {
      const { method, params = [], id } = message as Asked;
      if (method === "SUBSCRIBE") for (const name of params) names.add(name);
      else if (method === "UNSUBSCRIBE") for (const name of params) names.delete(name);
      listener.answer({ result: null, id });
    },
    end,
  };
}

type MarketEvent = Extract<ExchangeEvent, { kind: "print" | "candle" }>;

function messageOf(exchange: Exchange, market: Market, stream: string, event: MarketEvent): unknown {
  if (event.kind === "candle") {
    const interval = /^kline_(\w+)$/.exec(stream)?.[1];
    if (interval === undefined) return null;
    const intervalMs = binanceIntervals[interval];
    const candle = market.candles.at(intervalMs, event.candle.time);
    if (candle === undefined) return null;
    const isLast = (event.candle.time + event.lengthMs) % intervalMs === 0;
    return klineMessage(market, interval, candle, event.isClosed && isLast, exchange.now);
  }
  if (stream === "trade" || stream === "aggTrade") return tradeMessage(market, event.print, stream);
  return stream === "bookTicker" ? bookTickerMessage(market) : null;
}

/** What happens to the account on spot. */
export function spotAccountMessages(exchange: Exchange, send: (message: unknown) => void): () => void {
  return exchange.listen((event) => {
    const { now } = exchange;
    if (event.kind === "order" && event.order.market.kind === "spot")
      send(executionReport(event.order, event.happening, now));
    else if (event.kind === "trade" && event.trade.order.market.kind === "spot")
      send(executionReport(event.trade.order, "trade", now, event.trade));
    else if (event.kind === "account") send(positionMessage(exchange.holdings("spot"), now));
  });
}

/** What happens to the account on futures. */
export function futuresAccountMessages(exchange: Exchange, send: (message: unknown) => void): () => void {
  return exchange.listen((event) => {
    const { now } = exchange;
    if (event.kind === "account") send(accountUpdate(exchange));
    const order = event.kind === "order" ? event.order : event.kind === "trade" ? event.trade.order : null;
    if (order?.market.kind !== "linear") return;
    const isOfAlgo = event.kind === "order" || order.status === "filled";
    if (isConditional(order) && isOfAlgo) send(algoUpdate(order, now));
    if (!isInBook(order)) return;
    if (event.kind === "order") send(orderTradeUpdate(order, event.happening, now));
    else if (event.kind === "trade") send(orderTradeUpdate(order, "trade", now, event.trade));
  });
}
