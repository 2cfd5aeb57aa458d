import type {
  Approved,
  Broker,
  CancelRequest,
  Instrument,
  SnapshotRequest,
  VenueOrder,
  VenueOrderStatus,
  VenueReport,
  VenueTrade,
} from "@bitfever/runtime";
import { Decimal } from "decimal.js";
import { failureOf, isNotFound, textOfError } from "./failure.js";
import { placedOrder, whyNot } from "./placed-order.js";
import { PrivateStreams } from "./private-streams.js";
import { TradeBook } from "./trade-book.js";
import type { CcxtTrade, VenueClient, VenueMarket } from "./venue-client.js";
import type { FoundOrder, PlacedOrder, VenueDefinition } from "./venues/venue-definition.js";

export interface CcxtBrokerOptions {
  readonly definition: VenueDefinition;
  /** With its markets loaded. */
  readonly client: VenueClient;
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

/** What is known of an order that was asked for here or asked about. */
interface KnownOrder {
  readonly request: CancelRequest;
  /** Undefined for one of another life. */
  readonly order: VenueOrder | undefined;
  /** `asked` while a request for it is on its way; `unsure` where nobody knows what came of that. */
  readonly state: "asked" | "unsure" | "taken" | "refused";
  readonly sentAt: number;
  readonly wasCancelAsked: boolean;
  readonly reason?: string;
}

/** None of these venues holds stops with an entry, or keeps strategies apart. */
export const capabilitiesOf = ({ orders, replaces }: VenueDefinition): Broker["capabilities"] => ({
  ...{ orders, replaces, protects: false, separates: false },
});

/** A market with the instrument that counts in its steps. */
interface Place {
  readonly instrument: Instrument;
  readonly market: VenueMarket;
}

/** Clocks of two machines are taken to be no farther apart, in milliseconds. */
const clockSlackMs = 1_000;

/**
 * A venue behind the contract of brokers, over the client library: asked over REST, told by streams, and asked again where these
 * may have missed something. What a request that failed has done is unknown until the venue says more.
 */
export class CcxtBroker implements Broker {
  readonly name: string;
  readonly capabilities: Broker["capabilities"];
  private readonly places = new Map<string, Place>();
  private readonly known = new Map<string, KnownOrder>();
  /** By number of the venue, the client id. */
  private readonly clientIds = new Map<string, string>();
  private readonly numbers = new Map<string, string>();
  private readonly told = new Set<string>();
  private readonly trades = new TradeBook();
  private readonly streams: PrivateStreams;
  private readonly timers = new Set<NodeJS.Timeout>();
  private hear: ((report: VenueReport) => void) | undefined;
  private news: Promise<void> = Promise.resolve();
  private tradesFrom: number;
  private isPollDue = false;
  private underWay = 0;

  constructor(private readonly options: CcxtBrokerOptions) {
    const { definition, client, now } = options;
    this.name = definition.name;
    this.capabilities = capabilitiesOf(definition);
    this.tradesFrom = now() - clockSlackMs;
    this.streams = new PrivateStreams(client, {
      order: (order) => {
        const found = definition.told(order);
        if (found !== null) this.inTurn(() => this.hearOrder(found));
      },
      trade: (trade) => {
        this.inTurn(() => this.hearTrade(trade));
      },
      lost: (reason) => {
        this.hear?.({ kind: "disconnected", reason });
      },
      back: () => {
        this.hear?.({ kind: "connected" });
        this.pollSoon();
      },
    });
  }

  /** Whether nothing that was asked for is on its way. */
  get isIdle(): boolean {
    return this.underWay === 0 && !this.isPollDue;
  }

  async connect(hear: (report: VenueReport) => void, instruments: readonly Instrument[]): Promise<void> {
    for (const instrument of instruments) {
      const { symbol } = instrument.specification;
      const market = this.options.marketOf(symbol);
      if (market === undefined) throw new Error(`${this.name} has no market ${symbol}`);
      this.places.set(symbol, { instrument, market });
    }
    await this.options.definition.check(this.options.client);
    this.hear = hear;
    await this.streams.start();
    const beat = setInterval(() => {
      this.inTurn(() => this.poll(true));
    }, this.options.pollMs);
    this.timers.add(beat);
  }

  submit(order: Approved<VenueOrder>): void {
    void this.busy(this.take(order, null));
  }

  modify(request: CancelRequest, order: Approved<VenueOrder>): void {
    void this.busy(this.take(order, request));
  }

  cancel(request: CancelRequest): void {
    void this.busy(this.takeBack(request));
  }

  snapshot(request: SnapshotRequest): void {
    this.inTurn(() => this.answer(request));
  }

  async close(): Promise<void> {
    this.hear = undefined;
    for (const each of this.timers) clearInterval(each);
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
      this.hear?.({ kind: "rejected", ...request, reason: reason ?? "" });
      return;
    }
    const before = this.known.get(clientId);
    const isOnItsWay = before?.state === "asked";
    if (isOnItsWay) return;
    this.known.set(clientId, {
      request,
      order,
      state: "asked",
      sentAt: this.options.now(),
      wasCancelAsked: before?.wasCancelAsked ?? false,
    });
    // Who asks a second time asks once: the venue may forget an id whose order has gone.
    if (before !== undefined && !(await this.isFree(place, before, order))) return;
    await this.send(place, order, replaced);
  }

  /** Whether nothing can have come of an order that was asked for before; tells what has, where the venue knows. */
  private async isFree({ market }: Place, before: KnownOrder, order: VenueOrder): Promise<boolean> {
    const { clientId } = order;
    if (before.state === "refused") {
      this.known.set(clientId, { ...before, order });
      this.hear?.({
        kind: "rejected",
        ...before.request,
        reason: before.reason ?? "the venue has refused it",
      });
      return false;
    }
    this.change(clientId, { sentAt: before.sentAt, state: before.state });
    try {
      const found = await this.options.definition.find(this.options.client, market, clientId);
      if (found !== null) {
        await this.hearOrder(found);
        return false;
      }
    } catch {
      return false;
    }
    const mayArrive = this.options.now() - before.sentAt < this.lostAfterMs;
    if (before.state === "taken" || mayArrive) return false;
    this.change(clientId, { state: "asked", sentAt: this.options.now() });
    return true;
  }

  private async send(place: Place, order: VenueOrder, replaced: CancelRequest | null): Promise<void> {
    const { definition, client } = this.options;
    const { clientId, strategy, symbol } = order;
    try {
      const placed = await this.bounded(placedOrder(order, place.instrument, place.market), order, place);
      const answer =
        replaced === null
          ? await this.place(placed)
          : await definition.replace?.(client, await this.numberOf(place.market, replaced.clientId), placed);
      const orderId = answer?.id;
      if (orderId !== undefined) this.learn(orderId, clientId);
      this.change(clientId, { state: "taken" });
      this.tellOnce("accepted", { clientId, strategy, symbol });
      if (replaced !== null) await this.lookUp(place.market, replaced.clientId);
      this.pollSoon();
    } catch (error) {
      await this.fail(place, order, replaced, error);
    }
  }

  /** A venue of coins refuses to sell more than there are: what may only reduce is made smaller before. */
  private async bounded(
    placed: PlacedOrder,
    order: VenueOrder,
    { instrument, market }: Place,
  ): Promise<PlacedOrder> {
    const { definition, client } = this.options;
    if (!placed.isReduceOnly || definition.kind !== "spot" || placed.side !== "sell") return placed;
    const held = instrument.quantity(Number(await definition.position(client, market)));
    const from = order.order.quantity;
    if (held >= from || held <= 0) return placed;
    const { clientId, strategy, symbol } = order;
    this.change(clientId, { order: { ...order, order: { ...order.order, quantity: held } } });
    this.hear?.({ kind: "reduced", clientId, strategy, symbol, from, to: held });
    return { ...placed, quantity: new Decimal(instrument.quantityDecimal(held)).toFixed() };
  }

  /** A trigger that the market has passed is no trigger: the order goes as what it would have become. */
  private async place(placed: PlacedOrder): ReturnType<VenueDefinition["place"]> {
    const { definition, client } = this.options;
    try {
      return await definition.place(client, placed);
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
    const { clientId, strategy, symbol } = order;
    const reason = textOfError(error);
    if (definition.isDoubled(reason)) {
      await this.lookUp(place.market, clientId);
      return;
    }
    const failure = failureOf(error, definition);
    if (failure === "refused") {
      this.change(clientId, { state: "refused", reason });
      this.hear?.({ kind: "rejected", clientId, strategy, symbol, reason });
      if (replaced !== null) await this.lookUp(place.market, replaced.clientId);
      return;
    }
    // Nothing was done of what was not even looked at: it may be asked again at once.
    const sentAt = failure === "not_now" ? -Infinity : now();
    this.change(clientId, { state: "unsure", sentAt });
  }

  private async takeBack(request: CancelRequest): Promise<void> {
    const { definition, client } = this.options;
    const place = this.places.get(request.symbol);
    if (place === undefined) return;
    this.know(request);
    this.change(request.clientId, { wasCancelAsked: true });
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
    const known = this.numbers.get(clientId);
    if (known !== undefined) return known;
    const { definition, client } = this.options;
    const found = await definition.find(client, market, clientId);
    return found?.orderId ?? "0";
  }

  private async hearOrder(found: FoundOrder): Promise<void> {
    const { clientId, orderId, status, filled, hasExpired } = found;
    this.learn(orderId, clientId);
    const known = this.known.get(clientId);
    if (known === undefined) return;
    const { request } = known;
    if (status === "rejected") {
      this.change(clientId, { state: "refused" });
      this.tellOnce("rejected", request, () => ({
        kind: "rejected",
        ...request,
        reason: "the venue has rejected it",
      }));
      return;
    }
    this.change(clientId, { state: "taken" });
    this.tellOnce("accepted", request);
    // What has traded is told before what became of the rest.
    if (this.trades.quantityOf(orderId).lt(filled)) await this.fetchTrades(request.symbol);
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
    this.tellOnce("cancelled", request, () => ({ kind: "cancelled", ...request, reason }));
  }

  /** Tells a trade once; undefined for one of a market that was not connected. */
  private async hearTrade(trade: CcxtTrade): Promise<VenueTrade | undefined> {
    const place = [...this.places.values()].find(({ market }) => market.symbol === trade.symbol);
    if (place === undefined) return undefined;
    const before = this.trades.find(place.market, trade);
    if (before !== undefined) return before;
    const { definition, client } = this.options;
    const clientId = await this.ownerOf(place.market, trade);
    const known = this.known.get(clientId);
    const { symbol } = place.instrument.specification;
    const strategy = known?.request.strategy ?? "";
    const made = await this.trades.take(trade, {
      ...{ ...place, definition, client, clientId, strategy, symbol },
      quantity: known?.order?.order.quantity,
    });
    if (made === null) return this.trades.find(place.market, trade);
    if (known !== undefined) this.tellOnce("accepted", known.request);
    this.hear?.({ kind: "trade", trade: made });
    return made;
  }

  /** Whose order it was that traded, as far as anybody knows. */
  private async ownerOf(market: VenueMarket, trade: CcxtTrade): Promise<string> {
    const { definition, client } = this.options;
    const number = trade.order ?? "";
    const learned = this.clientIds.get(number);
    if (learned !== undefined) return learned;
    const said = definition.clientIdOf(trade);
    if (said !== null && this.known.has(said)) {
      this.learn(number, said);
      return said;
    }
    // An order of ours may have become another one since it was asked about.
    for (const [clientId, { order, state }] of this.known)
      if (
        state === "taken" &&
        order?.order.type !== "market" &&
        this.places.get(order?.symbol ?? "")?.market === market
      ) {
        await this.lookUp(market, clientId);
        const found = this.clientIds.get(number);
        if (found !== undefined) return found;
      }
    if (said !== null) return said;
    const found = await definition.findByNumber(client, market, number).catch(() => null);
    if (found !== null) this.learn(number, found.clientId);
    return found?.clientId ?? `${this.name}:${number}`;
  }

  private async fetchTrades(symbol: string, from = this.tradesFrom): Promise<readonly VenueTrade[]> {
    const place = this.places.get(symbol);
    if (place === undefined) return [];
    const { definition, client } = this.options;
    const all: VenueTrade[] = [];
    for (const trade of await definition.trades(client, place.market, from)) {
      const told = await this.hearTrade(trade);
      if (told !== undefined && told.time >= from) all.push(told);
    }
    return all;
  }

  private async answer({ number, orders, tradesFrom }: SnapshotRequest): Promise<void> {
    const { definition, client, now } = this.options;
    try {
      const time = (await client.fetchTime()) ?? now();
      const fates: VenueSnapshotOrders = [];
      // First what they are called, so that trades find their orders.
      for (const asked of orders) {
        const status = await this.fateOf(asked);
        if (status !== null) fates.push({ ...asked, status });
      }
      const openOrders = [];
      const positions = [];
      const trades: VenueTrade[] = [];
      for (const [symbol, { market, instrument }] of this.places) {
        for (const found of await definition.open(client, market)) {
          this.learn(found.orderId, found.clientId);
          const strategy = this.known.get(found.clientId)?.request.strategy ?? "";
          const left =
            instrument.quantity(Number(found.quantity)) - instrument.quantity(Number(found.filled));
          openOrders.push({ clientId: found.clientId, strategy, symbol, side: found.side, left });
        }
        const held = await definition.position(client, market);
        positions.push({ symbol, quantity: instrument.quantity(Number(held)) });
        trades.push(...(await this.fetchTrades(symbol, tradesFrom)));
      }
      this.tradesFrom = Math.max(this.tradesFrom, time - 60_000);
      this.hear?.({
        kind: "snapshot",
        number,
        time,
        positions,
        openOrders,
        trades,
        flows: [],
        orders: fates,
      });
    } catch {
      // No answer is none: whoever asks will ask again.
    }
  }

  /** What became of an order; null while that cannot be said. */
  private async fateOf(asked: CancelRequest): Promise<VenueOrderStatus | null> {
    const place = this.places.get(asked.symbol);
    if (place === undefined) return "absent";
    const before = this.known.get(asked.clientId);
    if (before?.state === "asked") return null;
    if (before?.state === "refused") return "rejected";
    const { definition, client, now } = this.options;
    const found = await definition.find(client, place.market, asked.clientId);
    if (found !== null) {
      this.know(asked);
      await this.hearOrder(found);
      return found.status;
    }
    if (before === undefined) return "absent";
    // It may arrive still, or the venue may not see it yet.
    const mayArrive = before.state === "taken" || now() - before.sentAt < this.lostAfterMs;
    return mayArrive ? null : "absent";
  }

  /** Asks for what the streams may have missed; where they have, they are made anew. */
  private async poll(mayDoubt: boolean): Promise<void> {
    try {
      for (const [symbol, { market }] of this.places) {
        const { size } = this.trades;
        await this.fetchTrades(symbol);
        const isMissed = this.trades.size > size;
        const open = new Set(
          (await this.options.definition.open(this.options.client, market)).map(({ clientId }) => clientId),
        );
        for (const [clientId, { request, state }] of this.known)
          if (request.symbol === symbol && state === "taken" && !this.isOver(clientId) && !open.has(clientId))
            await this.lookUp(market, clientId);
        if (mayDoubt && isMissed) this.streams.renew("the venue has traded and its streams did not say so");
      }
    } catch {
      // The next one will.
    }
  }

  private pollSoon(): void {
    if (this.isPollDue) return;
    this.isPollDue = true;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.isPollDue = false;
      this.inTurn(() => this.poll(false));
    }, this.options.settleMs);
    this.timers.add(timer);
  }

  private async busy(work: Promise<void>): Promise<void> {
    this.underWay++;
    try {
      await work;
    } finally {
      this.underWay--;
    }
  }

  /** One piece of news after the other: what is told of an order comes in the order in which it was heard. */
  private inTurn(act: () => Promise<unknown>): void {
    const next = this.news.then(async () => {
      if (this.hear !== undefined) await act();
    });
    this.news = this.busy(next).catch(() => undefined);
  }

  private know(request: CancelRequest): void {
    if (this.known.has(request.clientId)) return;
    this.known.set(request.clientId, {
      ...{ request, order: undefined, state: "unsure", sentAt: -Infinity, wasCancelAsked: false },
    });
  }

  private change(clientId: string, changes: Partial<KnownOrder>): void {
    const before = this.known.get(clientId);
    if (before !== undefined) this.known.set(clientId, { ...before, ...changes });
  }

  private learn(orderId: string, clientId: string): void {
    this.clientIds.set(orderId, clientId);
    this.numbers.set(clientId, orderId);
  }

  private isOver(clientId: string): boolean {
    const known = this.known.get(clientId);
    const quantity = known?.order?.order.quantity;
    const number = this.numbers.get(clientId);
    const instrument = this.places.get(known?.request.symbol ?? "")?.instrument;
    const traded = number === undefined ? null : this.trades.quantityOf(number);
    const hasFilled =
      quantity !== undefined && traded !== null && instrument !== undefined
        ? traded.gte(instrument.quantityDecimal(quantity))
        : false;
    return hasFilled || this.told.has(`cancelled ${clientId}`);
  }

  private tellOnce(
    kind: "accepted" | "cancelled" | "rejected",
    request: CancelRequest,
    report: () => VenueReport = () => ({ kind: "accepted", ...request }),
  ): void {
    const key = `${kind} ${request.clientId}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    this.hear?.(report());
  }

  /** Behind so long a request that was lost can do nothing any more. */
  private get lostAfterMs(): number {
    return this.options.requestMs + clockSlackMs;
  }
}

type VenueSnapshotOrders = (CancelRequest & { readonly status: VenueOrderStatus })[];
