import { BitFeverError, randomOf } from "@bitfever/runtime";
import { Decimal } from "decimal.js";
import { utcNow } from "../clock.js";
import { peer } from "../peers.js";
import { alpacaBalances, alpacaMarkets } from "./alpaca/alpaca-markets.js";
import { alpacaProtocol } from "./alpaca/alpaca-protocol.js";
import { binanceProtocol } from "./binance/binance-protocol.js";
import { bybitProtocol } from "./bybit/bybit-protocol.js";
import { defaultBalances, defaultMarkets } from "./default-markets.js";
import { Exchange } from "./exchange/exchange.js";
import type { Market, MarketKind, MarketSpecification } from "./exchange/market.js";
import { Mishaps } from "./wire/mishaps.js";
import type { MishapShares, RequestName, ScriptedMishap } from "./wire/mishap.js";
import type { Keys } from "./wire/keys.js";
import type { Protocol } from "./wire/protocol.js";
import { WireServer } from "./wire/wire-server.js";

/** Whose protocol a server talks. */
export type VenueServerExchange = "binance" | "bybit" | "alpaca";

export interface VenueServerOptions {
  readonly exchange: VenueServerExchange;
  /** 0 for one that is free. */
  readonly port?: number;
  /** Of what goes wrong by chance. */
  readonly seed?: number;
  /** Left out, Bitcoin against dollars on spot and as a perpetual contract, and the coin for fees; of Alpaca, a few shares. */
  readonly markets?: readonly MarketSpecification[];
  /** What the account begins with: decimal strings, by asset. */
  readonly balances?: Readonly<Record<string, string>>;
  /** The coin in which fees are paid on spot, with a market of its own; left out, they are paid in what is bought. */
  readonly feeAsset?: string;
  readonly apiKey?: string;
  readonly secret?: string;
  readonly requestsPerMinute?: number;
  readonly ordersPerTenSeconds?: number;
  /** Milliseconds UTC; the clock of this machine when left out. */
  readonly now?: () => number;
}

/** A candle, of a minute where nothing else is said, in decimals; the time is that of its open, in milliseconds UTC. */
export interface MinuteCandle {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** A market of a server: where it stands is what tests say. */
export interface DrivenMarket {
  readonly last: number;
  /** Trades at a price: what rests there fills, up to a quantity; left out, as much as there is. */
  readonly print: (price: number | string, quantity?: number | string) => void;
  /**
   * Puts a candle into the history and tells it to who listens.
   *
   * @param lengthMs  whole seconds; a minute when left out
   */
  readonly candle: (candle: MinuteCandle, lengthMs?: number) => void;
  /** Lets who holds a contract pay the other side a share of what it is worth; below zero he is paid. */
  readonly fund: (rate: number | string) => void;
  /** What can be taken at the best price at once; null where there is no end of it. */
  readonly depth: (quantity: number | string | null) => void;
  /** What of the account is held: coins or shares on spot, signed contracts else; a decimal string. */
  readonly held: () => string;
  /** At which price a contract that is held was opened, on average; a decimal string. */
  readonly entry: () => string;
  /** The orders that there have been, by client id, with what has filled of them. */
  readonly orders: () => readonly ServedOrder[];
}

export interface ServedOrder {
  readonly clientId: string;
  readonly side: "buy" | "sell";
  readonly status: string;
  readonly quantity: string;
  readonly filled: string;
}

export interface VenueServer {
  readonly exchange: VenueServerExchange;
  /** Where it answers, as in http://127.0.0.1:4000. */
  readonly url: string;
  readonly apiKey: string;
  readonly secret: string;
  readonly market: (kind: MarketKind, id: string) => DrivenMarket;
  /** What of an asset is in a wallet; a decimal string. */
  readonly balance: (kind: MarketKind, asset: string) => string;
  /** Spoils what comes next. */
  readonly script: (mishap: ScriptedMishap) => void;
  /** From now on things go wrong by chance, as the seed says. */
  readonly mishaps: (shares: Partial<MishapShares>) => void;
  /** Breaks all connections and takes no more, until `mend`. */
  readonly cut: () => void;
  readonly mend: () => void;
  /** Connections stay, and no stream says anything. */
  readonly freeze: (isFrozen: boolean) => void;
  /** Breaks the streams; they may come back at once. */
  readonly breakStreams: () => void;
  /** Its clock goes so much ahead, in milliseconds. */
  readonly skew: (ms: number) => void;
  /** How often something was asked for. */
  readonly asked: (name: RequestName) => number;
  readonly close: () => Promise<void>;
}

/**
 * A venue on this machine that talks over HTTP and WebSockets as an exchange does, for tests and rehearsals: its market goes where it
 * is told to, its account is paper, and what goes wrong is asked for or drawn. It takes connections from this machine alone.
 *
 * @throws BitFeverError BF5300 without the package ws (for Alpaca @msgpack/msgpack, too), BF5301 where the port is taken
 * @example
 * ```ts
 * const server = await startVenueServer({ exchange: "binance", seed: 1 });
 * server.market("spot", "BTCUSDT").print(51_000);
 * await server.close();
 * ```
 */
export async function startVenueServer(options: VenueServerOptions): Promise<VenueServer> {
  const { exchange: name, now = utcNow } = options;
  const isOfShares = name === "alpaca";
  const { markets = isOfShares ? alpacaMarkets : defaultMarkets } = options;
  const { balances = isOfShares ? alpacaBalances : defaultBalances } = options;
  const { WebSocketServer } = await peer("ws", "a venue server", () => import("ws"));
  const mishaps = new Mishaps(randomOf(options.seed ?? 1));
  let skewMs = 0;
  const exchange = new Exchange({
    ...{ markets, balances, isUnified: name !== "binance", forgetsClientIds: name === "binance" },
    ...{ takesBackPostOnly: name === "bybit", feeAsset: options.feeAsset, sellsShort: isOfShares },
    now: () => now() + skewMs,
    drawsPart: () => mishaps.drawsPart(),
  });
  const keys = {
    apiKey: options.apiKey ?? "key-of-the-server",
    secret: options.secret ?? "secret-of-the-server",
  };
  const counts = new Map<RequestName, number>();
  const wire = new WireServer({
    protocol: await protocolOf(name, exchange, keys, options.feeAsset !== undefined),
    ...{ mishaps, now, sockets: new WebSocketServer({ noServer: true, autoPong: false }) },
    requestsPerMinute: options.requestsPerMinute ?? 100_000,
    ordersPerTenSeconds: options.ordersPerTenSeconds ?? 100_000,
    onRequest: (request) => counts.set(request, (counts.get(request) ?? 0) + 1),
  });
  const port = await listening(wire, options.port ?? 0);

  return {
    ...{ exchange: name, url: `http://127.0.0.1:${port}`, ...keys },
    market: (kind, id) => drivenMarket(exchange, exchange.market(kind, id)),
    balance: (kind, asset) => exchange.account.balance(kind, asset).toString(),
    script: (mishap) => {
      mishaps.script(mishap);
    },
    mishaps: (shares) => {
      mishaps.by(shares);
    },
    cut: () => {
      wire.cut();
    },
    mend: () => {
      wire.mend();
    },
    freeze: (isFrozen) => {
      wire.freeze(isFrozen);
    },
    breakStreams: () => {
      wire.breakStreams();
    },
    skew: (ms) => {
      skewMs = ms;
    },
    asked: (request) => counts.get(request) ?? 0,
    close: () => wire.close(),
  };
}

async function protocolOf(
  name: VenueServerExchange,
  exchange: Exchange,
  keys: Keys,
  paysFeesInItsCoin: boolean,
): Promise<Protocol> {
  switch (name) {
    case "binance":
      return binanceProtocol(exchange, keys, paysFeesInItsCoin);
    case "bybit":
      return bybitProtocol(exchange, keys);
    case "alpaca":
      return alpacaProtocol(
        exchange,
        keys,
        await peer(
          "@msgpack/msgpack",
          "a venue server that talks as Alpaca",
          () => import("@msgpack/msgpack"),
        ),
      );
  }
}

async function listening(wire: WireServer, port: number): Promise<number> {
  try {
    return await wire.listen(port);
  } catch (cause) {
    throw new BitFeverError("BF5301", `a venue server cannot listen on port ${port}`, {
      cause,
      hint: "take another one, or 0 for one that is free",
    });
  }
}

/**
 * A market as tests drive it.
 *
 * @param nameOf  what who sent an order calls it, by the client id that the exchange has for it
 */
export function drivenMarket(
  exchange: Exchange,
  market: Market,
  nameOf: (clientId: string) => string = (clientId) => clientId,
): DrivenMarket {
  const decimal = (value: number | string): Decimal => new Decimal(value);
  return {
    get last() {
      return market.last.toNumber();
    },
    print: (price, quantity) => {
      exchange.print(market, decimal(price), quantity === undefined ? undefined : decimal(quantity));
    },
    candle: ({ time, open, high, low, close, volume }, lengthMs = 60_000) => {
      const prices = { open: decimal(open), high: decimal(high), low: decimal(low), close: decimal(close) };
      exchange.candle(market, { time, ...prices, volume: decimal(volume) }, lengthMs);
    },
    fund: (rate) => {
      exchange.fund(market, decimal(rate));
    },
    depth: (quantity) => {
      market.depth = quantity === null ? null : decimal(quantity);
    },
    held: () => {
      const { kind, specification } = market;
      const held =
        kind === "spot"
          ? exchange.account.balance("spot", specification.base)
          : exchange.account.position(market).quantity;
      return held.toString();
    },
    entry: () => exchange.account.position(market).entryPrice.toString(),
    orders: () =>
      exchange
        .all()
        .filter((each) => each.market === market)
        .map(({ clientId, side, status, quantity, filled }) => ({
          ...{ clientId: nameOf(clientId), side, status },
          ...{ quantity: quantity.toString(), filled: filled.toString() },
        })),
  };
}
