/** What Alpaca says, as far as it is read here. Amounts are decimal strings, times are texts of RFC 3339. */
export interface AlpacaOrder {
  readonly id: string;
  readonly client_order_id: string;
  readonly symbol: string;
  readonly side: "buy" | "sell";
  readonly type: string;
  readonly status: string;
  /** Null of an order for an amount of money. */
  readonly qty: string | null;
  readonly filled_qty: string;
  readonly submitted_at: string;
}

export interface AlpacaFill {
  readonly id: string;
  readonly order_id: string;
  readonly symbol: string;
  readonly side: string;
  readonly price: string;
  readonly qty: string;
  /** Of the order, with this trade. */
  readonly cum_qty: string;
  readonly leaves_qty: string;
  readonly transaction_time: string;
}

export interface AlpacaPosition {
  readonly symbol: string;
  /** Below zero, short. */
  readonly qty: string;
}

export interface AlpacaAsset {
  readonly symbol: string;
  readonly tradable: boolean;
  readonly fractionable: boolean;
}

export interface AlpacaAccount {
  readonly status: string;
  readonly trading_blocked: boolean;
  readonly account_blocked: boolean;
  readonly trade_suspended_by_user: boolean;
}

/** What a stream says of an order; the last three of a trade alone. */
export interface AlpacaTradeUpdate {
  readonly event: string;
  readonly timestamp: string;
  readonly order: AlpacaOrder;
  readonly price?: string;
  readonly qty?: string;
}

/** A minute; the time is that of its open. */
export interface AlpacaBar {
  readonly t: string;
  readonly o: number;
  readonly h: number;
  readonly l: number;
  readonly c: number;
  readonly v: number;
}

export interface AlpacaTrade {
  readonly t: string;
  /** A number of the exchange `x`. */
  readonly i: number;
  readonly x: string;
  readonly p: number;
  readonly s: number;
}

/** Milliseconds UTC. */
export const timeOf = (text: string): number => new Date(text).getTime();
