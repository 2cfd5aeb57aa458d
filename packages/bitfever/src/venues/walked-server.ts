import {
  startTwsServer,
  startVenueServer,
  type DrivenMarket,
  type MarketSpecification,
  type MinuteCandle,
  type MishapShares,
  type TwsContract,
  type VenueServerExchange,
} from "@bitfever/brokers";
import type { Bars } from "@bitfever/engine";
import { randomOf } from "@bitfever/runtime";

/** Whose protocol a server talks that walks by itself. */
export const servedProtocols = ["binance", "bybit", "alpaca", "tws"] as const;
export type ServedProtocol = VenueServerExchange | "tws";

export interface WalkedServerOptions {
  readonly exchange: ServedProtocol;
  /** 0, the default, for one that is free. */
  readonly port?: number;
  /** Of the walk, and of what goes wrong by chance; 1 when left out. */
  readonly seed?: number;
  /** As the exchange names them: of coins each is there on spot and as a perpetual contract, of shares each once. */
  readonly symbols: readonly string[];
  /** Shares at TWS by their symbol; what is not there is paid in dollars. */
  readonly contracts?: Readonly<Record<string, Pick<TwsContract, "currency">>>;
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

export interface WalkedServer {
  /** Where it answers, for people. */
  readonly address: string;
  /** What the file of an account says of the exchange to reach it. */
  readonly options: Readonly<Record<string, string | number>>;
  readonly close: () => Promise<void>;
}

/** Four prices make a bar. */
const printsPerBar = 4;
/** A market trades at least so often. */
const mostStepMs = 1_000;
const [tick, firstPrice] = ["0.01", 50_000];
const minuteMs = 60_000;
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
  const { seed = 1, symbols, barMs, history, now, mishaps, bars = [] } = options;
  const server = await served(options);
  const random = randomOf(seed);
  const walks = symbols.map((symbol) => {
    const own = bars.find((each) => each.symbol === symbol);
    const markets = server.markets(symbol);
    const path = own === undefined ? randomPath(random) : pathOf(own);
    putHistory(markets, path, { barMs, history, now: now() });
    return { symbol, markets, path, isOver: false, tell: minuteTeller(markets) };
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
        continue;
      }
      // Alpaca tells minutes that are over, the others what trades.
      if (options.exchange === "alpaca") walk.tell(value, now());
      for (const market of walk.markets) market.print(value);
    }
  }, step);
  const { address, options: reached } = server;
  return {
    ...{ address, options: reached },
    close: async () => {
      clearInterval(timer);
      await server.close();
    },
  };
}

interface Served extends WalkedServer {
  readonly markets: (symbol: string) => readonly DrivenMarket[];
  readonly mishaps: (shares: Partial<MishapShares>) => void;
}

async function served(options: WalkedServerOptions): Promise<Served> {
  const { exchange, port = 0, seed = 1, now, symbols, bars = [], contracts: given = {} } = options;
  if (exchange === "tws") {
    const contracts = symbols.map((symbol, i) =>
      contractOf(symbol, i, given[symbol]?.currency ?? "USD", bars),
    );
    const balances = Object.fromEntries(contracts.map(({ currency }) => [currency, "1000000"]));
    const server = await startTwsServer({ port, seed, now, contracts, balances });
    const { host, account } = server;
    return {
      address: `${host}:${server.port}`,
      options: { host, port: server.port, account },
      markets: (symbol) => [server.market(symbol)],
      mishaps: server.mishaps,
      close: server.close,
    };
  }
  const isOfShares = exchange === "alpaca";
  const specified = isOfShares
    ? symbols.map((symbol) => shareOf(symbol, bars))
    : symbols.flatMap((symbol) => specificationsOf(symbol, bars));
  const server = await startVenueServer({
    ...{ exchange, port, seed, now },
    ...(!isOfShares && { feeAsset: "BNB" }),
    markets: isOfShares ? specified : [...specified, feeMarket],
    balances: balancesOf(specified),
  });
  const { url, apiKey, secret } = server;
  const kinds = isOfShares ? (["spot"] as const) : (["spot", "linear"] as const);
  return {
    address: url,
    options: { url, api_key: apiKey, secret },
    markets: (symbol) => kinds.map((kind) => server.market(kind, symbol)),
    mishaps: server.mishaps,
    close: server.close,
  };
}

/** Tells each minute of what is traded once the next has begun. */
function minuteTeller(markets: readonly DrivenMarket[]): (price: number, now: number) => void {
  let minute: MinuteCandle | undefined;
  return (price, now) => {
    const time = Math.floor(now / minuteMs) * minuteMs;
    if (minute !== undefined && minute.time < time) for (const market of markets) market.candle(minute);
    const begun = minute?.time === time ? minute : { time, open: price, high: price, low: price, volume: 0 };
    const [high, low] = [Math.max(begun.high, price), Math.min(begun.low, price)];
    minute = { ...begun, high, low, close: price, volume: begun.volume + 1 };
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
  const quote = quotes.find((each) => id.endsWith(each) && id !== each) ?? "USD";
  const base = id.endsWith(quote) ? id.slice(0, -quote.length) : id;
  const price = priceOf(id, bars);
  return (["spot", "linear"] as const).map((kind) => ({
    ...{ id, kind, base, quote, tick, price },
    ...smallest,
    ...fees,
  }));
}

const shareOf = (id: string, bars: readonly Bars[]): MarketSpecification => ({
  ...{ id, kind: "spot", base: id, quote: "USD", tick, lot: "0.000000001", price: priceOf(id, bars) },
  ...{ minimumQuantity: "0.000000001", minimumNotional: "0", makerRate: "0", takerRate: "0" },
  fillsWhole: true,
});

const contractOf = (symbol: string, i: number, currency: string, bars: readonly Bars[]): TwsContract => ({
  ...{ symbol, contractId: i + 1, longName: symbol, primaryExchange: "NASDAQ", currency, tick, lot: "1" },
  ...{ price: priceOf(symbol, bars), makerRate: "0.00005", takerRate: "0.00005" },
});

const priceOf = (symbol: string, bars: readonly Bars[]): string =>
  String(bars.find((each) => each.symbol === symbol)?.open[0] ?? firstPrice);

/** In which fees are paid, so that what is bought is what is held. */
const feeMarket: MarketSpecification = {
  ...{ id: "BNBUSDT", kind: "spot", base: "BNB", quote: "USDT", price: "500", tick, ...smallest, ...fees },
};

const balancesOf = (markets: readonly MarketSpecification[]): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(markets.map(({ base }) => [base, "0"])),
  ...Object.fromEntries(markets.map(({ quote }) => [quote, "1000000"])),
  BNB: "1000",
});
