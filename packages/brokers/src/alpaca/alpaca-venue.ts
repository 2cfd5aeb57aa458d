import { BitFeverError, Instrument, type Broker, type FeedEvent, type FeedTrade } from "@bitfever/runtime";
import { utcNow } from "../clock.js";
import { peer } from "../peers.js";
import type { CandleFeedOptions } from "../ccxt/candle-feed.js";
import type { VenueFees } from "../ccxt/ccxt-venue.js";
import type { TradingRules } from "../ccxt/markets.js";
import { AccountStream } from "./account-stream.js";
import { addressesOf, type ShareFeed } from "./addresses.js";
import { AlpacaBroker } from "./alpaca-broker.js";
import { AlpacaRest } from "./alpaca-rest.js";
import { candleFeed } from "./candle-feed.js";
import { failureOf, textOfError } from "./failure.js";
import type { SocketOptions } from "./live-socket.js";
import { MarketStream } from "./market-stream.js";
import type { AlpacaAsset } from "./payloads.js";
import { tradeFeed, type ShareTradesOptions } from "./trade-feed.js";

export interface AlpacaVenueOptions {
  readonly keyId: string;
  readonly secret: string;
  /** Whether it is the paper account; left out, it is. Keys are of one or the other. */
  readonly paper?: boolean;
  /** Whose trades the market data are of: `iex`, which is free, when left out, or `sip`, to which the account has to subscribe. */
  readonly feed?: ShareFeed;
  /** Whether parts of a share are traded: such an order is good for the day, and no longer. Left out, whole shares are. */
  readonly fractions?: boolean;
  /** The address of a venue server that talks as Alpaca does, instead of it. */
  readonly url?: string;
  /** How often the venue is asked beside what its stream says, in milliseconds; 15 seconds when left out. */
  readonly pollMs?: number;
  /** How long after news of an order the venue is asked what it may have missed, in milliseconds; 250 when left out. */
  readonly settleMs?: number;
  /** How long an answer is waited for, in milliseconds; ten seconds when left out. */
  readonly timeoutMs?: number;
  /** Behind so long a request that nobody answered is taken to do nothing any more, in milliseconds; 30 seconds when left out. */
  readonly lostAfterMs?: number;
}

export interface AlpacaVenue {
  readonly broker: Broker;
  /** By the name that the venue has for it, such as AAPL; it throws BF5304 for what cannot be traded. */
  readonly rules: (symbol: string) => TradingRules;
  /** None: Alpaca takes no commission on shares. What regulators take of a sale is not among them. */
  readonly fees: (symbol: string) => Promise<VenueFees>;
  /** Closed bars of whole minutes, until it is returned from; it throws BF5305 for another length. */
  readonly candles: (options: CandleFeedOptions) => AsyncGenerator<FeedEvent, void, void>;
  /** The trades of everybody, each once, until it is returned from. */
  readonly trades: (options: ShareTradesOptions) => AsyncGenerator<FeedTrade, void, void>;
  /** Whether nothing that the broker was asked for is on its way. */
  readonly isIdle: () => boolean;
}

/** Orders are priced in cents, also of shares below a dollar, where hundredths of one would be taken. */
const tick = 0.01;
const [wholeShare, partOfShare] = [1, 1e-9];
const moneyDecimals = 8;

/**
 * Shares at Alpaca, over HTTP and WebSockets.
 *
 * @throws BitFeverError BF5300 without the package ws, BF5302 where the venue does not say what it trades
 * @example
 * ```ts
 * const { broker, rules } = await alpacaVenue({ keyId, secret });
 * const { instrument } = rules("AAPL");
 * ```
 */
export async function alpacaVenue(options: AlpacaVenueOptions): Promise<AlpacaVenue> {
  const { keyId, secret, paper = true, feed = "iex", fractions = false, url } = options;
  const { pollMs = 15_000, settleMs = 250, timeoutMs = 10_000, lostAfterMs = 30_000 } = options;
  const sockets = await peer("ws", "trading at alpaca", () => import("ws"));
  const addresses = addressesOf(paper, feed, url);
  const rest = new AlpacaRest({ addresses, keyId, secret, feed, timeoutMs });
  const socketAt = (url: string): SocketOptions => ({ sockets, url, beatMs: timeoutMs });
  const { assets, aheadMs } = await asked(rest);
  const assetOf = (symbol: string): AlpacaAsset => {
    const found = assets.get(symbol);
    if (found?.tradable === true) return found;
    throw new BitFeverError("BF5304", `alpaca has no share ${symbol}`, {
      hint: "write it as the venue does, such as AAPL; coins are not traded here",
    });
  };
  const broker = new AlpacaBroker({
    ...{ rest, now: utcNow, pollMs, settleMs, lostAfterMs },
    isTraded: (symbol) => assets.get(symbol)?.tradable === true,
    streamOf: (news) => new AccountStream(socketAt(addresses.accountStream), { keyId, secret }, news),
  });
  const stream = new MarketStream(socketAt(addresses.marketStream), { keyId, secret });
  const surroundings = { rest, stream, now: () => utcNow() + aheadMs };
  return {
    broker,
    isIdle: () => broker.isIdle,
    rules: (symbol) => rulesOf(assetOf(symbol), fractions),
    fees: (symbol) => {
      assetOf(symbol);
      return Promise.resolve({ maker: 0, taker: 0 });
    },
    candles: (wanted) => {
      assetOf(wanted.symbol);
      return candleFeed(surroundings, wanted);
    },
    trades: (wanted) => {
      assetOf(wanted.symbol);
      return tradeFeed(surroundings, wanted);
    },
  };
}

/** What there is to trade, and how far the clock of the venue is ahead. */
async function asked(
  rest: AlpacaRest,
): Promise<{ readonly assets: ReadonlyMap<string, AlpacaAsset>; readonly aheadMs: number }> {
  try {
    const before = utcNow();
    const time = await rest.time();
    const aheadMs = time - (before + utcNow()) / 2;
    const assets = await rest.assets();
    return { assets: new Map(assets.map((each) => [each.symbol, each])), aheadMs };
  } catch (cause) {
    throw new BitFeverError("BF5302", `alpaca does not say what it trades: ${textOfError(cause)}`, {
      cause,
      hint:
        failureOf(cause) === "unsure"
          ? "check the connection, and whether the venue is open"
          : "check the keys, and whether they are those of a paper account",
    });
  }
}

function rulesOf({ symbol, fractionable }: AlpacaAsset, fractions: boolean): TradingRules {
  const isInParts = fractions && fractionable;
  const lot = isInParts ? partOfShare : wholeShare;
  return {
    instrument: new Instrument({ symbol, tick, lot, multiplier: 1, moneyDecimals }),
    ...{ minimumQuantity: lot, minimumNotional: isInParts ? 1 : null },
  };
}
