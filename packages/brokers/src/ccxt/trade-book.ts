import type { TradedInstrument, VenueTrade } from "@bitfever/runtime";
import { Decimal } from "decimal.js";
import { textOf } from "./found-order.js";
import type { CcxtTrade, VenueClient, VenueMarket } from "./venue-client.js";
import type { VenueDefinition } from "./venues/venue-definition.js";

interface TradeContext {
  readonly instrument: TradedInstrument;
  readonly market: VenueMarket;
  readonly definition: VenueDefinition;
  readonly client: VenueClient;
  readonly clientId: string;
  readonly strategy: string;
  readonly symbol: string;
  /** What the order asked for, in lots, where that is known. */
  readonly quantity: number | undefined;
}

/** The trades of an account that were told, each the same however often it is asked for. */
export class TradeBook {
  private readonly told = new Map<string, VenueTrade>();
  private readonly traded = new Map<string, Decimal>();
  private readonly rates = new Map<string, Promise<Decimal>>();

  get size(): number {
    return this.told.size;
  }

  find(market: VenueMarket, trade: CcxtTrade): VenueTrade | undefined {
    return this.told.get(keyOf(market, trade));
  }

  /** How much of an order has traded, by the number that the venue has for it. */
  quantityOf(orderId: string): Decimal {
    return this.traded.get(orderId) ?? new Decimal(0);
  }

  /** Lets the trades go that were made before a time; asked for again they would be told again. */
  forget(before: number): void {
    for (const [key, { time }] of this.told) {
      if (time >= before) break;
      this.told.delete(key);
      this.rates.clear();
    }
  }

  /** How much of an order has traded is of no use any more. */
  forgetOrder(orderId: string): void {
    this.traded.delete(orderId);
  }

  /** Null where somebody else has taken it meanwhile. */
  async take(trade: CcxtTrade, context: TradeContext): Promise<VenueTrade | null> {
    const { instrument, definition, clientId, strategy, symbol, quantity } = context;
    const key = keyOf(context.market, trade);
    const amount = new Decimal(textOf(trade.amount) ?? 0);
    const commission = instrument.money((await this.commission(trade, context)).toNumber());
    if (this.told.has(key)) return null;
    const orderId = trade.order ?? "";
    const traded = this.quantityOf(orderId).plus(amount);
    this.traded.set(orderId, traded);
    const said = definition.leftAfter(trade);
    const asked = quantity === undefined ? undefined : new Decimal(instrument.quantityDecimal(quantity));
    const left = said !== null ? new Decimal(said) : (asked?.minus(traded) ?? new Decimal(0));
    const made: VenueTrade = {
      ...{ tradeId: key, clientId, strategy, symbol, commission },
      side: trade.side === "sell" ? "sell" : "buy",
      price: instrument.price(Number(trade.price), "nearest"),
      quantity: instrument.quantity(amount.toNumber()),
      time: trade.timestamp ?? 0,
      ...(left.gt(0) && { left: instrument.quantity(left.toNumber()) }),
    };
    this.told.set(key, made);
    return made;
  }

  /** In the currency of the quote. */
  private async commission(trade: CcxtTrade, { market, client, definition }: TradeContext): Promise<Decimal> {
    const cost = new Decimal(textOf(trade.fee?.cost) ?? 0);
    const said = definition.feeCoinOf?.(trade) ?? "";
    const currency = said === "" ? trade.fee?.currency : said;
    if (cost.isZero() || currency === undefined || currency === market.quote) return cost;
    if (currency === market.base) return cost.times(textOf(trade.price) ?? 0);
    return cost.times(await this.rate(client, `${currency}/${market.quote}`, trade.timestamp ?? 0));
  }

  /** What a coin was worth in the minute of a trade: the same whenever it is asked. */
  private rate(client: VenueClient, symbol: string, time: number): Promise<Decimal> {
    const minute = Math.floor(time / 60_000) * 60_000;
    const key = `${symbol} ${minute}`;
    const found = this.rates.get(key) ?? rateAt(client, symbol, minute);
    this.rates.set(key, found);
    found.catch(() => this.rates.delete(key));
    return found;
  }
}

async function rateAt(client: VenueClient, symbol: string, minute: number): Promise<Decimal> {
  const [candle] = await client.fetchOHLCV(symbol, "1m", minute, 1);
  const open = candle?.[0] === minute ? candle[1] : (await client.fetchTicker(symbol)).last;
  if (open === undefined) throw new Error(`nobody says what ${symbol} was worth`);
  return new Decimal(String(open));
}

const keyOf = ({ id }: VenueMarket, trade: CcxtTrade): string => `${id}:${String(trade.id)}`;
