import {
  BitFeverError,
  type Approved,
  type Broker,
  type CancelRequest,
  type SnapshotRequest,
  type TradedInstrument,
  type VenueOrder,
  type VenueOrderStatus,
  type VenueReport,
  type VenueTrade,
} from "@bitfever/runtime";
import { Decimal } from "decimal.js";
import { BrokerWork, forgottenAfterMs } from "../broker-work.js";
import type { AccountNews, AccountStream } from "./account-stream.js";
import type { AlpacaRest } from "./alpaca-rest.js";
import { failureOf, isBound, isDoubled, textOfError } from "./failure.js";
import { FillBook, fillOfActivity, fillOfUpdate, type Fill } from "./fill-book.js";
import { foundOrder, isAlike, type FoundOrder } from "./found-order.js";
import { alpacaOrders, changesOf, orderBody, whyNot, type OrderBody } from "./order-body.js";
import type { AlpacaOrder, AlpacaTradeUpdate } from "./payloads.js";

type CancelReason = Extract<VenueReport, { kind: "cancelled" }>["reason"];

export interface AlpacaBrokerOptions {
  readonly rest: AlpacaRest;
  readonly streamOf: (news: AccountNews) => AccountStream;
  /** Whether it can be traded, by the name that the venue has for it. */
  readonly isTraded: (symbol: string) => boolean;
  /** Milliseconds UTC by the clock of this machine. */
  readonly now: () => number;
  /** How often the venue is asked beside what its stream says, in milliseconds. */
  readonly pollMs: number;
  /** How long after news of an order the venue is asked, and how long an answer that comes too early is waited for. */
  readonly settleMs: number;
  /** Behind so long a request that nobody answered is taken to do nothing any more, in milliseconds. */
  readonly lostAfterMs: number;
}

/**
 * What is known of an order that was asked for here or asked about: `asked` while a request for it is on its way, `unsure` where nobody
 * knows what came of that; `gone` was taken back before the venue had it.
 */
interface KnownOrder {
  readonly request: CancelRequest;
  /** Undefined for one of another life. */
  readonly order: VenueOrder | undefined;
  readonly state: "asked" | "unsure" | "taken" | "over" | "refused" | "gone";
  readonly sentAt: number;
  readonly wasCancelAsked: boolean;
  readonly reason: string;
}

/** Of an order that turns a position round. */
interface Turn {
  readonly opens: Decimal;
  /** The part that closes has filled: the other one is what counts from then on. */
  readonly hasClosed: boolean;
}

/** Under which id the venue has the part of an order that opens. */
const restOf = (clientId: string): string => `${clientId}-2`;
const ownerOf = (name: string): string =>
  name.endsWith("-2") && name.length > 24 ? name.slice(0, -2) : name;

/** Times of two machines are taken to be no farther apart, in milliseconds. */
const clockSlackMs = 1_000;

export const alpacaCapabilities: Broker["capabilities"] = {
  ...{ orders: alpacaOrders, replaces: true, protects: false, separates: false, binds: true },
};

/**
 * Shares at Alpaca behind the contract of brokers: asked over HTTP, told by a stream, and asked again where that may have missed
 * something. What a request that failed has done is unknown until the venue says more.
 */
export class AlpacaBroker implements Broker {
  readonly name = "alpaca";
  readonly capabilities = alpacaCapabilities;
  private readonly instruments = new Map<string, TradedInstrument>();
  private readonly known = new Map<string, KnownOrder>();
  /** By client id, what of an order opens when the rest of it has closed a position. */
  private readonly turns = new Map<string, Turn>();
  /** By number of the venue, the client id; and the other way round. */
  private readonly clientIds = new Map<string, string>();
  private readonly numbers = new Map<string, string>();
  /** The ids of those for which another one was taken back, that they might have its place. */
  private readonly hasPlace = new Set<string>();
  private readonly fills = new FillBook();
  private readonly stream: AccountStream;
  private readonly work = new BrokerWork();
  private tradesFrom = Infinity;

  constructor(private readonly options: AlpacaBrokerOptions) {
    this.stream = options.streamOf({
      update: (update) => {
        this.inTurn(() => this.hearUpdate(update));
      },
      lost: (reason) => {
        this.work.tell({ kind: "disconnected", reason });
      },
      back: () => {
        this.work.tell({ kind: "connected" });
        this.pollSoon();
      },
    });
  }

  /** Whether nothing that was asked for is on its way. */
  get isIdle(): boolean {
    return this.work.isIdle;
  }

  /** @throws BitFeverError BF5306 for an account that may not trade */
  async connect(
    hear: (report: VenueReport) => void,
    instruments: readonly TradedInstrument[],
  ): Promise<void> {
    const { rest, isTraded, pollMs } = this.options;
    for (const instrument of instruments) {
      const { symbol } = instrument.specification;
      if (!isTraded(symbol)) throw new Error(`${this.name} has no market ${symbol}`);
      this.instruments.set(symbol, instrument);
    }
    await this.checkAccount();
    this.tradesFrom = (await rest.time()) - clockSlackMs;
    this.work.open(hear);
    await this.stream.open();
    // Where an answer takes longer than a beat, beats must not pile up before what is asked for.
    let isAsking = false;
    this.work.every(pollMs, () => {
      if (isAsking) return;
      isAsking = true;
      this.inTurn(async () => {
        isAsking = false;
        await this.poll(true);
      });
    });
  }

  submit(order: Approved<VenueOrder>): void {
    void this.work.busy(this.take(order, null));
  }

  modify(request: CancelRequest, order: Approved<VenueOrder>): void {
    void this.work.busy(this.take(order, request));
  }

  cancel(request: CancelRequest): void {
    void this.work.busy(this.takeBack(request));
  }

  snapshot(request: SnapshotRequest): void {
    this.inTurn(() => this.answer(request));
  }

  close(): Promise<void> {
    this.work.close();
    this.stream.close();
    return Promise.resolve();
  }

  private async checkAccount(): Promise<void> {
    const account = await this.options.rest.account();
    const { status, trading_blocked, account_blocked, trade_suspended_by_user } = account;
    if (status === "ACTIVE" && !trading_blocked && !account_blocked && !trade_suspended_by_user) return;
    const why = trade_suspended_by_user
      ? "its owner has suspended trading"
      : status === "ACTIVE"
        ? "the venue has blocked it"
        : `its status is ${status}`;
    throw new BitFeverError("BF5306", `this account of alpaca may not trade: ${why}`, {
      hint: "see what the pages of the venue say of the account",
    });
  }

  private async take(order: VenueOrder, replaced: CancelRequest | null): Promise<void> {
    const { clientId, strategy, symbol } = order;
    const request = { clientId, strategy, symbol };
    const instrument = this.instruments.get(symbol);
    const reason = instrument === undefined ? `${symbol} was not connected` : whyNot(order);
    if (reason !== null || instrument === undefined) {
      this.work.tell({ kind: "rejected", ...request, reason: reason ?? "" });
      return;
    }
    const before = this.known.get(clientId);
    if (before?.state === "asked") return;
    this.known.set(clientId, {
      ...{ request, order, state: "asked", sentAt: this.options.now() },
      ...{ wasCancelAsked: before?.wasCancelAsked ?? false, reason: "" },
    });
    // Who asks a second time asks once: what came of the first time is looked up before.
    if (before !== undefined && !(await this.isFree(before, order))) return;
    const send = (): Promise<void> => this.send(instrument, order, replaced);
    await (order.order.purpose === "enter" ? send() : this.work.inLine(symbol, send));
  }

  /** Whether nothing can have come of an order that was asked for before; tells what has, where the venue knows. */
  private async isFree(before: KnownOrder, order: VenueOrder): Promise<boolean> {
    const { clientId } = order;
    if (before.state === "refused" || before.state === "gone") {
      this.known.set(clientId, { ...before, order });
      this.tellEnd(before);
      return false;
    }
    this.change(clientId, { sentAt: before.sentAt, state: before.state });
    if ((await this.lookUp(clientId)) !== null) return false;
    if (before.state !== "unsure" || this.mayArrive(before)) return false;
    this.change(clientId, { state: "asked", sentAt: this.options.now() });
    return true;
  }

  private async send(
    instrument: TradedInstrument,
    asked: VenueOrder,
    replaced: CancelRequest | null,
  ): Promise<void> {
    const { clientId, strategy, symbol } = asked;
    const request = { clientId, strategy, symbol };
    try {
      const order = await this.bounded(asked, instrument);
      if (order === null) {
        this.leave(clientId, "nothing_to_close");
        return;
      }
      const body = orderBody(order, instrument);
      const taken = replaced === null ? await this.place(order, body) : await this.put(replaced, body);
      if (taken === null) {
        this.leave(clientId, "asked");
        return;
      }
      this.learn(taken.id, clientId);
      // Its news may have come before.
      if (this.known.get(clientId)?.state === "asked") this.change(clientId, { state: "taken" });
      this.work.tellOnce("accepted", request);
      if (replaced !== null) await this.lookUp(replaced.clientId);
      this.pollSoon();
    } catch (error) {
      await this.fail(request, replaced, error);
    }
  }

  /** Sells no more than there is: the venue would take it for one that opens. Null where there is nothing. */
  private async bounded(order: VenueOrder, instrument: TradedInstrument): Promise<VenueOrder | null> {
    if (order.isReduceOnly !== true) return order;
    const { rest, settleMs } = this.options;
    const { clientId, strategy, symbol } = order;
    const { side, quantity: from } = order.order;
    const to = await this.work.heldFor(from, settleMs, async () => {
      const held = instrument.quantity(Number(await rest.held(symbol)));
      return side === "sell" ? held : -held;
    });
    if (to >= from) return order;
    if (to <= 0) return null;
    const smaller = { ...order, order: { ...order.order, quantity: to } };
    this.change(clientId, { order: smaller });
    this.work.tell({ kind: "reduced", clientId, strategy, symbol, from, to });
    return smaller;
  }

  /**
   * The venue binds shares to the first order that would sell them. What closes at the market, or is a stop, is not held up by what of
   * the same strategy waits to close them: that goes before.
   */
  private async place(order: VenueOrder, body: OrderBody): Promise<AlpacaOrder> {
    const { rest } = this.options;
    try {
      return await rest.place(body);
    } catch (error) {
      const isUrgent = order.order.type === "market" || isStop(order);
      if (!isUrgent || !isBound(error)) throw error;
      const { symbol, side } = body;
      const held = new Decimal(await rest.held(symbol)).times(side === "sell" ? 1 : -1);
      if (held.lte(0)) throw error;
      const opens = new Decimal(body.qty).minus(held);
      if (opens.gt(0) && order.order.type !== "market") throw error;
      const hasMadeRoom = await this.makesRoom(order);
      if (opens.gt(0)) return this.turn(order, body, opens);
      if (!hasMadeRoom) throw error;
      return rest.place(body);
    }
  }

  /** Nobody turns a position round with one order: one closes it, and when that has filled another opens the rest. */
  private turn({ clientId }: VenueOrder, body: OrderBody, opens: Decimal): Promise<AlpacaOrder> {
    this.turns.set(clientId, { opens, hasClosed: false });
    return this.options.rest.place(sized(body, new Decimal(body.qty).minus(opens)));
  }

  /** Sends what is left of an order that has closed a position, until it is known what came of that. */
  private async openRest(clientId: string, { opens }: Turn): Promise<void> {
    const { rest, lostAfterMs } = this.options;
    const known = this.known.get(clientId);
    const instrument = this.instruments.get(known?.request.symbol ?? "");
    if (known?.order === undefined || instrument === undefined) return;
    this.turns.set(clientId, { opens, hasClosed: true });
    const body = { ...sized(orderBody(known.order, instrument), opens), client_order_id: restOf(clientId) };
    while (this.work.isOpen) {
      try {
        const { id } = await rest.place(body);
        this.learn(id, restOf(clientId));
        this.pollSoon();
        return;
      } catch (error) {
        if (isDoubled(error)) return;
        if (failureOf(error) === "refused") {
          this.leave(clientId, "unfilled");
          return;
        }
        // It may have come all the same, and then its id is taken.
        await this.work.pause(failureOf(error) === "not_now" ? this.options.settleMs : lostAfterMs);
      }
    }
  }

  /** Takes back what binds the shares that an order would sell; whether there was something. */
  private async makesRoom({ strategy, symbol, order }: VenueOrder): Promise<boolean> {
    let hasMade = false;
    for (const each of await this.options.rest.open()) {
      const clientId = ownerOf(each.client_order_id);
      const isOwn = this.known.get(clientId)?.request.strategy === strategy;
      if (each.symbol !== symbol || each.side !== order.side || !isOwn) continue;
      this.change(clientId, { wasCancelAsked: true });
      hasMade = (await this.isTakenBack(each.id)) || hasMade;
    }
    return hasMade;
  }

  /** Puts an order in the place of one that lives; null where that has gone. */
  private async put(replaced: CancelRequest, body: OrderBody): Promise<AlpacaOrder | null> {
    const { rest } = this.options;
    const old = await this.lookUpOrFail(replaced.clientId);
    if (old === null) {
      const before = this.known.get(replaced.clientId);
      const mayCome = before !== undefined && (before.state === "taken" || this.mayArrive(before));
      if (mayCome) throw new Error(`nobody knows what became of ${replaced.clientId}`);
      return null;
    }
    const { client_order_id: clientId } = body;
    const isFree = old.status === "cancelled" && this.hasPlace.has(clientId);
    if (isFree) return rest.place(body);
    if (old.status !== "working") return null;
    this.change(replaced.clientId, { wasCancelAsked: true });
    if (isAlike(old, body)) return rest.replace(old.orderId, changesOf(body));
    // Whatever comes of this request: where it does what it asks, the place is that of this order.
    this.hasPlace.add(clientId);
    return (await this.isTakenBack(old.orderId)) ? rest.place(body) : null;
  }

  /** What Alpaca cannot change is taken back first; whether something of it was left. */
  private async isTakenBack(orderId: string): Promise<boolean> {
    const { rest, now, settleMs, lostAfterMs } = this.options;
    await rest.cancel(orderId);
    const look = async (): Promise<FoundOrder | null> => {
      const raw = await rest.findByNumber(orderId);
      return raw === null ? null : foundOrder(raw);
    };
    const found = await this.work.whenGone(orderId, {
      ...{ look, now, withinMs: lostAfterMs, everyMs: settleMs },
    });
    await this.hearOrder(found);
    return found.status === "cancelled";
  }

  private async fail(request: CancelRequest, replaced: CancelRequest | null, error: unknown): Promise<void> {
    const { clientId } = request;
    const failure = failureOf(error);
    const reason = textOfError(error);
    // The news of it have come, whatever became of the answer.
    if (failure !== "refused" && this.known.get(clientId)?.state !== "asked") return;
    // Nothing was done of what was not even looked at: it may be asked again at once.
    const sentAt = failure === "not_now" ? -Infinity : this.options.now();
    this.change(clientId, { state: "unsure", sentAt });
    if (isDoubled(error)) await this.lookUp(clientId);
    else if (failure === "refused") {
      this.change(clientId, { state: "refused", reason });
      this.work.tell({ kind: "rejected", ...request, reason });
      if (replaced !== null) await this.lookUp(replaced.clientId);
    }
  }

  private async takeBack(request: CancelRequest): Promise<void> {
    const { clientId } = request;
    if (!this.instruments.has(request.symbol)) return;
    this.know(request);
    this.change(clientId, { wasCancelAsked: true });
    try {
      const number = this.numbers.get(clientId) ?? (await this.lookUpOrFail(clientId))?.orderId;
      if (number === undefined) return;
      await this.options.rest.cancel(number);
    } catch (error) {
      // Refused is what has gone, and what became of it can be looked up.
      if (failureOf(error) !== "refused") return;
    }
    await this.lookUp(clientId);
    this.pollSoon();
  }

  /** Asks what became of an order, and tells it; null where nobody knows, and whoever has to know will ask again. */
  private async lookUp(clientId: string): Promise<FoundOrder | null> {
    try {
      return await this.lookUpOrFail(clientId);
    } catch {
      return null;
    }
  }

  /** Null where the venue does not know of it. */
  private async lookUpOrFail(clientId: string): Promise<FoundOrder | null> {
    const raw = await this.options.rest.find(this.nameOf(clientId));
    if (raw === null) return null;
    const found = foundOrder(raw);
    await this.hearOrder(found);
    return found;
  }

  private async hearUpdate(update: AlpacaTradeUpdate): Promise<void> {
    const found = foundOrder(update.order);
    this.learn(found.orderId, found.clientId);
    const fill = fillOfUpdate(update);
    // Where a trade is missing before it, or two were put into one, the list of trades says how it was.
    if (fill !== null && this.fills.isNext(fill)) await this.hearFill(fill);
    await this.hearOrder(found);
  }

  private async hearOrder(found: FoundOrder): Promise<void> {
    const { clientId: name, orderId, filled } = found;
    const clientId = ownerOf(name);
    this.learn(orderId, name);
    const known = this.known.get(clientId);
    if (known === undefined) return;
    const { request } = known;
    const turn = this.turns.get(clientId);
    const hasClosed = turn !== undefined && name === clientId && found.status === "filled";
    const status = hasClosed ? "working" : found.status;
    if (status === "rejected") {
      const reason = "the venue has rejected it";
      this.change(clientId, { state: "refused", reason });
      this.work.tellOnce("rejected", request, { kind: "rejected", ...request, reason });
      return;
    }
    this.change(clientId, { state: status === "working" ? "taken" : "over" });
    this.work.tellOnce("accepted", request);
    // What has traded is told before what became of the rest.
    if (this.fills.quantityOf(orderId).lt(filled)) {
      await this.fetchTrades();
      // The list of trades may be behind; who was there in another life has heard of some of them before.
      if (this.fills.quantityOf(orderId).lt(filled) && known.order !== undefined) this.pollSoon();
    }
    if (hasClosed && !turn.hasClosed) void this.work.busy(this.openRest(clientId, turn));
    if (status !== "cancelled") return;
    const reason = reasonOf(found, known);
    this.work.tellOnce("cancelled", request, { kind: "cancelled", ...request, reason });
  }

  /** Tells a trade once; undefined for one of a symbol that was not connected. */
  private async hearFill(fill: Fill): Promise<VenueTrade | undefined> {
    const instrument = this.instruments.get(fill.symbol);
    if (instrument === undefined) return undefined;
    const name = this.clientIds.get(fill.orderId) ?? (await this.clientIdOf(fill));
    const before = this.fills.find(fill);
    if (before !== undefined) return before;
    const clientId = ownerOf(name);
    const known = this.known.get(clientId);
    const opens = name === clientId ? this.turns.get(clientId)?.opens : undefined;
    const trade = this.fills.take(
      { ...fill, left: fill.left.plus(opens ?? 0) },
      { instrument, clientId, strategy: known?.request.strategy ?? "" },
    );
    if (known !== undefined) this.work.tellOnce("accepted", known.request);
    this.work.tell({ kind: "trade", trade });
    return trade;
  }

  /** Whose order it was that traded; throws while that cannot be said. */
  private async clientIdOf({ orderId, time }: Fill): Promise<string> {
    const { rest, now, lostAfterMs } = this.options;
    const raw = await rest.findByNumber(orderId);
    if (raw === null) {
      // An order that has just traded is there, whatever the venue says.
      if (now() - time < lostAfterMs + forgottenAfterMs) throw new Error(`nobody knows whose ${orderId} is`);
      return `${this.name}:${orderId}`;
    }
    this.learn(raw.id, raw.client_order_id);
    return raw.client_order_id;
  }

  private async fetchTrades(from = this.tradesFrom): Promise<readonly VenueTrade[]> {
    const all: VenueTrade[] = [];
    for (const each of await this.options.rest.fills(from - clockSlackMs)) {
      const told = await this.hearFill(fillOfActivity(each));
      if (told !== undefined && told.time >= from) all.push(told);
    }
    return all;
  }

  private async answer({ number, orders, tradesFrom }: SnapshotRequest): Promise<void> {
    const { rest } = this.options;
    try {
      const time = await rest.time();
      const fates: (CancelRequest & { readonly status: VenueOrderStatus })[] = [];
      // First what they are called, so that trades find their orders.
      for (const asked of orders) {
        const status = await this.fateOf(asked);
        if (status !== null) fates.push({ ...asked, status });
      }
      const openOrders = (await rest.open()).flatMap((raw) => this.openOrder(foundOrder(raw)));
      const held = new Map((await rest.positions()).map(({ symbol, qty }) => [symbol, Number(qty)]));
      const positions = [...this.instruments].map(([symbol, instrument]) => ({
        symbol,
        quantity: instrument.quantity(held.get(symbol) ?? 0),
      }));
      const trades = await this.fetchTrades(tradesFrom);
      this.tradesFrom = Math.max(this.tradesFrom, time - 60_000);
      this.work.tell({
        ...{ kind: "snapshot", number, time, positions, openOrders, trades, flows: [], orders: fates },
      });
    } catch {
      // No answer is none: whoever asks will ask again.
    }
  }

  private openOrder({ clientId: name, orderId, symbol, side, quantity, filled }: FoundOrder) {
    const instrument = this.instruments.get(symbol);
    if (instrument === undefined) return [];
    this.learn(orderId, name);
    const clientId = ownerOf(name);
    const strategy = this.known.get(clientId)?.request.strategy ?? "";
    const opens = name === clientId ? this.turns.get(clientId)?.opens : undefined;
    const left = instrument.quantity(
      quantity
        .minus(filled)
        .plus(opens ?? 0)
        .toNumber(),
    );
    return [{ clientId, strategy, symbol, side, left }];
  }

  /** What became of an order; null while that cannot be said. */
  private async fateOf(asked: CancelRequest): Promise<VenueOrderStatus | null> {
    if (!this.instruments.has(asked.symbol)) return "absent";
    const before = this.known.get(asked.clientId);
    if (before?.state === "asked") return null;
    if (before?.state === "refused") return "rejected";
    if (before?.state === "gone") return "cancelled";
    const raw = await this.options.rest.find(this.nameOf(asked.clientId));
    if (raw !== null) {
      const found = foundOrder(raw);
      this.know(asked);
      await this.hearOrder(found);
      if (found.status !== "filled" || found.clientId !== asked.clientId) return found.status;
      // Of what has closed a position the rest may be on its way, or have been sent in another life.
      if (this.turns.has(asked.clientId)) return null;
      return found.type === "market" && before?.order === undefined ? this.fateOfRest(asked) : "filled";
    }
    if (before === undefined) return "absent";
    // It may arrive still, or the venue may not see it yet.
    return before.state !== "unsure" || this.mayArrive(before) ? null : "absent";
  }

  private async fateOfRest({ clientId }: CancelRequest): Promise<VenueOrderStatus> {
    const raw = await this.options.rest.find(restOf(clientId));
    if (raw === null) return "filled";
    this.turns.set(clientId, { opens: new Decimal(0), hasClosed: true });
    const found = foundOrder(raw);
    await this.hearOrder(found);
    return found.status;
  }

  /** Under which id the venue has what counts of an order now. */
  private nameOf(clientId: string): string {
    return this.turns.get(clientId)?.hasClosed === true ? restOf(clientId) : clientId;
  }

  private mayArrive({ sentAt }: KnownOrder): boolean {
    return this.options.now() - sentAt < this.options.lostAfterMs;
  }

  /** Asks for what the stream may have missed; where it has, it is made anew. */
  private async poll(mayDoubt: boolean): Promise<void> {
    try {
      const { size } = this.fills;
      await this.fetchTrades();
      const isMissed = this.fills.size > size;
      const open = new Set((await this.options.rest.open()).map((each) => each.client_order_id));
      for (const [clientId, { state }] of this.known)
        if (state === "taken" && !open.has(this.nameOf(clientId))) await this.lookUp(clientId);
      if (mayDoubt && isMissed) this.stream.renew();
    } catch {
      // The next one will.
    }
  }

  private pollSoon(): void {
    this.work.lookSoon(this.options.settleMs, () => {
      this.inTurn(() => this.poll(false));
    });
  }

  /** What could not be asked now is asked with the next poll. */
  private inTurn(act: () => Promise<unknown>): void {
    void this.work.inTurn(act);
  }

  private know(request: CancelRequest): void {
    if (this.known.has(request.clientId)) return;
    this.known.set(request.clientId, {
      ...{ request, order: undefined, state: "unsure", sentAt: -Infinity, wasCancelAsked: false, reason: "" },
    });
  }

  private change(clientId: string, changes: Partial<KnownOrder>): void {
    const before = this.known.get(clientId);
    if (before !== undefined) this.known.set(clientId, { ...before, ...changes });
  }

  private learn(orderId: string, name: string): void {
    this.clientIds.set(orderId, name);
    if (name === this.nameOf(ownerOf(name))) this.numbers.set(ownerOf(name), orderId);
  }

  /** It does not get to the venue any more. */
  private leave(clientId: string, reason: CancelReason): void {
    this.change(clientId, { state: "gone", reason });
    const known = this.known.get(clientId);
    if (known !== undefined) this.tellEnd(known);
  }

  private tellEnd({ request, state, reason }: KnownOrder): void {
    this.work.tell(
      state === "gone"
        ? { kind: "cancelled", ...request, reason: reason as CancelReason }
        : { kind: "rejected", ...request, reason },
    );
  }
}

const isStop = ({ order: { type, purpose } }: VenueOrder): boolean =>
  type.startsWith("stop") && purpose !== "enter";

const sized = (body: OrderBody, quantity: Decimal): OrderBody => ({
  ...body,
  qty: quantity.toFixed(),
  time_in_force: quantity.isInteger() ? body.time_in_force : "day",
});

function reasonOf({ hasExpired }: FoundOrder, { order, wasCancelAsked }: KnownOrder): CancelReason {
  if (wasCancelAsked) return "asked";
  const { type, duration } = order?.order ?? {};
  if (type === "market" || duration?.kind === "ioc" || duration?.kind === "fok") return "unfilled";
  return hasExpired ? "expired" : "asked";
}
