import { binanceFutures } from "./binance-futures.js";
import { binanceSpot } from "./binance-spot.js";
import { bybitLinear } from "./bybit-linear.js";
import { bybitSpot } from "./bybit-spot.js";

/** The venues that are traded over ccxt. */
export const ccxtVenues = [binanceSpot, binanceFutures, bybitSpot, bybitLinear] as const;
