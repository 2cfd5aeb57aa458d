import { Decimal } from "decimal.js";
import type { ExchangeCandle } from "../exchange/candle-series.js";
import type { Exchange } from "../exchange/exchange.js";
import type { PublicTrade } from "../exchange/public-trade.js";
import type { Market, MarketKind } from "../exchange/market.js";
import type { Route, WireRequest } from "../wire/protocol.js";
import { binanceIntervals } from "./binance-intervals.js";
import { marketOf, needed } from "./binance-requests.js";

const candlesPerAnswer = 500;

/** What anybody may ask of a part of the exchange. */
export function marketDataRoutes(
  exchange: Exchange,
  kind: MarketKind,
  prefix: string,
): Readonly<Record<string, Route>> {
  const route = (run: Route["run"]): Route => ({ name: "market_data", isSigned: false, run });
  const market = ({ fields }: WireRequest): Market => marketOf(exchange, kind, fields);
  return {
    [`GET ${prefix}/ping`]: { name: "time", isSigned: false, run: () => ({}) },
    [`GET ${prefix}/time`]: { name: "time", isSigned: false, run: () => ({ serverTime: exchange.now }) },
    [`GET ${prefix}/ticker/24hr`]: route((request) => tickerPayload(market(request), exchange.now)),
    [`GET ${prefix}/ticker/bookTicker`]: route((request) => bookTicker(market(request))),
    [`GET ${prefix}/depth`]: route((request) => depthPayload(market(request), exchange.now)),
    [`GET ${prefix}/trades`]: route((request) => market(request).trades.map(tradePayload)),
    [`GET ${prefix}/aggTrades`]: route((request) => market(request).trades.map(aggregatePayload)),
    [`GET ${prefix}/klines`]: route((request) => klines(market(request), request.fields)),
  };
}

function klines(market: Market, fields: WireRequest["fields"]): unknown[] {
  const intervalMs = binanceIntervals[needed(fields, "interval")];
  const from = Number(fields["startTime"] ?? -Infinity);
  const to = Number(fields["endTime"] ?? Infinity);
  const limit = Number(fields["limit"] ?? candlesPerAnswer);
  const found = market.candles.between(intervalMs, from, to);
  // From a time on it tells the oldest, else the newest.
  const told = fields["startTime"] === undefined ? found.slice(-limit) : found.slice(0, limit);
  return told.map((candle) => [
    ...[candle.time, candle.open.toString(), candle.high.toString(), candle.low.toString()],
    ...[candle.close.toString(), candle.volume.toString(), candle.time + intervalMs - 1],
    ...[candle.volume.times(candle.close).toString(), 1, "0", "0", "0"],
  ]);
}

/** The candle of a stream. */
export function klineMessage(
  market: Market,
  interval: string,
  candle: ExchangeCandle,
  isClosed: boolean,
  time: number,
): unknown {
  return {
    ...{ e: "kline", E: time, s: market.id },
    k: {
      ...{ t: candle.time, T: candle.time + binanceIntervals[interval] - 1, s: market.id, i: interval },
      ...{ f: 0, L: 0, o: candle.open.toString(), c: candle.close.toString(), h: candle.high.toString() },
      ...{ l: candle.low.toString(), v: candle.volume.toString(), n: 1, x: isClosed },
      ...{ q: candle.volume.times(candle.close).toString(), V: "0", Q: "0", B: "0" },
    },
  };
}

export const tradeMessage = (market: Market, print: PublicTrade, name: "trade" | "aggTrade"): unknown => ({
  ...{ e: name, E: print.time, s: market.id, [name === "trade" ? "t" : "a"]: Number(print.id) },
  ...{
    p: print.price.toString(),
    q: print.quantity.toString(),
    T: print.time,
    m: print.side === "sell",
    M: true,
  },
});

export const bookTickerMessage = (market: Market): unknown => ({
  ...{ u: market.trades.length, s: market.id, b: market.bid.toString(), B: "1" },
  ...{ a: market.ask.toString(), A: "1" },
});

const bookTicker = (market: Market): unknown => ({
  ...{ symbol: market.id, bidPrice: market.bid.toString(), bidQty: "1" },
  ...{ askPrice: market.ask.toString(), askQty: "1" },
});

const depthPayload = ({ bid, ask, depth, trades }: Market, time: number): unknown => ({
  ...{ lastUpdateId: trades.length + 1, E: time, T: time },
  bids: [[bid.toString(), (depth ?? new Decimal(1)).toString()]],
  asks: [[ask.toString(), (depth ?? new Decimal(1)).toString()]],
});

const tradePayload = ({ id, price, quantity, side, time }: PublicTrade): unknown => ({
  ...{ id: Number(id), price: price.toString(), qty: quantity.toString() },
  ...{ quoteQty: price.times(quantity).toString(), time, isBuyerMaker: side === "sell", isBestMatch: true },
});

const aggregatePayload = ({ id, price, quantity, side, time }: PublicTrade): unknown => ({
  ...{ a: Number(id), p: price.toString(), q: quantity.toString(), f: Number(id), l: Number(id) },
  ...{ T: time, m: side === "sell", M: true },
});

function tickerPayload(market: Market, time: number): unknown {
  const last = market.last.toString();
  return {
    ...{ symbol: market.id, priceChange: "0", priceChangePercent: "0", weightedAvgPrice: last },
    ...{ prevClosePrice: last, lastPrice: last, lastQty: "1", bidPrice: market.bid.toString(), bidQty: "1" },
    ...{ askPrice: market.ask.toString(), askQty: "1", openPrice: last, highPrice: last, lowPrice: last },
    ...{
      volume: "0",
      quoteVolume: "0",
      openTime: time - 86_400_000,
      closeTime: time,
      firstId: 0,
      lastId: 0,
      count: 0,
    },
  };
}
