import { Backfill, type ClosedCandlesOptions } from "@bitfever/runtime";
import type { VenueClient, VenueMarket } from "./venue-client.js";

export interface FeedSurroundings {
  readonly client: VenueClient;
  readonly market: VenueMarket;
  readonly now: () => number;
}

/** How often the clock is told while nothing comes, and how long after a stream has broken it is asked for again. */
export const [beatMs, pauseMs] = [250, 500];

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const backfillOf = (timing: ClosedCandlesOptions["timing"]): Backfill =>
  new Backfill({
    ...{ timing, leavesOutEmpty: true, mostAttempts: 5, timeoutMs: 10_000 },
    delayMs: (attempt) => 500 * 2 ** attempt,
  });
