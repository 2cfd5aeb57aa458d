import { Decimal } from "decimal.js";
import type { ExchangeOrder, OrderRequest } from "./exchange-order.js";
import { isLiving, leftOf } from "./exchange-order.js";
import type { Market, MarketKind } from "./market.js";

/** What is held of a contract; below zero, short. */
export interface ContractPosition {
  readonly quantity: Decimal;
  readonly entryPrice: Decimal;
}

export interface Holding {
  readonly asset: string;
  readonly total: Decimal;
  /** What open orders and positions bind. */
  readonly locked: Decimal;
}

const zero = new Decimal(0);
const flat: ContractPosition = { quantity: zero, entryPrice: zero };

/** How many times its margin a contract may be worth. */
export const leverage = 10;

/** Money, coins and contracts of the one account of an exchange. */
export class Account {
  private readonly wallets: Readonly<Record<MarketKind, Map<string, Decimal>>>;
  private readonly positions = new Map<string, ContractPosition>();

  /**
   * @param balances  decimal strings, by asset
   * @param isUnified  one wallet for all; else spot and contracts have one each, with the same in it
   */
  constructor(balances: Readonly<Record<string, string>>, isUnified: boolean) {
    const wallet = (): Map<string, Decimal> =>
      new Map(Object.entries(balances).map(([asset, amount]) => [asset, new Decimal(amount)]));
    const spot = wallet();
    this.wallets = { spot, linear: isUnified ? spot : wallet() };
  }

  balance(kind: MarketKind, asset: string): Decimal {
    return this.wallets[kind].get(asset) ?? zero;
  }

  add(kind: MarketKind, asset: string, amount: Decimal): void {
    this.wallets[kind].set(asset, this.balance(kind, asset).plus(amount));
  }

  position(market: Market): ContractPosition {
    return this.positions.get(market.id) ?? flat;
  }

  /** Trades a contract; what the part that closes has earned. */
  trade(market: Market, signed: Decimal, price: Decimal): Decimal {
    const before = this.position(market);
    const quantity = before.quantity.plus(signed);
    const isOpening = before.quantity.isZero() || before.quantity.isPos() === signed.isPos();
    const closed = isOpening ? zero : Decimal.min(signed.abs(), before.quantity.abs());
    const profit = price
      .minus(before.entryPrice)
      .times(closed)
      .times(before.quantity.isNeg() ? -1 : 1);
    const worth = before.entryPrice.times(before.quantity.abs()).plus(price.times(signed.abs()));
    const isTurned = !quantity.isZero() && quantity.isPos() !== before.quantity.isPos();
    const entryPrice = quantity.isZero()
      ? zero
      : isOpening
        ? worth.div(quantity.abs())
        : isTurned
          ? price
          : before.entryPrice;
    this.positions.set(market.id, { quantity, entryPrice });
    return profit;
  }

  profit(market: Market): Decimal {
    const { quantity, entryPrice } = this.position(market);
    return market.last.minus(entryPrice).times(quantity);
  }

  holdings(kind: MarketKind, orders: Iterable<ExchangeOrder>, markets: Iterable<Market>): readonly Holding[] {
    const all = [...orders];
    const every = [...markets];
    return [...this.wallets[kind]].map(([asset, total]) => ({
      asset,
      total,
      locked: this.locked(asset, all, every),
    }));
  }

  /** What can be spent on something new. */
  free(kind: MarketKind, asset: string, orders: Iterable<ExchangeOrder>, markets: Iterable<Market>): Decimal {
    return this.balance(kind, asset).minus(this.locked(asset, [...orders], [...markets]));
  }

  private locked(asset: string, orders: readonly ExchangeOrder[], markets: readonly Market[]): Decimal {
    const ofOrders = orders
      .filter(isLiving)
      .map((order) => needOf(order, leftOf(order)))
      .filter((need) => need.asset === asset)
      .reduce((sum, { amount }) => sum.plus(amount), zero);
    return markets
      .filter(({ specification }) => specification.kind === "linear" && specification.quote === asset)
      .reduce(
        (sum, market) => sum.plus(this.position(market).quantity.abs().times(market.last).div(leverage)),
        ofOrders,
      );
  }
}

/** What an order binds while it lives. */
export function needOf(
  { market, side, price, trigger, isReduceOnly }: OrderRequest,
  quantity: Decimal,
): { readonly asset: string; readonly amount: Decimal } {
  const { kind, base, quote } = market.specification;
  if (kind === "spot" && side === "sell") return { asset: base, amount: quantity };
  const worth = quantity.times(price ?? trigger?.price ?? market.ask);
  const amount = kind === "spot" ? worth : isReduceOnly ? zero : worth.div(leverage);
  return { asset: quote, amount };
}
