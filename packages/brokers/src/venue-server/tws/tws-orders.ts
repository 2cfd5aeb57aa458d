import { Decimal } from "decimal.js";
import { zoneOf } from "@bitfever/runtime";
import type { AccountTrade, OrderHappening } from "../exchange/exchange-event.js";
import { isLiving, type ExchangeOrder, type OrderRequest, type Trigger } from "../exchange/exchange-order.js";
import type { Exchange } from "../exchange/exchange.js";
import type { Market } from "../exchange/market.js";
import { Refusal, type RefusalReason } from "../exchange/refusal.js";
import { isOnStep, type TwsContract } from "./tws-contract.js";
import type { Said } from "./tws-requests.js";

/** An order as a client knows it, whatever the exchange calls it. */
export interface TwsOrder {
  /** Of the connection that it came over, which alone may change it. */
  readonly clientId: number;
  readonly orderId: number;
  /** For good, whoever asks. */
  readonly permId: number;
  readonly contract: TwsContract;
  readonly market: Market;
  readonly said: Said<"place">;
  /** Of the exchange; null for one that was refused. */
  readonly number: number | null;
}

export interface TwsExecution {
  readonly execId: string;
  readonly order: TwsOrder;
  readonly trade: AccountTrade;
}

/** What a client hears of, of its own orders. */
export type TwsNews =
  | { readonly kind: "order"; readonly order: TwsOrder; readonly happening: OrderHappening | "refused" }
  | { readonly kind: "execution"; readonly execution: TwsExecution };

/** What is said no to, by its number. */
export class TwsError extends Error {
  constructor(
    readonly code: number,
    text: string,
  ) {
    super(text);
    this.name = "TwsError";
  }
}

/** Refused before there is an order; all else is taken, and rejected then. */
const codes: Partial<Record<RefusalReason, number>> = {
  unknown_market: 200,
  off_tick: 110,
  off_lot: 10_243,
  too_small: 388,
  unknown_order: 10_147,
  incomplete: 321,
};

const zero = new Decimal(0);
const firstPermId = 1_700_000_001;
const firstExecution = 0x65a00000;

/** The orders of all clients over one exchange, by the ids that clients give them. */
export class TwsOrders {
  private readonly orders = new Map<string, TwsOrder>();
  private readonly highestIds = new Map<number, number>();
  private readonly told: TwsExecution[] = [];
  private readonly listeners = new Set<(news: TwsNews) => void>();
  private permIds = firstPermId;
  private executionCount = firstExecution;

  constructor(
    private readonly exchange: Exchange,
    readonly contracts: readonly TwsContract[],
    private readonly zone: string,
  ) {
    exchange.listen((event) => {
      if (event.kind === "order") this.hear(event.order, event.happening);
      if (event.kind === "trade") this.execute(event.trade);
    });
  }

  /** Calls with all that happens, until what it returns is called. */
  listen(listener: (news: TwsNews) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  nextId(clientId: number): number {
    return (this.highestIds.get(clientId) ?? 0) + 1;
  }

  /** @throws TwsError for what there is not */
  contract({ contractId, symbol, secType, currency }: ContractWords): TwsContract {
    const found = this.contracts.find((each) =>
      Number(contractId) > 0
        ? each.contractId === Number(contractId)
        : secType === "STK" && each.symbol === symbol && (currency === "" || each.currency === currency),
    );
    if (found === undefined) throw new TwsError(200, "No security definition has been found for the request");
    return found;
  }

  market({ symbol }: TwsContract): Market {
    return this.exchange.market("linear", symbol);
  }

  /**
   * Takes a new order, or changes one that works under the same id.
   *
   * @throws TwsError for what is refused before there is an order; what is refused later is news
   */
  place(clientId: number, said: Said<"place">): void {
    const orderId = Number(said.orderId);
    const before = this.find(clientId, orderId);
    if (before !== undefined) {
      this.modify(before, said);
      return;
    }
    if (orderId < this.nextId(clientId)) throw new TwsError(103, "Duplicate order id");
    const contract = this.contract(said);
    const request = this.request(clientId, contract, said);
    this.highestIds.set(clientId, orderId);
    const { market } = request;
    const order: TwsOrder = {
      ...{ clientId, orderId, permId: this.permIds++, contract, market, said, number: null },
    };
    this.orders.set(keyOf(clientId, orderId), order);
    try {
      this.enter(request);
    } catch (error) {
      this.refuse(order, error);
    }
  }

  /** What an order would cost at least and at most, and in which currency. */
  cost(clientId: number, said: Said<"place">): { readonly order: TwsOrder; readonly costs: TwsCosts } {
    const contract = this.contract(said);
    const { market, quantity, price } = this.request(clientId, contract, said);
    const worth = quantity.times(price ?? market.last);
    const order: TwsOrder = {
      ...{ clientId, orderId: Number(said.orderId), permId: 0, contract, market, said, number: null },
    };
    const { makerRate, takerRate, currency } = contract;
    return { order, costs: { least: worth.times(makerRate), most: worth.times(takerRate), currency } };
  }

  /** @throws TwsError for an order that does not live */
  cancel(clientId: number, orderId: number): void {
    const order = this.find(clientId, orderId);
    if (order === undefined)
      throw new TwsError(10_147, `OrderId ${orderId} that needs to be cancelled is not found.`);
    const there = this.stateOf(order);
    if (there === null || !isLiving(there))
      throw new TwsError(
        10_148,
        `OrderId ${orderId} that needs to be cancelled cannot be cancelled, state: ${this.statusOf(order)}.`,
      );
    this.exchange.cancel({ market: order.market, number: there.number });
  }

  find(clientId: number, orderId: number): TwsOrder | undefined {
    return this.orders.get(keyOf(clientId, orderId));
  }

  /** What who sent an order calls it, by the client id that the exchange has for it. */
  nameOf(key: string): string {
    return this.orders.get(key)?.said.orderRef ?? "";
  }

  /** As the exchange has it; null for one that was refused. */
  stateOf({ market, number }: TwsOrder): ExchangeOrder | null {
    return number === null ? null : (this.exchange.find({ market, number }) ?? null);
  }

  statusOf(order: TwsOrder): string {
    switch (this.stateOf(order)?.status) {
      case "waiting":
        return "PreSubmitted";
      case "open":
        return "Submitted";
      case "filled":
        return "Filled";
      case "cancelled":
      case "expired":
        return "Cancelled";
      case "rejected":
      case undefined:
        return "Inactive";
    }
  }

  /** Those that work, and those that were rejected: they stay in the list. */
  open(): readonly TwsOrder[] {
    return [...this.orders.values()].filter((order) => {
      const there = this.stateOf(order);
      return there === null || isLiving(there);
    });
  }

  /** Those that are over since midnight. */
  completed(): readonly TwsOrder[] {
    return [...this.orders.values()].filter((order) => {
      const there = this.stateOf(order);
      return there !== null && !isLiving(there) && there.updatedAt >= this.midnight;
    });
  }

  /** Those since midnight, and what was corrected of them. */
  executions(): readonly TwsExecution[] {
    return this.told.filter(({ trade }) => trade.time >= this.midnight);
  }

  /** Says of the newest execution that its price was another. */
  correct(price: Decimal): void {
    const last = this.told.at(-1);
    if (last === undefined) return;
    const [count] = last.execId.split(".").slice(-1);
    const execId = `${last.execId.slice(0, -2)}${String(Number(count) + 1).padStart(2, "0")}`;
    this.tellExecution({ ...last, execId, trade: { ...last.trade, price } });
  }

  /** What an order is at the exchange. */
  private request(
    clientId: number,
    contract: TwsContract,
    said: Said<"place">,
  ): OrderRequest & { readonly market: Market } {
    checkKind(said);
    const market = this.market(contract);
    const type = types[said.orderType];
    if (type === undefined) throw unsupported;
    const side = said.action === "BUY" ? "buy" : "sell";
    const price = type.isLimited ? decimalOf(said.limitPrice) : null;
    const trigger = type.waits === null ? null : triggerOf(type.waits, side, decimalOf(said.auxPrice));
    for (const level of [price, trigger?.price])
      if (level && (level.lte(0) || !isOnStep(contract, level)))
        throw new TwsError(
          110,
          "The price does not conform to the minimum price variation for this contract.",
        );
    const timeInForce =
      said.timeInForce === "IOC"
        ? "immediate"
        : said.timeInForce === "FOK"
          ? "all_or_nothing"
          : "until_cancelled";
    return {
      ...{ market, clientId: keyOf(clientId, Number(said.orderId)), side, price, trigger, timeInForce },
      ...{ quantity: decimalOf(said.quantity), isReduceOnly: false, typeName: said.orderType },
    };
  }

  /** A trigger that the market has passed is met at once. */
  private enter(request: OrderRequest): void {
    try {
      this.exchange.place(request);
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason !== "would_trigger") throw error;
      this.exchange.place({ ...request, trigger: null });
    }
  }

  private refuse(order: TwsOrder, error: unknown): void {
    if (!(error instanceof Refusal)) throw error;
    const code = codes[error.reason];
    if (code !== undefined) {
      this.orders.delete(keyOf(order.clientId, order.orderId));
      throw new TwsError(code, error.message);
    }
    this.tell({ kind: "order", order, happening: "refused" });
    throw new TwsError(201, `Order rejected - reason:${error.message}`);
  }

  private modify(before: TwsOrder, said: Said<"place">): void {
    const there = this.stateOf(before);
    if (there?.status === "filled") throw new TwsError(104, "Cannot modify a filled order.");
    if (there === null || !isLiving(there)) throw new TwsError(103, "Duplicate order id");
    const isSame = (["action", "orderType"] as const).every((name) => before.said[name] === said[name]);
    if (!isSame || this.contract(said) !== before.contract)
      throw new TwsError(105, "Order being modified does not match original order.");
    const { market, price, quantity, trigger } = this.request(before.clientId, before.contract, said);
    // What it is called stays what it was.
    const { orderRef } = before.said;
    this.keep({ ...before, said: { ...said, orderRef } });
    try {
      const waiting = there.status === "waiting" ? { trigger } : {};
      this.exchange.amend({ market, number: there.number }, { price, quantity, ...waiting });
    } catch (error) {
      this.keep(before);
      if (!(error instanceof Refusal)) throw error;
      throw new TwsError(codes[error.reason] ?? 201, error.message);
    }
  }

  private hear({ clientId: key, number }: ExchangeOrder, happening: OrderHappening): void {
    const found = this.orders.get(key);
    if (found === undefined) return;
    const order = { ...found, number };
    this.keep(order);
    this.tell({ kind: "order", order, happening });
  }

  private execute(trade: AccountTrade): void {
    const order = this.orders.get(trade.order.clientId);
    if (order === undefined) return;
    const execId = `0000e0d5.${(this.executionCount++).toString(16)}.01.01`;
    this.tellExecution({ execId, order, trade });
  }

  private tellExecution(execution: TwsExecution): void {
    this.told.push(execution);
    this.tell({ kind: "execution", execution });
  }

  private keep(order: TwsOrder): void {
    this.orders.set(keyOf(order.clientId, order.orderId), order);
  }

  private get midnight(): number {
    const dayMs = 86_400_000;
    const { now } = this.exchange;
    const { offset } = zoneOf(this.zone);
    return Math.floor((now + offset(now)) / dayMs) * dayMs - offset(now);
  }

  private tell(news: TwsNews): void {
    for (const listener of this.listeners) listener(news);
  }
}

/** What an order would cost. */
export interface TwsCosts {
  readonly least: Decimal;
  readonly most: Decimal;
  readonly currency: string;
}

type ContractWords = Readonly<Record<"contractId" | "symbol" | "secType" | "currency", string>>;

interface OrderKind {
  readonly isLimited: boolean;
  /** For a price from the side of a loss, or of a profit. */
  readonly waits: "stop" | "touch" | null;
}

const types: Readonly<Record<string, OrderKind | undefined>> = {
  MKT: { isLimited: false, waits: null },
  LMT: { isLimited: true, waits: null },
  STP: { isLimited: false, waits: "stop" },
  "STP LMT": { isLimited: true, waits: "stop" },
  MIT: { isLimited: false, waits: "touch" },
  LIT: { isLimited: true, waits: "touch" },
};

const unsupported = new TwsError(387, "Unsupported order type for this exchange and security type.");

/** Fields of other kinds of orders would stand where others are read. */
function checkKind(said: Said<"place">): void {
  const isPlain =
    said.deltaNeutralOrderType === "" &&
    said.scalePriceIncrement === "" &&
    said.hedgeType === "" &&
    said.deltaNeutralContract === "0" &&
    said.algoStrategy === "";
  if (!isPlain) throw unsupported;
}

const triggerOf = (waits: "stop" | "touch", side: "buy" | "sell", price: Decimal): Trigger => ({
  price,
  direction: (waits === "stop") === (side === "buy") ? "up" : "down",
});

function decimalOf(text: string): Decimal {
  try {
    return text === "" ? zero : new Decimal(text);
  } catch {
    throw new TwsError(320, `Server error when reading an API client request: ${text} is no number`);
  }
}

const keyOf = (clientId: number, orderId: number): string => `${clientId}/${orderId}`;
