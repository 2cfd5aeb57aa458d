import type { Side } from "@bitfever/engine";
import type { LimitUnit } from "./limit-unit.js";
import type { GateRule, Per } from "./gate-rule.js";

/** An order that would be sent, in decimals. */
export interface OrderProposal {
  /** Now, in milliseconds UTC. */
  readonly time: number;
  /** When the bar closed on which it was decided, in milliseconds UTC. */
  readonly signalTime: number;
  readonly strategy: string;
  readonly symbol: string;
  /** Null where nobody has said. */
  readonly sector: string | null;
  readonly side: Side;
  /** It closes some of what is held and can open nothing. */
  readonly isReducing: boolean;
  /** It carries out a flatten or a kill: of what reduces, the only kind that a halted account sends. */
  readonly isFlattening: boolean;
  readonly isReplacement: boolean;
  /**
   * Of what the account counts as entering, the units that cannot fill once this order has: those of the order it
   * replaces, at a venue that never fills more of both than of the larger one. Elsewhere 0, and both are counted.
   */
  readonly replacedQuantity: number;
  /** Units, without a sign. */
  readonly quantity: number;
  /** The limit, or the trigger of a stop; null for a market order. */
  readonly price: number | null;
  /** NaN where there is none yet. */
  readonly lastPrice: number;
  /** Decimal money of the account for a unit and a point of price. */
  readonly unitWorth: number;
  readonly clientId: string;
}

/** What a strategy has, or is about to have, in a symbol. Units are without a sign. */
export interface Holding {
  readonly strategy: string;
  readonly symbol: string;
  readonly sector: string | null;
  readonly long: number;
  readonly short: number;
  /** Units of entries that rest or are on their way; of two of which only one can fill, those of the larger. */
  readonly entering: { readonly buy: number; readonly sell: number };
  /** Orders of any purpose that rest or are on their way. */
  readonly openOrders: number;
  /** NaN where there is none yet. */
  readonly lastPrice: number;
  readonly unitWorth: number;
  /** When the newest bar closed, in milliseconds UTC; NaN where there is none yet. */
  readonly lastDataTime: number;
  /** How far this machine's clock is ahead of the venue's. */
  readonly clockSkewMs: number;
  /** Both sides may be held at once: an entry closes nothing on the other side. */
  readonly hedges?: true | undefined;
}

/** Which holdings or orders are meant; what is left out is any. */
export interface Scope {
  readonly strategy?: string | undefined;
  readonly symbol?: string | undefined;
  readonly sector?: string | null | undefined;
}

/** What gates on the account as a whole look at. */
export interface AccountState {
  /** Decimal money. */
  readonly equity: number;
  /** Equity at the end of the last session day. */
  readonly sessionEquity: number;
  readonly highestEquity: number;
  readonly lossesInARow: number;
}

/**
 * The account as it is when it is asked. An order that was approved is among what enters before the next is proposed.
 * Nothing needs to be worked out until somebody asks for it.
 */
export interface AccountView extends AccountState {
  /** The session day, as a number that grows from one to the next. */
  readonly session: number;
  /** Null where a strategy has nothing to do with a symbol. */
  readonly holding: (strategy: string, symbol: string) => Holding | null;
  readonly holdingsIn: (scope: Scope) => readonly Holding[];
}

/** That a gate was reached: what was asked and what is allowed, in the unit of the gate; NaN for what is unknown. */
export interface Breach {
  readonly asked: number;
  /** Null where no number says it. */
  readonly allowed: number | null;
  readonly text: string;
}

/** What a gate may ask about an entry; what costs something is worked out when it is asked for. */
export interface Question {
  readonly proposal: OrderProposal;
  readonly account: AccountView;
  /** What is held where the limit holds. */
  readonly holdings: readonly Holding[];
  /** Orders that a counting gate has counted so far where the limit holds. */
  readonly counted: number;
}

/** How a gate counts orders: those of a time that moves along, or of a session day. */
export interface Counting {
  readonly windowMs: number | "session";
  /** An order that takes the place of another counts as one more. */
  readonly countsReplacements: boolean;
}

/** What a gate makes of a rule: a check of entries, or of the account at any time. */
export type GateCheck =
  | { readonly of: "entry"; readonly check: (question: Question) => Breach | null }
  | { readonly of: "account"; readonly check: (account: AccountState) => Breach | null };

/**
 * A risk gate: what it looks at, and in which unit its limit is. No gate ever stops an order that only reduces: a limit
 * that keeps one from getting out of a position is a risk and no safeguard.
 */
export interface Gate {
  readonly name: string;
  /** Why an order was refused, in a word that stays the same. */
  readonly code: string;
  readonly summary: string;
  readonly unit: LimitUnit;
  /** What `per` may be; the first is meant where a rule does not say. Empty: the gate is of the account alone. */
  readonly per: readonly Per[];
  /** The gate counts orders that reduce too, though it lets them pass. */
  readonly countsExits?: true | undefined;
  readonly counting?: Counting | undefined;
  /** How long the state holds that it brings about. */
  readonly lasts: "session" | "resume";
  readonly example: Omit<GateRule, "gate">;
  /**
   * @param place  of the rule, for what is said of a mistake
   * @throws BitFeverError for a limit that is none of the gate's
   */
  readonly read: (rule: GateRule, place: string) => GateCheck;
}
