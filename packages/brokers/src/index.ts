export { historyFeed } from "./history/feed.js";
export { alpacaVenue, type AlpacaVenue, type AlpacaVenueOptions } from "./alpaca/alpaca-venue.js";
export { alpacaVenueFacts } from "./alpaca/venue-facts.js";
export type { ShareFeed } from "./alpaca/addresses.js";
export type { ShareTradesOptions } from "./alpaca/trade-feed.js";
export { ccxtUrls } from "./venue-server/ccxt-urls.js";
export type { MarketKind, MarketSpecification } from "./venue-server/exchange/market.js";
export {
  startVenueServer,
  type DrivenMarket,
  type MinuteCandle,
  type ServedOrder,
  type VenueServer,
  type VenueServerExchange,
  type VenueServerOptions,
} from "./venue-server/start-venue-server.js";
export {
  startTwsServer,
  type ServedTws,
  type TwsServerOptions,
} from "./venue-server/tws/start-tws-server.js";
export type { TwsContract } from "./venue-server/tws/tws-contract.js";
export type {
  MessageMishap,
  MishapShares,
  RequestMishap,
  RequestName,
  ScriptedMishap,
} from "./venue-server/wire/mishap.js";
export {
  ccxtVenue,
  type CcxtVenue,
  type CcxtVenueName,
  type CcxtVenueOptions,
  type VenueFees,
} from "./ccxt/ccxt-venue.js";
export type { MarketType, TradingRules } from "./ccxt/markets.js";
export { ccxtCandles, type CcxtCandles, type CcxtCandlesOptions } from "./ccxt/ccxt-candles.js";
export { ccxtVenueFacts, type VenueFacts } from "./ccxt/venue-facts.js";
export type { TradeFeedOptions } from "./ccxt/trade-feed.js";
export type { CandleFeedOptions } from "./ccxt/candle-feed.js";
export {
  interactiveBrokersVenue,
  type ContractFees,
  type InteractiveBrokersOptions,
  type InteractiveBrokersVenue,
} from "./interactive-brokers/interactive-brokers-venue.js";
export { interactiveBrokersFacts } from "./interactive-brokers/venue-facts.js";
export type { ContractCandlesOptions } from "./interactive-brokers/candle-feed.js";
export type { ContractTerms } from "./interactive-brokers/traded-contract.js";
export type { ContractTradesOptions } from "./interactive-brokers/trade-feed.js";
