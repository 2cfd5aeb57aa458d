import type { AccountTrade, OrderHappening } from "../exchange/exchange-event.js";
import type { ExchangeOrder } from "../exchange/exchange-order.js";
import type { Holding } from "../exchange/account.js";
import type { Market } from "../exchange/market.js";
import { orderTypesOf } from "./binance-requests.js";
import { executionWord, forceWord, sideWord, statusWord } from "./binance-words.js";

const money = (amount: { toFixed(decimals: number): string } | null | undefined): string =>
  amount?.toFixed(8) ?? "0.00000000";

export function spotMarketPayload({ specification, id }: Market): unknown {
  const { base, quote, tick, lot, minimumQuantity, minimumNotional } = specification;
  return {
    ...{ symbol: id, status: "TRADING", baseAsset: base, baseAssetPrecision: 8 },
    ...{ quoteAsset: quote, quotePrecision: 8, quoteAssetPrecision: 8 },
    ...{ baseCommissionPrecision: 8, quoteCommissionPrecision: 8 },
    orderTypes: orderTypesOf("spot"),
    ...{ icebergAllowed: true, ocoAllowed: true, quoteOrderQtyMarketAllowed: true, allowTrailingStop: false },
    ...{ cancelReplaceAllowed: true, isSpotTradingAllowed: true, isMarginTradingAllowed: false },
    filters: [
      { filterType: "PRICE_FILTER", minPrice: tick, maxPrice: "1000000.00000000", tickSize: tick },
      { filterType: "LOT_SIZE", minQty: minimumQuantity, maxQty: "9000.00000000", stepSize: lot },
      {
        filterType: "MARKET_LOT_SIZE",
        minQty: "0.00000000",
        maxQty: "9000.00000000",
        stepSize: "0.00000000",
      },
      { filterType: "NOTIONAL", minNotional: minimumNotional, applyMinToMarket: true, avgPriceMins: 0 },
      { filterType: "MAX_NUM_ORDERS", maxNumOrders: 200 },
    ],
    permissions: ["SPOT"],
  };
}

export function spotOrderPayload(order: ExchangeOrder): Record<string, unknown> {
  const { market, number, clientId, price, quantity, filled, cost, trigger, createdAt, updatedAt } = order;
  return {
    ...{ symbol: market.id, orderId: number, orderListId: -1, clientOrderId: clientId },
    ...{ price: money(price), origQty: money(quantity), executedQty: money(filled) },
    ...{ cummulativeQuoteQty: money(cost), origQuoteOrderQty: money(null) },
    ...{
      status: statusWord(order),
      timeInForce: forceWord(order),
      type: order.typeName,
      side: sideWord(order),
    },
    ...(trigger !== null && { stopPrice: money(trigger.price) }),
    ...{ icebergQty: money(null), time: createdAt, updateTime: updatedAt, workingTime: createdAt },
    ...{ isWorking: order.status !== "waiting", selfTradePreventionMode: "NONE" },
  };
}

/** What a new order is answered with. */
export function spotPlacedPayload(order: ExchangeOrder, trades: readonly AccountTrade[]): unknown {
  return {
    ...spotOrderPayload(order),
    transactTime: order.updatedAt,
    fills: trades.map(({ id, price, quantity, fee, feeAsset }) => ({
      ...{ price: money(price), qty: money(quantity), commission: money(fee), commissionAsset: feeAsset },
      tradeId: Number(id),
    })),
  };
}

/** What a cancel is answered with: it has a client id of its own. */
export function spotCancelledPayload(order: ExchangeOrder): unknown {
  return {
    ...spotOrderPayload(order),
    ...{ origClientOrderId: order.clientId, clientOrderId: cancelId(order), transactTime: order.updatedAt },
  };
}

export function spotTradePayload({
  id,
  order,
  price,
  quantity,
  fee,
  feeAsset,
  time,
  isMaker,
}: AccountTrade): unknown {
  return {
    ...{ symbol: order.market.id, id: Number(id), orderId: order.number, orderListId: -1 },
    ...{ price: money(price), qty: money(quantity), quoteQty: money(price.times(quantity)) },
    ...{ commission: money(fee), commissionAsset: feeAsset, time },
    ...{ isBuyer: order.side === "buy", isMaker, isBestMatch: true },
  };
}

export function spotBalances(holdings: readonly Holding[]): unknown[] {
  return holdings.map(({ asset, total, locked }) => ({
    ...{ asset, free: money(total.minus(locked)), locked: money(locked) },
  }));
}

export const positionMessage = (holdings: readonly Holding[], time: number): unknown => ({
  ...{ e: "outboundAccountPosition", E: time, u: time },
  B: holdings.map(({ asset, total, locked }) => ({
    ...{ a: asset, f: money(total.minus(locked)), l: money(locked) },
  })),
});

/** The report of an order, or of a trade of it. */
export function executionReport(
  order: ExchangeOrder,
  happening: OrderHappening | "trade",
  time: number,
  trade?: AccountTrade,
): unknown {
  const isCancel = happening === "cancelled";
  return {
    ...{ e: "executionReport", E: time, s: order.market.id },
    // A cancel has a client id of its own, and says behind it whose end it is.
    ...(isCancel ? { c: cancelId(order), C: order.clientId } : { c: order.clientId, C: "" }),
    ...{ S: sideWord(order), o: order.typeName, f: forceWord(order), q: money(order.quantity) },
    ...{ p: money(order.price), P: money(order.trigger?.price), F: money(null), g: -1 },
    ...{ x: executionWord(happening, "spot"), X: statusWord(order), r: "NONE", i: order.number },
    ...{ l: money(trade?.quantity), z: money(order.filled), L: money(trade?.price) },
    ...{ n: trade === undefined ? "0" : money(trade.fee), N: trade?.feeAsset ?? null },
    ...{
      T: order.updatedAt,
      t: trade === undefined ? -1 : Number(trade.id),
      I: 1,
      w: order.status === "open",
    },
    ...{ m: trade?.isMaker ?? false, M: false, O: order.createdAt, Z: money(order.cost) },
    ...{ Y: money(trade?.price.times(trade.quantity)), Q: money(null), W: order.createdAt, V: "NONE" },
  };
}

const cancelId = ({ number }: ExchangeOrder): string => `cancel_${number}`;
