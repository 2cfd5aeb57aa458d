import type { Trade } from "@bitfever/engine";
import type { ClosedBar, Desk, OperatorOrder } from "@bitfever/runtime";
import type { AccountEvent } from "./account-event.js";
import type { AccountSetup } from "./account-setup.js";
import type { AccountState } from "./account-state.js";
import type { AccountDesk } from "./desk-of-setup.js";
import type { Instant } from "./instants.js";

/** What became of bars that an account was given. */
export type Told = "told" | "kept already" | "too late";

/** A trade with the strategy and the symbol that it is of. */
export type AccountTrade = Trade & { readonly strategy: string; readonly symbol: string };

/**
 * An account at work, wherever its orders go: on paper (`TradingAccount`) or at a venue (`LiveAccount`). Who runs one, serves one or
 * commands one needs to know no more of it.
 */
export interface RunningAccount {
  readonly setup: AccountSetup;
  /** What was damaged in the journal, in words: it goes on without it. */
  readonly damage: readonly string[];
  /** How many turns were told again to get here. */
  readonly recoveredTurns: number;
  /** When bars of each symbol open and close. */
  readonly timings: AccountDesk["timings"];
  /** When the newest bar closed that it has heard of; -Infinity before the first. */
  readonly time: number;
  /** The newest bar of each symbol, as its journal has them; none without a journal. */
  readonly keptBars: ReadonlyMap<string, ClosedBar>;
  readonly state: AccountState;
  /** Who trades on it, which orders there are, and what would become of one by hand. */
  readonly desk: Pick<Desk, "members" | "openOrders" | "orders" | "judge">;
  /** What each strategy has traded, open positions marked at the last price. */
  readonly trades: readonly AccountTrade[];
  /** Rejects where it cannot go on; resolves once it is closed. */
  readonly ended: Promise<void>;
  /**
   * Tells it bars that have closed; those that it has heard of are passed over.
   *
   * @param at  when they were heard, in milliseconds UTC
   */
  tell(instant: Instant, at?: number): Told;
  /**
   * Asks something of all strategies, or of one.
   *
   * @param at  when, in milliseconds UTC; left out, now
   */
  operate(order: OperatorOrder, at?: number): void;
  /** Hears all that happens from now on, until what it returns is called. */
  listen(hear: (event: AccountEvent) => void): () => void;
  /** Keeps how it stands, and lets the journal and the venue go. */
  close(): void | Promise<void>;
  /** After something was thrown: lets the journal go as it is. */
  abandon(): void;
}
