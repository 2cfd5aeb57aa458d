import type { FieldName } from "@bitfever/lang";
import type {
  CancelReason,
  CashFlow,
  Fill,
  HeldSplit,
  Instrument,
  Order,
  OrderTypeName,
  Side,
  VenueEvent,
} from "@bitfever/engine";
import type { Approved } from "./gates/gatekeeper.js";

/** A bar whose time is over, as a program names its parts; times in milliseconds UTC, prices as decimals. */
export type ClosedBar = Readonly<Record<FieldName, number>>;

/** A closed bar of another market that the strategy reads, by its place in the plan. */
export type MarketBar = ClosedBar & { readonly market: number };

/**
 * Closed bars of one instrument, each once, in order of time; between them those of the other markets that the strategy
 * reads. Of bars that close at the same instant those of other markets come first.
 */
export type Feed = AsyncIterable<ClosedBar | MarketBar>;

/** Everything a session ever hears of: the market, and what the venue made of its commands. */
export type SessionEvent =
  | { readonly kind: "bar"; readonly bar: ClosedBar }
  | { readonly kind: "market"; readonly market: number; readonly bar: ClosedBar }
  | VenueEvent;

/** An order as a venue gets it: what a strategy asks for, under an id that both know it by. */
export interface VenueOrder {
  /** From strategy, symbol and the order's own id by `clientIdOf`; its children have theirs by the same. */
  readonly clientId: string;
  readonly strategy: string;
  readonly symbol: string;
  /** Prices in ticks and quantities in lots of the instrument. */
  readonly order: Order;
  /** The venue is to see to it that it opens nothing: left out where its position is that of several strategies. */
  readonly isReduceOnly?: true | undefined;
}

/**
 * An instrument as a venue is told of it: what it can be asked. The class itself has private members, and those of a package that was built
 * with another copy of this contract are not the same to TypeScript.
 */
export type TradedInstrument = Pick<Instrument, keyof Instrument>;

/** What a venue can do by itself; a type of order that it has not is refused, all else is then done on this side. */
export interface BrokerCapabilities {
  readonly orders: readonly OrderTypeName[];
  /**
   * Children come into force with the fill of their entry, and go with the position; of a group of entries the first to fill
   * cancels the others. Else each is an order of its own. Means nothing where positions are not kept apart.
   */
  readonly protects: boolean;
  /**
   * Positions of several strategies are kept apart; else there is one for each symbol, and an order trades its quantity and no
   * more, whatever it is for.
   */
  readonly separates: boolean;
  /** Puts an order in the place of another in one step. */
  readonly replaces: boolean;
  /**
   * An order that waits to close something binds what it would close: no second one can wait to close the same, as a target beside a stop
   * does. Left out, it does not.
   */
  readonly binds?: boolean | undefined;
  /** Of a broker over several venues, the venue of each symbol; what that can do goes before what is said of all. */
  readonly bySymbol?: Readonly<Record<string, SymbolVenue>> | undefined;
}

/** Where orders in a symbol go, and what of abilities may differ from symbol to symbol. */
export interface SymbolVenue extends Pick<BrokerCapabilities, "orders" | "replaces" | "binds"> {
  readonly name: string;
}

/**
 * A place where orders are traded. A request that was handed over is no more than that: what became of it is a report. Who asks again
 * with the same client id asks once. Functions without a result may return promises: one that rejects is a request that has failed, and
 * may have arrived all the same.
 */
export interface Broker {
  readonly name: string;
  readonly capabilities: BrokerCapabilities;
  /** Reports come in any order, twice or late, and not before this has been called. */
  readonly connect: (
    hear: (report: VenueReport) => void,
    instruments: readonly TradedInstrument[],
  ) => Promise<void>;
  readonly submit: (order: Approved<VenueOrder>) => unknown;
  readonly cancel: (request: CancelRequest) => unknown;
  /** Where the old one has gone, the new one is cancelled. */
  readonly modify: (request: CancelRequest, order: Approved<VenueOrder>) => unknown;
  /** Asks for a `snapshot` report, and in it for what became of single orders. */
  readonly snapshot: (request: SnapshotRequest) => unknown;
  readonly close: () => Promise<void>;
}

export interface CancelRequest {
  readonly clientId: string;
  readonly strategy: string;
  readonly symbol: string;
}

export interface SnapshotRequest {
  /** The answer has it too: an answer to an older question is none. */
  readonly number: number;
  /** Orders of which it is to say what became of them. */
  readonly orders: readonly CancelRequest[];
  /** Trades are told again from this venue time on, in milliseconds UTC. */
  readonly tradesFrom: number;
}

/** A quantity traded at a price, as the venue tells it; steps of the instrument. */
export interface VenueTrade {
  /** Of the venue, the same however often it is told. */
  readonly tradeId: string;
  readonly clientId: string;
  readonly strategy: string;
  readonly symbol: string;
  readonly side: Side;
  readonly price: number;
  readonly quantity: number;
  readonly commission: number;
  readonly time: number;
  /** Whether it opened or closed, where the venue says so: trades that come in another order than they happened are then told in theirs. */
  readonly effect?: Fill["effect"] | undefined;
  /** What of the order is still to be filled; left out, nothing. */
  readonly left?: number | undefined;
  /** Whose order it was, where no strategy has sent one: of the venue, with the venue's name for it. Of all strategies where positions are not kept apart, whatever `strategy` says. */
  readonly ofVenue?: { readonly orderId: string; readonly purpose: "liquidation" | "exit" } | undefined;
  /** What only a simulated market knows. */
  readonly notes?:
    Pick<Fill, "ambiguous" | "isInside" | "isAtClose" | "isAtEnd" | "rate" | "why"> | undefined;
}

/** What became of an order by what the venue says. */
export type VenueOrderStatus = "working" | "filled" | "cancelled" | "rejected" | "absent";

export interface VenueSnapshot {
  readonly kind: "snapshot";
  readonly number: number;
  readonly time: number;
  /** Signed lots, of all that is held; of a strategy where positions are kept apart. */
  readonly positions: readonly {
    readonly strategy?: string;
    readonly symbol: string;
    readonly quantity: number;
  }[];
  readonly openOrders: readonly (CancelRequest & { readonly side: Side; readonly left: number })[];
  readonly trades: readonly VenueTrade[];
  readonly flows: readonly VenueCash[];
  /** Of the orders that were asked for. */
  readonly orders: readonly (CancelRequest & { readonly status: VenueOrderStatus })[];
}

/** Money that came or went without a trade; of all strategies in the symbol where positions are not kept apart. */
export interface VenueCash {
  readonly kind: "cash";
  /** Of the venue, the same however often it is told. */
  readonly id: string;
  readonly strategy: string;
  readonly symbol: string;
  readonly flow: CashFlow;
}

/** A split of what is held and of what rests. */
export interface VenueSplit {
  readonly kind: "split";
  readonly id: string;
  readonly strategy: string;
  readonly symbol: string;
  readonly split: HeldSplit;
}

type OfOrder = CancelRequest;

/** All that a venue ever says. */
export type VenueReport =
  | (OfOrder & { readonly kind: "accepted" })
  | { readonly kind: "trade"; readonly trade: VenueTrade }
  | (OfOrder & { readonly kind: "cancelled"; readonly reason: CancelReason })
  | (OfOrder & { readonly kind: "rejected"; readonly reason: string })
  /** Less than asked for can be paid. */
  | (OfOrder & { readonly kind: "reduced"; readonly from: number; readonly to: number })
  /** What protects an entry came into force. */
  | (OfOrder & { readonly kind: "placed" })
  | VenueCash
  | VenueSplit
  | VenueSnapshot
  | { readonly kind: "connected" }
  | { readonly kind: "disconnected"; readonly reason: string };
