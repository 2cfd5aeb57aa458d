import type { Exchange, Order as CcxtOrder, Trade as CcxtTrade } from "ccxt";

/** The exchange class of the client library, and what it calls an order and a trade. */
export type VenueClient = Exchange;
export type { CcxtOrder, CcxtTrade };

/** What the client library knows of a market, as far as it is asked for here; numbers are decimal strings. */
export interface VenueMarket {
  /** As the venue names it, such as BTCUSDT: what strategies call the symbol. */
  readonly id: string;
  /** As the client library names it, such as BTC/USDT:USDT. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** Steps of price and quantity; 0 where the venue tells none. */
  readonly tick: string;
  readonly lot: string;
  /** How much of the base one of what is traded is. */
  readonly contractSize: string;
  readonly minimumQuantity: string | null;
  readonly minimumNotional: string | null;
}
