import { binanceFutures } from "./binance-futures.js";
import { binanceSpot } from "./binance-spot.js";
import { bybitLinear } from "./bybit-linear.js";

/** The venues that are traded over ccxt. */
export const ccxtVenues = [binanceSpot, binanceFutures, bybitLinear] as const;
