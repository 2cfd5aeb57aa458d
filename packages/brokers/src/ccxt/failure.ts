import type { VenueDefinition } from "./venues/venue-definition.js";

/**
 * What came of a request that failed: `refused`, it was not done and will not be; `not_now`, it was not done and may be asked
 * again; `unsure`, it may have been done.
 */
export type Failure = "refused" | "not_now" | "unsure";

/** Refused without a look at what was asked: too many requests, a clock that is off, a venue that is closed for now. */
const notNow = ["RateLimitExceeded", "DDoSProtection", "InvalidNonce"];
/** Whatever else the network does, and what a venue says when it has lost sight of a request. */
const unsure = [
  ...["NetworkError", "RequestTimeout", "ExchangeNotAvailable", "OnMaintenance", "OperationFailed"],
  ...["BadResponse", "NullResponse", "ExchangeClosedByUser"],
];

/** How sure it is that nothing was done: in doubt, an order may live. */
export function failureOf(error: unknown, { unsureCodes }: Pick<VenueDefinition, "unsureCodes">): Failure {
  if (!(error instanceof Error)) return "unsure";
  const { name, message } = error;
  const code = venueCode(message);
  if (code !== null && unsureCodes.includes(code)) return "unsure";
  if (notNow.includes(name)) return "not_now";
  if (unsure.includes(name)) return "unsure";
  // An answer without a number of the venue is that of a gateway in front of it.
  const isKnown = code !== null || !["ExchangeError", "Error", "TypeError"].includes(name);
  return isKnown ? "refused" : "unsure";
}

/** The number that a venue gives a refusal. */
export function venueCode(message: string): number | null {
  const found = /"(?:code|retCode)":\s*"?(-?\d+)/.exec(message)?.[1];
  return found === undefined ? null : Number(found);
}

export const isNotFound = (error: unknown): boolean =>
  error instanceof Error && ["OrderNotFound", "OrderNotCached"].includes(error.name);

/** Other orders bind the coins that it would sell, or there are too few. */
export const isBound = (error: unknown): boolean =>
  error instanceof Error && error.name === "InsufficientFunds";
