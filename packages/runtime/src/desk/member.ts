import type { Instrument, OrderTypeName } from "@bitfever/engine";
import type { Session } from "../session.js";
import type { Universe } from "../universe/universe.js";
import type { EquitySwitch } from "./equity-switch.js";

/** A strategy at work in a symbol, on the desk. */
export interface Member {
  readonly strategy: string;
  readonly symbol: string;
  /** Of its bars; 0 where any are meant. */
  readonly intervalMs: number;
  readonly sector: string | null;
  readonly instrument: Instrument;
  readonly session: Session;
  /** The types of orders that it may send. */
  readonly orders: readonly OrderTypeName[];
  /** Whether two of its orders may wait at the same time to close the same. */
  readonly waitsTwice: boolean;
  /** Its entries open positions of their own, and close none. */
  readonly hedges: boolean;
  /** With whom it decides, on one account of all; null where it trades by itself. */
  readonly universe: Universe | null;
  /** The other markets that it reads, by their place in its plan. */
  readonly reads: readonly { readonly symbol: string; readonly intervalMs: number }[];
  /** What its session asks whether it is held; left out, it always is. */
  readonly equitySwitch?: EquitySwitch | undefined;
  /** Of the capital that moves between strategies, where it does. */
  readonly share?: number | undefined;
}

/** How long a desk waits for what, in milliseconds. */
export interface Patience {
  /** For the answer to an order, before nobody knows what became of it. */
  readonly answerMs: number;
  /** Between two questions about the same. */
  readonly askAgainMs: number;
  /** How long an order can be on its way: what has not arrived by then never will. */
  readonly graceMs: number;
  /** Between two comparisons with the venue when all is well. */
  readonly reconcileMs: number;
  /** How old a signal may be, before its entry is given up. */
  readonly maxSignalAgeMs: number;
  /** How long what is over is kept at least: so long the venue may still tell of it. */
  readonly keptMs: number;
  /** How often an order is sent. */
  readonly attempts: number;
}

export const usualPatience: Patience = {
  answerMs: 5_000,
  askAgainMs: 2_000,
  graceMs: 30_000,
  reconcileMs: 60_000,
  maxSignalAgeMs: 60_000,
  keptMs: 86_400_000,
  attempts: 5,
};

/** Beside a venue in the same process: nothing is lost on the way, so it is compared once a day. */
export const patienceAtHand: Partial<Patience> = { reconcileMs: 86_400_000 };
