import { BitFeverError, nearest, textOfError, type FeedEvent } from "@bitfever/runtime";
import { utcNow } from "../clock.js";
import { peer } from "../peers.js";
import { ccxtUrls } from "../venue-server/ccxt-urls.js";
import { candleFeed, type CandleFeedOptions } from "./candle-feed.js";
import { marketsOf, rulesOf, type MarketType, type TradingRules } from "./markets.js";
import { steadyClient, type ClientClass } from "./steady-client.js";
import type { VenueClient, VenueMarket } from "./venue-client.js";

export interface CcxtCandlesOptions {
  /** As ccxt calls it, such as `kraken`. */
  readonly exchange: string;
  /** Left out, spot, or contracts where the exchange has nothing else. */
  readonly type?: MarketType;
  /** The address of a venue server that talks as the exchange does, instead of the exchange. */
  readonly url?: string;
  /** How long an answer is waited for, in milliseconds; ten seconds when left out. */
  readonly timeoutMs?: number;
}

/** What anybody may ask an exchange for: bars, and the rules of its markets. */
export interface CcxtCandles {
  /** By the name that the exchange has for it, such as XXBTZUSD, or that of ccxt, such as BTC/USD. */
  readonly rules: (symbol: string) => TradingRules;
  /** Closed bars, until it is returned from; it throws BF5305 for an interval that the exchange does not make. */
  readonly candles: (options: CandleFeedOptions) => AsyncGenerator<FeedEvent, void, void>;
  readonly close: () => Promise<void>;
}

type Classes = Readonly<Record<string, ClientClass | undefined>>;

/**
 * Bars of any exchange of the client library ccxt that makes candles. Nothing is traded there, and no keys are needed.
 *
 * @throws BitFeverError BF5300 without the package ccxt, BF5302 where the exchange cannot be asked for its markets, BF5315 for an
 *   exchange that ccxt does not have, BF5316 for one without candles, BF5317 for the address of a server where none talks as it does
 * @example
 * ```ts
 * const { candles, rules, close } = await ccxtCandles({ exchange: "kraken" });
 * for await (const event of candles({ symbol: "BTC/USD", intervalMs: 60_000, timing })) use(event);
 * ```
 */
export async function ccxtCandles(options: CcxtCandlesOptions): Promise<CcxtCandles> {
  const client = await clientOf(options);
  try {
    await client.loadMarkets();
  } catch (cause) {
    await client.close();
    throw new BitFeverError(
      "BF5302",
      `${options.exchange} does not say what it trades: ${textOfError(cause)}`,
      { cause, hint: "check the connection, and whether the exchange answers from where you are" },
    );
  }
  const market = marketFinder(client, options);
  return {
    rules: (symbol) => rulesOf(market(symbol)),
    candles: (wanted) => candleFeed({ client, market: market(wanted.symbol), now: utcNow }, wanted),
    close: async () => {
      await client.close();
    },
  };
}

async function clientOf({ exchange, url, timeoutMs = 10_000 }: CcxtCandlesOptions): Promise<VenueClient> {
  const { default: ccxt, pro } = await peer("ccxt", `the feed of ${exchange}`, () => import("ccxt"));
  const { exchanges } = ccxt as unknown as { readonly exchanges: readonly string[] };
  if (!exchanges.includes(exchange)) {
    const meant = nearest(exchange, exchanges);
    const near = exchanges.filter((each) => each !== meant && each.startsWith(exchange.slice(0, 3)));
    const names = [...(meant === undefined ? [] : [meant]), ...near].join(", ");
    throw new BitFeverError("BF5315", `ccxt has no exchange \`${exchange}\``, {
      hint: names === "" ? `it has ${exchanges.join(", ")}` : `did you mean ${names}?`,
    });
  }
  // Those with streams have a class of their own for them.
  const Class = ((pro as unknown as Classes)[exchange] ??
    (ccxt as unknown as Classes)[exchange]) as ClientClass;
  const client = steadyClient(Class, {
    timeout: timeoutMs,
    ...(url !== undefined && { urls: urlsOf(exchange, url), enableRateLimit: false }),
  });
  if (!client.has["fetchOHLCV"])
    throw new BitFeverError("BF5316", `${exchange} makes no candles`, {
      hint: "take the bars of another exchange: most have the same coins",
    });
  return client;
}

/** Servers of ours talk as Binance and as Bybit. */
function urlsOf(exchange: string, url: string): ReturnType<typeof ccxtUrls> {
  for (const family of ["binance", "bybit"] as const)
    if (exchange.startsWith(family)) return ccxtUrls(family, url);
  throw new BitFeverError("BF5317", `no venue server talks as ${exchange} does`, {
    hint: "leave `url` out: the exchange itself is asked",
  });
}

function marketFinder(
  client: VenueClient,
  { exchange, type: given }: CcxtCandlesOptions,
): (symbol: string) => VenueMarket {
  const spot = given === "swap" ? [] : marketsOf(client, "spot");
  const isSpot = given === "spot" || spot.length > 0;
  const markets = isSpot ? spot : marketsOf(client, "swap");
  return (symbol) => {
    const found = markets.find(({ id }) => id === symbol) ?? markets.find((each) => each.symbol === symbol);
    if (found !== undefined) return found;
    const names = markets.flatMap((each) => [each.id, each.symbol]);
    const meant = nearest(symbol, names);
    throw new BitFeverError(
      "BF5304",
      `${exchange} has no market ${symbol} ${isSpot ? "on spot" : "among its contracts"}`,
      {
        hint:
          meant === undefined
            ? `write it as the exchange or ccxt does, such as ${names.slice(0, 2).join(" or ")}`
            : `did you mean ${meant}?`,
      },
    );
  };
}
