import type { Exchange } from "../exchange/exchange.js";
import { Refusal } from "../exchange/refusal.js";
import { WireError, type Route, type WireRequest } from "../wire/protocol.js";
import { marketDataRoutes } from "./market-data.js";
import { marketOf, orderKeyOf, orderRequestOf } from "./binance-requests.js";
import { refusalCode } from "./binance-refusals.js";
import {
  spotBalances,
  spotCancelledPayload,
  spotMarketPayload,
  spotOrderPayload,
  spotPlacedPayload,
  spotTradePayload,
} from "./spot-payloads.js";

/** What spot offers over REST. */
export function spotRoutes(exchange: Exchange, paysFeesInItsCoin: boolean): Readonly<Record<string, Route>> {
  const signed = (name: Route["name"], run: (fields: WireRequest["fields"]) => unknown): Route => ({
    ...{ name, isSigned: true },
    run: ({ fields }) => run(fields),
  });
  const tradesOf = (number: number) =>
    exchange.tradesOf("spot").filter(({ order }) => order.number === number);

  const place = (fields: WireRequest["fields"]): unknown => {
    const order = exchange.place(orderRequestOf(exchange, "spot", fields));
    return spotPlacedPayload(order, tradesOf(order.number));
  };

  /** Cancels one order and places another; where the first has gone, nothing is placed. */
  const replace = (fields: WireRequest["fields"]): unknown => {
    const names = ["cancelOrderId", "cancelOrigClientOrderId"] as const;
    try {
      exchange.cancel(orderKeyOf(exchange, "spot", fields, names));
    } catch (error) {
      throw replacing(error, true);
    }
    try {
      return { cancelResult: "SUCCESS", newOrderResult: "SUCCESS", newOrderResponse: place(fields) };
    } catch (error) {
      throw replacing(error, false);
    }
  };

  return {
    ...marketDataRoutes(exchange, "spot", "/api/v3"),
    "GET /api/v3/exchangeInfo": {
      ...{ name: "markets", isSigned: false },
      run: () => ({
        ...{ timezone: "UTC", serverTime: exchange.now, rateLimits: [], exchangeFilters: [] },
        symbols: exchange.markets.filter(({ kind }) => kind === "spot").map(spotMarketPayload),
      }),
    },
    "GET /api/v3/account": signed("account", () => ({
      ...{ makerCommission: 10, takerCommission: 10, canTrade: true, accountType: "SPOT" },
      ...{
        updateTime: exchange.now,
        permissions: ["SPOT"],
        balances: spotBalances(exchange.holdings("spot")),
      },
    })),
    // Nothing is lent here.
    "GET /sapi/v1/margin/allPairs": signed("markets", () => []),
    "GET /sapi/v1/margin/isolated/allPairs": signed("markets", () => []),
    "GET /sapi/v1/bnbBurn": signed("account", () => ({
      spotBNBBurn: paysFeesInItsCoin,
      interestBNBBurn: false,
    })),
    "GET /sapi/v1/asset/tradeFee": signed("account", (fields) => {
      const { id, specification } = marketOf(exchange, "spot", fields);
      const { makerRate, takerRate } = specification;
      return [{ symbol: id, makerCommission: makerRate, takerCommission: takerRate }];
    }),
    "POST /api/v3/order": signed("place", place),
    "POST /api/v3/order/cancelReplace": signed("amend", replace),
    "DELETE /api/v3/order": signed("cancel", (fields) =>
      spotCancelledPayload(exchange.cancel(orderKeyOf(exchange, "spot", fields))),
    ),
    "DELETE /api/v3/openOrders": signed("cancel", (fields) => {
      const market = marketOf(exchange, "spot", fields);
      return exchange
        .open("spot", market)
        .map(({ number }) => spotCancelledPayload(exchange.cancel({ market, number })));
    }),
    "GET /api/v3/order": signed("find_order", (fields) => {
      const found = exchange.find(orderKeyOf(exchange, "spot", fields));
      if (found === undefined) throw new WireError(400, -2013, "Order does not exist.");
      return spotOrderPayload(found);
    }),
    "GET /api/v3/openOrders": signed("open_orders", (fields) => {
      const market = fields["symbol"] === undefined ? undefined : marketOf(exchange, "spot", fields);
      return exchange.open("spot", market).map(spotOrderPayload);
    }),
    "GET /api/v3/allOrders": signed("open_orders", (fields) => {
      const market = marketOf(exchange, "spot", fields);
      return exchange
        .all()
        .filter((each) => each.market === market)
        .map(spotOrderPayload);
    }),
    "GET /api/v3/myTrades": signed("trades", (fields) => {
      const from = Number(fields["startTime"] ?? -Infinity);
      const limit = Number(fields["limit"] ?? 500);
      const orderId = fields["orderId"];
      const found = exchange
        .tradesOf("spot", marketOf(exchange, "spot", fields))
        .filter(
          ({ time, order }) => time >= from && (orderId === undefined || String(order.number) === orderId),
        )
        .filter(({ id }) => Number(id) >= Number(fields["fromId"] ?? 0));
      const isFromTheOldest = fields["startTime"] !== undefined || fields["fromId"] !== undefined;
      return (isFromTheOldest ? found.slice(0, limit) : found.slice(-limit)).map(spotTradePayload);
    }),
  };
}

/** What of the two has failed is said in a code of its own, with the reason inside. */
function replacing(error: unknown, isCancel: boolean): unknown {
  if (!(error instanceof Refusal)) return error;
  const [code, msg] = refusalCode(error.reason, "spot");
  return new ReplaceError(isCancel ? -2022 : -2021, code, msg, isCancel);
}

/** The end of a cancel-and-place of which a part has failed. */
export class ReplaceError extends WireError {
  readonly data: unknown;

  constructor(code: number, inner: number, text: string, isCancel: boolean) {
    super(
      isCancel ? 400 : 409,
      code,
      isCancel ? "Order cancel-replace failed." : "Order cancel-replace partially failed.",
    );
    this.name = "ReplaceError";
    const failed = { code: inner, msg: text };
    this.data = isCancel
      ? {
          cancelResult: "FAILURE",
          newOrderResult: "NOT_ATTEMPTED",
          cancelResponse: failed,
          newOrderResponse: null,
        }
      : { cancelResult: "SUCCESS", newOrderResult: "FAILURE", cancelResponse: {}, newOrderResponse: failed };
  }
}
