import type { CarryModelName, PlannedDuration } from "@bitfever/lang";
import type { Fraction } from "./fraction.js";
import type { TradeSide } from "./trade.js";

export type Side = "buy" | "sell";

/** Why an order exists: what its fill will be called in the list of trades. */
export type Purpose = "enter" | "exit" | "stop" | "target" | "liquidation";

export type OrderTypeName =
  | "market"
  | "market_on_close"
  | "limit"
  | "stop"
  | "stop_limit"
  | "trailing_stop"
  | "market_if_touched"
  | "limit_if_touched";

/** How long an order that rests may rest. */
export type OrderDuration = Exclude<PlannedDuration, { kind: "date" }> | OrderDate;

/** To the last bar that opens before a moment, in milliseconds UTC. */
interface OrderDate {
  readonly kind: "date";
  readonly until: number;
}

/**
 * An intent to trade. Prices are whole ticks and quantities whole lots of the instrument; an order is never changed,
 * only replaced or cancelled. What may be left out is left out of most orders.
 */
export interface Order {
  /** Derived from strategy, bar and rule, so that sending it twice is sending it once. */
  readonly id: string;
  readonly type: OrderTypeName;
  readonly side: Side;
  readonly purpose: Purpose;
  /** An entry's size. What protects an entry closes no more than this of it; an exit says so with `isPartial`. */
  readonly quantity: number;
  /** The limit, or the trigger of a stop; null for a market order, and for a trailing stop that has not started. */
  readonly price: number | null;
  readonly tag: string;
  /** Placed when this order fills; they close what it opened and no more, and with the last of it they go. */
  readonly children: readonly Order[];
  /** The limit of a stop-limit or limit-if-touched order, once its trigger is met. */
  readonly limit?: number | undefined;
  readonly trail?: Trail | undefined;
  /** The price at which a trailing stop starts, where that is known. */
  readonly startsAt?: number | undefined;
  /** How long it may rest; left out, until it fills or is cancelled. */
  readonly duration?: OrderDuration | undefined;
  /** A limit order that would trade at the first price it meets is taken back instead. */
  readonly isPostOnly?: true | undefined;
  /** Of the entries of a group the first to fill cancels the others. */
  readonly group?: string | undefined;
  /** How many entries may be open on the side of this one, itself included; left out, 1. */
  readonly entries?: number | undefined;
  /** An exit that closes its quantity and no more; without it, whatever there is. */
  readonly isPartial?: true | undefined;
  /** A child that stands so far from the price at which its entry fills; it has no price before. */
  readonly offset?: Offset | undefined;
  /** A child's share of what was entered; left out, all of it. */
  readonly share?: number | undefined;
  /** The entry that this order protects. Children that do not say it get it when they are placed. */
  readonly parent?: string | undefined;
}

/** How far an order stands from the price at which its entry fills: in steps of price, or as a share of that price. */
export interface Offset {
  readonly distance: number;
  readonly unit: "price" | "ratio";
}

/** How a trailing stop follows the best price it has seen. */
export interface Trail {
  /** In steps of price, or as a share of the best price, rounded to steps away from it. */
  readonly distance: number;
  readonly unit?: "price" | "ratio" | undefined;
  /** Prices are whole steps. */
  readonly isWhole?: true | undefined;
  /** How many of them a tick is; left out, 1. */
  readonly tick?: number | undefined;
  /** Starts once the price is ahead of the entry by so many times its distance from a stop; null starts at once. */
  readonly after: { readonly times: number; readonly stop: number | Offset } | null;
}

/** What the session asks of a venue. */
export type Command =
  | { readonly kind: "submit"; readonly order: Order }
  | { readonly kind: "cancel"; readonly id: string }
  /** Puts an order in the place of one that works; where that one has gone, the new one is cancelled. */
  | { readonly kind: "replace"; readonly id: string; readonly order: Order };

/** A quantity traded at a price: one leg of a position opened or closed. */
export interface Fill {
  readonly orderId: string;
  readonly side: Side;
  readonly effect: "open" | "close";
  /** `reversal` closes what an entry on the other side turns round. */
  readonly reason: Purpose | "reversal";
  readonly tag: string;
  readonly price: number;
  readonly quantity: number;
  readonly commission: number;
  /** What money of the instrument was worth in that of the account; left out, they are the same. */
  readonly rate?: Fraction | undefined;
  /** Open time of the bar in which it happened. */
  readonly time: number;
  /** The four prices of the bar do not tell whether this or another fill came first. */
  readonly ambiguous: boolean;
  /** It happened inside a bar that is not over: some of the prices it will show lie before the fill. */
  readonly isInside?: true | undefined;
  /** It happened at the close at which the order was sent. */
  readonly isAtClose?: true | undefined;
  /** It closed what was open after the last bar. */
  readonly isAtEnd?: true | undefined;
  /** What of the order is still to be filled; left out, nothing. */
  readonly left?: number | undefined;
  /** How the price came about, where somebody asks. */
  readonly why?: FillReason | undefined;
}

/** What a fill was decided by; prices in steps. */
export interface FillReason {
  readonly type: OrderTypeName;
  /** The part of the bar's path on which the price came to the order; alike, it was a single print. */
  readonly from: number;
  readonly to: number;
  /** The price that the order waited for; null where it waited for none. */
  readonly level: number | null;
  /** The price before slippage. */
  readonly quoted: number;
  readonly isMaker: boolean;
  /** Bars that the order had waited, the one of the fill not counted. */
  readonly waited: number;
}

/**
 * Why money came or went without a trade: what holding costs, what a share pays, or what the holder put in and took out.
 */
export type CashFlowReason = CarryModelName | "dividend" | "split" | "deposit" | "withdrawal";

/** Money that came or went without a trade; steps of money, below zero where it went. */
export interface CashFlow {
  readonly reason: CashFlowReason;
  readonly amount: number;
  /** Open time of the bar at which it was booked. */
  readonly time: number;
  /** Of a deposit or a withdrawal: what the account was worth before it, at the open of that bar. */
  readonly worth?: number;
  /** Of a withdrawal that was not paid in full: what was asked for, below zero. */
  readonly asked?: number;
  /** What who put it in or took it out says of it. */
  readonly note?: string;
}

/** A split at the open of a bar; prices and money in steps. */
export interface HeldSplit {
  /** New shares for an old one. */
  readonly ratio: Fraction;
  /** Of a new share. */
  readonly price: number;
  /** For what is no whole lot of a side; not above zero to who is short. */
  readonly paid: Readonly<Record<TradeSide, number>>;
  readonly time: number;
  /** Of money of the instrument in that of the account; left out, both are the same. */
  readonly rate?: Fraction | undefined;
}

/** What a venue answers; everything but the session's own commands. */
export type VenueEvent =
  | { readonly kind: "fill"; readonly fill: Fill }
  | { readonly kind: "cash"; readonly flow: CashFlow }
  /** What protects an entry came into force; only where somebody keeps a log. */
  | { readonly kind: "placed"; readonly id: string }
  | { readonly kind: "split"; readonly split: HeldSplit }
  | { readonly kind: "reduced"; readonly id: string; readonly from: number; readonly to: number }
  | { readonly kind: "rejected"; readonly id: string; readonly reason: string }
  | { readonly kind: "cancelled"; readonly id: string; readonly reason: CancelReason };

export type CancelReason =
  "asked" | "expired" | "group" | "nothing_to_close" | "unfilled" | "post_only" | "no_lot" | "ended";
