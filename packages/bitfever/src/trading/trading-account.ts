import { BitFeverError } from "@bitfever/lang";
import {
  fileStore,
  Journal,
  PaperTrading,
  type ClosedBar,
  type JournalStore,
  type OperatorOrder,
  type ReplayDifference,
} from "@bitfever/runtime";
import { eventOfCommand, eventOfReport, type AccountEvent } from "./account-event.js";
import { AccountMemory, beginJournal, damageOf, isRefusal } from "./account-memory.js";
import type { AccountSetup } from "./account-setup.js";
import type { AccountState } from "./account-state.js";
import { deskOfSetup, memberFinder, type AccountDesk } from "./desk-of-setup.js";
import { differenceText } from "./difference-text.js";
import type { Instant } from "./instants.js";
import { Listeners } from "./listeners.js";
import type { OwnParts } from "./own-parts.js";
import type { AccountTrade, RunningAccount, Told } from "./running-account.js";

export interface AccountOptions {
  readonly setup: AccountSetup;
  /** A folder, or a store: where the account is kept. Left out, it ends with its process. */
  readonly journal?: string | JournalStore | undefined;
  /** How many records may lie between two snapshots: so many are told again after a crash. */
  readonly recordsPerSnapshot?: number | undefined;
  /** How many closed trades of each strategy in each symbol stay in memory beside a journal; 1,000 when left out. */
  readonly keptTrades?: number | undefined;
  readonly onEvent?: ((event: AccountEvent) => void) | undefined;
  /** What the plug-ins of the setup bring. */
  readonly own?: OwnParts | undefined;
}

/**
 * An account on paper: strategies at work on a simulated venue, behind gates, kept in a journal from which it goes on.
 *
 * @example
 * const account = TradingAccount.open({ setup, journal: "my-account" });
 * for (const instant of instantsOf([bars], account)) account.tell(instant);
 * console.log(account.state.equity);
 * account.close();
 */
export class TradingAccount implements RunningAccount {
  readonly setup: AccountSetup;
  /** What was damaged in the journal, in words: it goes on without it. */
  readonly damage: readonly string[];
  /** How many turns were told again to get here. */
  readonly recoveredTurns: number;
  /** When bars of each symbol open and close. */
  readonly timings: AccountDesk["timings"];
  /** Resolves once it is closed. */
  readonly ended: Promise<void>;
  private readonly trading: PaperTrading;
  private readonly memory: AccountMemory;
  private readonly listeners = new Listeners<AccountEvent>();
  /** By the clock of whoever tells it. */
  private now = -Infinity;
  private isOver = false;
  /** What comes of bars of the past is not acted on. */
  private isInPast = false;
  private end = (): void => undefined;

  private constructor(
    { setup, own, onEvent, recordsPerSnapshot, keptTrades }: AccountOptions,
    made: AccountDesk,
    private readonly journal: Journal | undefined,
  ) {
    this.setup = setup;
    this.timings = made.timings;
    this.damage = journal === undefined ? [] : damageOf(journal);
    this.ended = new Promise((resolve) => (this.end = resolve));
    if (onEvent !== undefined) this.listen(onEvent);
    const find = memberFinder(made);
    const emit = (event: AccountEvent | null): void => {
      if (event !== null && !(this.isInPast && isRefusal(event))) this.listeners.tell(event);
    };
    this.trading = new PaperTrading({
      ...{ desk: made.desk, markets: made.seats.map(({ market }) => market) },
      ...{ journal, recordsPerSnapshot, keptTrades },
      onCommand: (command) => {
        emit(eventOfCommand(command, this.now, find));
      },
      onReport: (report) => {
        emit(eventOfReport(report, this.now, find));
      },
    });
    const { recovered } = this.trading;
    this.recoveredTurns = recovered?.turns ?? 0;
    if (recovered !== null && recovered.difference !== null)
      throw otherwise(made, recovered.difference, setup);
    this.now = made.desk.snapshot().now;
    this.memory = new AccountMemory({ setup, own, made, journal });
  }

  /**
   * Begins an account, or goes on where its journal ends.
   *
   * @throws BitFeverError BF5181 for the journal of another setup, BF5182 for that of something else, BF5183 where what is
   *   decided now is not what was decided then, BF5160 to BF5166 for the journal, and as `setUp` does
   */
  static open(options: AccountOptions): TradingAccount {
    const made = deskOfSetup(options.setup, options.own);
    if (options.journal === undefined) return new TradingAccount(options, made, undefined);
    const store = typeof options.journal === "string" ? fileStore(options.journal) : options.journal;
    const journal = Journal.open(store, { create: options.setup.account });
    try {
      beginJournal(journal, options.setup, store.place);
      return new TradingAccount(options, made, journal);
    } catch (error) {
      journal.close();
      throw error;
    }
  }

  /**
   * Tells it bars that have closed. Those that it has heard of are passed over, so that a history can be told from its start.
   *
   * @param at  when they were heard, in milliseconds UTC; left out, as they closed
   */
  tell(instant: Instant, at = instant.closedAt): Told {
    const { closedAt } = instant;
    const bars = this.memory.fresh(instant);
    if (bars.length === 0) return "kept already";
    if (closedAt < this.memory.newest) return "too late";
    this.memory.hear({ closedAt, bars });
    this.now = Math.max(this.now, at);
    this.listeners.tell({ kind: "bars", time: this.now, closedAt, bars });
    this.isInPast = this.memory.isPast(instant, this.now);
    this.trading.bars(bars, closedAt, this.now);
    this.isInPast = false;
    for (const alert of this.memory.newAlerts(this.now)) this.listeners.tell(alert);
    return "told";
  }

  /** When the newest bar closed that it has heard of; -Infinity before the first. */
  get time(): number {
    return this.memory.newest;
  }

  /** The newest bar of each symbol, as its journal has them; none without a journal. */
  get keptBars(): ReadonlyMap<string, ClosedBar> {
    return this.memory.keptBars;
  }

  /**
   * Asks something of all strategies, or of one: to pause, to resume, to be closed.
   *
   * @param at  when, in milliseconds UTC; left out, when it heard of something last
   */
  operate(order: OperatorOrder, at = this.now): void {
    this.now = Math.max(this.now, at);
    this.trading.operate(order, this.now);
  }

  /** Hears all that happens from now on, until what it returns is called. */
  listen(hear: (event: AccountEvent) => void): () => void {
    return this.listeners.add(hear);
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

  /** Keeps how it stands, and closes the journal. */
  close(): void {
    if (!this.isOver) this.trading.close();
    this.isOver = true;
    this.end();
  }

  /** After something was thrown: lets the journal go as it is, and what is not in it is told again. */
  abandon(): void {
    if (!this.isOver) this.journal?.close();
    this.isOver = true;
    this.end();
  }
}

function otherwise(
  made: AccountDesk,
  difference: ReplayDifference,
  { version }: AccountSetup,
): BitFeverError {
  return new BitFeverError(
    "BF5183",
    `what is decided now is not what was decided then\n${differenceText(difference, made).join("\n")}`,
    {
      hint: `the journal was begun with BitFever ${version}: go on with that one, or begin a new account in another folder`,
    },
  );
}
