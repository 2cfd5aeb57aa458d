import {
  startVenueServer,
  type DrivenMarket,
  type MarketKind,
  type MarketSpecification,
  type MishapShares,
  type VenueServer,
  type VenueServerExchange,
} from "@bitfever/brokers";
import type { Bars } from "@bitfever/engine";
import { randomOf } from "@bitfever/runtime";

export interface WalkedServerOptions {
  readonly exchange: VenueServerExchange;
  /** 0, the default, for one that is free. */
  readonly port?: number;
  /** Of the walk, and of what goes wrong by chance; 1 when left out. */
  readonly seed?: number;
  /** As the exchange names them; each is there on spot and as a perpetual contract. */
  readonly symbols: readonly string[];
  /** Bars that the markets go through, by their symbol; what has none walks at random. */
  readonly bars?: readonly Bars[];
  /** How long a bar of the history is and a bar of the data lasts, in milliseconds. */
  readonly barMs: number;
  /** How many bars of the past there are. */
  readonly history: number;
  readonly mishaps?: Partial<MishapShares>;
  /** Milliseconds UTC by the clock of this machine. */
  readonly now: () => number;
  /** Told when a market has come to the end of its bars: it stays where it is. */
  readonly onEnd?: (symbol: string) => void;
}

export interface WalkedServer extends Pick<VenueServer, "url" | "apiKey" | "secret"> {
  readonly close: () => Promise<void>;
}

/** Four prices make a bar. */
const printsPerBar = 4;
/** A market trades at least so often. */
const mostStepMs = 1_000;
const [tick, firstPrice] = ["0.01", 50_000];
/** By how much a price changes from one print to the next, at random. */
const roughness = 0.0004;
const fees = { makerRate: "0.0002", takerRate: "0.0005" };
const smallest = { lot: "0.00001", minimumQuantity: "0.00001", minimumNotional: "5" };
const quotes = ["USDT", "USDC", "USD", "BTC", "ETH"];

/**
 * A venue server on this machine whose markets go by themselves: along bars, or at random as the seed says.
 *
 * @throws BitFeverError BF5300 without the package ws, BF5301 where the port is taken
 */
export async function startWalkedServer(options: WalkedServerOptions): Promise<WalkedServer> {
  const { exchange, port = 0, seed = 1, symbols, barMs, history, now, mishaps, bars = [] } = options;
  const specified = symbols.flatMap((id) => specificationsOf(id, bars));
  const server = await startVenueServer({
    ...{ exchange, port, seed, now, feeAsset: "BNB" },
    markets: [...specified, feeMarket],
    balances: balancesOf(specified),
  });
  const random = randomOf(seed);
  const walks = symbols.map((symbol) => {
    const own = bars.find((each) => each.symbol === symbol);
    const markets = (["spot", "linear"] as const).map((kind: MarketKind) => server.market(kind, symbol));
    const path = own === undefined ? randomPath(random) : pathOf(own);
    putHistory(markets, path, { barMs, history, now: now() });
    return { symbol, markets, path, isOver: false };
  });
  if (mishaps !== undefined) server.mishaps(mishaps);
  const step = Math.min(mostStepMs, barMs / printsPerBar);
  const timer = setInterval(() => {
    for (const walk of walks) {
      if (walk.isOver) continue;
      const { done, value } = walk.path.next();
      if (done === true) {
        walk.isOver = true;
        options.onEnd?.(walk.symbol);
      } else for (const market of walk.markets) market.print(value);
    }
  }, step);
  const { url, apiKey, secret } = server;
  return {
    ...{ url, apiKey, secret },
    close: async () => {
      clearInterval(timer);
      await server.close();
    },
  };
}

/** The candles of the past, as the market has gone until now. */
function putHistory(
  markets: readonly DrivenMarket[],
  path: Iterator<number, void>,
  { barMs, history, now }: { readonly barMs: number; readonly history: number; readonly now: number },
): void {
  const last = Math.floor(now / barMs) * barMs;
  for (let time = last - history * barMs; time < last; time += barMs) {
    const prices: number[] = [];
    for (let i = 0; i < printsPerBar; i++) {
      const { done, value } = path.next();
      if (done !== true) prices.push(value);
    }
    if (prices.length === 0) return;
    const [high, low] = [Math.max(...prices), Math.min(...prices)];
    const candle = { time, open: prices[0], high, low, close: prices[prices.length - 1], volume: 1 };
    for (const market of markets) market.candle(candle, barMs);
  }
  const { done, value } = path.next();
  if (done !== true) for (const market of markets) market.print(value);
}

/** The nearest price first, as a bar is gone through elsewhere. */
function* pathOf({ open, high, low, close, length }: Bars): Generator<number, void> {
  for (let i = 0; i < length; i++) {
    const isUpFirst = high[i] - open[i] <= open[i] - low[i];
    yield open[i];
    yield isUpFirst ? high[i] : low[i];
    yield isUpFirst ? low[i] : high[i];
    yield close[i];
  }
}

function* randomPath(random: () => number): Generator<number, never> {
  let price = firstPrice;
  for (;;) {
    // Three together are near enough to a bell.
    const step = random() + random() + random() - 1.5;
    price *= Math.exp(2 * roughness * step);
    yield Math.round(price * 100) / 100;
  }
}

function specificationsOf(id: string, bars: readonly Bars[]): readonly MarketSpecification[] {
  const own = bars.find((each) => each.symbol === id);
  const quote = quotes.find((each) => id.endsWith(each) && id !== each) ?? "USD";
  const base = id.endsWith(quote) ? id.slice(0, -quote.length) : id;
  const price = String(own === undefined ? firstPrice : own.open[0]);
  return (["spot", "linear"] as const).map((kind) => ({
    ...{ id, kind, base, quote, tick, price },
    ...smallest,
    ...fees,
  }));
}

/** In which fees are paid, so that what is bought is what is held. */
const feeMarket: MarketSpecification = {
  ...{ id: "BNBUSDT", kind: "spot", base: "BNB", quote: "USDT", price: "500", tick, ...smallest, ...fees },
};

const balancesOf = (markets: readonly MarketSpecification[]): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(markets.map(({ base }) => [base, "0"])),
  ...Object.fromEntries(markets.map(({ quote }) => [quote, "1000000"])),
  BNB: "1000",
});
