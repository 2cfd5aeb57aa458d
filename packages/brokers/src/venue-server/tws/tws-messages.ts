import type { Decimal } from "decimal.js";
import { utcText, zonedText } from "../../interactive-brokers/tws-time.js";
import type { ContractPosition } from "../exchange/account.js";
import type { ExchangeCandle } from "../exchange/candle-series.js";
import type { PublicTrade } from "../exchange/public-trade.js";
import { contractFields } from "./order-messages.js";
import type { TwsMessage } from "./tws-frames.js";
import { ruleOf, stepsOf, type TwsContract } from "./tws-contract.js";

/** @param id  of the request or the order; -1 for what is of neither */
export const errorMessage = (id: number, code: number, text: string): TwsMessage => [
  4,
  2,
  id,
  code,
  text,
  null,
];

export const accountsMessage = (account: string): TwsMessage => [15, 1, account];
export const nextIdMessage = (id: number): TwsMessage => [9, 1, id];
export const timeMessage = (time: number): TwsMessage => [49, 1, Math.floor(time / 1_000)];

/** What ends a list, by the number that its end has. */
export const endMessage = (number: 52 | 55 | 64, id: number): TwsMessage => [number, 1, id];
export const openOrdersEndMessage: TwsMessage = [53, 1];
export const positionsEndMessage: TwsMessage = [62, 1];
export const completedOrdersEndMessage: TwsMessage = [102];

export function contractMessage(id: number, contract: TwsContract, zone: string): TwsMessage {
  const { symbol, currency, contractId, tick, longName, primaryExchange, lot } = contract;
  const rule = ruleOf(contract);
  return [
    ...[10, id, symbol, "STK", "", "", 0, "", "SMART", currency, symbol, primaryExchange, primaryExchange],
    ...[contractId, tick, "", "LIT,LMT,MIT,MKT,STP,STPLMT", `SMART,${primaryExchange}`, 1, 0, longName],
    // Month, industry, category and the like; hours of trading.
    ...[primaryExchange, "", "", "", "", zone, "", "", "", 0],
    // Other ids, aggregation, underlying.
    ...[0, 1, "", "", `${rule},${rule}`, "", "COMMON", lot, lot, lot],
    // Reasons why it may not be traded.
    0,
  ];
}

export const marketRuleMessage = (ruleId: number, contract: TwsContract): TwsMessage => {
  const steps = stepsOf(contract);
  return [93, ruleId, steps.length, ...steps.flatMap(({ from, step }) => [from, step])];
};

export const positionMessage = (
  account: string,
  contract: TwsContract,
  { quantity, entryPrice }: ContractPosition,
): TwsMessage => [61, 3, account, ...contractFields(contract), quantity, entryPrice];

export const accountSummaryMessage = (
  id: number,
  account: string,
  tag: string,
  value: Decimal,
  currency: string,
): TwsMessage => [63, 1, id, account, tag, value, currency];

const barFields = ({ open, high, low, close, volume }: ExchangeCandle): TwsMessage => [
  ...[open, high, low, close, volume, close, 1],
];

/** @param isEpoch  whether times are seconds since 1970, or texts of a zone */
export const historyMessage = (
  id: number,
  candles: readonly ExchangeCandle[],
  { from, to, zone, isEpoch }: { from: number; to: number; zone: string; isEpoch: boolean },
): TwsMessage => [
  ...[17, id, utcText(from), utcText(to), candles.length],
  ...candles.flatMap((candle) => [stampOf(candle.time, zone, isEpoch), ...barFields(candle)]),
];

/** Not in the order in which a history says it. */
export const updateMessage = (
  id: number,
  { time, open, high, low, close, volume }: ExchangeCandle,
  zone: string,
  isEpoch: boolean,
): TwsMessage => [90, id, 1, stampOf(time, zone, isEpoch), open, close, high, low, close, volume];

export const tickMessage = (
  id: number,
  { price, quantity, time }: PublicTrade,
  exchange: string,
): TwsMessage => [99, id, 1, Math.floor(time / 1_000), price, quantity, 0, exchange, null];

const stampOf = (time: number, zone: string, isEpoch: boolean): string =>
  isEpoch ? String(time / 1_000) : zonedText(time, zone);
