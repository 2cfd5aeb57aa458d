import { BitFeverError, textOfError, type Broker, type FeedEvent } from "@bitfever/runtime";
import type { OrderAction, OrderType } from "@stoqey/ib";
import type { TradingRules } from "../ccxt/markets.js";
import { utcNow } from "../clock.js";
import { peer } from "../peers.js";
import { candleFeed, type ContractCandlesOptions } from "./candle-feed.js";
import { InteractiveBrokersBroker } from "./interactive-brokers-broker.js";
import type { DataSurroundings } from "./market-data.js";
import { askWhatIf } from "./questions.js";
import { tradedContract, type ContractTerms, type TradedContract } from "./traded-contract.js";
import { tradeFeed, type ContractTradesOptions } from "./trade-feed.js";
import type { TwsConnection } from "./tws-connection.js";
import { TwsLink } from "./tws-link.js";
import { word } from "./tws-words.js";

export interface InteractiveBrokersOptions {
  /** What is traded, by the name that strategies have for it: `{ AAPL: {}, SIE: { currency: "EUR" } }`. */
  readonly contracts: Readonly<Record<string, ContractTerms>>;
  /** Where TWS or IB Gateway listens: 127.0.0.1 and 7497, paper trading of TWS, when left out. */
  readonly host?: string;
  readonly port?: number;
  /** Of this program, always the same: only it may change the orders that it has sent. 1 when left out. */
  readonly clientId?: number;
  /** Where the user has several. */
  readonly account?: string;
  /** Whether orders may trade, and be triggered, before and after the regular session. */
  readonly outsideRegularHours?: boolean;
  /** How often the venue is asked beside what it tells, in milliseconds; 30 seconds when left out. */
  readonly pollMs?: number;
  /** How long news are waited for before the venue is asked, in milliseconds; 500 when left out. */
  readonly settleMs?: number;
  /** How long an answer is waited for, in milliseconds; ten seconds when left out. */
  readonly timeoutMs?: number;
  /** Behind so long an order of which nothing was said is not on its way any more, in milliseconds; ten seconds when left out. */
  readonly arriveMs?: number;
  /** The venue closes a connection over which more than 50 come; 40 when left out. */
  readonly requestsPerSecond?: number;
}

/** What an order would cost, by the venue, in money of its contract. */
export interface ContractFees {
  readonly least: number;
  readonly most: number;
  readonly currency: string;
}

export interface InteractiveBrokersVenue {
  readonly broker: Broker;
  readonly account: string;
  readonly rules: (symbol: string) => TradingRules;
  /** Of an order at the market, or at a price, for a quantity in decimals: fees are stepped, and have a least. */
  readonly fees: (symbol: string, quantity: number, price?: number) => Promise<ContractFees>;
  /** Closed bars, until it is returned from; it throws BF5305 for an interval that the venue does not make. */
  readonly candles: (options: ContractCandlesOptions) => AsyncGenerator<FeedEvent, void, void>;
  /** Closed bars made of trades one by one. */
  readonly trades: (options: ContractTradesOptions) => AsyncGenerator<FeedEvent, void, void>;
  /** Whether nothing that the broker was asked for is on its way. */
  readonly isIdle: () => boolean;
}

/**
 * Interactive Brokers through TWS or IB Gateway, with the contracts that are traded.
 *
 * @throws BitFeverError BF5300 without the package @stoqey/ib, BF5310 where nobody answers, BF5311 for a contract that there is not
 * or of which there are several, BF5312 where an account has to be named
 * @example
 * ```ts
 * const { broker, rules } = await interactiveBrokersVenue({ contracts: { AAPL: {} }, port: 4002 });
 * const { instrument } = rules("AAPL");
 * ```
 */
export async function interactiveBrokersVenue(
  options: InteractiveBrokersOptions,
): Promise<InteractiveBrokersVenue> {
  const { pollMs = 30_000, settleMs = 500, arriveMs = 10_000 } = options;
  const link = await linkOf(options);
  try {
    const connection = await started(link, options);
    const account = accountOf(connection, options.account);
    const contracts = new Map<string, TradedContract>();
    for (const [symbol, terms] of Object.entries(options.contracts))
      contracts.set(symbol, await tradedContract(connection, symbol, terms));
    const terms = { account, outsideRegularHours: options.outsideRegularHours === true };
    const broker = new InteractiveBrokersBroker({
      ...{ link, contracts, terms, now: utcNow, pollMs, settleMs, arriveMs },
    });
    const traded = (symbol: string): TradedContract => {
      const found = contracts.get(symbol);
      if (found !== undefined) return found;
      throw new BitFeverError("BF5304", `interactive brokers was not asked for a market ${symbol}`, {
        hint: "name it in `contracts`",
      });
    };
    const data = (symbol: string): DataSurroundings => ({ link, traded: traded(symbol), now: utcNow });
    return {
      ...{ broker, account, isIdle: () => broker.isIdle },
      rules: (symbol) => {
        const { instrument, minimumQuantity } = traded(symbol);
        return { instrument, minimumQuantity, minimumNotional: null };
      },
      fees: (symbol, quantity, price) => feesOf(link, traded(symbol), account, quantity, price),
      candles: (wanted) => candleFeed(data(wanted.symbol), wanted),
      trades: (wanted) => tradeFeed(data(wanted.symbol), wanted),
    };
  } catch (error) {
    link.close();
    throw error;
  }
}

async function linkOf(options: InteractiveBrokersOptions): Promise<TwsLink> {
  const library = await peer("@stoqey/ib", "interactive brokers", () => import("@stoqey/ib"));
  const { host = "127.0.0.1", port = 7_497, clientId = 1, requestsPerSecond = 40 } = options;
  const { timeoutMs = 10_000, pollMs = 30_000 } = options;
  return new TwsLink({
    ...{ library, host, port, clientId, requestsPerSecond, timeoutMs },
    heartbeatMs: pollMs,
  });
}

async function started(link: TwsLink, options: InteractiveBrokersOptions): Promise<TwsConnection> {
  const { host = "127.0.0.1", port = 7_497, clientId = 1 } = options;
  try {
    return await link.start();
  } catch (cause) {
    const why = textOfError(cause);
    throw new BitFeverError(
      "BF5310",
      `no TWS or IB Gateway takes client ${clientId} at ${host}:${port}: ${why}`,
      {
        cause,
        hint: "start it, let it take socket clients at that port, and give each program a client id of its own",
      },
    );
  }
}

function accountOf({ accounts }: TwsConnection, wanted: string | undefined): string {
  const [first, second] = accounts;
  if (wanted === undefined && first !== undefined && second === undefined) return first;
  if (wanted !== undefined && accounts.includes(wanted)) return wanted;
  throw new BitFeverError(
    "BF5312",
    wanted === undefined ? "the user has several accounts" : `the user has no account ${wanted}`,
    { hint: `say \`account\`: ${accounts.join(", ")}` },
  );
}

async function feesOf(
  link: TwsLink,
  { contract, currency }: TradedContract,
  account: string,
  quantity: number,
  price: number | undefined,
): Promise<ContractFees> {
  const connection = link.current;
  if (connection === null) throw new BitFeverError("BF5310", "the venue cannot be reached");
  const { commission, minCommission, maxCommission, commissionCurrency } = await askWhatIf(
    connection,
    link.takeOrderId(),
    contract,
    {
      ...{ action: word<OrderAction>("BUY"), totalQuantity: quantity, account, transmit: true },
      orderType: word<OrderType>(price === undefined ? "MKT" : "LMT"),
      ...(price !== undefined && { lmtPrice: price }),
    },
  );
  const least = commission ?? minCommission;
  const most = commission ?? maxCommission;
  if (least === undefined || most === undefined) throw new Error("the venue does not say what it costs");
  return { least, most, currency: commissionCurrency ?? currency };
}
