import type { Command, Fill, Matching, Order, VenueEvent } from "@bitfever/engine";
import type {
  CancelRequest,
  SnapshotRequest,
  VenueCash,
  VenueOrder,
  VenueOrderStatus,
  VenueReport,
  VenueSnapshot,
  VenueTrade,
} from "../contract.js";
import { listsBy } from "../lists-by.js";
import { isOfInterval } from "../desk/is-of-interval.js";
import { clientIdsOf } from "../desk/client-id.js";
import type { SymbolBar } from "../desk/input.js";
import {
  moveOn,
  notesOf,
  nothingYet,
  ofVenue,
  remember,
  remembered,
  toldAgain,
  type Remembered,
  type RememberedSnapshot,
} from "./remembered.js";

/** What a strategy trades on, kept apart from what others trade on. */
export interface SimulatedMarket {
  readonly strategy: string;
  readonly symbol: string;
  readonly intervalMs: number;
  readonly matching: Matching;
  /** What happens at the open of a bar before anybody trades in it (splits, dividends, deposits), told at once. */
  readonly open?: (bar: SymbolBar["bar"], tell: (event: VenueEvent) => void) => void;
}

/** An order by its client id, with what became of it. */
interface KnownOrder extends CancelRequest {
  readonly order: Order;
  readonly status: VenueOrderStatus;
  readonly left: number;
  readonly restedAt: number | null;
}

/** A market with what the venue remembers of it. */
interface Place extends Remembered<KnownOrder> {
  readonly market: SimulatedMarket;
  readonly idOf: (orderId: string) => string;
  /** Of its orders those that work: few, of many that have been. */
  readonly working: Set<string>;
}

export interface SimulatedVenueSnapshot {
  readonly places: readonly RememberedSnapshot<KnownOrder>[];
}

/** What a simulated venue is made to do without. */
export interface Lacks {
  readonly protects?: boolean | undefined;
  readonly replaces?: boolean | undefined;
}

/** Why a venue that lacks something does not take an order; null where it does. */
export function lackingFor(
  { order }: VenueOrder,
  { protects = true, replaces = true }: Lacks,
  isReplacement: boolean,
): string | null {
  if (!protects && order.children.length > 0) return "no stops and targets are held with an entry here";
  return !replaces && isReplacement ? "no order is put in the place of another here" : null;
}

/**
 * A venue that is simulated: the engine's matching behind the contract of venues, one market for each strategy and symbol.
 * It answers at once, and is as pure as what it is made of; latency and misfortune lie between it and who trades there.
 */
export class SimulatedVenue {
  private readonly places: readonly Place[];
  private readonly byKey = new Map<string, Place>();

  constructor(
    markets: readonly SimulatedMarket[],
    private readonly hear: (report: VenueReport) => void,
    private readonly lacks: Lacks = {},
  ) {
    this.places = markets.map((market) => ({
      ...{ market, idOf: clientIdsOf(market.strategy, market.symbol), orders: new Map(), working: new Set() },
      ...nothingYet(),
    }));
    for (const place of this.places) {
      const { strategy, symbol } = place.market;
      this.byKey.set(keyOf(strategy, symbol), place);
    }
  }

  /** Moves the markets through bars that closed at one instant; on an account that several share what sets money free goes first. */
  bars(bars: readonly SymbolBar[]): void {
    const ofSymbol = listsBy(bars, ({ symbol }) => symbol);
    const present = this.places.flatMap((place) =>
      (ofSymbol.get(place.market.symbol) ?? []).flatMap((each) =>
        isOfInterval(each, place.market) ? [{ place, bar: each.bar }] : [],
      ),
    );
    for (const { place, bar } of present) {
      moveOn(place, bar.time);
      place.market.open?.(bar, (event) => {
        this.tell(place, [event]);
      });
    }
    const isFirst = present.map(({ place }) => place.market.matching.isReducing);
    for (const turn of [true, false])
      for (const [i, { place, bar }] of present.entries())
        if (isFirst[i] === turn) this.tell(place, place.market.matching.bar(bar));
  }

  submit(order: VenueOrder): void {
    this.take({ kind: "submit", order: this.alone(order.order) }, order);
  }

  modify({ clientId }: CancelRequest, order: VenueOrder): void {
    const replaced = this.placeOf(order).orders.get(clientId);
    this.take({ kind: "replace", id: replaced?.order.id ?? "", order: this.alone(order.order) }, order);
  }

  cancel(request: CancelRequest): void {
    const place = this.placeOf(request);
    const found = place.orders.get(request.clientId);
    if (found !== undefined)
      this.tell(place, place.market.matching.command({ kind: "cancel", id: found.order.id }));
  }

  /** Capital goes to the market of a strategy, or away from it below zero: the account knows of it already. */
  transfer(of: Omit<CancelRequest, "clientId">, amount: number): void {
    this.placeOf(of).market.matching.transfer(amount);
  }

  /**
   * Tells how everything stands.
   *
   * @param time  now, in milliseconds UTC
   */
  ask({ number, orders, tradesFrom }: SnapshotRequest, time: number): void {
    this.hear({
      ...{ kind: "snapshot", number, time },
      positions: this.places.map(({ market: { strategy, symbol, matching } }) => ({
        ...{ strategy, symbol, quantity: matching.position },
      })),
      openOrders: this.places.flatMap((place) => [...openOrders(place)]),
      ...toldAgain(this.places, tradesFrom),
      orders: orders.map((request) => ({
        ...request,
        status: this.placeOf(request).orders.get(request.clientId)?.status ?? "absent",
      })),
    });
  }

  /** What becomes of open positions once there are no more bars. */
  end(at: "open" | "close"): void {
    for (const place of this.places) this.tell(place, place.market.matching.closeAtEnd(at));
  }

  snapshot(): SimulatedVenueSnapshot {
    return { places: this.places.map((place) => remembered(place)) };
  }

  restore({ places }: SimulatedVenueSnapshot): void {
    for (const [i, place] of this.places.entries()) {
      place.working.clear();
      remember(place, places[i], (order) => {
        know(place, order);
      });
    }
  }

  private take(command: Extract<Command, { order: Order }>, given: VenueOrder): void {
    const { strategy, symbol, clientId, order } = given;
    const place = this.placeOf(given);
    const request = { clientId, strategy, symbol };
    const before = place.orders.get(clientId);
    // Who asks twice has asked once, and is told how it stands.
    if (before !== undefined) {
      if (before.status === "working") this.hear({ kind: "accepted", ...request });
      return;
    }
    const lacking = lackingFor(given, this.lacks, command.kind === "replace");
    if (lacking !== null) {
      know(place, { ...request, order, status: "rejected", left: 0, restedAt: place.time });
      this.hear({ kind: "rejected", ...request, reason: lacking });
      return;
    }
    know(place, {
      ...request,
      order,
      status: "working",
      left: order.quantity,
      restedAt: null,
    });
    for (const child of order.children) {
      const ofChild = { ...request, clientId: place.idOf(child.id), order: child };
      know(place, {
        ...ofChild,
        status: "absent",
        left: child.quantity,
        restedAt: null,
      });
    }
    this.hear({ kind: "accepted", ...request });
    this.tell(place, place.market.matching.command(command));
  }

  /** A venue that holds none with its entry does not know what belongs together. */
  private alone(order: Order): Order {
    return this.lacks.protects === false ? { ...order, parent: undefined, group: undefined } : order;
  }

  /** Turns what the market did into what a venue says, and remembers it. */
  private tell(place: Place, events: readonly VenueEvent[]): void {
    for (const event of events) this.hear(reportOf(place, event));
  }

  private placeOf({ strategy, symbol }: Omit<CancelRequest, "clientId">): Place {
    const found = this.byKey.get(keyOf(strategy, symbol));
    if (found === undefined) throw new Error(`simulated venue: no market of ${symbol} for ${strategy}`);
    return found;
  }
}

const keyOf = (strategy: string, symbol: string): string => JSON.stringify([strategy, symbol]);

function reportOf(place: Place, event: VenueEvent): VenueReport {
  const { strategy, symbol } = place.market;
  switch (event.kind) {
    case "fill": {
      const trade = tradeOf(place, event.fill);
      place.trades.push(trade);
      follow(place, trade.clientId, endOf(event.fill), event.fill.left ?? 0);
      return { kind: "trade", trade };
    }
    case "cash": {
      const cash: VenueCash = { kind: "cash", id: nextId(place), strategy, symbol, flow: event.flow };
      place.flows.push(cash);
      return cash;
    }
    case "split":
      return { kind: "split", id: nextId(place), strategy, symbol, split: event.split };
    default: {
      const { id, ...told } = event;
      const clientId = place.idOf(id);
      if (event.kind === "reduced") follow(place, clientId, "working", event.to);
      else follow(place, clientId, event.kind === "placed" ? "working" : event.kind);
      return { ...told, clientId, strategy, symbol };
    }
  }
}

function* openOrders({ orders, working }: Place): Iterable<VenueSnapshot["openOrders"][number]> {
  for (const id of working) {
    const known = orders.get(id);
    if (known === undefined) continue;
    const { clientId, strategy, symbol, order, left } = known;
    yield { clientId, strategy, symbol, side: order.side, left };
  }
}

function know({ orders, working }: Place, known: KnownOrder): void {
  orders.set(known.clientId, known);
  if (known.status === "working") working.add(known.clientId);
  else working.delete(known.clientId);
}

const endOf = ({ left, reason }: Fill): VenueOrderStatus =>
  left === undefined && reason !== "reversal" ? "filled" : "working";

function follow(place: Place, clientId: string, status: VenueOrderStatus, left?: number): void {
  const known = place.orders.get(clientId);
  if (known === undefined) return;
  const restedAt = status === "working" ? null : place.time;
  know(place, { ...known, status, left: left ?? known.left, restedAt });
}

function tradeOf(place: Place, fill: Fill): VenueTrade {
  const { strategy, symbol } = place.market;
  const { orderId, side, effect, price, quantity, commission, time, left } = fill;
  const clientId = place.idOf(orderId);
  return {
    ...{ tradeId: nextId(place), clientId, strategy, symbol, side, effect },
    ...{ price, quantity, commission, time, left },
    ...(!place.orders.has(clientId) && { ofVenue: ofVenue(fill) }),
    notes: notesOf(fill),
  };
}

function nextId(place: Place): string {
  const { strategy, symbol } = place.market;
  return `${strategy}/${symbol}/${++place.told}`;
}
