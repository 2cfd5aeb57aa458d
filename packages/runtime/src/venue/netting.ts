import type { Command, Fill, Order, VenueEvent } from "@bitfever/engine";
import type {
  CancelRequest,
  SnapshotRequest,
  VenueCash,
  VenueOrder,
  VenueOrderStatus,
  VenueReport,
  VenueTrade,
} from "../contract.js";
import { isOfInterval } from "../desk/is-of-interval.js";
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
import { lackingFor, type Lacks, type SimulatedMarket } from "./simulated.js";

/** What all strategies trade a symbol on. */
export type NetMarket = Omit<SimulatedMarket, "strategy">;

/** An order with what became of it. */
interface NetOrder extends CancelRequest {
  readonly side: Order["side"];
  readonly status: VenueOrderStatus;
  readonly left: number;
  readonly restedAt: number | null;
}

interface NetPlace extends Remembered<NetOrder> {
  readonly market: NetMarket;
}

export interface NettingVenueSnapshot {
  readonly places: readonly RememberedSnapshot<NetOrder>[];
}

/**
 * A simulated venue that keeps one position for each symbol, whoever trades there: one market a symbol, orders that know
 * nothing of each other, and of strategies nothing but a name. An order trades its quantity, be it to close, to open or both;
 * one that may only reduce goes when nothing is left to reduce.
 */
export class NettingVenue {
  private readonly places: ReadonlyMap<string, NetPlace>;

  constructor(
    markets: readonly NetMarket[],
    private readonly hear: (report: VenueReport) => void,
    private readonly lacks: Pick<Lacks, "replaces"> = {},
  ) {
    this.places = new Map(
      markets.map((market) => [market.symbol, { market, orders: new Map(), ...nothingYet() }]),
    );
  }

  /** Moves the market through bars that have closed. */
  bars(bars: readonly SymbolBar[]): void {
    for (const each of bars) {
      const place = this.places.get(each.symbol);
      if (place === undefined || !isOfInterval(each, place.market)) continue;
      moveOn(place, each.bar.time);
      place.market.open?.(each.bar, (event) => {
        this.tell(place, [event]);
      });
      this.tell(place, place.market.matching.bar(each.bar));
    }
  }

  submit(order: VenueOrder): void {
    this.take({ kind: "submit", order: netOrder(order) }, order);
  }

  modify({ clientId }: CancelRequest, order: VenueOrder): void {
    this.take({ kind: "replace", id: clientId, order: netOrder(order) }, order);
  }

  cancel({ clientId, symbol }: CancelRequest): void {
    const place = this.placeOf(symbol);
    if (place.orders.has(clientId))
      this.tell(place, place.market.matching.command({ kind: "cancel", id: clientId }));
  }

  /**
   * Tells how everything stands.
   *
   * @param time  now, in milliseconds UTC
   */
  ask({ number, orders, tradesFrom }: SnapshotRequest, time: number): void {
    const places = [...this.places.values()];
    this.hear({
      ...{ kind: "snapshot", number, time },
      positions: places.map(({ market: { symbol, matching } }) => ({ symbol, quantity: matching.position })),
      openOrders: places.flatMap((place) =>
        [...place.orders.values()].flatMap(({ clientId, strategy, symbol, side, left, status }) =>
          status === "working" ? [{ clientId, strategy, symbol, side, left }] : [],
        ),
      ),
      ...toldAgain(places, tradesFrom),
      orders: orders.map((request) => ({
        ...request,
        status: this.placeOf(request.symbol).orders.get(request.clientId)?.status ?? "absent",
      })),
    });
  }

  snapshot(): NettingVenueSnapshot {
    return { places: [...this.places.values()].map((place) => remembered(place)) };
  }

  restore({ places }: NettingVenueSnapshot): void {
    for (const [i, place] of [...this.places.values()].entries())
      remember(place, places[i], (order) => {
        place.orders.set(order.clientId, order);
      });
  }

  private take(command: Extract<Command, { order: Order }>, given: VenueOrder): void {
    const { strategy, symbol, clientId, order } = given;
    const place = this.placeOf(symbol);
    const request = { clientId, strategy, symbol };
    const before = place.orders.get(clientId);
    if (before !== undefined) {
      if (before.status === "working") this.hear({ kind: "accepted", ...request });
      return;
    }
    const known = { ...request, side: order.side, left: order.quantity, restedAt: null };
    const lacking = lackingFor(given, { ...this.lacks, protects: false }, command.kind === "replace");
    if (lacking !== null) {
      place.orders.set(clientId, { ...known, status: "rejected", restedAt: place.time });
      this.hear({ kind: "rejected", ...request, reason: lacking });
      return;
    }
    place.orders.set(clientId, { ...known, status: "working" });
    this.hear({ kind: "accepted", ...request });
    this.tell(place, place.market.matching.command(command));
  }

  private tell(place: NetPlace, events: readonly VenueEvent[]): void {
    for (const event of events) {
      const report = reportOf(place, event);
      if (report !== null) this.hear(report);
    }
  }

  private placeOf(symbol: string): NetPlace {
    const found = this.places.get(symbol);
    if (found === undefined) throw new Error(`netting venue: no market of ${symbol}`);
    return found;
  }
}

/** As the market takes it: it knows no strategies, and counts in the quantity what is closed. */
function netOrder({ clientId, order, isReduceOnly }: VenueOrder): Order {
  const { type, side, quantity, price, limit, trail, startsAt, duration, isPostOnly, tag } = order;
  const common = {
    ...{ id: clientId, type, side, quantity, price, limit, trail, startsAt, duration, isPostOnly, tag },
    children: [],
  };
  if (isReduceOnly === true) return { ...common, purpose: "exit", isPartial: true };
  const counted = { ...common, purpose: "enter" as const, entries: Infinity, isSettled: true };
  return counted;
}

function reportOf(place: NetPlace, event: VenueEvent): VenueReport | null {
  const { symbol } = place.market;
  switch (event.kind) {
    case "fill":
      return { kind: "trade", trade: tradeOf(place, event.fill) };
    case "cash": {
      const cash: VenueCash = { kind: "cash", id: nextId(place), strategy: ofAll, symbol, flow: event.flow };
      place.flows.push(cash);
      return cash;
    }
    case "split":
      return { kind: "split", id: nextId(place), strategy: ofAll, symbol, split: event.split };
    case "placed":
      return null;
    default: {
      const { id, ...told } = event;
      const known = place.orders.get(id);
      // Of one that has closed all that it was for the market says that no lot is left.
      if (known?.status !== "working") return null;
      const { clientId, strategy } = known;
      const request = { clientId, strategy, symbol };
      if (told.kind === "reduced") {
        place.orders.set(id, { ...known, left: told.to });
        return { ...told, ...request };
      }
      place.orders.set(id, { ...known, status: told.kind, restedAt: place.time });
      return { ...told, ...request };
    }
  }
}

/** No strategy's. */
const ofAll = "";

function tradeOf(place: NetPlace, fill: Fill): VenueTrade {
  const { symbol } = place.market;
  const { orderId, side, price, quantity, commission, time, reason } = fill;
  const known = place.orders.get(orderId);
  const told = {
    ...{ tradeId: nextId(place), symbol, side, price, quantity, commission, time },
    notes: notesOf(fill),
  };
  if (known === undefined) {
    const trade = { ...told, clientId: orderId, strategy: ofAll, ofVenue: ofVenue(fill) };
    place.trades.push(trade);
    return trade;
  }
  const { clientId, strategy } = known;
  // One that may only reduce is over when nothing is left to reduce.
  const isOver = reason !== "enter" && reason !== "reversal" && fill.left === undefined;
  const left = isOver ? 0 : known.left - quantity;
  const [status, restedAt] = left > 0 ? (["working", null] as const) : (["filled", place.time] as const);
  place.orders.set(clientId, { ...known, left, status, restedAt });
  const trade: VenueTrade = { ...told, clientId, strategy, left: left > 0 ? left : undefined };
  place.trades.push(trade);
  return trade;
}

const nextId = (place: NetPlace): string => `net/${place.market.symbol}/${++place.told}`;
