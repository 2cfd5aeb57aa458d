import { Decimal } from "decimal.js";
import type { ExchangeCandle } from "../exchange/candle-series.js";
import type { Exchange } from "../exchange/exchange.js";
import type { AccountTrade } from "../exchange/exchange-event.js";
import { leftOf, type ExchangeOrder } from "../exchange/exchange-order.js";
import type { Market } from "../exchange/market.js";
import type { PublicTrade } from "../exchange/public-trade.js";
import { assetIdOf, executionIdOf, orderIdOf, stampOf, typeAndForce } from "./alpaca-words.js";

const text = (amount: Decimal | null | undefined): string | null => amount?.toFixed() ?? null;

export interface AlpacaOrderPayload extends Readonly<Record<string, unknown>> {
  readonly status: string;
}

export function orderPayload(exchange: Exchange, order: ExchangeOrder): AlpacaOrderPayload {
  const { market, number, clientId, side, price, quantity, filled, cost, trigger } = order;
  const { createdAt, updatedAt, replacedBy } = order;
  const status = statusWord(order);
  const [type, force] = typeAndForce(order);
  const when = (isSo: boolean): string | null => (isSo ? stampOf(updatedAt) : null);
  const before = exchange.all().find((each) => each.replacedBy === number);
  return {
    ...{ id: orderIdOf(number), client_order_id: clientId, created_at: stampOf(createdAt) },
    ...{ updated_at: stampOf(updatedAt), submitted_at: stampOf(createdAt) },
    ...{ filled_at: when(status === "filled"), expired_at: null, canceled_at: when(status === "canceled") },
    ...{ failed_at: null, replaced_at: when(status === "replaced") },
    replaced_by: replacedBy === undefined ? null : orderIdOf(replacedBy),
    replaces: before === undefined ? null : orderIdOf(before.number),
    ...{ asset_id: assetIdOf(exchange.markets.indexOf(market)), symbol: market.id, asset_class: "us_equity" },
    ...{ notional: null, qty: quantity.toFixed(), filled_qty: filled.toFixed() },
    filled_avg_price: filled.isZero() ? null : cost.div(filled).toDecimalPlaces(6).toFixed(),
    ...{ order_class: "", order_type: type, type, side, time_in_force: force },
    ...{ limit_price: text(price), stop_price: text(trigger?.price), status, extended_hours: false },
    ...{ legs: null, trail_percent: null, trail_price: null, hwm: null, subtag: null, source: null },
  };
}

/** An order as it is answered: it has been taken, and nothing has become of it yet. */
export const takenPayload = (exchange: Exchange, order: ExchangeOrder): AlpacaOrderPayload => ({
  ...orderPayload(exchange, { ...order, status: "open", filled: new Decimal(0), cost: new Decimal(0) }),
  status: "pending_new",
});

function statusWord({ status, filled, replacedBy }: ExchangeOrder): string {
  switch (status) {
    case "waiting":
      return "new";
    case "open":
      return filled.isZero() ? "new" : "partially_filled";
    case "filled":
      return "filled";
    case "rejected":
      return "rejected";
    case "cancelled":
    case "expired":
      return replacedBy === undefined ? "canceled" : "replaced";
  }
}

/** What a trade of the account is called, in the list of its activities. */
const activityIdOf = ({ time }: AccountTrade, place: number): string =>
  `${new Date(time).toISOString().replace(/\D/g, "")}::${executionIdOf(place)}`;

/** @param place  of the trade among all of the account, from 1 on */
export function fillPayload(
  trade: AccountTrade,
  place: number,
): { readonly id: string } & Readonly<Record<string, unknown>> {
  const { order, price, quantity, time } = trade;
  const { side, filled, market, number } = order;
  const isAll = order.status === "filled";
  return {
    ...{ id: activityIdOf(trade, place), activity_type: "FILL", transaction_time: stampOf(time) },
    ...{ type: isAll ? "fill" : "partial_fill", price: price.toFixed(), qty: quantity.toFixed(), side },
    ...{ symbol: market.id, leaves_qty: leftOf(order).toFixed(), order_id: orderIdOf(number) },
    ...{ cum_qty: filled.toFixed(), order_status: isAll ? "filled" : "partially_filled" },
  };
}

export function accountPayload(exchange: Exchange): unknown {
  const [usd] = exchange.holdings("spot").filter(({ asset }) => asset === "USD");
  const cash = usd?.total ?? new Decimal(0);
  const free = cash.minus(usd?.locked ?? 0);
  const held = exchange.markets.reduce(
    (sum, { specification, last }) =>
      sum.plus(exchange.account.balance("spot", specification.base).times(last)),
    new Decimal(0),
  );
  const equity = cash.plus(held).toFixed();
  return {
    ...{ id: assetIdOf(999), account_number: "PA0000000000", status: "ACTIVE", crypto_status: "INACTIVE" },
    ...{ currency: "USD", buying_power: free.toFixed(), regt_buying_power: free.toFixed() },
    ...{ daytrading_buying_power: "0", non_marginable_buying_power: free.toFixed(), cash: cash.toFixed() },
    ...{ accrued_fees: "0", portfolio_value: equity, pattern_day_trader: false, trading_blocked: false },
    ...{ transfers_blocked: false, account_blocked: false, created_at: stampOf(0) },
    ...{ trade_suspended_by_user: false, multiplier: "1", shorting_enabled: true, equity },
    ...{ last_equity: equity, long_market_value: Decimal.max(held, 0).toFixed() },
    ...{ short_market_value: Decimal.min(held, 0).toFixed(), initial_margin: "0", maintenance_margin: "0" },
    ...{ last_maintenance_margin: "0", sma: "0", daytrade_count: 0, balance_asof: stampOf(0).slice(0, 10) },
  };
}

export function assetPayload(exchange: Exchange, market: Market): unknown {
  const { id, lot, specification } = market;
  return {
    ...{
      id: assetIdOf(exchange.markets.indexOf(market)),
      class: "us_equity",
      exchange: "NASDAQ",
      symbol: id,
    },
    ...{ name: `${specification.base} Common Stock`, status: "active", tradable: true, marginable: true },
    ...{ maintenance_margin_requirement: 30, margin_requirement_long: "30", margin_requirement_short: "30" },
    ...{ shortable: true, easy_to_borrow: true, fractionable: lot.lt(1), attributes: [] },
  };
}

export function positionPayload(exchange: Exchange, market: Market): unknown {
  const held = exchange.account.balance("spot", market.specification.base);
  const entry = entryPriceOf(exchange, market);
  const worth = held.times(market.last);
  const cost = held.times(entry);
  const [profit, last] = [worth.minus(cost), market.last.toFixed()];
  const bound = exchange
    .open("spot", market)
    .filter(({ side }) => (side === "sell") === held.gt(0))
    .reduce((sum, each) => sum.plus(leftOf(each)), new Decimal(0));
  return {
    ...{ asset_id: assetIdOf(exchange.markets.indexOf(market)), symbol: market.id, exchange: "NASDAQ" },
    ...{ asset_class: "us_equity", asset_marginable: true, qty: held.toFixed() },
    ...{ avg_entry_price: entry.toDecimalPlaces(6).toFixed(), side: held.gt(0) ? "long" : "short" },
    ...{ market_value: worth.toFixed(), cost_basis: cost.toDecimalPlaces(6).toFixed() },
    ...{ unrealized_pl: profit.toDecimalPlaces(6).toFixed(), unrealized_plpc: "0" },
    ...{ unrealized_intraday_pl: profit.toDecimalPlaces(6).toFixed(), unrealized_intraday_plpc: "0" },
    ...{ current_price: last, lastday_price: last, change_today: "0" },
    qty_available: held.minus(held.gt(0) ? bound : bound.neg()).toFixed(),
  };
}

/** The average of what was paid for what is held: what closes does not change it. */
function entryPriceOf(exchange: Exchange, market: Market): Decimal {
  let [held, entry] = [new Decimal(0), new Decimal(0)];
  for (const { order, price, quantity } of exchange.tradesOf("spot", market)) {
    const signed = order.side === "buy" ? quantity : quantity.neg();
    const after = held.plus(signed);
    if (held.isZero() || held.isPos() === signed.isPos())
      entry = held.times(entry).plus(signed.times(price)).div(after);
    held = after;
  }
  return entry;
}

export const tradePayload = (trade: PublicTrade): Readonly<Record<string, unknown>> => ({
  ...{ i: Number(trade.id), x: "V", p: trade.price.toNumber(), s: trade.quantity.toNumber() },
  ...{ c: ["@"], z: "C", t: new Date(trade.time) },
});

export const barPayload = (candle: ExchangeCandle): Readonly<Record<string, unknown>> => ({
  ...{ o: candle.open.toNumber(), h: candle.high.toNumber(), l: candle.low.toNumber() },
  ...{ c: candle.close.toNumber(), v: candle.volume.toNumber(), n: 1, vw: candle.close.toNumber() },
  t: new Date(candle.time),
});
