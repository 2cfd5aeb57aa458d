import { BitFeverError, randomOf, zoneOf } from "@bitfever/runtime";
import { Decimal } from "decimal.js";
import { utcNow } from "../../clock.js";
import { Exchange } from "../exchange/exchange.js";
import { drivenMarket, type DrivenMarket } from "../start-venue-server.js";
import type { MishapShares, RequestName, ScriptedMishap } from "../wire/mishap.js";
import { Mishaps } from "../wire/mishaps.js";
import { defaultContracts, marketOf, type TwsContract } from "./tws-contract.js";
import { TwsOrders } from "./tws-orders.js";
import { TwsServer } from "./tws-server.js";

export interface TwsServerOptions {
  /** 0 for one that is free. */
  readonly port?: number;
  /** Of what goes wrong by chance. */
  readonly seed?: number;
  /** Left out, Apple in dollars and Siemens in euros. */
  readonly contracts?: readonly TwsContract[];
  /** What the account begins with: decimal strings, by currency. */
  readonly balances?: Readonly<Record<string, string>>;
  readonly account?: string;
  /** Of the texts in which it tells times; `US/Eastern` when left out. */
  readonly zone?: string;
  /** Milliseconds UTC; the clock of this machine when left out. */
  readonly now?: () => number;
}

export interface ServedTws {
  readonly host: string;
  readonly port: number;
  readonly account: string;
  /** By its symbol; orders are told by what they were called. */
  readonly market: (symbol: string) => DrivenMarket;
  /** What of a currency is in the account, where shares that are held were not paid for; a decimal string. */
  readonly balance: (currency: string) => string;
  /** Spoils what comes next. */
  readonly script: (mishap: ScriptedMishap) => void;
  /** From now on things go wrong by chance, as the seed says. */
  readonly mishaps: (shares: Partial<MishapShares>) => void;
  /** Breaks all connections and takes no more, until `mend`. */
  readonly cut: () => void;
  readonly mend: () => void;
  /** Breaks all connections; they may come back at once. */
  readonly breakConnections: () => void;
  /** Connections stay, and nobody says anything. */
  readonly freeze: (isFrozen: boolean) => void;
  /**
   * Connections stay, and the venue behind goes away, with a message, or comes back. What happens meanwhile is told then, and orders
   * wait for it.
   */
  readonly link: (isLinked: boolean, isDataLost?: boolean) => void;
  /** Commissions of trades are not told until they are held no longer. */
  readonly holdCommissions: (isHeld: boolean) => void;
  /** Says of the newest execution of all that its price was another. */
  readonly correct: (price: number | string) => void;
  /** Its clock goes so much ahead, in milliseconds. */
  readonly skew: (ms: number) => void;
  /** How often something was asked for. */
  readonly asked: (name: RequestName) => number;
  readonly close: () => Promise<void>;
}

/**
 * A venue on this machine that talks to clients as TWS and IB Gateway do, for tests and rehearsals: its market goes where it is
 * told to, its account is paper, and what goes wrong is asked for or drawn. It takes connections from this machine alone.
 *
 * @throws BitFeverError BF5301 where the port is taken
 * @example
 * ```ts
 * const server = await startTwsServer({ seed: 1 });
 * server.market("AAPL").print(201);
 * await server.close();
 * ```
 */
export async function startTwsServer(options: TwsServerOptions = {}): Promise<ServedTws> {
  const { contracts = defaultContracts, balances = { USD: "1000000", EUR: "1000000" } } = options;
  const { account = "DU1234567", zone = "US/Eastern", now = utcNow } = options;
  const mishaps = new Mishaps(randomOf(options.seed ?? 1));
  let skewMs = 0;
  const exchange = new Exchange({
    ...{ markets: contracts.map(marketOf), balances, isUnified: true, forgetsClientIds: false },
    takesBackPostOnly: false,
    now: () => now() + skewMs,
    drawsPart: () => mishaps.drawsPart(),
  });
  const orders = new TwsOrders(exchange, contracts, zoneOf(zone).name);
  const counts = new Map<RequestName, number>();
  const server = new TwsServer({
    ...{ surroundings: { exchange, orders, account, zone }, mishaps },
    onRequest: (request) => counts.set(request, (counts.get(request) ?? 0) + 1),
  });
  const port = await listening(server, options.port ?? 0);

  return {
    ...{ host: "127.0.0.1", port, account },
    market: (symbol) =>
      drivenMarket(exchange, exchange.market("linear", symbol), (key) => orders.nameOf(key)),
    balance: (currency) => exchange.account.balance("linear", currency).toString(),
    script: (mishap) => {
      mishaps.script(mishap);
    },
    mishaps: (shares) => {
      mishaps.by(shares);
    },
    cut: () => {
      server.cut();
    },
    mend: () => {
      server.mend();
    },
    breakConnections: () => {
      server.breakConnections();
    },
    freeze: (isFrozen) => {
      server.isFrozen = isFrozen;
    },
    link: (isLinked, isDataLost = false) => {
      server.link(isLinked, isDataLost);
    },
    holdCommissions: (isHeld) => {
      server.holdCommissions(isHeld);
    },
    correct: (price) => {
      orders.correct(new Decimal(price));
    },
    skew: (ms) => {
      skewMs = ms;
    },
    asked: (request) => counts.get(request) ?? 0,
    close: () => server.close(),
  };
}

async function listening(server: TwsServer, port: number): Promise<number> {
  try {
    return await server.listen(port);
  } catch (cause) {
    throw new BitFeverError("BF5301", `a venue server cannot listen on port ${port}`, {
      cause,
      hint: "take another one, or 0 for one that is free",
    });
  }
}
