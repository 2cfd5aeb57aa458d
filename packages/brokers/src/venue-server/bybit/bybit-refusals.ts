import type { MarketKind } from "../exchange/market.js";
import { Refusal, type RefusalReason } from "../exchange/refusal.js";
import { gatewayPage, WireError, type WireAnswer } from "../wire/protocol.js";

type Said = readonly [code: number, text: string];

/** Of contracts. */
const common: Readonly<Record<RefusalReason, Said>> = {
  unknown_market: [10001, "params error: symbol invalid"],
  unknown_order: [110001, "order not exists or too late to cancel"],
  doubled_client_id: [110072, "OrderLinkedID is duplicate"],
  off_tick: [10001, "params error: Price invalid"],
  off_lot: [10001, "params error: Qty invalid"],
  too_small: [10001, "The number of contracts exceeds minimum limit allowed"],
  below_notional: [110094, "Order does not meet minimum order value"],
  no_funds: [110007, "ab not enough for new order"],
  would_take: [110079, "The order would take"],
  would_trigger: [110092, "expect Rising, but trigger_price <= current"],
  nothing_to_reduce: [110017, "current position is zero, cannot fix reduce-only order qty"],
  not_offered: [10001, "params error: orderType invalid"],
  incomplete: [10001, "params error"],
};

const ofSpot: Partial<Record<RefusalReason, Said>> = {
  unknown_market: [170121, "Invalid symbol."],
  unknown_order: [170213, "Order does not exist."],
  doubled_client_id: [170141, "Duplicate clientOrderId"],
  off_tick: [170134, "Order price has too many decimals."],
  off_lot: [170137, "Order quantity has too many decimals."],
  too_small: [170136, "Order quantity lower than the minimum."],
  below_notional: [170140, "Order value exceeded lower limit."],
  no_funds: [170131, "Insufficient balance."],
};

/** What this exchange says no to, it says with HTTP 200. */
export function bybitFailure(error: unknown, kind: MarketKind, time: number): WireAnswer {
  if (error instanceof WireError) return said(error.code, error.message, time);
  if (error instanceof Refusal) {
    const [code, text] = (kind === "spot" ? ofSpot[error.reason] : undefined) ?? common[error.reason];
    return said(code, text, time);
  }
  throw error;
}

export const said = (retCode: number, retMsg: string, time: number, result: unknown = {}): WireAnswer => ({
  status: 200,
  body: { retCode, retMsg, result, retExtInfo: {}, time },
});

/** What an HTTP status comes with: too many requests are told as any other refusal. */
export const bybitRefusal = (status: number, time: number): WireAnswer =>
  status === 429
    ? said(10006, "Too many visits. Exceeded the API Rate Limit.", time)
    : { status, body: gatewayPage(status) };
