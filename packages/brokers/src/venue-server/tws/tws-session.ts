import { Decimal } from "decimal.js";
import { timeOf } from "../../interactive-brokers/tws-time.js";
import type { Exchange } from "../exchange/exchange.js";
import type { ExchangeEvent } from "../exchange/exchange-event.js";
import type { Market } from "../exchange/market.js";
import { barSizes, durationOf } from "./bar-sizes.js";
import {
  commissionMessage,
  completedOrderMessage,
  executionMessage,
  openOrderMessage,
  orderStatusMessage,
} from "./order-messages.js";
import { ruleOf } from "./tws-contract.js";
import type { TwsMessage } from "./tws-frames.js";
import {
  accountsMessage,
  accountSummaryMessage,
  completedOrdersEndMessage,
  contractMessage,
  endMessage,
  errorMessage,
  historyMessage,
  marketRuleMessage,
  nextIdMessage,
  openOrdersEndMessage,
  positionMessage,
  positionsEndMessage,
  tickMessage,
  timeMessage,
  updateMessage,
} from "./tws-messages.js";
import { TwsError, type TwsExecution, type TwsNews, type TwsOrder, type TwsOrders } from "./tws-orders.js";
import type { Said, TwsRequest, TwsRequestKind } from "./tws-requests.js";

/** Where what a session says goes. */
export interface TwsOutput {
  /** Answers what was asked: nothing touches it. */
  readonly answer: (message: TwsMessage) => void;
  /** Tells what nobody has asked for, which may be spoilt on its way. */
  readonly push: (message: TwsMessage) => void;
  /** Tells a commission, now or later. */
  readonly pushCommission: (message: TwsMessage) => void;
}

export interface TwsSurroundings {
  readonly exchange: Exchange;
  readonly orders: TwsOrders;
  readonly account: string;
  readonly zone: string;
}

type Handlers = { readonly [Kind in TwsRequestKind]: (said: Said<Kind>) => void };

/** The conversation with one client, from the moment that its id is taken. */
export class TwsSession {
  /** What is told of markets without being asked again, by the id of the request. */
  private readonly followed = new Map<number, (event: ExchangeEvent) => void>();
  private readonly ends: readonly (() => void)[];

  constructor(
    private readonly surroundings: TwsSurroundings,
    readonly clientId: number,
    private readonly output: TwsOutput,
  ) {
    const { exchange, orders, account } = surroundings;
    this.ends = [
      orders.listen((news) => {
        this.hearNews(news);
      }),
      exchange.listen((event) => {
        for (const follow of this.followed.values()) follow(event);
      }),
    ];
    output.answer(accountsMessage(account));
    output.answer(nextIdMessage(orders.nextId(clientId)));
    const isFine = "data farm connection is OK";
    output.answer(errorMessage(-1, 2_104, `Market ${isFine}:usfarm`));
    output.answer(errorMessage(-1, 2_106, `HMDS ${isFine}:ushmds`));
    output.answer(errorMessage(-1, 2_158, `Sec-def ${isFine}:secdefil`));
  }

  end(): void {
    for (const end of this.ends) end();
  }

  /** Data that were followed are told no more. */
  forgetData(): void {
    this.followed.clear();
  }

  hear({ kind, said }: TwsRequest): void {
    const id = Number((said as Said<"ticks">).id ?? (said as Said<"place">).orderId ?? -1);
    try {
      (this.handlers[kind] as (said: unknown) => void)(said);
    } catch (error) {
      if (!(error instanceof TwsError)) throw error;
      this.output.answer(errorMessage(id, error.code, error.message));
    }
  }

  private readonly handlers: Handlers = {
    start: () => undefined,
    ids: () => {
      this.output.answer(nextIdMessage(this.surroundings.orders.nextId(this.clientId)));
    },
    accounts: () => {
      this.output.answer(accountsMessage(this.surroundings.account));
    },
    time: () => {
      this.output.answer(timeMessage(this.surroundings.exchange.now));
    },
    contract: (said) => {
      const contract = this.surroundings.orders.contract(said);
      const id = Number(said.id);
      this.output.answer(contractMessage(id, contract, this.surroundings.zone));
      this.output.answer(endMessage(52, id));
    },
    market_rule: ({ ruleId }) => {
      const found = this.surroundings.orders.contracts.find((each) => ruleOf(each) === Number(ruleId));
      if (found === undefined) throw new TwsError(321, "Error validating request: invalid market rule id");
      this.output.answer(marketRuleMessage(Number(ruleId), found));
    },
    place: (said) => {
      const { orders, account } = this.surroundings;
      if (said.whatIf !== "1") {
        orders.place(this.clientId, said);
        return;
      }
      const { order, costs } = orders.cost(this.clientId, said);
      this.output.answer(openOrderMessage(order, account, "PreSubmitted", costs));
    },
    cancel: ({ orderId }) => {
      this.surroundings.orders.cancel(this.clientId, Number(orderId));
    },
    open_orders: () => {
      this.answerOpen(this.surroundings.orders.open().filter(({ clientId }) => clientId === this.clientId));
    },
    all_open_orders: () => {
      this.answerOpen(this.surroundings.orders.open());
    },
    completed_orders: () => {
      const { orders, account, zone } = this.surroundings;
      for (const order of orders.completed()) {
        const there = orders.stateOf(order);
        if (there !== null) this.output.answer(completedOrderMessage(order, there, account, zone));
      }
      this.output.answer(completedOrdersEndMessage);
    },
    executions: (said) => {
      const id = Number(said.id);
      const found = this.surroundings.orders.executions().filter((each) => isAskedFor(each, said));
      for (const each of found) {
        const { account, zone } = this.surroundings;
        this.output.answer(executionMessage(id, each, account, zone));
        // That of others is told to the master of all clients alone.
        if (each.order.clientId === this.clientId) this.output.pushCommission(commissionMessage(each));
      }
      this.output.answer(endMessage(55, id));
    },
    positions: () => {
      const { orders, exchange, account } = this.surroundings;
      for (const contract of orders.contracts) {
        const position = exchange.account.position(orders.market(contract));
        if (!position.quantity.isZero()) this.output.answer(positionMessage(account, contract, position));
      }
      this.output.answer(positionsEndMessage);
    },
    end_positions: () => undefined,
    account_summary: ({ id, tags }) => {
      for (const [tag, value] of Object.entries(this.summary()))
        if (tags.split(",").includes(tag))
          this.output.answer(
            accountSummaryMessage(Number(id), this.surroundings.account, tag, value, this.currency),
          );
      this.output.answer(endMessage(64, Number(id)));
    },
    end_account_summary: () => undefined,
    history: (said) => {
      this.answerHistory(said);
    },
    end_history: ({ id }) => {
      this.followed.delete(Number(id));
    },
    ticks: (said) => {
      const contract = this.surroundings.orders.contract(said);
      const market = this.surroundings.orders.market(contract);
      const id = Number(said.id);
      this.followed.set(id, (event) => {
        if (event.kind === "print" && event.market === market)
          this.output.push(tickMessage(id, event.print, contract.primaryExchange));
      });
    },
    end_ticks: ({ id }) => {
      this.followed.delete(Number(id));
    },
  };

  private answerOpen(found: readonly TwsOrder[]): void {
    for (const order of found) for (const message of this.standing(order)) this.output.answer(message);
    this.output.answer(openOrdersEndMessage);
  }

  private standing(order: TwsOrder): readonly TwsMessage[] {
    const { orders, account } = this.surroundings;
    const status = orders.statusOf(order);
    return [
      openOrderMessage(order, account, status),
      orderStatusMessage(order, orders.stateOf(order), status),
    ];
  }

  private answerHistory(said: Said<"history">): void {
    const { orders, exchange, zone } = this.surroundings;
    const market = orders.market(orders.contract(said));
    const [intervalMs, durationMs] = [barSizes[said.barSize], durationOf(said.duration)];
    const to = said.end === "" ? exchange.now : timeOf(said.end);
    if (intervalMs === undefined || durationMs === undefined || Number.isNaN(to))
      throw new TwsError(321, "Error validating request: invalid end, duration or bar size");
    const [id, isEpoch, from] = [Number(said.id), said.dateFormat === "2", to - durationMs];
    const candles = market.candles.between(intervalMs, from, to - 1);
    const isFollowed = said.isKeptUpToDate === "1";
    if (isFollowed) this.follow(id, market, intervalMs, isEpoch);
    if (candles.length === 0)
      throw new TwsError(
        162,
        `Historical Market Data Service error message:HMDS query returned no data: ${market.id}@SMART Trades`,
      );
    this.output.answer(historyMessage(id, candles, { from, to, zone, isEpoch }));
  }

  private follow(id: number, market: Market, intervalMs: number, isEpoch: boolean): void {
    this.followed.set(id, (event) => {
      if (event.kind !== "candle" || event.market !== market) return;
      const candle = market.candles.at(intervalMs, event.candle.time);
      if (candle !== undefined) this.output.push(updateMessage(id, candle, this.surroundings.zone, isEpoch));
    });
  }

  private hearNews(news: TwsNews): void {
    const order = news.kind === "order" ? news.order : news.execution.order;
    if (order.clientId !== this.clientId) return;
    const { push } = this.output;
    if (news.kind === "execution") {
      const { account, zone } = this.surroundings;
      push(executionMessage(-1, news.execution, account, zone));
      for (const message of this.standing(order)) push(message);
      this.output.pushCommission(commissionMessage(news.execution));
      return;
    }
    const isGone = news.happening === "cancelled" || news.happening === "expired";
    const [open, status] = this.standing(order);
    if (!isGone) push(open);
    push(status);
    if (isGone) push(errorMessage(order.orderId, 202, "Order Canceled - reason:"));
  }

  private get currency(): string {
    return this.surroundings.orders.contracts[0]?.currency ?? "USD";
  }

  private summary(): Readonly<Record<string, Decimal>> {
    const { exchange } = this.surroundings;
    const cash = exchange.account.balance("linear", this.currency);
    const markets = exchange.markets.filter(({ specification }) => specification.quote === this.currency);
    const total = (of: (market: Market) => Decimal): Decimal =>
      markets.reduce((sum, market) => sum.plus(of(market)), new Decimal(0));
    const worth = cash.plus(total((market) => exchange.account.profit(market)));
    const held = total((market) => exchange.account.position(market).quantity.times(market.last));
    return { NetLiquidation: worth, TotalCashValue: worth.minus(held), GrossPositionValue: held.abs() };
  }
}

function isAskedFor({ order, trade }: TwsExecution, said: Said<"executions">): boolean {
  const from = said.time === "" ? -Infinity : timeOf(said.time);
  const side = trade.order.side === "buy" ? "BUY" : "SELL";
  return (
    (Number(said.clientId) === 0 || order.clientId === Number(said.clientId)) &&
    (said.symbol === "" || order.contract.symbol === said.symbol) &&
    (said.side === "" || said.side === side) &&
    // Times are told in whole seconds.
    Math.floor(trade.time / 1_000) * 1_000 >= from
  );
}
