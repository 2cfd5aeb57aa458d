export type Side = "buy" | "sell";

/** Why an order exists: what its fill will be called in the list of trades. */
export type Purpose = "enter" | "exit" | "stop" | "target";

/**
 * An intent to trade. Prices are whole ticks and quantities whole lots of the instrument; an order is never changed,
 * only replaced or cancelled.
 */
export interface Order {
  /** Derived from strategy, bar and rule, so that sending it twice is sending it once. */
  readonly id: string;
  readonly type: "market" | "limit" | "stop";
  readonly side: Side;
  readonly purpose: Purpose;
  /** An entry's size; exits close what there is of the position, whatever they were placed for. */
  readonly quantity: number;
  /** The limit, or the trigger of a stop; null for a market order. */
  readonly price: number | null;
  readonly tag: string;
  /** Placed when this order fills; of them the first to fill cancels the rest. */
  readonly children: readonly Order[];
}

/** What the session asks of a venue. */
export type Command =
  { readonly kind: "submit"; readonly order: Order } | { readonly kind: "cancel"; readonly id: string };

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
  /** Open time of the bar in which it happened. */
  readonly time: number;
  /** The four prices of the bar do not tell whether this or another fill came first. */
  readonly ambiguous: boolean;
}

/** What a venue answers; everything but the session's own commands. */
export type VenueEvent =
  | { readonly kind: "fill"; readonly fill: Fill }
  | { readonly kind: "reduced"; readonly id: string; readonly from: number; readonly to: number }
  | { readonly kind: "rejected"; readonly id: string; readonly reason: string }
  | { readonly kind: "cancelled"; readonly id: string };
