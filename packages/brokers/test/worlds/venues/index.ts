import { alpaca } from "./alpaca.js";
import { exchange } from "./exchange.js";
import { interactiveBrokers } from "./interactive-brokers.js";
import type { WorldVenue } from "./world-venue.js";

/** Every venue that can be traded at with money. */
export const worldVenues: readonly WorldVenue[] = [
  ...(["binance spot", "binance futures", "bybit spot", "bybit linear"] as const).map(exchange),
  ...[alpaca, interactiveBrokers],
];
