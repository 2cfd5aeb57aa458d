import type { VenueClient, VenueMarket } from "./venue-client.js";

export interface FeedSurroundings {
  readonly client: VenueClient;
  readonly market: VenueMarket;
  readonly now: () => number;
}

/** How long after a stream has broken it is asked for again. */
export const pauseMs = 500;
