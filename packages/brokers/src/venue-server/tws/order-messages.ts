import { Decimal } from "decimal.js";
import { zonedText } from "../../interactive-brokers/tws-time.js";
import { leftOf, type ExchangeOrder } from "../exchange/exchange-order.js";
import type { TwsField, TwsMessage } from "./tws-frames.js";
import type { TwsContract } from "./tws-contract.js";
import type { TwsCosts, TwsExecution, TwsOrder } from "./tws-orders.js";

/** A number that is not known. */
const unset = "1.7976931348623157E308";

/** So many fields that say nothing. */
const blank = (count: number): TwsField[] => Array<TwsField>(count).fill(null);

export const contractFields = ({
  contractId,
  symbol,
  currency,
  primaryExchange,
}: TwsContract): TwsMessage => [
  ...[contractId, symbol, "STK", "", 0, "?", "", "SMART", currency, symbol, primaryExchange],
];

/** Side, quantity, type, prices, and how long, up to the account. */
const termsOf = (order: TwsOrder, account: string, quantity: string): TwsMessage => {
  const { said } = order;
  const { action, orderType, limitPrice, auxPrice, timeInForce, ocaGroup } = said;
  return [
    action,
    quantity,
    orderType,
    limitPrice || "0.0",
    auxPrice || "0.0",
    timeInForce,
    ocaGroup,
    account,
  ];
};

/** An order that works, or what one would cost. */
export function openOrderMessage(
  order: TwsOrder,
  account: string,
  status: string,
  costs: TwsCosts | null = null,
): TwsMessage {
  const { clientId, orderId, permId, contract, said } = order;
  const isSure = costs?.least.eq(costs.most) === true;
  return [
    ...[5, orderId, ...contractFields(contract)],
    ...termsOf(order, account, said.quantity),
    // Open or close, origin.
    ...[null, 0, said.orderRef, clientId, permId, said.outsideRegularHours, 0, 0, null],
    // Shares of accounts, groups, model, date, rule, offset, firm.
    ...blank(9),
    // Short sale and auction; prices of boxes and ranges; display size.
    ...[0, null, -1, 0, ...blank(5), null],
    // Block, sweep, all or none, minimum, group type, electronic, firm, cap; parent and trigger.
    ...[0, 0, 0, null, 3, 0, 0, null, 0, 0],
    // Volatility.
    ...[null, 0, "None", null],
    ...deltaNeutral,
    ...[0, 0],
    // Trail, basis points, legs, scale, hedge.
    ...[null, null, null, null, null, 0, 0, 0, null, null, null, null],
    // Routing, clearing, not held, delta-neutral contract, algorithm, solicited.
    ...[0, null, "IB", 0, 0, null, 0],
    ...[costs !== null, status, ...Array<string>(9).fill(unset)],
    ...(costs === null
      ? [unset, unset, unset, null, null]
      : [isSure ? costs.least : unset, isSure ? unset : costs.least, isSure ? unset : costs.most]),
    ...(costs === null ? [] : [costs.currency, null]),
    // Randomised size and price; conditions; what it may be adjusted to.
    ...[0, 0, 0, "None", null, null, null, null, null, null, 0],
    // Soft dollars, cash, hedge prices, containers, management.
    ...[null, null, null, null, 0, 0, 0, 0],
    // Duration, crossing, parents, offsets, customers, accrued interest, night.
    ...[null, null, 0, ...blank(5), null, 0, null, 0],
    ...[null, null],
  ];
}

/** Where an order of delta-neutral kind is named, more is said of it. */
const deltaNeutral: TwsMessage = [0, null, null, null, null, 0, 0, null];

/** An order that is over: it says no id of a client, and how much has filled instead of how much was asked for. */
export function completedOrderMessage(
  order: TwsOrder,
  there: ExchangeOrder,
  account: string,
  zone: string,
): TwsMessage {
  const { contract, permId, said } = order;
  const { filled, status, updatedAt } = there;
  const isFilled = status === "filled";
  return [
    ...[101, ...contractFields(contract)],
    ...termsOf(order, account, "0"),
    ...[null, 0, said.orderRef, permId, said.outsideRegularHours, 0, 0, null],
    // Groups, model, date, rule, offset, firm.
    ...blank(8),
    ...[0, null, -1, ...blank(5), null],
    // Sweep, all or none, minimum, group type, trigger.
    ...[0, 0, null, 3, 0],
    ...[null, 0, "None", null],
    // Of a delta-neutral order, less than of one that works.
    ...[0, 0, 0, null],
    ...[0, 0],
    ...[null, null, null, 0, 0, 0, null, null, null, null],
    ...[null, "IB", 0, 0, null, 0],
    isFilled ? "Filled" : "Cancelled",
    ...[0, 0, 0, null, null, null, 0, 0],
    // When it is taken back by itself; filled; reference, parents, holder, imbalance, routing.
    ...[null, filled, 0, 0, null, 0, 0, 0],
    zonedText(updatedAt, zone),
    isFilled ? `Filled Size: ${filled.toFixed()}` : "Cancelled by Trader",
    ...[...blank(5), null, 0],
  ];
}

export function orderStatusMessage(order: TwsOrder, there: ExchangeOrder | null, status: string): TwsMessage {
  const { orderId, permId, clientId, said } = order;
  const filled = there?.filled ?? 0;
  const left = there === null ? said.quantity : leftOf(there);
  const average = there === null || there.filled.isZero() ? 0 : there.cost.div(there.filled);
  return [...[3, orderId, status, filled, left, average, permId, 0, average, clientId, null, 0]];
}

/** @param id  of the request that it answers; -1 where nobody has asked */
export function executionMessage(
  id: number,
  { execId, order, trade }: TwsExecution,
  account: string,
  zone: string,
): TwsMessage {
  const { orderId, contract, permId, clientId, said } = order;
  const { filled, cost, side } = trade.order;
  return [
    ...[11, id, orderId, ...contractFields(contract), execId, zonedText(trade.time, zone), account],
    ...[contract.primaryExchange, side === "buy" ? "BOT" : "SLD", trade.quantity, trade.price],
    ...[permId, clientId, 0, filled, cost.div(filled), said.orderRef, null, null, null],
    ...[trade.isMaker ? 1 : 2, 0],
  ];
}

export const commissionMessage = ({ execId, trade }: TwsExecution): TwsMessage => {
  const isClosing = !new Decimal(trade.profit).isZero();
  return [59, 1, execId, trade.fee, trade.feeAsset, isClosing ? trade.profit : unset, unset, 0];
};
