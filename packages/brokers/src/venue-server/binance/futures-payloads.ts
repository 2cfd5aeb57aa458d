import { leverage, type Account } from "../exchange/account.js";
import type { Exchange } from "../exchange/exchange.js";
import type { AccountTrade, Funding, OrderHappening } from "../exchange/exchange-event.js";
import type { ExchangeOrder } from "../exchange/exchange-order.js";
import type { Market } from "../exchange/market.js";
import { orderTypesOf } from "./binance-requests.js";
import { executionWord, forceWord, sideWord, statusWord } from "./binance-words.js";

/** What a conditional order becomes when it is triggered has a number of its own. */
const triggeredFrom = 1_000_000_000;

/** The number of an order in the book, and under which it is asked for there. */
export const bookNumber = ({ number, trigger }: ExchangeOrder): number =>
  trigger === null ? number : number + triggeredFrom;

/** The other way round. */
export const numberOfBook = (number: number): number =>
  number > triggeredFrom ? number - triggeredFrom : number;

/** And a client id of its own, which is not the one that was asked for. */
export const bookClientId = (order: ExchangeOrder): string =>
  order.trigger === null ? order.clientId : `triggered_${order.number}`;

export const isConditional = ({ trigger }: ExchangeOrder): boolean => trigger !== null;

/** Whether an order is, or has been, in the book. */
export const isInBook = (order: ExchangeOrder): boolean =>
  order.trigger === null || order.triggeredAt !== null;

const text = (amount: { toString(): string } | null | undefined): string => amount?.toString() ?? "0";

export function futuresMarketPayload({ specification, id, tick, lot }: Market): unknown {
  const { base, quote, minimumQuantity, minimumNotional } = specification;
  const steps = { minQty: minimumQuantity, maxQty: "1000", stepSize: specification.lot };
  return {
    ...{ symbol: id, pair: id, contractType: "PERPETUAL", deliveryDate: 4_133_404_800_000 },
    ...{ onboardDate: 1_569_398_400_000, status: "TRADING", maintMarginPercent: "2.5000" },
    ...{ requiredMarginPercent: "5.0000", baseAsset: base, quoteAsset: quote, marginAsset: quote },
    ...{ pricePrecision: tick.decimalPlaces(), quantityPrecision: lot.decimalPlaces() },
    ...{ baseAssetPrecision: 8, quotePrecision: 8, underlyingType: "COIN" },
    filters: [
      {
        filterType: "PRICE_FILTER",
        minPrice: specification.tick,
        maxPrice: "4529764",
        tickSize: specification.tick,
      },
      { filterType: "LOT_SIZE", ...steps },
      { filterType: "MARKET_LOT_SIZE", ...steps },
      { filterType: "MAX_NUM_ORDERS", limit: 200 },
      { filterType: "MIN_NOTIONAL", notional: minimumNotional },
    ],
    orderTypes: orderTypesOf("linear"),
    timeInForce: ["GTC", "IOC", "FOK", "GTX"],
  };
}

export function futuresOrderPayload(order: ExchangeOrder): unknown {
  const { market, price, quantity, filled, cost, createdAt, updatedAt, isReduceOnly } = order;
  const type = order.price === null ? "MARKET" : "LIMIT";
  return {
    ...{ orderId: bookNumber(order), symbol: market.id, status: statusWord(order) },
    ...{ clientOrderId: bookClientId(order), price: text(price) },
    ...{
      avgPrice: averageOf(order),
      origQty: text(quantity),
      executedQty: text(filled),
      cumQuote: text(cost),
    },
    ...{ timeInForce: forceWord(order), type, reduceOnly: isReduceOnly, closePosition: false },
    ...{ side: sideWord(order), positionSide: "BOTH", stopPrice: "0", workingType: "CONTRACT_PRICE" },
    ...{ priceProtect: false, origType: type, time: createdAt, updateTime: updatedAt },
  };
}

export function algoOrderPayload(order: ExchangeOrder): unknown {
  const { market, number, clientId, price, quantity, trigger, isReduceOnly, createdAt, updatedAt } = order;
  return {
    ...{ algoId: number, clientAlgoId: clientId, algoType: "CONDITIONAL", orderType: order.typeName },
    ...{ symbol: market.id, side: sideWord(order), positionSide: "BOTH", timeInForce: forceWord(order) },
    ...{ quantity: text(quantity), algoStatus: algoStatus(order), triggerPrice: text(trigger?.price) },
    ...{ price: text(price), icebergQuantity: null, selfTradePreventionMode: "NONE" },
    ...{ workingType: "CONTRACT_PRICE", priceMatch: "NONE", closePosition: false, priceProtect: false },
    ...{ reduceOnly: isReduceOnly, createTime: createdAt, updateTime: updatedAt },
    ...{ triggerTime: order.triggeredAt ?? 0, goodTillDate: 0 },
    ...(isInBook(order) && { actualOrderId: String(bookNumber(order)), actualPrice: averageOf(order) }),
  };
}

export function futuresTradePayload({
  id,
  order,
  price,
  quantity,
  fee,
  feeAsset,
  profit,
  time,
  isMaker,
}: AccountTrade): unknown {
  return {
    ...{ symbol: order.market.id, id: Number(id), orderId: bookNumber(order), side: sideWord(order) },
    ...{ price: text(price), qty: text(quantity), realizedPnl: text(profit), marginAsset: feeAsset },
    ...{ quoteQty: text(price.times(quantity)), commission: text(fee), commissionAsset: feeAsset, time },
    ...{ positionSide: "BOTH", buyer: order.side === "buy", maker: isMaker },
  };
}

export const incomePayload = ({ id, market, amount, time }: Funding): unknown => ({
  ...{
    symbol: market.id,
    incomeType: "FUNDING_FEE",
    income: text(amount),
    asset: market.specification.quote,
  },
  ...{ info: "FUNDING_FEE", time, tranId: Number(id), tradeId: "" },
});

export function positionRiskPayload(account: Account, market: Market, time: number): unknown {
  const { quantity, entryPrice } = account.position(market);
  const notional = quantity.times(market.last);
  return {
    ...{ symbol: market.id, positionSide: "BOTH", positionAmt: text(quantity), entryPrice: text(entryPrice) },
    ...{ breakEvenPrice: text(entryPrice), markPrice: text(market.last), liquidationPrice: "0" },
    ...{
      unRealizedProfit: text(account.profit(market)),
      notional: text(notional),
      marginAsset: market.specification.quote,
    },
    ...{ isolatedMargin: "0", isolatedWallet: "0", initialMargin: text(notional.abs().div(leverage)) },
    ...{ maintMargin: "0", positionInitialMargin: text(notional.abs().div(leverage)) },
    ...{ openOrderInitialMargin: "0", adl: 0, bidNotional: "0", askNotional: "0", updateTime: time },
  };
}

export function futuresAccountPayload(exchange: Exchange): unknown {
  const assets = exchange.holdings("linear").map(({ asset, total, locked }) => ({
    ...{ asset, walletBalance: text(total), unrealizedProfit: "0", marginBalance: text(total) },
    ...{
      maintMargin: "0",
      initialMargin: text(locked),
      positionInitialMargin: "0",
      openOrderInitialMargin: "0",
    },
    ...{ crossWalletBalance: text(total), crossUnPnl: "0", availableBalance: text(total.minus(locked)) },
    ...{ maxWithdrawAmount: text(total.minus(locked)), updateTime: exchange.now },
  }));
  return { totalInitialMargin: "0", totalMaintMargin: "0", assets, positions: [] };
}

/** The report of an order in the book, or of a trade of it. */
export function orderTradeUpdate(
  order: ExchangeOrder,
  happening: OrderHappening | "trade",
  time: number,
  trade?: AccountTrade,
): unknown {
  const type = order.price === null ? "MARKET" : "LIMIT";
  return {
    ...{ e: "ORDER_TRADE_UPDATE", E: time, T: order.updatedAt },
    o: {
      ...{ s: order.market.id, c: bookClientId(order), S: sideWord(order), o: type, f: forceWord(order) },
      ...{ q: text(order.quantity), p: text(order.price), ap: averageOf(order), sp: "0" },
      ...{ x: executionWord(happening, "linear"), X: statusWord(order), i: bookNumber(order) },
      ...{ l: text(trade?.quantity), z: text(order.filled), L: text(trade?.price) },
      ...{ N: trade?.feeAsset ?? null, n: text(trade?.fee), T: order.updatedAt, t: Number(trade?.id ?? 0) },
      ...{
        b: "0",
        a: "0",
        m: trade?.isMaker ?? false,
        R: order.isReduceOnly,
        wt: "CONTRACT_PRICE",
        ot: type,
      },
      ...{
        ps: "BOTH",
        cp: false,
        rp: text(trade?.profit),
        pP: false,
        si: 0,
        ss: 0,
        V: "NONE",
        pm: "NONE",
        gtd: 0,
      },
    },
  };
}

/** The report of a conditional order. */
export function algoUpdate(order: ExchangeOrder, time: number): unknown {
  return {
    ...{ e: "ALGO_UPDATE", T: order.updatedAt, E: time },
    o: {
      ...{
        caid: order.clientId,
        aid: order.number,
        at: "CONDITIONAL",
        o: order.typeName,
        s: order.market.id,
      },
      ...{
        S: sideWord(order),
        ps: "BOTH",
        f: forceWord(order),
        q: text(order.quantity),
        X: algoStatus(order),
      },
      ...(isInBook(order)
        ? { ai: String(bookNumber(order)), ap: averageOf(order), aq: text(order.filled), act: "MARKET" }
        : { ai: "" }),
      ...{
        tp: text(order.trigger?.price),
        p: text(order.price),
        V: "NONE",
        wt: "CONTRACT_PRICE",
        pm: "NONE",
      },
      ...{ cp: false, pP: false, R: order.isReduceOnly, tt: order.triggeredAt ?? 0, gtd: 0 },
    },
  };
}

export function accountUpdate(exchange: Exchange): unknown {
  const { now, account } = exchange;
  const balances = exchange.holdings("linear").map(({ asset, total }) => ({
    ...{ a: asset, wb: text(total), cw: text(total), bc: "0" },
  }));
  const positions = exchange.markets
    .filter(({ kind }) => kind === "linear")
    .map((market) => {
      const { quantity, entryPrice } = account.position(market);
      return {
        ...{ s: market.id, pa: text(quantity), ep: text(entryPrice), bep: text(entryPrice), cr: "0" },
        ...{ up: text(account.profit(market)), mt: "cross", iw: "0", ps: "BOTH" },
      };
    });
  return { e: "ACCOUNT_UPDATE", E: now, T: now, a: { m: "ORDER", B: balances, P: positions } };
}

const averageOf = ({ cost, filled }: ExchangeOrder): string =>
  filled.isZero() ? "0" : cost.div(filled).toFixed(8);

function algoStatus({ status, triggeredAt }: ExchangeOrder): string {
  if (triggeredAt === null)
    return status === "waiting" ? "NEW" : status === "cancelled" ? "CANCELED" : "EXPIRED";
  return status === "open" ? "TRIGGERED" : "FINISHED";
}
