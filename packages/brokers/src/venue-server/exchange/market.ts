import { Decimal } from "decimal.js";
import { CandleSeries } from "./candle-series.js";
import type { PublicTrade } from "./public-trade.js";

export type MarketKind = "spot" | "linear";

/** What can be traded, with its rules; amounts are decimal strings. */
export interface MarketSpecification {
  /** As the exchange names it, such as BTCUSDT. */
  readonly id: string;
  readonly kind: MarketKind;
  readonly base: string;
  readonly quote: string;
  readonly tick: string;
  readonly lot: string;
  readonly minimumQuantity: string;
  readonly minimumNotional: string;
  readonly makerRate: string;
  readonly takerRate: string;
  /** At which it begins. */
  readonly price: string;
  /** An order of whole units fills in whole units, whatever the lot is. */
  readonly fillsWhole?: true;
}

/** How many trades of a market are told again. */
const remembered = 1_000;

/** A market with where it stands: it trades where it is told to, one tick between bid and ask. */
export class Market {
  readonly tick: Decimal;
  readonly lot: Decimal;
  readonly candles = new CandleSeries();
  trades: readonly PublicTrade[] = [];
  last: Decimal;
  /** What can be taken at the best price at once; null where there is no end of it. */
  depth: Decimal | null = null;
  private tradesTold = 0;

  constructor(readonly specification: MarketSpecification) {
    this.tick = new Decimal(specification.tick);
    this.lot = new Decimal(specification.lot);
    this.last = new Decimal(specification.price);
  }

  get id(): string {
    return this.specification.id;
  }

  get kind(): MarketKind {
    return this.specification.kind;
  }

  get bid(): Decimal {
    return this.last.minus(this.tick);
  }

  get ask(): Decimal {
    return this.last.plus(this.tick);
  }

  /** Trades at a price. */
  print(price: Decimal, quantity: Decimal, time: number): PublicTrade {
    const side = price.lt(this.last) ? "sell" : "buy";
    this.last = price;
    this.candles.print(price, quantity, time);
    const trade: PublicTrade = { id: String(++this.tradesTold), price, quantity, side, time };
    this.trades = [...this.trades, trade].slice(-remembered);
    return trade;
  }

  /** The id of the next trade of an account: each market counts its own. */
  nextTradeId(): string {
    return String(++this.tradesTold);
  }
}
