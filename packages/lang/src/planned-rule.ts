import type { ColumnId } from "./column.js";

/*
 * What a strategy asks for, as plain data: rules that send orders, rules that take them back, and limits that stop it.
 * Numbers that change from bar to bar are columns; what is known before the run is a number.
 */

export type PlannedRule = PlannedEnter | PlannedExit | PlannedCancel;

/** How an order meets the market. */
export type PlannedForm =
  /** At the next open, or at the close of the next bar. */
  | { readonly kind: "market"; readonly at: "open" | "close" }
  | { readonly kind: "limit"; readonly price: ColumnId; readonly isPostOnly?: true }
  /** Becomes a market order at its price. */
  | { readonly kind: "stop" | "market_if_touched"; readonly price: ColumnId }
  /** Becomes a limit order at its price. */
  | {
      readonly kind: "stop_limit" | "limit_if_touched";
      readonly price: ColumnId;
      readonly limit: ColumnId;
    };

/** How long an order that rests may rest. */
export type PlannedDuration =
  /** Until it fills, is replaced or is cancelled. */
  | { readonly kind: "gtc" }
  /** To the end of the session in which it was sent, or, sent at its last bar, of the next. */
  | { readonly kind: "day" }
  | { readonly kind: "bars"; readonly count: number }
  /** To the last bar that opens before a moment. */
  | { readonly kind: "date"; readonly until: ColumnId }
  /** The same, so many milliseconds after the close of the bar that sent it. */
  | { readonly kind: "span"; readonly length: ColumnId }
  /** At the first price it meets, as much as can be had, or not at all. */
  | { readonly kind: "ioc" }
  /** At the first price it meets and all of it, or not at all. */
  | { readonly kind: "fok" };

export interface PlannedEnter {
  readonly kind: "enter";
  readonly side: "long" | "short";
  readonly tag: string;
  readonly when: ColumnId;
  readonly form: PlannedForm;
  readonly duration: PlannedDuration;
  readonly size: {
    readonly kind: "units" | "money" | "equity" | "risk";
    readonly value: ColumnId;
    readonly cap: ColumnId | null;
  };
  readonly stop: PlannedStop | null;
  readonly targets: readonly PlannedTarget[];
  readonly trail: PlannedTrail | null;
  /** How many entries may be open at once on this side; 1 unless the strategy pyramids. */
  readonly entries: number;
  /** Of the orders of a group the first to fill cancels the others; null stands alone. */
  readonly group: string | null;
}

/** A price, or how far it is from that of the fill: in price, or as a share of it. */
export interface PlannedPrice {
  readonly price: ColumnId;
  readonly by: "price" | "ratio" | null;
}

/** A protective stop; with a limit it is a stop-limit order, which may be left unfilled. */
export interface PlannedStop extends PlannedPrice {
  readonly limit: ColumnId | null;
}

/** A price at which to take a share of what was entered; null takes all that is left. */
export interface PlannedTarget extends PlannedPrice {
  readonly share: number | null;
}

/**
 * When a trail moves: at the close of each bar, at the distance of the entry or at that of the bar, or with every price
 * inside a bar.
 */
export type TrailMoves = "close" | "each_bar" | "path";

/** A stop that follows the best price since the entry at a distance, and never goes back. */
export interface PlannedTrail {
  readonly distance: ColumnId;
  /** In price, or as a share of the best price. */
  readonly unit: "price" | "ratio";
  /** Starts once the best price is this many times the initial risk (entry to stop) ahead; null starts at once. */
  readonly after: number | null;
  readonly on: TrailMoves;
}

export interface PlannedExit {
  readonly kind: "exit";
  /** Null leaves either side. */
  readonly side: "long" | "short" | null;
  readonly tag: string;
  readonly when: ColumnId;
  readonly form: PlannedForm;
  readonly duration: PlannedDuration;
  /** Of the position as it is when the order is sent; null leaves all of it. */
  readonly share: number | null;
}

/** Takes back what still rests under a tag; null takes back every order that is no protection. */
export interface PlannedCancel {
  readonly kind: "cancel";
  readonly tag: string | null;
  readonly when: ColumnId;
}

/** A rule of risk over the whole account, looked at on every close and before every order. */
export interface PlannedLimit {
  readonly measure:
    /** Share of the highest equity that has been lost. */
    | "drawdown"
    /** Share of the equity at the start of the session that has been lost. */
    | "day_loss"
    /** Units held. */
    | "position"
    /** Value held, as a share of equity. */
    | "exposure"
    /** Entries sent in this session. */
    | "orders"
    /** Losing trades in a row. */
    | "losses";
  /** The largest value allowed. */
  readonly most: number;
  /** `block` sends no entry beyond it, `flatten` also closes all, `halt` does so for good. */
  readonly action: "block" | "flatten" | "halt";
}

/** A message when a condition comes true. */
export interface PlannedAlert {
  readonly when: ColumnId;
  /** Texts and the columns whose values stand between them. */
  readonly text: readonly (string | ColumnId)[];
}

/** The engines whose conventions a program may ask for. */
export const profileNames = ["backtesting_py", "backtrader", "tradingview", "vectorbt"] as const;
export type ProfileName = (typeof profileNames)[number];

/** What a program says about how orders are filled; null leaves it to the settings. */
export interface PlannedFills {
  readonly path: string | null;
  /** Ticks that the price must go beyond a limit before it fills; 0 fills at the touch. */
  readonly through: number | null;
  /** Market orders fill at the close of the bar that decided them. Marks the report. */
  readonly onClose: boolean;
  /** An entry opens a position of its own beside one on the other side, instead of turning it round. */
  readonly hedges: boolean;
  /** The most of a bar's volume that may be traded, as a share. */
  readonly volume: number | null;
  /** Bars that an order is on its way. */
  readonly latency: number | null;
  /** The probability that a limit fills which is touched and no more. */
  readonly touch: number | null;
  /** The engine whose conventions hold. */
  readonly profile: string | null;
}
