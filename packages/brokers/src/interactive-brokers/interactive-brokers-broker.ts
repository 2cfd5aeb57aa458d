import type {
  Approved,
  Broker,
  CancelRequest,
  SnapshotRequest,
  TradedInstrument,
  VenueOrder,
  VenueOrderStatus,
  VenueReport,
  VenueTrade,
} from "@bitfever/runtime";
import type { CommissionReport, Contract, Execution, Order, OrderState } from "@stoqey/ib";
import { Decimal } from "decimal.js";
import { BrokerWork } from "../broker-work.js";
import { ExecutionBook, timeOfExecution, type KnownExecution } from "./execution-book.js";
import { orderTypesOfTws, placedOrder, whyNot, type PlacedTerms } from "./placed-order.js";
import {
  askCompletedOrders,
  askExecutions,
  askOpenOrders,
  askPositions,
  timeQuestion,
  type CompletedOrder,
  type OpenOrder,
  type OrderStatusTold,
} from "./questions.js";
import type { TradedContract } from "./traded-contract.js";
import type { TwsConnection } from "./tws-connection.js";
import type { TwsLink } from "./tws-link.js";
import { isWarning } from "./tws-words.js";

export interface InteractiveBrokersBrokerOptions {
  /** Started. */
  readonly link: TwsLink;
  readonly contracts: ReadonlyMap<string, TradedContract>;
  readonly terms: PlacedTerms;
  /** Milliseconds UTC by the clock of this machine. */
  readonly now: () => number;
  /** How often the venue is asked beside what it tells, in milliseconds. */
  readonly pollMs: number;
  /** How long news are waited for before the venue is asked, in milliseconds. */
  readonly settleMs: number;
  /** An order that was sent over a connection which is still there has arrived, or never will, after so long. */
  readonly arriveMs: number;
}

/**
 * What is known of an order. `asked`: it was sent, and nobody has said anything of it; `unsent`: it is not at the venue, for sure;
 * `unknown`: it is of another life, and the venue has to be asked.
 */
type OrderStage = "unknown" | "unsent" | "asked" | "taken" | "filled" | "cancelled" | "rejected";

interface KnownOrder {
  readonly request: CancelRequest;
  readonly order?: VenueOrder;
  readonly stage: OrderStage;
  /** Where this side may change it. */
  readonly orderId?: number;
  /** Number of the connection over which it was sent, and when. */
  readonly sentOver: number;
  readonly sentAt: number;
  readonly wasCancelAsked: boolean;
  /** It does not work, and nobody has said why: it is taken back, since nobody knows whether it will. */
  readonly isHeld: boolean;
  /** The venue has said no to something about it. */
  readonly refusal?: { readonly code: number; readonly text: string };
  /** All of it has traded, and that is so much. */
  readonly fillsTo?: Decimal;
  /** It is gone when so much of it was told as traded. */
  readonly endsAt?: Decimal;
}

/** Clocks of two machines are taken to be no farther apart, in milliseconds; the venue tells whole seconds. */
const clockSlackMs = 2_000;
const [rejected, cancelled] = [201, 202];
/** An id was used before, or nobody knows it: either way the order is not there. */
const [duplicateId, unknownIds] = [103, [135, 10_147]];
/** Only a warning, whatever the library says: the venue looks for shares to borrow. */
const heldToBorrow = 404;

export const interactiveBrokersCapabilities: Broker["capabilities"] = {
  ...{ orders: orderTypesOfTws, replaces: false, protects: false, separates: false },
};

/**
 * Interactive Brokers behind the contract of brokers, through TWS or IB Gateway. Orders are known by the reference that they
 * carry. What the venue tells is believed; where it tells nothing, its lists of orders and executions say what is so.
 */
export class InteractiveBrokersBroker implements Broker {
  readonly name = "interactive brokers";
  readonly capabilities = interactiveBrokersCapabilities;
  private readonly places = new Map<string, TradedContract>();
  private readonly known = new Map<string, KnownOrder>();
  /** By the id of this client, what the order is called. */
  private readonly names = new Map<number, string>();
  /** How much was asked for, where the venue said it, by its number for good. */
  private readonly totals = new Map<number, Decimal>();
  private readonly book = new ExecutionBook();
  private readonly work = new BrokerWork();
  private heardConnection: TwsConnection | null = null;
  private stopFollowing: () => void = () => undefined;
  private tradesFrom: number;
  /** How often in a row the lists have not said what they were asked for. */
  private doubts = 0;
  private isLookedAtAgain = false;
  /** The look that waits for its turn. */
  private nextLook: Promise<void> | null = null;
  /** The lists are gone through: what is missing in them is asked for again behind that. */
  private isReading = false;

  constructor(private readonly options: InteractiveBrokersBrokerOptions) {
    this.tradesFrom = options.now() - clockSlackMs;
  }

  /** Whether nothing that was asked for is on its way. */
  get isIdle(): boolean {
    return this.work.isIdle;
  }

  async connect(
    hear: (report: VenueReport) => void,
    instruments: readonly TradedInstrument[],
  ): Promise<void> {
    const { link, contracts, pollMs } = this.options;
    for (const { specification } of instruments) {
      const traded = contracts.get(specification.symbol);
      if (traded === undefined) throw new Error(`${this.name} has no market ${specification.symbol}`);
      this.places.set(specification.symbol, traded);
    }
    if (link.current === null) throw new Error(`${this.name} cannot be reached`);
    let isFirst = true;
    this.stopFollowing = link.follow({
      up: (connection) => {
        this.listen(connection);
        if (!isFirst) this.work.tell({ kind: "connected" });
        isFirst = false;
        this.lookSoon();
      },
      down: (reason) => {
        this.work.tell({ kind: "disconnected", reason });
      },
    });
    this.work.open(hear);
    this.work.every(pollMs, () => {
      this.lookSoon();
    });
  }

  submit(order: Approved<VenueOrder>): void {
    void this.work.busy(this.take(order));
  }

  modify(_request: CancelRequest, { clientId, strategy, symbol }: Approved<VenueOrder>): void {
    const reason = `${this.name} does not put one order in the place of another`;
    this.work.tell({ kind: "rejected", clientId, strategy, symbol, reason });
  }

  cancel(request: CancelRequest): void {
    void this.work.busy(this.takeBack(request));
  }

  snapshot(request: SnapshotRequest): void {
    void this.work.inTurn(() => this.answer(request));
  }

  async close(): Promise<void> {
    this.work.close();
    this.stopFollowing();
    this.options.link.close();
  }

  private listen(connection: TwsConnection): void {
    if (this.heardConnection === connection) return;
    this.heardConnection = connection;
    connection.on("openOrder", (_id: number, _contract: Contract, order: Order, { status }: OrderState) => {
      if (order.whatIf !== true) this.hearOpen(order, status);
    });
    connection.on("orderStatus", (...[orderId, status, filled, , , , , , clientId]: OrderStatusTold) => {
      const name = clientId === this.options.link.clientId ? this.names.get(orderId) : undefined;
      if (name !== undefined) this.hearStatus(name, status, new Decimal(filled));
    });
    connection.on("execDetails", (_id: number, contract: Contract, execution: Execution) => {
      this.book.hear(contract, execution);
      this.tellTrades();
    });
    connection.on("commissionReport", (report: CommissionReport) => {
      this.book.hearCommission(report);
      this.tellTrades();
    });
    connection.on("error", (error: Error, code: number, id: number) => {
      const name = this.names.get(id);
      if (name !== undefined) this.hearError(name, code, error);
    });
  }

  private async take(order: VenueOrder): Promise<void> {
    const { clientId, strategy, symbol } = order;
    const request = { clientId, strategy, symbol };
    const traded = this.places.get(symbol);
    const reason = traded === undefined ? `${symbol} was not connected` : whyNot(order);
    if (reason !== null || traded === undefined) {
      this.work.tell({ kind: "rejected", ...request, reason: reason ?? "" });
      return;
    }
    const before = this.known.get(clientId);
    if (before === undefined) this.know(request, "unsent");
    this.change(clientId, { order: before?.order ?? order });
    // Who asks a second time asks once: the venue takes two orders that are called the same.
    if (before !== undefined && before.stage !== "unsent" && !(await this.isFree(before))) return;
    await this.send(order, traded);
  }

  /** Whether an order that was asked for before is not at the venue. */
  private async isFree({ request, refusal }: KnownOrder): Promise<boolean> {
    const { clientId } = request;
    if (this.known.get(clientId)?.stage === "rejected") {
      this.work.tell({ kind: "rejected", ...request, reason: refusal?.text ?? "the venue has rejected it" });
      return false;
    }
    await this.looked();
    return this.known.get(clientId)?.stage === "unsent";
  }

  private async send(order: VenueOrder, traded: TradedContract): Promise<void> {
    const { link, now, terms } = this.options;
    const { clientId } = order;
    const connection = link.current;
    if (connection === null) return;
    // From here on nobody else sends it.
    const sentAt = now();
    this.change(clientId, { stage: "asked", sentOver: connection.number, sentAt, wasCancelAsked: false });
    const bounded = await this.bounded(order, traded, connection);
    if (this.isOver(clientId)) return;
    const isTakenBack = this.known.get(clientId)?.wasCancelAsked === true;
    if (bounded === null || isTakenBack || link.current !== connection) {
      this.change(clientId, { stage: "unsent" });
      if (isTakenBack) this.tellCancelled(clientId, "asked");
      return;
    }
    const orderId = link.takeOrderId();
    this.names.set(orderId, clientId);
    this.change(clientId, { orderId, order: bounded, sentAt: now() });
    connection.api.placeOrder(orderId, traded.contract, placedOrder(bounded, traded, terms));
    this.lookSoon();
  }

  /** The venue lets a sale open a position: what may only reduce is no more than there is. Null where nobody knows, or nothing is. */
  private async bounded(
    order: VenueOrder,
    { instrument, contractId }: TradedContract,
    connection: TwsConnection,
  ): Promise<VenueOrder | null> {
    if (order.isReduceOnly !== true) return order;
    const { account } = this.options.terms;
    const positions = await askPositions(connection, account).catch(() => null);
    if (positions === null) return null;
    const held = instrument.quantity(positions.get(contractId) ?? 0);
    const to = Math.max(0, order.order.side === "sell" ? held : -held);
    const from = order.order.quantity;
    if (to >= from) return order;
    const { clientId, strategy, symbol } = order;
    if (to === 0) {
      this.tellCancelled(clientId, "nothing_to_close");
      return null;
    }
    this.work.tell({ kind: "reduced", clientId, strategy, symbol, from, to });
    return { ...order, order: { ...order.order, quantity: to } };
  }

  private async takeBack(request: CancelRequest): Promise<void> {
    const { clientId } = request;
    this.know(request, "unknown");
    this.change(clientId, { wasCancelAsked: true });
    if (this.known.get(clientId)?.orderId === undefined) await this.looked();
    this.sendCancel(clientId);
  }

  private sendCancel(clientId: string): void {
    const { orderId, stage } = this.known.get(clientId) ?? {};
    const connection = this.options.link.current;
    if (orderId === undefined || connection === null || (stage !== "asked" && stage !== "taken")) return;
    connection.api.cancelOrder(orderId);
    this.lookSoon();
  }

  private hearOpen(
    { orderRef = "", orderId, clientId, permId, totalQuantity = 0 }: Order,
    status: string,
  ): void {
    if (permId !== undefined) this.totals.set(permId, new Decimal(totalQuantity));
    if (!this.known.has(orderRef)) return;
    if (orderId !== undefined && clientId === this.options.link.clientId) {
      this.names.set(orderId, orderRef);
      this.change(orderRef, { orderId });
    }
    if (this.stageOf(orderRef) !== "rejected" && !this.isOver(orderRef))
      this.change(orderRef, { stage: "taken" });
    this.hearStatus(orderRef, status, null);
  }

  /** @param filled  null where that is told beside */
  private hearStatus(name: string, status: string, filled: Decimal | null): void {
    switch (status) {
      case "PreSubmitted":
      case "Submitted":
        this.accept(name);
        break;
      case "Filled":
        this.accept(name);
        this.change(name, { stage: "filled", ...(filled !== null && { fillsTo: filled }) });
        this.lookWhereMissing(name);
        break;
      case "Cancelled":
      case "ApiCancelled":
        if (filled !== null) this.endsAt(name, filled);
        break;
      case "Inactive":
        // Why, may be told next.
        if (filled !== null && !this.isOver(name)) this.lookSoon();
        break;
      default:
        // On its way, or on its way out.
        break;
    }
  }

  private hearError(name: string, code: number, error: Error): void {
    const { library } = this.options.link;
    if (isWarning(library, code, error) || code === heldToBorrow) return;
    if (code !== cancelled) this.change(name, { refusal: { code, text: error.message } });
    if (code === duplicateId) this.options.link.current?.api.reqIds();
    if (code === rejected && this.book.toldOf(name).isZero()) this.tellRejected(name, error.message);
    else this.lookSoon();
  }

  private hearCompleted({ order, status, why }: CompletedOrder): void {
    const { orderRef = "", permId, filledQuantity = 0 } = order;
    const filled = new Decimal(filledQuantity);
    const isFilled = status === "Filled";
    // Of an order that is over the venue says only how much has filled.
    if (isFilled && permId !== undefined) this.totals.set(permId, filled);
    if (!this.known.has(orderRef)) return;
    if (isFilled) this.hearStatus(orderRef, status, filled);
    else if (status === "Inactive") this.tellRejected(orderRef, why);
    else this.endsAt(orderRef, filled);
  }

  /** It is gone, with what of it has traded: that is told first. */
  private endsAt(name: string, filled: Decimal): void {
    if (this.isOver(name)) return;
    this.change(name, { endsAt: filled });
    this.settleEnd(name);
    this.lookWhereMissing(name);
  }

  /** What has traded and was not told is asked for, once news of it had time to come. */
  private lookWhereMissing(name: string): void {
    const { endsAt, fillsTo = endsAt } = this.known.get(name) ?? {};
    const isMissing = fillsTo !== undefined && this.book.toldOf(name).lt(fillsTo);
    if (isMissing && !this.isReading) this.lookSoon();
  }

  private settleEnd(name: string): void {
    const known = this.known.get(name);
    if (known?.endsAt === undefined || this.isOver(name) || this.book.toldOf(name).lt(known.endsAt)) return;
    if (known.isHeld && known.endsAt.isZero()) {
      this.tellRejected(name, known.refusal?.text ?? "the venue does not work on it");
      return;
    }
    this.accept(name);
    const { order } = known.order ?? {};
    const isOfNow =
      order?.type === "market" || order?.duration?.kind === "ioc" || order?.duration?.kind === "fok";
    this.tellCancelled(name, known.wasCancelAsked || !isOfNow ? "asked" : "unfilled");
  }

  /** Tells what is complete: an execution is a trade once its commission is known. */
  private tellTrades(): void {
    if (!this.work.isOpen) return;
    for (const each of this.book.all()) {
      if (this.book.trade(each.id) !== undefined || !this.isComplete(each)) continue;
      const trade = this.toldTrade(each);
      if (trade === undefined) continue;
      if (this.known.has(trade.clientId)) this.accept(trade.clientId);
      if (trade.time >= this.tradesFrom) this.work.tell({ kind: "trade", trade });
      this.settleEnd(trade.clientId);
    }
  }

  /** A trade that is told, once, or undefined for one of something that is not traded here. */
  private toldTrade(execution: KnownExecution): VenueTrade | undefined {
    const before = this.book.trade(execution.id);
    if (before !== undefined) return before;
    const traded = this.placeOf(execution);
    if (traded === undefined || !this.isComplete(execution)) return undefined;
    const { orderRef = "", permId = 0 } = execution.execution;
    const clientId = this.nameOf(orderRef, permId);
    const known = this.known.get(clientId);
    const lots = known?.order?.order.quantity;
    const quantity =
      lots === undefined ? this.totals.get(permId) : new Decimal(traded.instrument.quantityDecimal(lots));
    const strategy = known?.request.strategy ?? "";
    return this.book.tell(execution, { traded, clientId, strategy, quantity });
  }

  /** The commission of an order of somebody else is told to the venue's master client alone, and concerns nobody here. */
  private isComplete({ execution, contract, commission }: KnownExecution): boolean {
    if (Number.isNaN(timeOfExecution(execution))) return false;
    if (commission === null) return execution.clientId !== this.options.link.clientId;
    return commission.currency === "" || commission.currency === contract.currency;
  }

  private placeOf({ contract, execution }: KnownExecution): TradedContract | undefined {
    if (execution.acctNumber !== this.options.terms.account) return undefined;
    return this.placeWith(contract);
  }

  private placeWith({ conId }: Contract): TradedContract | undefined {
    return [...this.places.values()].find(({ contractId }) => contractId === conId);
  }

  private nameOf(orderRef: string, permId: number): string {
    return orderRef === "" ? `${this.name}:${permId}` : orderRef;
  }

  /** Asks how all orders stand, and tells what follows from it. */
  private async look(): Promise<readonly OpenOrder[]> {
    const { link, now } = this.options;
    const connection = link.current;
    if (connection === null) throw new Error("the venue cannot be reached");
    const begunAt = now();
    const sent = new Map(this.known);
    // An order goes from the first list to the second: asked for in this order, none is in neither.
    const open = await askOpenOrders(connection);
    const completed = await askCompletedOrders(connection);
    for (const { contract, execution } of await askExecutions(connection, this.options.terms.account))
      this.book.hear(contract, execution);
    if (link.current !== connection) throw new Error("the venue has gone meanwhile");
    this.isReading = true;
    try {
      this.read(open, completed);
      const names = new Set([...open, ...completed].map(({ order }) => order.orderRef));
      for (const [name, known] of sent)
        if (!names.has(name)) this.miss(name, known, connection.number, begunAt);
      for (const name of this.known.keys()) this.settleEnd(name);
    } finally {
      this.isReading = false;
    }
    if (this.isInDoubt()) this.lookAgain();
    return open;
  }

  /** What the lists say, the trades first. */
  private read(open: readonly OpenOrder[], completed: readonly CompletedOrder[]): void {
    this.tellTrades();
    for (const { order, status } of open) {
      this.hearOpen(order, status);
      if (status === "Inactive") this.hold(order.orderRef ?? "");
    }
    for (const each of completed) this.hearCompleted(each);
  }

  /** Whether something is known to be missing: why an order is held, or trades of one that is over. */
  private isInDoubt(): boolean {
    return [...this.known.values()].some(
      ({ request, stage, isHeld, endsAt, fillsTo = endsAt }) =>
        (isHeld && stage === "taken") ||
        (fillsTo !== undefined && this.book.toldOf(request.clientId).lt(fillsTo)),
    );
  }

  /** An order that neither works nor was over today. */
  private miss(name: string, before: KnownOrder, connection: number, begunAt: number): void {
    const { stage, sentOver, sentAt, refusal, orderId } = before;
    // There was news of it meanwhile, or was long ago: the lists are of today.
    if (this.known.get(name) !== before || this.isOver(name)) return;
    const traded = this.quantityTraded(name);
    const asked = before.order?.order.quantity;
    const place = this.places.get(before.request.symbol);
    if (traded.gt(0)) {
      const isAll =
        asked !== undefined && place !== undefined && traded.gte(place.instrument.quantityDecimal(asked));
      if (stage === "unknown" || stage === "asked") this.change(name, { stage: "taken" });
      if (isAll) this.change(name, { stage: "filled" });
      return;
    }
    if (stage === "unknown") this.change(name, { stage: "unsent" });
    if (stage === "taken" && before.isHeld && refusal !== undefined) this.tellRejected(name, refusal.text);
    // While it is being made ready it was not sent.
    if (stage !== "asked" || orderId === undefined) return;
    const isProof = refusal !== undefined && [duplicateId, ...unknownIds].includes(refusal.code);
    if (refusal !== undefined && !isProof) {
      this.tellRejected(name, refusal.text);
      return;
    }
    // An id of a client is connected once: what came over an earlier connection had come when this one was taken.
    const hasArrived = isProof || connection > sentOver || begunAt - sentAt >= this.options.arriveMs;
    if (!hasArrived) return;
    this.known.set(name, this.forgotten(before));
  }

  /** As if it had never been sent. */
  private forgotten({ request, order, wasCancelAsked }: KnownOrder): KnownOrder {
    return {
      ...{ request, stage: "unsent", sentOver: 0, sentAt: 0, wasCancelAsked, isHeld: false },
      ...(order !== undefined && { order }),
    };
  }

  private hold(name: string): void {
    const known = this.known.get(name);
    if (known === undefined || known.stage === "rejected") return;
    // It was taken back, and the venue would not have it.
    if (known.isHeld && known.refusal !== undefined) {
      this.tellRejected(name, known.refusal.text);
      return;
    }
    this.change(name, { isHeld: true });
    this.sendCancel(name);
  }

  private quantityTraded(name: string): Decimal {
    return this.book
      .all()
      .filter(({ execution }) => execution.orderRef === name)
      .reduce((sum, { execution }) => sum.plus(execution.shares ?? 0), new Decimal(0));
  }

  private async answer({ number, orders, tradesFrom }: SnapshotRequest): Promise<void> {
    const { link, terms } = this.options;
    try {
      for (const each of orders) this.know(each, "unknown");
      const open = await this.look();
      const connection = link.current as TwsConnection;
      const held = await askPositions(connection, terms.account);
      const time = await connection.ask(timeQuestion);
      const trades: VenueTrade[] = [];
      for (const each of this.book.all()) {
        if (this.placeOf(each) === undefined || timeOfExecution(each.execution) < tradesFrom) continue;
        const trade = this.toldTrade(each);
        if (trade === undefined) {
          // Its commission is still to come: what is held cannot be told without it.
          this.lookAgain();
          return;
        }
        trades.push(trade);
      }
      this.work.tell({
        ...{ kind: "snapshot", number, time, trades, flows: [] },
        positions: [...this.places.values()].map(({ symbol, contractId, instrument }) => ({
          symbol,
          quantity: instrument.quantity(held.get(contractId) ?? 0),
        })),
        openOrders: open.flatMap((each) => this.openOrder(each)),
        orders: orders.flatMap((each) => {
          const status = this.fateOf(each, open);
          return status === null ? [] : [{ ...each, status }];
        }),
      });
    } catch {
      // No answer is none: whoever asks will ask again.
    }
  }

  private openOrder({ contract, order, status, filled }: OpenOrder): VenueOpenOrder[] {
    const traded = this.placeWith(contract);
    const { orderRef = "", permId = 0, totalQuantity = 0, account } = order;
    if (traded === undefined || status === "Inactive" || account !== this.options.terms.account) return [];
    const clientId = this.nameOf(orderRef, permId);
    const strategy = this.known.get(clientId)?.request.strategy ?? "";
    const { instrument, symbol } = traded;
    const left = instrument.quantity(new Decimal(totalQuantity).minus(filled).toNumber());
    return [{ clientId, strategy, symbol, side: String(order.action) === "BUY" ? "buy" : "sell", left }];
  }

  /** What became of an order; null while that cannot be said. */
  private fateOf({ clientId, symbol }: CancelRequest, open: readonly OpenOrder[]): VenueOrderStatus | null {
    const known = this.known.get(clientId);
    if (known === undefined || !this.places.has(symbol)) return "absent";
    switch (known.stage) {
      case "unsent":
        return "absent";
      case "taken":
        return open.some(({ order, status }) => order.orderRef === clientId && status !== "Inactive") &&
          known.endsAt === undefined
          ? "working"
          : null;
      case "filled":
      case "cancelled":
      case "rejected":
        return known.stage;
      case "asked":
      case "unknown":
        return null;
    }
  }

  private accept(name: string): void {
    const known = this.known.get(name);
    if (known === undefined) return;
    if (known.stage === "unknown" || known.stage === "unsent" || known.stage === "asked")
      this.change(name, { stage: "taken" });
    this.work.tellOnce("accepted", known.request);
  }

  private tellRejected(name: string, reason: string): void {
    const known = this.known.get(name);
    if (known === undefined || this.isOver(name)) return;
    const { code = rejected } = known.refusal ?? {};
    this.change(name, { stage: "rejected", refusal: { code, text: reason } });
    this.work.tellOnce("rejected", known.request, { kind: "rejected", ...known.request, reason });
  }

  private tellCancelled(name: string, reason: CancelReport["reason"]): void {
    const known = this.known.get(name);
    if (known === undefined) return;
    this.change(name, { stage: "cancelled" });
    this.work.tellOnce("cancelled", known.request, { kind: "cancelled", ...known.request, reason });
  }

  private isOver(name: string): boolean {
    const stage = this.stageOf(name);
    return stage === "filled" || stage === "cancelled" || stage === "rejected";
  }

  private stageOf(name: string): OrderStage | undefined {
    return this.known.get(name)?.stage;
  }

  private know(request: CancelRequest, stage: OrderStage): void {
    if (this.known.has(request.clientId)) return;
    const nothing = { sentOver: 0, sentAt: 0, wasCancelAsked: false, isHeld: false };
    this.known.set(request.clientId, { request, stage, ...nothing });
  }

  private change(name: string, changes: Partial<KnownOrder>): void {
    const before = this.known.get(name);
    if (before !== undefined) this.known.set(name, { ...before, ...changes });
  }

  /** Asks how things stand, when news had time to come. */
  private lookSoon(): void {
    this.doubts = 0;
    this.work.lookSoon(this.options.settleMs, () => void this.looked());
  }

  /** Asks once more where the lists have not said it yet, less and less often. */
  private lookAgain(): void {
    if (this.isLookedAtAgain || !this.work.isOpen) return;
    const { settleMs, pollMs } = this.options;
    this.isLookedAtAgain = true;
    this.work.later(Math.min(settleMs * 2 ** this.doubts++, pollMs), () => {
      this.isLookedAtAgain = false;
      void this.looked();
    });
  }

  /** Resolves when somebody has asked how things stand, or nobody could: one look serves all who ask before it begins. */
  private looked(): Promise<void> {
    const look = (): Promise<unknown> => {
      this.nextLook = null;
      return this.look();
    };
    this.nextLook ??= this.work.inTurn(look).catch(() => undefined);
    return this.nextLook;
  }
}

type CancelReport = Extract<VenueReport, { kind: "cancelled" }>;
type VenueOpenOrder = Extract<VenueReport, { kind: "snapshot" }>["openOrders"][number];
