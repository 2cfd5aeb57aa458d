import { Decimal } from "decimal.js";
import { Account, needOf } from "./account.js";
import type { ExchangeCandle } from "./candle-series.js";
import type { AccountTrade, ExchangeEvent, Funding, OrderHappening } from "./exchange-event.js";
import { isLiving, leftOf, type ExchangeOrder, type OrderRequest } from "./exchange-order.js";
import { Market, type MarketSpecification } from "./market.js";
import { Refusal } from "./refusal.js";

export interface ExchangeOptions {
  readonly markets: readonly MarketSpecification[];
  /** Decimal strings, by asset. */
  readonly balances: Readonly<Record<string, string>>;
  readonly isUnified: boolean;
  /** In which fees are paid on spot; left out, in what is bought. Its price is that of its market in the quote currency. */
  readonly feeAsset?: string | undefined;
  /** Whether a client id may come again once its order has gone. */
  readonly forgetsClientIds: boolean;
  /** Whether an order that would take and must not is taken and taken back, instead of refused. */
  readonly takesBackPostOnly: boolean;
  /** Whether on spot more may be sold than is held; a protocol that has rules about that checks them before. */
  readonly sellsShort?: boolean;
  /** Milliseconds UTC. */
  readonly now: () => number;
  /** Whether a fill is only a part of what could fill. */
  readonly drawsPart: () => boolean;
}

/** What is looked for: by the number of the exchange, or by the id of the client. */
export interface OrderKey {
  readonly market: Market;
  readonly number?: number | undefined;
  readonly clientId?: string | undefined;
}

/** Decimals of money and fees. */
const moneyDecimals = 8;

/**
 * An exchange with one account, whatever its protocol: what rests trades when the market comes to its price, best price first and
 * oldest first, what takes trades at the best price there is. The market goes where it is told to.
 */
export class Exchange {
  readonly markets: readonly Market[];
  readonly account: Account;
  private readonly orders = new Map<number, ExchangeOrder>();
  private readonly trades: AccountTrade[] = [];
  private readonly fundings: Funding[] = [];
  private readonly listeners = new Set<(event: ExchangeEvent) => void>();
  private ordersTold = 0;

  constructor(private readonly options: ExchangeOptions) {
    this.markets = options.markets.map((each) => new Market(each));
    this.account = new Account(options.balances, options.isUnified);
  }

  get now(): number {
    return this.options.now();
  }

  /** Calls with all that happens, until what it returns is called. */
  listen(listener: (event: ExchangeEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @throws Refusal for a market that there is not */
  market(kind: Market["kind"], id: string | undefined): Market {
    const found = this.markets.find((each) => each.kind === kind && each.id === id);
    if (found === undefined) throw new Refusal("unknown_market", `there is no market ${String(id)}`);
    return found;
  }

  /** @throws Refusal where the exchange does not take it */
  place(request: OrderRequest): ExchangeOrder {
    this.check(request);
    const time = this.now;
    const order: ExchangeOrder = {
      ...request,
      ...{ number: ++this.ordersTold, status: request.trigger === null ? "open" : "waiting" },
      ...{ filled: new Decimal(0), cost: new Decimal(0) },
      ...{ createdAt: time, updatedAt: time, triggeredAt: null },
    };
    this.orders.set(order.number, order);
    this.tell({ kind: "order", order, happening: "new" });
    if (order.status === "open") this.enter(order);
    this.tell({ kind: "account" });
    return this.at(order.number);
  }

  /** @throws Refusal for an order that does not live */
  cancel(key: OrderKey): ExchangeOrder {
    const order = this.living(key);
    this.end(order, "cancelled");
    this.tell({ kind: "account" });
    return this.at(order.number);
  }

  /**
   * Changes price and quantity of an order that rests.
   *
   * @throws Refusal for an order that does not live, or for what no order may be
   */
  amend(
    key: OrderKey,
    changes: Partial<Pick<OrderRequest, "price" | "quantity" | "trigger">>,
  ): ExchangeOrder {
    const order = this.living(key);
    const changed = { ...order, ...changes, updatedAt: this.now };
    this.checkSteps(changed);
    if (changed.quantity.lte(order.filled)) throw new Refusal("too_small", "as much has filled already");
    this.orders.set(order.number, changed);
    this.tell({ kind: "order", order: changed, happening: "amended" });
    if (changed.status === "open") this.enter(changed);
    return this.at(order.number);
  }

  /**
   * Puts an order in the place of one that lives.
   *
   * @throws Refusal for one that does not live, or for what no order may be: the first one then stays
   */
  replace(key: OrderKey, request: OrderRequest): ExchangeOrder {
    const order = this.living(key);
    // What the one binds is free for the other.
    this.orders.set(order.number, { ...order, status: "cancelled" });
    try {
      this.check(request);
    } catch (error) {
      this.orders.set(order.number, order);
      throw error;
    }
    this.end({ ...order, replacedBy: this.ordersTold + 1 }, "cancelled");
    return this.place(request);
  }

  find({ market, number, clientId }: OrderKey): ExchangeOrder | undefined {
    if (number !== undefined) {
      const found = this.orders.get(number);
      return found?.market === market ? found : undefined;
    }
    // Where a client id came again, the newest has it.
    return this.all().findLast((each) => each.market === market && each.clientId === clientId);
  }

  /** All orders that there have been, oldest first. */
  all(): readonly ExchangeOrder[] {
    return [...this.orders.values()].sort((a, b) => a.number - b.number);
  }

  open(kind: Market["kind"], market?: Market): readonly ExchangeOrder[] {
    return this.all().filter(
      (each) =>
        isLiving(each) && each.market.kind === kind && (market === undefined || each.market === market),
    );
  }

  tradesOf(kind: Market["kind"], market?: Market): readonly AccountTrade[] {
    return this.trades.filter(
      ({ order }) => order.market.kind === kind && (market === undefined || order.market === market),
    );
  }

  fundingsOf(market?: Market): readonly Funding[] {
    return this.fundings.filter((each) => market === undefined || each.market === market);
  }

  free(market: Market, asset: string): Decimal {
    return this.account.free(market.kind, asset, this.all(), this.ofWallet(market.kind));
  }

  holdings(kind: Market["kind"]): ReturnType<Account["holdings"]> {
    const orders = this.all().filter(({ market }) => this.options.isUnified || market.kind === kind);
    return this.account.holdings(kind, orders, this.ofWallet(kind));
  }

  /**
   * Lets the market trade at a price: what rests there fills, up to a quantity, and what waits for it is triggered.
   *
   * @param quantity  left out, as much as there is
   */
  print(market: Market, price: Decimal, quantity?: Decimal): void {
    const print = market.print(price, quantity ?? market.lot, this.now);
    this.tell({ kind: "print", market, print });
    let left = quantity ?? new Decimal(Infinity);
    for (const order of this.metBy(market, price)) {
      if (left.lte(0)) break;
      const most = Decimal.min(left, leftOf(this.at(order.number)));
      left = left.minus(this.fill(order.number, order.price ?? price, most, true));
    }
    for (const order of this.open(market.kind, market))
      if (order.status === "waiting" && isTriggered(order, price)) this.trigger(order);
    this.tellCandle(market);
  }

  /** Puts a candle that is over into the history, and tells it. */
  candle(market: Market, candle: ExchangeCandle, lengthMs: number): void {
    market.candles.put(candle, lengthMs);
    this.tell({ kind: "candle", market, candle, lengthMs, isClosed: true });
  }

  /** Lets who holds a contract pay the other side, or be paid, by a share of what it is worth. */
  fund(market: Market, rate: Decimal): void {
    const { quantity } = this.account.position(market);
    if (market.kind !== "linear" || quantity.isZero()) return;
    const amount = quantity.times(market.last).times(rate).neg().toDecimalPlaces(moneyDecimals);
    this.account.add(market.kind, market.specification.quote, amount);
    const id = String(this.fundings.length + 1);
    this.fundings.push({ id, market, rate, quantity, amount, time: this.now });
    this.tell({ kind: "account" });
  }

  /** Fills a share of what is left of an order that rests, in whole lots and at least one. */
  fillShare(order: ExchangeOrder, share: number): void {
    const { market, number, status } = order;
    const step = stepOf(order);
    const quantity = leftOf(order).times(share).div(step).ceil().times(step);
    if (status === "open") this.fillNow({ market, number }, quantity);
  }

  /** Fills an order where it stands, as if the market had been there. */
  fillNow(key: OrderKey, quantity: Decimal): void {
    const order = this.living(key);
    this.fill(order.number, order.price ?? order.market.last, Decimal.min(quantity, leftOf(order)), true);
  }

  private metBy(market: Market, price: Decimal): readonly ExchangeOrder[] {
    const resting = this.open(market.kind, market).filter(
      (each) =>
        each.status === "open" &&
        each.price !== null &&
        (each.side === "buy" ? each.price.gte(price) : each.price.lte(price)),
    );
    const nearness = (each: ExchangeOrder): number =>
      (each.side === "buy" ? -1 : 1) * (each.price ?? price).toNumber();
    return [...resting].sort((a, b) => nearness(a) - nearness(b) || a.number - b.number);
  }

  private trigger(order: ExchangeOrder): void {
    const time = this.now;
    const triggered: ExchangeOrder = { ...order, status: "open", triggeredAt: time, updatedAt: time };
    this.orders.set(order.number, triggered);
    this.tell({ kind: "order", order: triggered, happening: "triggered" });
    this.enter(triggered);
  }

  /** An order comes into the book: it takes what it can, and rests or goes. */
  private enter(order: ExchangeOrder): void {
    const { market, side, price, timeInForce, number } = order;
    const best = side === "buy" ? market.ask : market.bid;
    const takes = price === null || (side === "buy" ? price.gte(best) : price.lte(best));
    if (takes && timeInForce === "post_only") {
      this.end(order, "expired");
      return;
    }
    const there = market.depth ?? new Decimal(Infinity);
    if (takes && there.gt(0) && !(timeInForce === "all_or_nothing" && there.lt(leftOf(order))))
      this.fill(number, best, Decimal.min(there, leftOf(order)), false);
    const after = this.at(number);
    if (after.status !== "open") return;
    const mayRest = price !== null && (timeInForce === "until_cancelled" || timeInForce === "post_only");
    if (!mayRest) this.end(after, "expired");
  }

  /** Fills up to a quantity; how much it was. */
  private fill(number: number, price: Decimal, most: Decimal, isMaker: boolean): Decimal {
    const order = this.at(number);
    if (order.status !== "open") return new Decimal(0);
    const { market } = order;
    const bounded = order.isReduceOnly ? Decimal.min(most, this.reducible(order)) : most;
    if (bounded.lte(0)) {
      this.end(order, "expired");
      return new Decimal(0);
    }
    const step = stepOf(order);
    const steps = bounded.div(step);
    const isPart = isMaker && steps.gte(2) && this.options.drawsPart();
    const quantity = isPart ? steps.div(2).floor().times(step) : bounded;
    const filled = order.filled.plus(quantity);
    const time = this.now;
    const after: ExchangeOrder = {
      ...order,
      ...{ filled, cost: order.cost.plus(quantity.times(price)), updatedAt: time },
      status: filled.gte(order.quantity) ? "filled" : "open",
    };
    this.orders.set(number, after);
    const trade: AccountTrade = {
      ...{ id: market.nextTradeId(), order: after, price, quantity, isMaker, time },
      ...this.settle(after, price, quantity, isMaker),
    };
    this.trades.push(trade);
    this.tell({ kind: "trade", trade });
    this.endIdleReductions(market);
    return quantity;
  }

  /** Moves coins and money of a trade. */
  private settle(
    { market, side }: ExchangeOrder,
    price: Decimal,
    quantity: Decimal,
    isMaker: boolean,
  ): Pick<AccountTrade, "fee" | "feeAsset" | "profit"> {
    const { kind, base, quote, makerRate, takerRate } = market.specification;
    const rate = isMaker ? makerRate : takerRate;
    const worth = quantity.times(price);
    const { account } = this;
    let profit = new Decimal(0);
    let feeAsset = quote;
    let feeBase = worth;
    if (kind === "linear") {
      profit = account.trade(market, side === "buy" ? quantity : quantity.neg(), price);
      account.add(kind, quote, profit);
    } else {
      account.add(kind, base, side === "buy" ? quantity : quantity.neg());
      account.add(kind, quote, side === "buy" ? worth.neg() : worth);
      const ofFees = this.markets.find(
        ({ specification }) => specification.base === this.options.feeAsset && specification.quote === quote,
      );
      if (ofFees !== undefined) [feeAsset, feeBase] = [ofFees.specification.base, worth.div(ofFees.last)];
      else if (side === "buy") [feeAsset, feeBase] = [base, quantity];
    }
    const fee = feeBase.times(rate).toDecimalPlaces(moneyDecimals, Decimal.ROUND_UP);
    account.add(kind, feeAsset, fee.neg());
    return { fee, feeAsset, profit };
  }

  /** What can only reduce goes where there is nothing left to reduce. */
  private endIdleReductions(market: Market): void {
    if (market.kind !== "linear") return;
    for (const order of this.open("linear", market))
      if (order.isReduceOnly && order.status === "open" && this.reducible(order).lte(0))
        this.end(order, "expired");
  }

  private reducible({ market, side }: Pick<OrderRequest, "market" | "side">): Decimal {
    const { quantity } = this.account.position(market);
    return side === "sell" ? quantity : quantity.neg();
  }

  private end(order: ExchangeOrder, status: "cancelled" | "expired"): void {
    const ended: ExchangeOrder = { ...order, status, updatedAt: this.now };
    this.orders.set(order.number, ended);
    const happening: OrderHappening = status;
    this.tell({ kind: "order", order: ended, happening });
  }

  private check(request: OrderRequest): void {
    const { market, clientId, side, trigger, timeInForce, price } = request;
    this.checkSteps(request);
    const isTaken = this.all().some(
      (each) =>
        clientId !== "" &&
        each.market.kind === market.kind &&
        each.clientId === clientId &&
        (isLiving(each) || !this.options.forgetsClientIds),
    );
    if (isTaken) throw new Refusal("doubled_client_id", `there was an order ${clientId} already`);
    if (trigger !== null && isTriggered(request, market.last))
      throw new Refusal("would_trigger", "the order would trigger at once");
    const best = side === "buy" ? market.ask : market.bid;
    const takes = price !== null && (side === "buy" ? price.gte(best) : price.lte(best));
    if (timeInForce === "post_only" && takes && !this.options.takesBackPostOnly)
      throw new Refusal("would_take", "the order would take at once");
    if (request.isReduceOnly && this.reducible(request).lte(0) && trigger === null)
      throw new Refusal("nothing_to_reduce", "there is nothing to reduce");
    const need = needOf(request, request.quantity);
    const mayBeOwed = this.options.sellsShort === true && need.asset === market.specification.base;
    if (!mayBeOwed && need.amount.gt(this.free(market, need.asset)))
      throw new Refusal("no_funds", `there is less ${need.asset} than the order needs`);
  }

  private checkSteps({ market, quantity, price, trigger, isReduceOnly }: OrderRequest): void {
    const { minimumQuantity, minimumNotional } = market.specification;
    for (const each of [price, trigger?.price])
      if (each && (each.lte(0) || !each.mod(market.tick).isZero()))
        throw new Refusal("off_tick", `the price ${each.toString()} is no multiple of the tick`);
    if (!quantity.mod(market.lot).isZero())
      throw new Refusal("off_lot", `the quantity ${quantity.toString()} is no multiple of the lot`);
    if (quantity.lt(minimumQuantity)) throw new Refusal("too_small", "the quantity is too small");
    if (!isReduceOnly && quantity.times(price ?? trigger?.price ?? market.last).lt(minimumNotional))
      throw new Refusal("below_notional", "the order is worth too little");
  }

  private living(key: OrderKey): ExchangeOrder {
    const found = this.find(key);
    if (found === undefined || !isLiving(found)) throw new Refusal("unknown_order", "there is no such order");
    return found;
  }

  private at(number: number): ExchangeOrder {
    return this.orders.get(number) as ExchangeOrder;
  }

  private ofWallet(kind: Market["kind"]): readonly Market[] {
    return this.options.isUnified || kind === "linear" ? this.markets : [];
  }

  private tellCandle(market: Market): void {
    const candle = market.candles.at(1_000, this.now);
    if (candle !== undefined) this.tell({ kind: "candle", market, candle, lengthMs: 1_000, isClosed: false });
  }

  private tell(event: ExchangeEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

/** In which an order fills. */
const stepOf = ({ market, quantity }: ExchangeOrder): Decimal =>
  market.specification.fillsWhole === true && quantity.isInteger() ? Decimal.max(market.lot, 1) : market.lot;

const isTriggered = ({ trigger }: OrderRequest, price: Decimal): boolean =>
  trigger !== null && (trigger.direction === "up" ? price.gte(trigger.price) : price.lte(trigger.price));
