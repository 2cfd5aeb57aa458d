import { BitFeverError } from "@bitfever/lang";
import {
  fileStore,
  Journal,
  PaperTrading,
  type JournalStore,
  type OperatorOrder,
  type ReplayDifference,
} from "@bitfever/runtime";
import { eventOfCommand, eventOfReport, type AccountEvent } from "./account-event.js";
import { AccountAtWork } from "./account-at-work.js";
import { AccountMemory, beginJournal } from "./account-memory.js";
import type { AccountSetup } from "./account-setup.js";
import { deskOfSetup, memberFinder, type AccountDesk } from "./desk-of-setup.js";
import { differenceText } from "./difference-text.js";
import type { Instant } from "./instants.js";
import type { OwnParts } from "./own-parts.js";
import type { RunningAccount, Told } from "./running-account.js";

/** How a paper account is opened: who trades what, and where it is kept. */
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
export class TradingAccount extends AccountAtWork implements RunningAccount {
  /** How many turns were told again to get here. */
  readonly recoveredTurns: number;
  /** Resolves once it is closed. */
  readonly ended: Promise<void>;
  private readonly trading: PaperTrading;
  protected readonly memory: AccountMemory;
  /** By the clock of whoever tells it. */
  private now = -Infinity;
  private isOver = false;
  private end = (): void => undefined;

  private constructor(
    options: AccountOptions,
    made: AccountDesk,
    private readonly journal: Journal | undefined,
  ) {
    super(options, made, journal);
    const { setup, own, recordsPerSnapshot, keptTrades } = options;
    this.ended = new Promise((resolve) => (this.end = resolve));
    const find = memberFinder(made);
    this.trading = new PaperTrading({
      ...{ desk: made.desk, markets: made.seats.map(({ market }) => market) },
      ...{ journal, recordsPerSnapshot, keptTrades },
      onCommand: (command) => {
        this.emit(eventOfCommand(command, this.now, find));
      },
      onReport: (report) => {
        this.emit(eventOfReport(report, this.now, find));
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
    this.now = Math.max(this.now, at);
    const now = (): number => this.now;
    this.hearBars(instant, bars, now, () => {
      this.trading.bars(bars, closedAt, this.now);
    });
    return "told";
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
