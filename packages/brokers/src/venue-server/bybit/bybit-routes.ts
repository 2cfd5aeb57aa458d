import { Decimal } from "decimal.js";
import type { Exchange, OrderKey } from "../exchange/exchange.js";
import {
  isLiving,
  type ExchangeOrder,
  type OrderRequest,
  type TimeInForce,
  type Trigger,
} from "../exchange/exchange-order.js";
import type { Market, MarketKind } from "../exchange/market.js";
import type { ExchangeSide } from "../exchange/public-trade.js";
import { Refusal } from "../exchange/refusal.js";
import type { Route, WireRequest } from "../wire/protocol.js";
import { bybitIntervals } from "./bybit-intervals.js";
import {
  candleRow,
  executionPayload,
  fundingPayload,
  idOf,
  instrumentPayload,
  numberOf,
  orderPayload,
  positionPayload,
  tradePayload,
  walletPayload,
} from "./bybit-payloads.js";

type Fields = WireRequest["fields"];

const forces: Readonly<Record<string, TimeInForce>> = {
  GTC: "until_cancelled",
  IOC: "immediate",
  FOK: "all_or_nothing",
  PostOnly: "post_only",
};

export const kindOf = (fields: Fields): MarketKind => (fields["category"] === "spot" ? "spot" : "linear");

/** What it offers over REST. */
export function bybitRoutes(exchange: Exchange): Readonly<Record<string, Route>> {
  const open = (name: Route["name"], run: (fields: Fields) => unknown): Route => ({
    ...{ name, isSigned: false },
    run: ({ fields }) => run(fields),
  });
  const signed = (name: Route["name"], run: (fields: Fields) => unknown): Route => ({
    ...open(name, run),
    isSigned: true,
  });
  const market = (fields: Fields): Market => exchange.market(kindOf(fields), fields["symbol"]);
  const marketIfSaid = (fields: Fields): Market | undefined =>
    fields["symbol"] === undefined ? undefined : market(fields);

  return {
    "GET /v5/market/time": open("time", () => ({
      timeSecond: String(Math.floor(exchange.now / 1_000)),
      timeNano: `${exchange.now}000000`,
    })),
    "GET /v5/market/instruments-info": open("markets", (fields) => ({
      category: fields["category"],
      list: exchange.markets
        .filter(({ kind, id }) => kind === fields["category"] && (fields["symbol"] ?? id) === id)
        .filter(() => fields["status"] !== "PreLaunch")
        .map(instrumentPayload),
      nextPageCursor: "",
    })),
    "GET /v5/market/tickers": open("market_data", (fields) => ({
      category: fields["category"],
      list: [tickerPayload(market(fields))],
    })),
    "GET /v5/market/orderbook": open("market_data", (fields) => {
      const { id, bid, ask, depth } = market(fields);
      const there = (depth ?? new Decimal(1)).toString();
      return {
        s: id,
        b: [[bid.toString(), there]],
        a: [[ask.toString(), there]],
        ts: exchange.now,
        u: 1,
        seq: 1,
      };
    }),
    "GET /v5/market/recent-trade": open("market_data", (fields) => ({
      category: fields["category"],
      list: market(fields).trades.map((each) => tradePayload(market(fields), each)),
    })),
    "GET /v5/market/kline": open("market_data", (fields) => {
      const intervalMs = bybitIntervals[fields["interval"] ?? "1"];
      const [from, to] = [Number(fields["start"] ?? -Infinity), Number(fields["end"] ?? Infinity)];
      const limit = Number(fields["limit"] ?? 200);
      const found = market(fields).candles.between(intervalMs, from, to);
      const told = fields["start"] === undefined ? found.slice(-limit) : found.slice(0, limit);
      return {
        category: fields["category"],
        symbol: fields["symbol"],
        list: [...told].reverse().map(candleRow),
      };
    }),
    "GET /v5/user/query-api": signed("account", () => ({ unified: 0, uta: 1, readOnly: 0 })),
    "GET /v5/account/info": signed("account", () => ({
      unifiedMarginStatus: 6,
      marginMode: "REGULAR_MARGIN",
    })),
    "GET /v5/asset/coin/query-info": signed("account", () => ({ rows: [] })),
    "GET /v5/account/wallet-balance": signed("account", () => ({
      list: [walletPayload(exchange.holdings("linear"))],
    })),
    "GET /v5/account/fee-rate": signed("account", (fields) => {
      const { id, specification } = market(fields);
      const { makerRate, takerRate } = specification;
      return { list: [{ symbol: id, makerFeeRate: makerRate, takerFeeRate: takerRate }] };
    }),
    "GET /v5/position/list": signed("account", (fields) => ({
      category: "linear",
      list: exchange.markets
        .filter((each) => each.kind === "linear" && (marketIfSaid(fields) ?? each) === each)
        .map((each) => positionPayload(exchange, each)),
      nextPageCursor: "",
    })),
    "POST /v5/order/create": signed("place", (fields) => {
      const { number, clientId } = exchange.place(requestOf(exchange, fields));
      return { orderId: idOf(number), orderLinkId: clientId };
    }),
    "POST /v5/order/amend": signed("amend", (fields) => {
      const key = keyOf(exchange, fields);
      const found = exchange.find(key);
      const { number, clientId } = exchange.amend(key, {
        ...(fields["price"] !== undefined && { price: new Decimal(fields["price"]) }),
        ...(fields["qty"] !== undefined && { quantity: new Decimal(fields["qty"]) }),
        ...(fields["triggerPrice"] !== undefined &&
          found?.trigger && { trigger: { ...found.trigger, price: new Decimal(fields["triggerPrice"]) } }),
      });
      return { orderId: idOf(number), orderLinkId: clientId };
    }),
    "POST /v5/order/cancel": signed("cancel", (fields) => {
      const { number, clientId } = exchange.cancel(keyOf(exchange, fields));
      return { orderId: idOf(number), orderLinkId: clientId };
    }),
    "GET /v5/order/realtime": signed("find_order", (fields) => {
      const isById = fields["orderId"] !== undefined || fields["orderLinkId"] !== undefined;
      // By its id an order is found that has gone, too.
      const found = isById ? one(exchange, fields) : exchange.open(kindOf(fields), marketIfSaid(fields));
      return paged([...found].filter((each) => isOfFilter(each, fields)).reverse(), fields, 20, orderPayload);
    }),
    "GET /v5/order/history": signed("open_orders", (fields) => {
      const isById = fields["orderId"] !== undefined || fields["orderLinkId"] !== undefined;
      const all = exchange.all().filter(({ market: each }) => (marketIfSaid(fields) ?? each) === each);
      const found = (isById ? one(exchange, fields) : all).filter((each) => !isLiving(each));
      return paged([...found].reverse(), fields, 20, orderPayload);
    }),
    "GET /v5/execution/list": signed("trades", (fields) => {
      const week = 7 * 86_400_000;
      const from = Number(fields["startTime"] ?? exchange.now - week);
      const to = Number(fields["endTime"] ?? from + week);
      const orderId = fields["orderId"];
      if (fields["execType"] === "Funding") {
        const paid = exchange.fundingsOf(marketIfSaid(fields));
        const within = paid.filter(({ time }) => time >= from && time <= to);
        return paged([...within].reverse(), fields, 50, fundingPayload);
      }
      const found = exchange
        .tradesOf(kindOf(fields), marketIfSaid(fields))
        .filter(({ time }) => time >= from && time <= to)
        .filter(({ order }) => orderId === undefined || idOf(order.number) === orderId);
      return paged([...found].reverse(), fields, 50, executionPayload);
    }),
  };
}

/** A page of a list, and where the next one begins. */
function paged<T>(list: readonly T[], fields: Fields, usual: number, payload: (each: T) => unknown): unknown {
  const from = Number(fields["cursor"] ?? 0);
  const limit = Number(fields["limit"] ?? usual);
  const next = from + limit;
  return {
    category: fields["category"],
    list: list.slice(from, next).map(payload),
    nextPageCursor: next < list.length ? String(next) : "",
  };
}

function one(exchange: Exchange, fields: Fields): readonly ExchangeOrder[] {
  const found = exchange.find(keyOf(exchange, fields));
  return found === undefined ? [] : [found];
}

export function keyOf(exchange: Exchange, fields: Fields): OrderKey {
  const { orderId, orderLinkId: clientId } = fields;
  if (orderId === undefined && clientId === undefined)
    throw new Refusal("incomplete", "orderId or orderLinkId is missing");
  const market =
    fields["symbol"] === undefined
      ? (exchange.all().find((each) => each.clientId === clientId)?.market ?? exchange.markets[0])
      : exchange.market(kindOf(fields), fields["symbol"]);
  return { market, clientId, number: orderId === undefined ? undefined : numberOf(orderId) };
}

const isOfFilter = ({ trigger, triggeredAt }: ExchangeOrder, { orderFilter }: Fields): boolean => {
  const isConditional = trigger !== null && triggeredAt === null;
  return orderFilter === undefined || isConditional === (orderFilter !== "Order");
};

function requestOf(exchange: Exchange, fields: Fields): OrderRequest {
  const market = exchange.market(kindOf(fields), fields["symbol"]);
  const side: ExchangeSide = fields["side"] === "Buy" ? "buy" : "sell";
  const isLimit = fields["orderType"] === "Limit";
  const { qty, price, triggerPrice, triggerDirection } = fields;
  if (qty === undefined || (isLimit && price === undefined))
    throw new Refusal("incomplete", "qty or price is missing");
  const asked = new Decimal(qty);
  const isByWorth =
    market.kind === "spot" && !isLimit && fields["marketUnit"] !== "baseCoin" && side === "buy";
  return {
    ...{ market, side, typeName: isLimit ? "Limit" : "Market" },
    clientId: fields["orderLinkId"] ?? "",
    quantity: isByWorth ? asked.div(market.ask).div(market.lot).floor().times(market.lot) : asked,
    price: isLimit ? new Decimal(price ?? 0) : null,
    trigger: triggerPrice === undefined ? null : triggerOf(market, triggerPrice, triggerDirection),
    timeInForce: forces[fields["timeInForce"] ?? (isLimit ? "GTC" : "IOC")] ?? "until_cancelled",
    isReduceOnly: market.kind === "linear" && fields["reduceOnly"] === "true",
  };
}

/** Of a contract the direction has to be said, on spot it follows from where the market stands. */
function triggerOf(market: Market, said: string, direction: string | undefined): Trigger {
  const price = new Decimal(said);
  if (market.kind === "spot") return { price, direction: price.gt(market.last) ? "up" : "down" };
  if (direction === undefined) throw new Refusal("incomplete", "triggerDirection is missing");
  return { price, direction: direction === "1" ? "up" : "down" };
}

function tickerPayload({ id, last, bid, ask }: Market): unknown {
  const price = last.toString();
  return {
    ...{ symbol: id, lastPrice: price, bid1Price: bid.toString(), bid1Size: "1", ask1Price: ask.toString() },
    ...{ ask1Size: "1", prevPrice24h: price, price24hPcnt: "0", highPrice24h: price, lowPrice24h: price },
    ...{ turnover24h: "0", volume24h: "0", markPrice: price, indexPrice: price },
  };
}
