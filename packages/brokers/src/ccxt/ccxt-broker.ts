import {
  textOfError,
  type Approved,
  type Broker,
  type CancelRequest,
  type SnapshotRequest,
  type TradedInstrument,
  type VenueCash,
  type VenueOrder,
  type VenueOrderStatus,
  type VenueReport,
  type VenueTrade,
} from "@bitfever/runtime";
import { Decimal } from "decimal.js";
import { BrokerWork, forgottenAfterMs } from "../broker-work.js";
import { failureOf, isBound, isNotFound } from "./failure.js";
import { KnownOrders, type KnownOrder } from "./known-orders.js";
import { placedOrder, whyNot } from "./placed-order.js";
import { PrivateStreams } from "./private-streams.js";
import { TradeBook } from "./trade-book.js";
import type { CcxtOrder, CcxtTrade, VenueClient, VenueMarket } from "./venue-client.js";
import type { FoundOrder, PlacedOrder, VenueDefinition } from "./venues/venue-definition.js";

export interface CcxtBrokerOptions {
  readonly definition: VenueDefinition;
  /** With its markets loaded. */
  readonly client: VenueClient;
  /** In which the account pays its fees, as its owner says. */
  readonly feeCoin: string | undefined;
  /** By the name that the venue has for it; undefined for one that it does not have. */
  readonly marketOf: (symbol: string) => VenueMarket | undefined;
  /** Milliseconds UTC by the clock of this machine. */
  readonly now: () => number;
  /** How often the venue is asked beside what its streams say, in milliseconds. */
  readonly pollMs: number;
  /** How long after news of an order its trades are asked for, where none have come, in milliseconds. */
  readonly settleMs: number;
  /** How long a request is good, in milliseconds: behind that, one that was lost can do nothing any more. */
  readonly requestMs: number;
}

/** None of these venues holds stops with an entry, or keeps strategies apart; coins that rest in one order cannot be sold by another. */
export const capabilitiesOf = ({ kind, orders, replaces }: VenueDefinition): Broker["capabilities"] => ({
  ...{ orders, replaces, protects: false, separates: false, binds: kind === "spot" },
});

/** A market with the instrument that counts in its steps. */
interface Place {
  readonly instrument: TradedInstrument;
  readonly market: VenueMarket;
}

/** Clocks of two machines are taken to be no farther apart, in milliseconds. */
const clockSlackMs = 1_000;

/** So long after it was paid a venue may still come to tell of a funding, in milliseconds. */
const fundingLateMs = 600_000;

/** So long an order is remembered behind its end, in milliseconds: until nothing more can be told of it. */
const keptMs = 2 * forgottenAfterMs;

/**
 * A venue behind the contract of brokers, over the client library: asked over REST, told by streams, and asked again where these
 * may have missed something. What a request that failed has done is unknown until the venue says more.
 */
export class CcxtBroker implements Broker {
  readonly name: string;
  readonly capabilities: Broker["capabilities"];
  private readonly places = new Map<string, Place>();
  private readonly known = new KnownOrders();
  private readonly trades = new TradeBook();
  private readonly streams: PrivateStreams;
  private readonly work = new BrokerWork();
  private tradesFrom: number;
  private question = 0;
  /** Since when a request of this process may have been sent; what another life of it has sent was sent before. */
  private readonly startedAt: number;
  /** The same by the clock of the venue. */
  private beganAt = -Infinity;
  private fundingFrom = -Infinity;
  /** Whether it is known which orders another life of this process has left. */
  private hasBeenAsked = false;

  constructor(private readonly options: CcxtBrokerOptions) {
    const { definition, client, now } = options;
    this.name = definition.name;
    this.capabilities = capabilitiesOf(definition);
    this.startedAt = now();
    this.tradesFrom = this.startedAt - clockSlackMs;
    this.streams = new PrivateStreams(client, {
      order: (order) => {
        const found = definition.told(order);
        if (found !== null) this.inTurn(() => this.hearOrder(found));
      },
      trade: (trade) => {
        this.inTurn(() => this.hearTrade(trade));
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

  async connect(
    hear: (report: VenueReport) => void,
    instruments: readonly TradedInstrument[],
  ): Promise<void> {
    for (const instrument of instruments) {
      const { symbol } = instrument.specification;
      const market = this.options.marketOf(symbol);
      if (market === undefined) throw new Error(`${this.name} has no market ${symbol}`);
      this.places.set(symbol, { instrument, market });
    }
    const { definition, client, now, feeCoin } = this.options;
    await definition.check(client, feeCoin);
    // Trades have the time of the venue.
    this.beganAt = (await client.fetchTime()) ?? now();
    this.tradesFrom = this.beganAt - clockSlackMs;
    this.work.open(hear);
    await this.streams.start();
    this.work.every(this.options.pollMs, () => {
      this.inTurn(() => this.poll(true));
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
    this.question = request.number;
    // An answer to an older question is none.
    this.inTurn(() => (request.number === this.question ? this.answer(request) : Promise.resolve()));
  }

  async close(): Promise<void> {
    this.work.close();
    await this.streams.close();
  }

  private async take(order: VenueOrder, replaced: CancelRequest | null): Promise<void> {
    const { clientId, strategy, symbol } = order;
    const request = { clientId, strategy, symbol };
    const place = this.places.get(symbol);
    const reason =
      place === undefined
        ? `${symbol} was not connected`
        : whyNot(order, this.options.definition, replaced !== null);
    if (reason !== null || place === undefined) {
      this.work.tell({ kind: "rejected", ...request, reason: reason ?? "" });
      return;
    }
    const before = this.known.get(clientId);
    const isOnItsWay = before?.state === "asked";
    if (isOnItsWay) return;
    this.known.put(clientId, {
      request,
      order,
      state: "asked",
      sentAt: this.options.now(),
      wasCancelAsked: before?.wasCancelAsked ?? false,
    });
    // Who asks a second time asks once: the venue may forget an id whose order has gone.
    if (before !== undefined && !(await this.isFree(place, before, order))) return;
    const send = (): Promise<void> => this.send(place, order, replaced);
    await (this.sellsCoins(order) ? this.work.inLine(symbol, send) : send());
  }

  private sellsCoins({ order }: VenueOrder): boolean {
    return this.options.definition.kind === "spot" && order.purpose !== "enter";
  }

  /** Whether nothing can have come of an order that was asked for before; tells what has, where the venue knows. */
  private async isFree({ market }: Place, before: KnownOrder, order: VenueOrder): Promise<boolean> {
    const { clientId } = order;
    if (before.state === "refused" || before.state === "gone") {
      this.known.put(clientId, { ...before, order });
      this.tellEnd(before);
      return false;
    }
    this.known.change(clientId, { sentAt: before.sentAt, state: before.state });
    try {
      const found = await this.options.definition.find(this.options.client, market, clientId);
      if (found !== null) {
        await this.hearOrder(found);
        return false;
      }
    } catch {
      return false;
    }
    if (before.state === "taken" || this.mayArrive(before.sentAt)) return false;
    this.known.change(clientId, { state: "asked", sentAt: this.options.now() });
    return true;
  }

  private async send(place: Place, order: VenueOrder, replaced: CancelRequest | null): Promise<void> {
    const { clientId, strategy, symbol } = order;
    try {
      const placed = await this.bounded(placedOrder(order, place.instrument, place.market), order, place);
      const answer =
        placed === null
          ? null
          : replaced === null
            ? await this.placeWithRoom(placed, order, place)
            : await this.replace(placed, await this.numberOf(place.market, replaced.clientId));
      if (answer === null) {
        this.end(clientId, "gone");
        return;
      }
      const { id } = answer;
      if (id !== undefined) this.known.learn(id, clientId);
      this.known.change(clientId, { state: "taken" });
      this.work.tellOnce("accepted", { clientId, strategy, symbol });
      if (replaced !== null) await this.lookUp(place.market, replaced.clientId);
      this.pollSoon();
    } catch (error) {
      await this.fail(place, order, replaced, error);
    }
  }

  /**
   * Coins that rest in one order cannot be sold by another. What closes at the market, or is a stop, is not held up by what of the same
   * strategy waits to sell them: that goes before. Null where by then nothing is left to sell.
   */
  private async placeWithRoom(
    placed: PlacedOrder,
    order: VenueOrder,
    place: Place,
  ): Promise<CcxtOrder | null> {
    try {
      return await this.place(placed);
    } catch (error) {
      const isUrgent = this.sellsCoins(order) && (order.order.type === "market" || placed.trigger !== null);
      if (!isUrgent || !isBound(error) || !(await this.makesRoom(placed, order))) throw error;
      const left = await this.bounded(placed, order, place);
      return left && (await this.place(left));
    }
  }

  /** Takes back what binds the coins that an order would sell; whether there was something. */
  private async makesRoom({ market, side }: PlacedOrder, { strategy }: VenueOrder): Promise<boolean> {
    const { definition, client } = this.options;
    let hasMade = false;
    for (const { orderId, clientId: said, side: bound } of await definition.open(client, market)) {
      const clientId = this.known.clientIdOf(orderId) ?? said;
      if (bound !== side || this.known.get(clientId)?.request.strategy !== strategy) continue;
      hasMade = (await this.isTakenBack(market, clientId)) || hasMade;
    }
    return hasMade;
  }

  /** Takes an order back, and waits until it has gone; whether something of it was left. */
  private async isTakenBack(market: VenueMarket, clientId: string): Promise<boolean> {
    const { definition, client, now, settleMs } = this.options;
    this.known.change(clientId, { wasCancelAsked: true });
    await definition.cancel(client, market, clientId);
    const look = (): Promise<FoundOrder | null> => this.lookUp(market, clientId);
    const found = await this.work.whenGone(clientId, {
      ...{ look, now, withinMs: this.lostAfterMs, everyMs: settleMs },
    });
    return found.status === "cancelled";
  }

  /** A venue of coins refuses to sell more than there are: what may only reduce is made smaller before. Null where there is nothing. */
  private async bounded(
    placed: PlacedOrder,
    order: VenueOrder,
    { instrument, market }: Place,
  ): Promise<PlacedOrder | null> {
    const { definition, client, settleMs } = this.options;
    if (!placed.isReduceOnly || definition.kind !== "spot" || placed.side !== "sell") return placed;
    const from = order.order.quantity;
    const held = await this.work.heldFor(from, settleMs, async () =>
      instrument.quantity(Number(await definition.position(client, market))),
    );
    if (held >= from) return placed;
    if (held <= 0) return null;
    const { clientId, strategy, symbol } = order;
    this.known.change(clientId, { order: { ...order, order: { ...order.order, quantity: held } } });
    this.work.tell({ kind: "reduced", clientId, strategy, symbol, from, to: held });
    return { ...placed, quantity: new Decimal(instrument.quantityDecimal(held)).toFixed() };
  }

  private place(placed: PlacedOrder): Promise<CcxtOrder> {
    const { definition, client } = this.options;
    return this.orAtOnce(placed, () => definition.place(client, placed));
  }

  /** @param number  of the one whose place it takes, which has gone also where the venue would not have the new one */
  private replace(placed: PlacedOrder, number: string): Promise<CcxtOrder> {
    const { definition, client } = this.options;
    if (definition.replace === undefined) throw new Error(`${definition.name} replaces nothing`);
    const { replace } = definition;
    return this.orAtOnce(placed, () => replace(client, number, placed));
  }

  /** A trigger that the market has passed is no trigger: the order goes as what it would have become. */
  private async orAtOnce(placed: PlacedOrder, ask: () => Promise<CcxtOrder>): Promise<CcxtOrder> {
    const { definition, client } = this.options;
    try {
      return await ask();
    } catch (error) {
      if (placed.trigger === null || !definition.isPastTrigger(textOfError(error))) throw error;
      return definition.place(client, { ...placed, trigger: null });
    }
  }

  private async fail(
    place: Place,
    order: VenueOrder,
    replaced: CancelRequest | null,
    error: unknown,
  ): Promise<void> {
    const { definition, now } = this.options;
    const { clientId } = order;
    const reason = textOfError(error);
    if (definition.isDoubled(reason)) {
      // It is there, or was, whether it is found now or not.
      this.known.change(clientId, { state: "taken" });
      await this.lookUp(place.market, clientId);
      return;
    }
    const failure = failureOf(error, definition);
    if (failure === "refused") {
      this.end(clientId, definition.hasNothingToClose(reason) ? "gone" : "refused", reason);
      if (replaced !== null) await this.lookUp(place.market, replaced.clientId);
      return;
    }
    // Nothing was done of what was not even looked at: it may be asked again at once.
    const sentAt = failure === "not_now" ? -Infinity : now();
    this.known.change(clientId, { state: "unsure", sentAt });
  }

  private end(clientId: string, state: "refused" | "gone", reason?: string): void {
    this.known.change(clientId, { state, ...(reason !== undefined && { reason }) });
    this.known.end(clientId, this.options.now());
    const known = this.known.get(clientId);
    if (known !== undefined) this.tellEnd(known);
  }

  private tellEnd({ request, state, reason = "the venue has refused it" }: KnownOrder): void {
    this.work.tell(
      state === "gone"
        ? { kind: "cancelled", ...request, reason: "nothing_to_close" }
        : { kind: "rejected", ...request, reason },
    );
  }

  private async takeBack(request: CancelRequest): Promise<void> {
    const { definition, client } = this.options;
    const place = this.places.get(request.symbol);
    if (place === undefined) return;
    this.know(request);
    this.known.change(request.clientId, { wasCancelAsked: true });
    try {
      await definition.cancel(client, place.market, request.clientId);
    } catch (error) {
      if (!isNotFound(error)) return;
    }
    await this.lookUp(place.market, request.clientId);
  }

  /** Asks what became of an order, and tells it. */
  private async lookUp(market: VenueMarket, clientId: string): Promise<FoundOrder | null> {
    const { definition, client } = this.options;
    try {
      const found = await definition.find(client, market, clientId);
      if (found !== null) await this.hearOrder(found);
      return found;
    } catch {
      // Nobody knows, and whoever has to will ask again.
      return null;
    }
  }

  private async numberOf(market: VenueMarket, clientId: string): Promise<string> {
    const known = this.known.numberOf(clientId);
    if (known !== undefined) return known;
    const { definition, client } = this.options;
    const found = await definition.find(client, market, clientId);
    return found?.orderId ?? "0";
  }

  private async hearOrder(found: FoundOrder): Promise<void> {
    const { clientId, orderId, status, filled, hasExpired } = found;
    const known = this.known.get(clientId);
    // Where triggered orders are renamed, an id that is not known says nothing of whose it is.
    if (known === undefined) return;
    this.known.learn(orderId, clientId);
    const { request } = known;
    if (status === "rejected") {
      this.known.change(clientId, { state: "refused" });
      this.known.end(clientId, this.options.now());
      this.work.tellOnce("rejected", request, {
        kind: "rejected",
        ...request,
        reason: "the venue has rejected it",
      });
      return;
    }
    this.known.change(clientId, { state: "taken" });
    this.work.tellOnce("accepted", request);
    // What has traded is told before what became of the rest.
    const isMissing = this.trades.quantityOf(orderId).lt(filled);
    if (isMissing && (await this.fetchTrades(request.symbol)) === null) return;
    if (status !== "cancelled") return;
    const order = known.order?.order;
    const isPostOnly = order?.isPostOnly === true;
    const reason = known.wasCancelAsked
      ? "asked"
      : isPostOnly
        ? "post_only"
        : order?.type === "market" || order?.duration?.kind === "ioc" || order?.duration?.kind === "fok"
          ? "unfilled"
          : hasExpired
            ? "expired"
            : "asked";
    this.work.tellOnce("cancelled", request, { kind: "cancelled", ...request, reason });
  }

  /** Tells a trade once; undefined for one of a market that was not connected, null while nobody can say whose it is. */
  private async hearTrade(trade: CcxtTrade): Promise<VenueTrade | null | undefined> {
    const place = [...this.places.values()].find(({ market }) => market.symbol === trade.symbol);
    if (place === undefined) return undefined;
    const before = this.trades.find(place.market, trade);
    if (before !== undefined) return before;
    const { definition, client } = this.options;
    const clientId = await this.ownerOf(place.market, trade);
    if (clientId === null) return null;
    const known = this.known.get(clientId);
    const { symbol } = place.instrument.specification;
    const strategy = known?.request.strategy ?? "";
    const made = await this.trades.take(trade, {
      ...{ ...place, definition, client, clientId, strategy, symbol },
      quantity: known?.order?.order.quantity,
    });
    if (made === null) return this.trades.find(place.market, trade);
    if (known !== undefined) this.work.tellOnce("accepted", known.request);
    this.work.tell({ kind: "trade", trade: made });
    return made;
  }

  /** Whose order it was that traded; null while that cannot be said. */
  private async ownerOf(market: VenueMarket, trade: CcxtTrade): Promise<string | null> {
    const { definition, client, now } = this.options;
    const number = trade.order ?? "";
    const learned = this.known.clientIdOf(number);
    if (learned !== undefined) return learned;
    const said = definition.clientIdOf(trade);
    if (said !== null && this.known.has(said)) {
      this.known.learn(number, said);
      return said;
    }
    if (definition.renames) {
      const isSure = await this.learnRenamed(market, number);
      const found = this.known.clientIdOf(number);
      if (found !== undefined) return found;
      if (!isSure) return null;
    }
    if (said !== null) return said;
    const found = await definition.findByNumber(client, market, number).catch(() => null);
    if (found !== null) {
      this.known.learn(number, found.clientId);
      return found.clientId;
    }
    // An order that has just traded is there, whatever the venue says; one of long ago it may have forgotten.
    return now() - (trade.timestamp ?? 0) < this.lostAfterMs + forgottenAfterMs
      ? null
      : `${this.name}:${number}`;
  }

  /** Whose order it is that rests; null while that cannot be said. */
  private async ownerOfOpen(market: VenueMarket, number: string, said: string): Promise<string | null> {
    const learned = this.known.clientIdOf(number);
    if (learned !== undefined) return learned;
    if (this.known.has(said)) this.known.learn(number, said);
    else if (this.options.definition.renames) {
      const isSure = await this.learnRenamed(market, number);
      const found = this.known.clientIdOf(number);
      if (found !== undefined) return found;
      if (!isSure) return null;
    }
    return said;
  }

  /** Asks all orders that may have become another one under which number they are now; whether none can be missing. */
  private async learnRenamed(market: VenueMarket, number: string): Promise<boolean> {
    const { definition, client } = this.options;
    let isSure = this.hasBeenAsked;
    const ended = this.options.now() - this.lostAfterMs - forgottenAfterMs;
    for (const [clientId, known] of this.known.since(ended)) {
      const { order, state, request, sentAt } = known;
      const isOfMarket = this.places.get(request.symbol)?.market === market;
      if (!isOfMarket || state === "refused" || order?.order.type === "market") continue;
      const found = await definition.find(client, market, clientId).catch(() => null);
      if (found !== null) {
        this.known.learn(found.orderId, clientId);
        this.known.change(clientId, { state: "taken" });
      } else if (state === "taken" || this.mayArrive(sentAt)) isSure = false;
      if (this.known.clientIdOf(number) !== undefined) return true;
    }
    return isSure;
  }

  /** Tells the trades since a time; null where nobody can say yet whose one of them is. */
  private async fetchTrades(symbol: string, from = this.tradesFrom): Promise<readonly VenueTrade[] | null> {
    const place = this.places.get(symbol);
    if (place === undefined) return [];
    const { definition, client } = this.options;
    const all: VenueTrade[] = [];
    let isWhole = true;
    for (const trade of await definition.trades(client, place.market, from)) {
      const told = await this.hearTrade(trade);
      if (told === null) isWhole = false;
      else if (told !== undefined && told.time >= from) all.push(told);
    }
    return isWhole ? all : null;
  }

  private async answer({ number, orders, tradesFrom }: SnapshotRequest): Promise<void> {
    const { definition, client, now } = this.options;
    try {
      const time = (await client.fetchTime()) ?? now();
      const fates: VenueSnapshotOrders = [];
      // First what all of them are called, so that trades find their orders.
      const found = new Map<string, FoundOrder | null>();
      for (const asked of orders) found.set(asked.clientId, await this.lookFor(asked));
      this.hasBeenAsked = true;
      for (const asked of orders) {
        const status = await this.fateOf(asked, found.get(asked.clientId) ?? null);
        if (status !== null) fates.push({ ...asked, status });
      }
      const openOrders = [];
      const positions = [];
      const trades: VenueTrade[] = [];
      const flows: VenueCash[] = [];
      for (const [symbol, { market, instrument }] of this.places) {
        for (const { orderId, side, quantity, filled, clientId: said } of await definition.open(
          client,
          market,
        )) {
          const clientId = await this.ownerOfOpen(market, orderId, said);
          if (clientId === null) return;
          const strategy = this.known.get(clientId)?.request.strategy ?? "";
          const left = instrument.quantity(Number(quantity)) - instrument.quantity(Number(filled));
          openOrders.push({ clientId, strategy, symbol, side, left });
        }
        const held = await definition.position(client, market);
        positions.push({ symbol, quantity: instrument.quantity(Number(held)) });
        const told = await this.fetchTrades(symbol, tradesFrom);
        // While a trade is nobody's, what is held would be wrong by it.
        if (told === null) return;
        trades.push(...told);
        flows.push(...(await this.flowsOf(symbol, tradesFrom)));
      }
      this.tradesFrom = Math.max(this.tradesFrom, time - 60_000);
      this.work.tell({
        kind: "snapshot",
        number,
        time,
        positions,
        openOrders,
        trades,
        flows,
        orders: fates,
      });
    } catch {
      // No answer is none: whoever asks will ask again.
    }
  }

  /** What holding a contract has brought and cost; nothing of what was paid before anybody here began. */
  private async flowsOf(symbol: string, from: number): Promise<readonly VenueCash[]> {
    const { definition, client } = this.options;
    const place = this.places.get(symbol);
    if (place === undefined || definition.funding === undefined) return [];
    // Who has never heard of anything begins with this process.
    if (from === -Infinity) this.fundingFrom = this.beganAt;
    const since = Math.max(this.fundingFrom, from - fundingLateMs);
    const { market, instrument } = place;
    const found = await definition.funding(client, market, since);
    return found.map(({ id, amount, time }) => ({
      ...{ kind: "cash", id: `funding:${market.id}:${id}`, strategy: "", symbol },
      flow: { reason: "funding", amount: instrument.money(Number(amount)), time },
    }));
  }

  /** Finds an order that was asked about, and learns its number; null where the venue knows nothing of it, or nobody asks. */
  private async lookFor(asked: CancelRequest): Promise<FoundOrder | null> {
    const place = this.places.get(asked.symbol);
    if (place === undefined) return null;
    this.know(asked);
    const state = this.known.get(asked.clientId)?.state;
    if (state === "asked" || state === "refused") return null;
    const { definition, client } = this.options;
    const found = await definition.find(client, place.market, asked.clientId);
    if (found === null) return null;
    this.known.learn(found.orderId, asked.clientId);
    // What was there once is not absent when the venue does not find it another time.
    this.known.change(asked.clientId, { state: "taken" });
    return found;
  }

  /** What became of an order; null while that cannot be said. */
  private async fateOf(asked: CancelRequest, found: FoundOrder | null): Promise<VenueOrderStatus | null> {
    if (found !== null) {
      await this.hearOrder(found);
      return found.status;
    }
    const known = this.known.get(asked.clientId);
    if (known === undefined) return "absent";
    if (known.state === "asked") return null;
    if (known.state === "refused") return "rejected";
    if (known.state === "gone") return "cancelled";
    // It may arrive still, or the venue may not see it yet.
    return known.state === "taken" || this.mayArrive(known.sentAt) ? null : "absent";
  }

  /** Asks for what the streams may have missed; where they have, they are made anew. */
  private async poll(mayDoubt: boolean): Promise<void> {
    try {
      for (const [symbol, { market }] of this.places) {
        const { size } = this.trades;
        await this.fetchTrades(symbol);
        const isMissed = this.trades.size > size;
        const open = new Set(
          (await this.options.definition.open(this.options.client, market)).map(
            ({ orderId, clientId }) => this.known.clientIdOf(orderId) ?? clientId,
          ),
        );
        for (const [clientId, { request }] of this.known.atWork()) {
          if (request.symbol !== symbol) continue;
          if (this.isOver(clientId)) this.known.end(clientId, this.options.now());
          else if (!open.has(clientId)) await this.lookUp(market, clientId);
        }
        if (mayDoubt && isMissed) this.streams.renew("the venue has traded and its streams did not say so");
      }
      this.forget();
    } catch {
      // The next one will.
    }
  }

  /** What has ended long ago is known no more than to a process that begins now. */
  private forget(): void {
    const before = Math.min(this.options.now() - keptMs, this.tradesFrom);
    for (const { clientId, number } of this.known.forget(before)) {
      this.work.forget(clientId);
      if (number !== undefined) this.trades.forgetOrder(number);
    }
    this.trades.forget(before);
  }

  private pollSoon(): void {
    this.work.lookSoon(this.options.settleMs, () => {
      this.inTurn(() => this.poll(false));
    });
  }

  private inTurn(act: () => Promise<unknown>): void {
    void this.work.inTurn(act);
  }

  private know(request: CancelRequest): void {
    if (this.known.has(request.clientId)) return;
    this.known.put(request.clientId, {
      // Another life of this process may have sent it, until this one began.
      ...{ request, order: undefined, state: "unsure", sentAt: this.startedAt, wasCancelAsked: false },
    });
  }

  private isOver(clientId: string): boolean {
    const known = this.known.get(clientId);
    const quantity = known?.order?.order.quantity;
    const number = this.known.numberOf(clientId);
    const instrument = this.places.get(known?.request.symbol ?? "")?.instrument;
    const traded = number === undefined ? null : this.trades.quantityOf(number);
    const hasFilled =
      quantity !== undefined && traded !== null && instrument !== undefined
        ? traded.gte(instrument.quantityDecimal(quantity))
        : false;
    return hasFilled || this.work.hasTold("cancelled", clientId);
  }

  /** Whether a request of then can still arrive, if it was lost. */
  private mayArrive(sentAt: number): boolean {
    return this.options.now() - sentAt < this.lostAfterMs;
  }

  /** Behind so long a request that was lost can do nothing any more. */
  private get lostAfterMs(): number {
    return this.options.requestMs + clockSlackMs;
  }
}

type VenueSnapshotOrders = (CancelRequest & { readonly status: VenueOrderStatus })[];
