import { Alpaca, streaming } from "@alpacahq/alpaca-trade-api";
import { onTestFinished } from "vitest";
import {
  startVenueServer,
  type VenueServer,
  type VenueServerOptions,
} from "../../src/venue-server/start-venue-server.js";

/** A server that talks as Alpaca, and the real client library. */
export interface AlpacaPair {
  readonly server: VenueServer;
  readonly client: Alpaca;
  readonly market: ReturnType<VenueServer["market"]>;
}

/** Another client of the same server: the library asks its usual hosts, and these lead to the server. */
export function alpacaClient(
  { url, apiKey, secret }: VenueServer,
  options: ConstructorParameters<typeof Alpaca>[0] = {},
): Alpaca {
  return new Alpaca({
    ...{ keyId: apiKey, secret, retry: false, rateLimit: false, timeoutMs: 2_000 },
    fetchApi: (asked: string | URL | Request, init?: RequestInit) => {
      const { pathname, search } = new URL(asked instanceof Request ? asked.url : asked);
      return fetch(`${url}${pathname}${search}`, init);
    },
    ...options,
  });
}

/** Starts both; they end with the test. */
export async function alpacaPair(options: Partial<VenueServerOptions> = {}): Promise<AlpacaPair> {
  const server = await startVenueServer({ exchange: "alpaca", ...options });
  onTestFinished(() => server.close());
  return { server, client: alpacaClient(server), market: server.market("spot", "AAPL") };
}

const streamUrl = ({ url }: VenueServer, path: string): string => `${url.replace(/^http/, "ws")}${path}`;

/** Of the account; resolves when it listens. */
export async function accountStream(server: VenueServer): Promise<streaming.TradingStream> {
  const stream = new streaming.TradingStream({
    credentials: { keyId: server.apiKey, secret: server.secret },
    url: streamUrl(server, "/stream"),
  });
  stream.subscribeTradeUpdates();
  await opened(stream);
  return stream;
}

/** Of the market; resolves when it may subscribe. */
export async function sharesStream(
  server: VenueServer,
  { feed = "iex", secret = server.secret }: { readonly feed?: string; readonly secret?: string } = {},
): Promise<streaming.StockDataStream> {
  const stream = new streaming.StockDataStream({
    credentials: { keyId: server.apiKey, secret },
    url: streamUrl(server, `/v2/${feed}`),
    reconnect: false,
  });
  stream.on(streaming.EVENT.CLIENT_ERROR, () => undefined);
  await opened(stream);
  return stream;
}

async function opened(stream: streaming.TradingStream | streaming.StockDataStream): Promise<void> {
  onTestFinished(() => {
    stream.disconnect();
  });
  const told =
    stream instanceof streaming.TradingStream
      ? new Promise((resolve) => stream.on(streaming.EVENT.SUBSCRIPTION, resolve))
      : Promise.resolve();
  stream.connect();
  const { authenticated, message } = await stream.waitForAuthenticationResult(5_000);
  if (!authenticated) throw new Error(message);
  await told;
}

/** Waits until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !isSo(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
}
