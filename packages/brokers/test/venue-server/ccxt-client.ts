import ccxt, { type Exchange } from "ccxt";
import { onTestFinished } from "vitest";
import { ccxtUrls } from "../../src/venue-server/ccxt-urls.js";
import {
  startVenueServer,
  type VenueServer,
  type VenueServerOptions,
} from "../../src/venue-server/start-venue-server.js";

export type Kind = "binance spot" | "binance futures" | "bybit spot" | "bybit linear";

/** A server, and the real client library of the exchange it talks as. */
export interface Pair {
  readonly server: VenueServer;
  readonly client: Exchange;
  /** As ccxt calls the market. */
  readonly symbol: string;
  readonly market: ReturnType<VenueServer["market"]>;
}

/** Another client of the same server. */
export function clientOf(
  kind: Kind,
  server: VenueServer,
  options: Readonly<Record<string, unknown>> = {},
): Exchange {
  const types = [kind.endsWith("spot") ? "spot" : "linear"];
  const Class =
    kind === "binance spot"
      ? ccxt.pro.binance
      : kind === "binance futures"
        ? ccxt.pro.binanceusdm
        : ccxt.pro.bybit;
  const client = new Class({
    ...{ apiKey: server.apiKey, secret: server.secret, enableRateLimit: false, timeout: 2_000 },
    urls: ccxtUrls(kind.startsWith("binance") ? "binance" : "bybit", server.url),
    ...options,
    options: {
      ...{ fetchMarkets: { types }, fetchCurrencies: false, warnOnFetchOpenOrdersWithoutSymbol: false },
      ...{ defaultType: kind.endsWith("spot") ? "spot" : "swap", fetchOrder: { acknowledged: true } },
      ...(options["options"] as object | undefined),
    },
  });
  asFromItsOwnHost(client, kind);
  onTestFinished(() => client.close());
  return client;
}

/** ccxt chooses the class of an error by the host that it asks: it is told that of the exchange. */
function asFromItsOwnHost(client: Exchange, kind: Kind): void {
  const own = client as unknown as { getExceptionsByUrl?: (url: string, how: string) => unknown };
  const original = own.getExceptionsByUrl?.bind(client);
  if (original === undefined) return;
  const host = kind === "binance spot" ? "https://api.binance.com/" : "https://fapi.binance.com/";
  own.getExceptionsByUrl = (_url, how) => original(host, how);
}

/** Starts both; they end with the test. */
export async function pairOf(kind: Kind, options: Partial<VenueServerOptions> = {}): Promise<Pair> {
  const exchange = kind.startsWith("binance") ? "binance" : "bybit";
  const server = await startVenueServer({ exchange, ...options });
  onTestFinished(() => server.close());
  const isSpot = kind.endsWith("spot");
  const client = clientOf(kind, server);
  // Without it ccxt opens no stream that is not encrypted.
  await client.loadHttpProxyAgent();
  return {
    ...{ server, client, symbol: isSpot ? "BTC/USDT" : "BTC/USDT:USDT" },
    market: server.market(isSpot ? "spot" : "linear", "BTCUSDT"),
  };
}
