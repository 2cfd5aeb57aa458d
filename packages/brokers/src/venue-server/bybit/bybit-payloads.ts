import { leverage, type Holding } from "../exchange/account.js";
import type { Exchange } from "../exchange/exchange.js";
import type { AccountTrade, Funding } from "../exchange/exchange-event.js";
import type { PublicTrade } from "../exchange/public-trade.js";
import type { ExchangeCandle } from "../exchange/candle-series.js";
import { leftOf, type ExchangeOrder } from "../exchange/exchange-order.js";
import type { Market } from "../exchange/market.js";

const text = (amount: { toString(): string } | null | undefined): string => amount?.toString() ?? "";

/** Numbers are told as ids that look as if they said nothing. */
export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

export const numberOf = (id: string): number => Number(id.slice(-12));

const sideWord = (side: "buy" | "sell"): string => (side === "buy" ? "Buy" : "Sell");

export function instrumentPayload({ specification, id }: Market): unknown {
  const { kind, base, quote, tick, lot, minimumQuantity, minimumNotional } = specification;
  const shared = { symbol: id, baseCoin: base, quoteCoin: quote, status: "Trading" };
  if (kind === "spot")
    return {
      ...{ ...shared, innovation: "0", marginTrading: "none" },
      lotSizeFilter: {
        ...{
          basePrecision: lot,
          quotePrecision: "0.00000001",
          minOrderQty: minimumQuantity,
          maxOrderQty: "9000",
        },
        ...{ minOrderAmt: minimumNotional, maxOrderAmt: "4000000" },
      },
      priceFilter: { tickSize: tick },
    };
  return {
    ...{ ...shared, contractType: "LinearPerpetual", settleCoin: quote, launchTime: "1585526400000" },
    ...{
      deliveryTime: "0",
      deliveryFeeRate: "",
      priceScale: "2",
      unifiedMarginTrade: true,
      fundingInterval: 480,
    },
    leverageFilter: { minLeverage: "1", maxLeverage: "100.00", leverageStep: "0.01" },
    priceFilter: { minPrice: tick, maxPrice: "1999999.80", tickSize: tick },
    lotSizeFilter: {
      ...{ maxOrderQty: "1190", minOrderQty: minimumQuantity, qtyStep: lot },
      ...{ postOnlyMaxOrderQty: "1190", maxMktOrderQty: "500", minNotionalValue: minimumNotional },
    },
  };
}

export function orderPayload(order: ExchangeOrder): unknown {
  const { market, number, clientId, side, price, quantity, filled, cost, trigger, createdAt, updatedAt } =
    order;
  const isConditional = trigger !== null;
  return {
    ...{ category: market.kind, symbol: market.id, orderId: idOf(number), orderLinkId: clientId },
    ...{ side: sideWord(side), orderType: price === null ? "Market" : "Limit", price: text(price ?? 0) },
    ...{ qty: text(quantity), timeInForce: forceWord(order), orderStatus: statusWord(order) },
    ...{
      cancelType: order.status === "cancelled" ? "CancelByUser" : "UNKNOWN",
      rejectReason: rejectReason(order),
    },
    ...{ avgPrice: filled.isZero() ? "" : cost.div(filled).toFixed(8), leavesQty: text(leavesOf(order)) },
    ...{ leavesValue: text(leavesOf(order).times(price ?? market.last)), cumExecQty: text(filled) },
    ...{ cumExecValue: text(cost), cumExecFee: "0", isLeverage: "0", positionIdx: 0 },
    ...{
      stopOrderType: isConditional ? "Stop" : "",
      triggerPrice: text(trigger?.price),
      triggerBy: isConditional ? "LastPrice" : "",
    },
    ...{
      triggerDirection: trigger === null ? 0 : trigger.direction === "up" ? 1 : 2,
      takeProfit: "",
      stopLoss: "",
    },
    ...{ reduceOnly: order.isReduceOnly, closeOnTrigger: false, createdTime: String(createdAt) },
    updatedTime: String(updatedAt),
  };
}

export function executionPayload({
  id,
  order,
  price,
  quantity,
  fee,
  feeAsset,
  isMaker,
  time,
}: AccountTrade): unknown {
  const { market, number, clientId, side } = order;
  const { makerRate, takerRate } = market.specification;
  return {
    ...{ category: market.kind, symbol: market.id, orderId: idOf(number), orderLinkId: clientId },
    ...{ side: sideWord(side), orderPrice: text(order.price ?? price), orderQty: text(order.quantity) },
    ...{
      leavesQty: text(leftOf(order)),
      orderType: order.price === null ? "Market" : "Limit",
      createType: "CreateByUser",
    },
    ...{
      execFee: text(fee),
      execId: executionId(market, id),
      execPrice: text(price),
      execQty: text(quantity),
    },
    ...{ execType: "Trade", execValue: text(price.times(quantity)), execTime: String(time), isMaker },
    ...{ feeRate: isMaker ? makerRate : takerRate, feeCurrency: feeAsset, closedSize: "0", seq: Number(id) },
  };
}

/** What was paid is told as a fee, above zero. */
export function fundingPayload({ id, market, rate, quantity, amount, time }: Funding): unknown {
  const worth = quantity.abs().times(market.last);
  return {
    ...{ category: market.kind, symbol: market.id, orderId: idOf(Number(id)), orderLinkId: "" },
    ...{ side: quantity.isPos() ? "Buy" : "Sell", orderPrice: "0", orderQty: "0", leavesQty: "0" },
    ...{ orderType: "UNKNOWN", createType: "", stopOrderType: "UNKNOWN", execFee: text(amount.neg()) },
    ...{ execId: `funding-${market.id}-${id}`, execPrice: text(market.last), execQty: text(quantity.abs()) },
    ...{ execType: "Funding", execValue: text(worth), execTime: String(time), isMaker: false },
    ...{ feeRate: text(rate), feeCurrency: "", closedSize: "0", seq: Number(id) },
  };
}

export function positionPayload(exchange: Exchange, market: Market): unknown {
  const { quantity, entryPrice } = exchange.account.position(market);
  const worth = quantity.abs().times(market.last);
  return {
    ...{ positionIdx: 0, riskId: 1, riskLimitValue: "2000000", symbol: market.id, category: "linear" },
    ...{ side: quantity.isZero() ? "" : quantity.isPos() ? "Buy" : "Sell", size: text(quantity.abs()) },
    ...{ avgPrice: text(entryPrice), entryPrice: text(entryPrice), positionValue: text(worth), tradeMode: 0 },
    ...{
      autoAddMargin: 0,
      positionStatus: "Normal",
      leverage: String(leverage),
      markPrice: text(market.last),
    },
    ...{
      liqPrice: "",
      bustPrice: "",
      positionIM: text(worth.div(leverage)),
      positionMM: "0",
      positionBalance: "0",
    },
    ...{
      takeProfit: "",
      stopLoss: "",
      trailingStop: "0",
      unrealisedPnl: text(exchange.account.profit(market)),
    },
    ...{
      curRealisedPnl: "0",
      cumRealisedPnl: "0",
      createdTime: "1700000000000",
      updatedTime: String(exchange.now),
    },
  };
}

export const walletPayload = (holdings: readonly Holding[]): unknown => ({
  ...{ accountType: "UNIFIED", totalEquity: "0", totalWalletBalance: "0", totalAvailableBalance: "0" },
  coin: holdings.map(({ asset, total, locked }) => ({
    ...{ coin: asset, equity: text(total), walletBalance: text(total), locked: text(locked) },
    ...{
      borrowAmount: "0",
      accruedInterest: "0",
      totalOrderIM: "0",
      totalPositionIM: "0",
      unrealisedPnl: "0",
    },
  })),
});

export const tradePayload = (
  { id: market }: Market,
  { id, price, quantity, side, time }: PublicTrade,
): unknown => ({
  ...{ execId: `${market}-${id}`, symbol: market, price: text(price), size: text(quantity) },
  ...{ side: sideWord(side), time: String(time), isBlockTrade: false },
});

export const tradeData = (
  { id: market }: Market,
  { id, price, quantity, side, time }: PublicTrade,
): unknown => ({
  ...{ T: time, s: market, S: sideWord(side), v: text(quantity), p: text(price), L: "PlusTick" },
  ...{ i: `${market}-${id}`, BT: false },
});

export const candleRow = ({ time, open, high, low, close, volume }: ExchangeCandle): readonly string[] => [
  ...[String(time), text(open), text(high), text(low), text(close), text(volume)],
  text(volume.times(close)),
];

export const candleData = (
  { time, open, high, low, close, volume }: ExchangeCandle,
  interval: string,
  intervalMs: number,
  isClosed: boolean,
): unknown => ({
  ...{ start: time, end: time + intervalMs - 1, interval, open: text(open), close: text(close) },
  ...{ high: text(high), low: text(low), volume: text(volume), turnover: text(volume.times(close)) },
  ...{ confirm: isClosed, timestamp: time },
});

const executionId = ({ id: market, kind }: Market, id: string): string =>
  `${kind === "spot" ? "1" : "2"}${market}-${id.padStart(8, "0")}`;

/** Nothing is left of an order that is over. */
const leavesOf = (order: ExchangeOrder): ExchangeOrder["filled"] =>
  order.status === "open" || order.status === "waiting" ? leftOf(order) : order.filled.minus(order.filled);

function statusWord({ status, filled, triggeredAt, trigger, market }: ExchangeOrder): string {
  switch (status) {
    case "waiting":
      return "Untriggered";
    case "open":
      return filled.isZero() ? "New" : "PartiallyFilled";
    case "filled":
      return "Filled";
    case "rejected":
      return "Rejected";
    case "cancelled":
    case "expired":
      if (trigger !== null && triggeredAt === null) return "Deactivated";
      return market.kind === "spot" && !filled.isZero() ? "PartiallyFilledCanceled" : "Cancelled";
  }
}

function rejectReason({ status, timeInForce }: ExchangeOrder): string {
  if (status !== "expired") return "EC_NoError";
  return timeInForce === "post_only" ? "EC_PostOnlyWillTakeLiquidity" : "EC_NoImmediateQtyToFill";
}

function forceWord({ timeInForce }: ExchangeOrder): string {
  const words = { until_cancelled: "GTC", immediate: "IOC", all_or_nothing: "FOK", post_only: "PostOnly" };
  return words[timeInForce];
}
