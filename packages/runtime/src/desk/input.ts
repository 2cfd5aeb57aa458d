import type { ClosedBar, VenueReport } from "../contract.js";
import type { HandOrder } from "./by-hand.js";

/** A closed bar of a symbol and an interval in milliseconds; 0 where nobody knows it. */
export interface SymbolBar {
  readonly symbol: string;
  readonly intervalMs: number;
  readonly bar: ClosedBar;
}

/** What who runs a desk may ask of it. */
export type OperatorOrder =
  /** Without a name all strategies; what is traded by hand is paused by its own name alone. */
  | { readonly kind: "pause" | "resume"; readonly strategy?: string }
  /** Takes every entry back once; the next signal may send another. */
  | { readonly kind: "cancel_entries" }
  | { readonly kind: "reduce" | "halt" }
  /** Cancels everything, and closes all that is held where that is asked for. */
  | { readonly kind: "kill"; readonly flattens: boolean }
  | { readonly kind: "flatten"; readonly strategy?: string }
  /** Takes a position that the venue has and no strategy knows of for what it is: not ours. */
  | { readonly kind: "accept" }
  /** Trades by hand. */
  | { readonly kind: "trade"; readonly order: HandOrder }
  /** Takes back one order, whatever it is for. */
  | { readonly kind: "cancel"; readonly clientId: string };

/**
 * All that a desk ever hears of, with the time at which it was heard, in milliseconds UTC. What it hears is all that it
 * goes by: told the same again, it does the same again.
 */
export type DeskInput =
  /** The first of each life: nobody knows what became of what was on its way. */
  | { readonly kind: "started"; readonly at: number }
  /** Bars that closed at one instant. */
  | {
      readonly kind: "bars";
      readonly at: number;
      readonly closedAt: number;
      readonly bars: readonly SymbolBar[];
    }
  /** The first bars of a day in UTC are about to be told; before anybody trades on them. Only where capital moves. */
  | { readonly kind: "day"; readonly at: number; readonly closedAt: number }
  | { readonly kind: "report"; readonly at: number; readonly report: VenueReport }
  | { readonly kind: "clock"; readonly at: number }
  | { readonly kind: "operator"; readonly at: number; readonly order: OperatorOrder };
