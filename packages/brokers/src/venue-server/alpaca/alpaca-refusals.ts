import { Refusal, type RefusalReason } from "../exchange/refusal.js";
import { gatewayPage, WireError, type WireAnswer } from "../wire/protocol.js";

type Said = readonly [status: number, code: number, text: string];

const notAsked = 42_210_000;

const said: Readonly<Record<RefusalReason, Said>> = {
  unknown_market: [422, notAsked, "asset not found"],
  unknown_order: [422, notAsked, "order is not open any more"],
  doubled_client_id: [422, 40_010_001, "client_order_id must be unique"],
  off_tick: [422, notAsked, "sub-penny increment does not fulfill minimum pricing criteria"],
  off_lot: [422, notAsked, "qty has too many decimals"],
  too_small: [422, notAsked, "qty must be > 0"],
  below_notional: [403, 40_310_000, "cost basis must be >= minimal amount of order 1"],
  no_funds: [403, 40_310_000, "insufficient buying power"],
  would_take: [422, notAsked, "the order would take"],
  would_trigger: [422, notAsked, "the order would trigger"],
  nothing_to_reduce: [422, notAsked, "there is nothing to reduce"],
  not_offered: [422, notAsked, "invalid order type"],
  incomplete: [422, notAsked, "the order says too little"],
};

export function alpacaFailure(error: unknown): WireAnswer {
  if (error instanceof WireError)
    return { status: error.status, body: { code: error.code, message: error.message } };
  if (!(error instanceof Refusal)) throw error;
  const [status, code, text] = said[error.reason];
  // What this server says of itself is more than the reason.
  const message = error.reason === "not_offered" || error.reason === "incomplete" ? error.message : text;
  return { status, body: { code, message } };
}

export const notFound = (what: string): WireError => new WireError(404, 40_410_000, `${what} not found`);

export const alpacaRefusal = (status: number): WireAnswer =>
  status === 429
    ? {
        ...{ status, body: { code: 42_910_000, message: "too many requests." } },
        headers: { "X-RateLimit-Limit": "200", "X-RateLimit-Remaining": "0", "Retry-After": "1" },
      }
    : { status, body: gatewayPage(status) };
