import { BitFeverError, textOfError, type Broker, type FeedEvent } from "@bitfever/runtime";
import { utcNow } from "../clock.js";
import { peer } from "../peers.js";
import { candleFeed, type CandleFeedOptions } from "./candle-feed.js";
import { CcxtBroker } from "./ccxt-broker.js";
import { failureOf } from "./failure.js";
import { marketsOf, rulesOf, type TradingRules } from "./markets.js";
import { steadyClient, type ClientClass } from "./steady-client.js";
import { tradeFeed, type TradeFeedOptions } from "./trade-feed.js";
import type { VenueClient, VenueMarket } from "./venue-client.js";
import { ccxtVenues } from "./venues/index.js";
import type { VenueDefinition } from "./venues/venue-definition.js";

export type CcxtVenueName = "binance spot" | "binance futures" | "bybit spot" | "bybit linear";

export interface CcxtVenueOptions {
  readonly venue: CcxtVenueName;
  /** Left out, only what anybody may ask can be asked. */
  readonly apiKey?: string;
  readonly secret?: string;
  /** On spot of a venue that does not say so itself: the coin in which the account pays its fees, as in MNT. */
  readonly feeCoin?: string;
  /** The address of a venue server that talks as the venue does, instead of the venue. */
  readonly url?: string;
  /** How often the venue is asked beside what its streams say, in milliseconds; 15 seconds when left out. */
  readonly pollMs?: number;
  /** How long after news of an order its trades are asked for, where none have come, in milliseconds; 250 when left out. */
  readonly settleMs?: number;
  /** How long an answer is waited for, in milliseconds; ten seconds when left out. */
  readonly timeoutMs?: number;
  /** How long a request is good, in milliseconds: one that comes later is refused. Five seconds when left out. */
  readonly requestMs?: number;
}

/** What a trade costs, as shares of its worth. */
export interface VenueFees {
  readonly maker: number;
  readonly taker: number;
}

export interface CcxtVenue {
  readonly broker: Broker;
  /** By the name that the venue has for it, such as BTCUSDT. */
  readonly rules: (symbol: string) => TradingRules;
  readonly fees: (symbol: string) => Promise<VenueFees>;
  /** Closed bars, until it is returned from; it throws BF5305 for an interval that the venue does not make. */
  readonly candles: (options: CandleFeedOptions) => AsyncGenerator<FeedEvent, void, void>;
  /** The same, made of the trades of the market. */
  readonly trades: (options: TradeFeedOptions) => AsyncGenerator<FeedEvent, void, void>;
  /** Whether nothing that the broker was asked for is on its way. */
  readonly isIdle: () => boolean;
}

/**
 * A venue over the client library ccxt, with its markets as it tells them.
 *
 * @throws BitFeverError BF5300 without the package ccxt, BF5314 for a venue that was not tried, BF5302 where the venue cannot be asked for its markets
 * @example
 * ```ts
 * const { broker, rules } = await ccxtVenue({ venue: "binance futures", apiKey, secret });
 * const { instrument } = rules("BTCUSDT");
 * ```
 */
export async function ccxtVenue(options: CcxtVenueOptions): Promise<CcxtVenue> {
  const definition: VenueDefinition | undefined = ccxtVenues.find(({ name }) => name === options.venue);
  if (definition === undefined)
    throw new BitFeverError("BF5314", `nobody has tried to trade at ${options.venue} over ccxt`, {
      hint: `orders go to ${ccxtVenues.map(({ name }) => name).join(", ")}: of others it is not known what becomes of an order that nobody answers to`,
    });
  const { pollMs = 15_000, settleMs = 250, requestMs = 5_000, feeCoin } = options;
  const client = await clientOf(definition, options, requestMs);
  await loadMarkets(definition, client);
  const markets = new Map(
    marketsOf(client, definition.kind === "spot" ? "spot" : "swap").map((each) => [each.id, each]),
  );
  const marketOf = (symbol: string): VenueMarket | undefined => markets.get(symbol);
  const market = (symbol: string): VenueMarket => {
    const found = marketOf(symbol);
    if (found !== undefined) return found;
    throw new BitFeverError("BF5304", `${definition.name} has no market ${symbol}`, {
      hint: "write it as the venue does, such as BTCUSDT",
    });
  };
  // Trades have the time of the venue.
  const venueNow = (): number => utcNow() - Number(client.options["timeDifference"] ?? 0);
  const broker = new CcxtBroker({
    ...{ definition, client, marketOf, feeCoin, now: utcNow },
    ...{ pollMs, settleMs, requestMs },
  });
  return {
    broker,
    isIdle: () => broker.isIdle,
    candles: (wanted) => candleFeed({ client, market: market(wanted.symbol), now: utcNow }, wanted),
    trades: (wanted) => tradeFeed({ client, market: market(wanted.symbol), now: venueNow }, wanted),
    rules: (symbol) => rulesOf(market(symbol)),
    fees: async (symbol) => {
      const { maker, taker } = await client.fetchTradingFee(market(symbol).symbol);
      return { maker: Number(maker), taker: Number(taker) };
    },
  };
}

async function clientOf(
  definition: VenueDefinition,
  { apiKey, secret, url, timeoutMs = 10_000 }: CcxtVenueOptions,
  requestMs: number,
): Promise<VenueClient> {
  const { pro } = await peer("ccxt", definition.name, () => import("ccxt"));
  const Class = (pro as unknown as Readonly<Record<string, ClientClass>>)[definition.exchangeClass];
  return steadyClient(Class, {
    ...{ apiKey, secret, timeout: timeoutMs },
    ...(url !== undefined && { urls: definition.urls(url), enableRateLimit: false }),
    options: {
      recvWindow: requestMs,
      ...{ adjustForTimeDifference: true, warnOnFetchOpenOrdersWithoutSymbol: false },
      ...definition.options,
    },
  });
}

async function loadMarkets({ name }: VenueDefinition, client: VenueClient): Promise<void> {
  try {
    await client.loadTimeDifference();
    await client.loadMarkets();
  } catch (cause) {
    throw new BitFeverError("BF5302", `${name} does not say what it trades: ${textOfError(cause)}`, {
      cause,
      hint:
        failureOf(cause, { unsureCodes: [] }) === "unsure"
          ? "check the connection, and whether the venue is open"
          : "check the keys and what they may do",
    });
  }
}
