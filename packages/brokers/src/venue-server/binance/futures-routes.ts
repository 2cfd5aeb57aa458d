import { Decimal } from "decimal.js";
import type { Exchange, OrderKey } from "../exchange/exchange.js";
import type { ExchangeOrder } from "../exchange/exchange-order.js";
import { Refusal } from "../exchange/refusal.js";
import { WireError, type Route, type WireRequest } from "../wire/protocol.js";
import { marketDataRoutes } from "./market-data.js";
import { marketOf, needed, orderKeyOf, orderRequestOf } from "./binance-requests.js";
import {
  algoOrderPayload,
  bookClientId,
  bookNumber,
  futuresAccountPayload,
  futuresMarketPayload,
  futuresOrderPayload,
  futuresTradePayload,
  incomePayload,
  isConditional,
  isInBook,
  numberOfBook,
  positionRiskPayload,
} from "./futures-payloads.js";

type Fields = WireRequest["fields"];

const weekMs = 7 * 86_400_000;

/** What futures offer over REST; conditional orders are kept apart from those in the book. */
export function futuresRoutes(exchange: Exchange): Readonly<Record<string, Route>> {
  const signed = (name: Route["name"], run: (fields: Fields) => unknown): Route => ({
    ...{ name, isSigned: true },
    run: ({ fields }) => run(fields),
  });
  const inBook = (fields: Fields): ExchangeOrder | undefined => {
    const { market, number, clientId } = bookKey(fields);
    // What was triggered is found under the id that it has got, and no more under that which was asked for.
    const found =
      number === undefined
        ? exchange.all().findLast((each) => each.market === market && bookClientId(each) === clientId)
        : exchange.find({ market, number });
    return found !== undefined && isInBook(found) ? found : undefined;
  };
  const bookKey = (fields: Fields): OrderKey => {
    const key = orderKeyOf(exchange, "linear", fields);
    return key.number === undefined ? key : { ...key, number: numberOfBook(key.number) };
  };
  const algoKey = (fields: Fields): OrderKey => {
    const ofMarket = exchange.markets.find(
      ({ kind, id }) => kind === "linear" && (fields["symbol"] === undefined || id === fields["symbol"]),
    );
    return orderKeyOf(exchange, "linear", { ...fields, symbol: ofMarket?.id }, ["algoId", "clientAlgoId"]);
  };
  const open = (fields: Fields): readonly ExchangeOrder[] =>
    exchange.open(
      "linear",
      fields["symbol"] === undefined ? undefined : marketOf(exchange, "linear", fields),
    );

  return {
    ...marketDataRoutes(exchange, "linear", "/fapi/v1"),
    "GET /fapi/v1/exchangeInfo": {
      ...{ name: "markets", isSigned: false },
      run: () => ({
        ...{ timezone: "UTC", serverTime: exchange.now, rateLimits: [], exchangeFilters: [], assets: [] },
        symbols: exchange.markets.filter(({ kind }) => kind === "linear").map(futuresMarketPayload),
      }),
    },
    "GET /fapi/v3/account": signed("account", () => futuresAccountPayload(exchange)),
    "GET /fapi/v3/positionRisk": signed("account", () =>
      exchange.markets
        .filter((market) => market.kind === "linear" && !exchange.account.position(market).quantity.isZero())
        .map((market) => positionRiskPayload(exchange.account, market, exchange.now)),
    ),
    "GET /fapi/v1/leverageBracket": signed("account", () =>
      exchange.markets
        .filter(({ kind }) => kind === "linear")
        .map(({ id }) => ({
          symbol: id,
          brackets: [
            {
              bracket: 1,
              initialLeverage: 125,
              notionalCap: 50_000,
              notionalFloor: 0,
              maintMarginRatio: 0.004,
              cum: 0,
            },
          ],
        })),
    ),
    "GET /fapi/v1/positionSide/dual": signed("account", () => ({ dualSidePosition: false })),
    "GET /fapi/v1/commissionRate": signed("account", (fields) => {
      const { id, specification } = marketOf(exchange, "linear", fields);
      const { makerRate, takerRate } = specification;
      return { symbol: id, makerCommissionRate: makerRate, takerCommissionRate: takerRate };
    }),
    "POST /fapi/v1/order": signed("place", (fields) => {
      const request = orderRequestOf(exchange, "linear", fields);
      if (request.trigger !== null)
        throw new WireError(
          400,
          -4120,
          "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.",
        );
      return futuresOrderPayload(exchange.place(request));
    }),
    "PUT /fapi/v1/order": signed("amend", (fields) =>
      futuresOrderPayload(
        exchange.amend(bookKey(fields), {
          price: new Decimal(needed(fields, "price")),
          quantity: new Decimal(needed(fields, "quantity")),
        }),
      ),
    ),
    "DELETE /fapi/v1/order": signed("cancel", (fields) => {
      const found = inBook(fields);
      if (found === undefined) throw new Refusal("unknown_order", "there is no such order");
      return futuresOrderPayload(exchange.cancel({ market: found.market, number: found.number }));
    }),
    "GET /fapi/v1/order": signed("find_order", (fields) => {
      const found = inBook(fields);
      if (found === undefined) throw new WireError(400, -2013, "Order does not exist.");
      return futuresOrderPayload(found);
    }),
    "GET /fapi/v1/openOrders": signed("open_orders", (fields) =>
      open(fields)
        .filter((each) => isInBook(each))
        .map(futuresOrderPayload),
    ),
    "GET /fapi/v1/allOrders": signed("open_orders", (fields) => {
      const market = marketOf(exchange, "linear", fields);
      return exchange
        .all()
        .filter((each) => each.market === market && isInBook(each))
        .map(futuresOrderPayload);
    }),
    "GET /fapi/v1/userTrades": signed("trades", (fields) => {
      const from = Number(fields["startTime"] ?? -Infinity);
      // From a time on it tells a week at most.
      const to = Math.min(
        Number(fields["endTime"] ?? Infinity),
        from === -Infinity ? Infinity : from + weekMs,
      );
      const limit = Number(fields["limit"] ?? 500);
      const orderId = fields["orderId"];
      const found = exchange
        .tradesOf("linear", marketOf(exchange, "linear", fields))
        .filter(
          ({ time, order }) =>
            time >= from && time <= to && (orderId === undefined || String(bookNumber(order)) === orderId),
        )
        .filter(({ id }) => Number(id) >= Number(fields["fromId"] ?? 0));
      const isFromTheOldest = fields["startTime"] !== undefined || fields["fromId"] !== undefined;
      return (isFromTheOldest ? found.slice(0, limit) : found.slice(-limit)).map(futuresTradePayload);
    }),
    // From a time on it tells the oldest, else the newest.
    "GET /fapi/v1/income": signed("account", (fields) => {
      const from = Number(fields["startTime"] ?? -Infinity);
      const limit = Number(fields["limit"] ?? 100);
      const market = fields["symbol"] === undefined ? undefined : marketOf(exchange, "linear", fields);
      const isFunding = (fields["incomeType"] ?? "FUNDING_FEE") === "FUNDING_FEE";
      const found = isFunding ? exchange.fundingsOf(market).filter(({ time }) => time >= from) : [];
      return (fields["startTime"] === undefined ? found.slice(-limit) : found.slice(0, limit)).map(
        incomePayload,
      );
    }),
    "POST /fapi/v1/algoOrder": signed("place", (fields) =>
      algoOrderPayload(exchange.place(orderRequestOf(exchange, "linear", fields))),
    ),
    "DELETE /fapi/v1/algoOrder": signed("cancel", (fields) => {
      const found = exchange.find(algoKey(fields));
      // Once it has been triggered, its end is asked for in the book.
      if (found?.status !== "waiting") throw new Refusal("unknown_order", "there is no such order");
      const { number, clientId } = exchange.cancel({ market: found.market, number: found.number });
      return { algoId: number, clientAlgoId: clientId, code: "200", msg: "success" };
    }),
    "GET /fapi/v1/algoOrder": signed("find_order", (fields) => {
      const found = exchange.find(algoKey(fields));
      if (found === undefined || !isConditional(found))
        throw new WireError(400, -2013, "Order does not exist.");
      return algoOrderPayload(found);
    }),
    "GET /fapi/v1/openAlgoOrders": signed("open_orders", (fields) =>
      open(fields)
        .filter(({ status }) => status === "waiting")
        .map(algoOrderPayload),
    ),
  };
}
