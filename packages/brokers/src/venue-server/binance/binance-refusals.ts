import type { MarketKind } from "../exchange/market.js";
import { Refusal, type RefusalReason } from "../exchange/refusal.js";
import { gatewayPage, WireError, type WireAnswer } from "../wire/protocol.js";

type Said = readonly [code: number, text: string];

/** What both parts of the exchange say in the same words. */
const common: Readonly<Record<RefusalReason, Said>> = {
  unknown_market: [-1121, "Invalid symbol."],
  unknown_order: [-2011, "Unknown order sent."],
  doubled_client_id: [-2010, "Duplicate order sent."],
  off_tick: [-1013, "Filter failure: PRICE_FILTER"],
  off_lot: [-1013, "Filter failure: LOT_SIZE"],
  too_small: [-1013, "Filter failure: LOT_SIZE"],
  below_notional: [-1013, "Filter failure: NOTIONAL"],
  no_funds: [-2010, "Account has insufficient balance for requested action."],
  would_take: [-2010, "Order would immediately match and take."],
  would_trigger: [-2010, "Stop price would trigger immediately."],
  nothing_to_reduce: [-2022, "ReduceOnly Order is rejected."],
  not_offered: [-1116, "Invalid orderType."],
  incomplete: [-1102, "Mandatory parameter was not sent, was empty/null, or malformed."],
};

const ofFutures: Partial<Record<RefusalReason, Said>> = {
  doubled_client_id: [-4116, "ClientOrderId is duplicated."],
  off_tick: [-4014, "Price not increased by tick size."],
  off_lot: [-1111, "Precision is over the maximum defined for this asset."],
  too_small: [-4003, "Quantity less than or equal to zero."],
  below_notional: [-4164, "Order's notional must be no smaller than 5 (unless you choose reduce only)."],
  no_funds: [-2019, "Margin is insufficient."],
  would_take: [
    -5022,
    "Due to the order could not be executed as maker, the Post Only order will be rejected.",
  ],
  would_trigger: [-2021, "Order would immediately trigger."],
};

export const refusalCode = (reason: RefusalReason, kind: MarketKind): Said =>
  (kind === "linear" ? ofFutures[reason] : undefined) ?? common[reason];

/** The answer to what went wrong. */
export function binanceFailure(error: unknown, kind: MarketKind): WireAnswer {
  if (error instanceof WireError)
    return { status: error.status, body: { code: error.code, msg: error.message } };
  if (error instanceof Refusal) {
    const [code, msg] = refusalCode(error.reason, kind);
    return { status: 400, body: { code, msg } };
  }
  throw error;
}

export const orderNotFound: WireAnswer = {
  status: 400,
  body: { code: -2013, msg: "Order does not exist." },
};

/** What an HTTP status comes with. */
export function binanceRefusal(status: number): WireAnswer {
  const said: Partial<Record<number, Said>> = {
    418: [-1003, "Way too much request weight used; IP banned."],
    429: [-1003, "Too much request weight used; please use the websocket for live updates."],
    503: [-1008, "Server is currently overloaded with other requests. Please try again in a few minutes."],
    504: [
      -1007,
      "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
    ],
  };
  const found = said[status];
  const headers = { "Retry-After": "1" };
  return {
    status,
    body: found === undefined ? gatewayPage(status) : { code: found[0], msg: found[1] },
    headers,
  };
}
