import type { VenueKind } from "./venue-kind.js";

/** The kinds of venues that come with BitFever; what they need of a client library is loaded once one is opened. */
export async function venueKinds(): Promise<readonly VenueKind[]> {
  const { ccxtVenueKinds } = await import("./ccxt-venues.js");
  const { alpacaVenueKind } = await import("./alpaca-venue.js");
  const { interactiveBrokersKind } = await import("./interactive-brokers-venue.js");
  return [...ccxtVenueKinds, alpacaVenueKind, interactiveBrokersKind];
}
