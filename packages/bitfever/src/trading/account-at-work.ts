import type { ClosedBar, Journal } from "@bitfever/runtime";
import type { AccountEvent } from "./account-event.js";
import { damageOf, isRefusal, type AccountMemory } from "./account-memory.js";
import type { AccountSetup } from "./account-setup.js";
import type { AccountState } from "./account-state.js";
import type { AccountDesk } from "./desk-of-setup.js";
import type { Instant } from "./instants.js";
import { Listeners } from "./listeners.js";
import type { AccountTrade, RunningAccount } from "./running-account.js";

/** What an account at work is, wherever its orders go: who listens to it, and how it stands. */
export abstract class AccountAtWork {
  readonly setup: AccountSetup;
  /** What was damaged in the journal, in words: it goes on without it. */
  readonly damage: readonly string[];
  /** When bars of each symbol open and close. */
  readonly timings: AccountDesk["timings"];
  protected abstract readonly memory: AccountMemory;
  private readonly listeners = new Listeners<AccountEvent>();
  /** What comes of bars of the past is not acted on. */
  private isInPast = false;

  protected constructor(
    { setup, onEvent }: { readonly setup: AccountSetup; readonly onEvent?: Listener | undefined },
    { timings }: AccountDesk,
    journal: Journal | undefined,
  ) {
    this.setup = setup;
    this.timings = timings;
    this.damage = journal === undefined ? [] : damageOf(journal);
    if (onEvent !== undefined) this.listen(onEvent);
  }

  /** When the newest bar closed that it has heard of; -Infinity before the first. */
  get time(): number {
    return this.memory.newest;
  }

  /** The newest bar of each symbol, as its journal has them; none without a journal. */
  get keptBars(): ReadonlyMap<string, ClosedBar> {
    return this.memory.keptBars;
  }

  get state(): AccountState {
    return this.memory.state;
  }

  /** Who trades on it, which orders there are, and what would become of one by hand. */
  get desk(): RunningAccount["desk"] {
    return this.memory.desk;
  }

  /** What each strategy has traded, open positions marked at the last price; what is in memory no more is read from the journal. */
  get trades(): readonly AccountTrade[] {
    return this.memory.trades;
  }

  /** Hears all that happens from now on, until what it returns is called. */
  listen(hear: Listener): () => void {
    return this.listeners.add(hear);
  }

  /** Of an instant, tells the bars that were not heard before to what trades on them, and what comes of them to who listens. */
  protected hearBars(instant: Instant, bars: Instant["bars"], now: () => number, trade: () => void): void {
    const { closedAt } = instant;
    this.memory.hear({ closedAt, bars });
    this.emit({ kind: "bars", time: now(), closedAt, bars });
    this.isInPast = this.memory.isPast(instant, now());
    trade();
    this.isInPast = false;
    for (const alert of this.memory.newAlerts(now())) this.emit(alert);
  }

  protected emit(event: AccountEvent | null): void {
    if (event === null || (this.isInPast && isRefusal(event))) return;
    this.listeners.tell(event);
  }
}

type Listener = (event: AccountEvent) => void;
