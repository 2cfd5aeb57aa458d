import {
  fileStore,
  Journal,
  LiveTrading,
  type Broker,
  type JournalStore,
  type LiveClock,
  type OperatorOrder,
  type StopOptions,
  type VenueReport,
} from "@bitfever/runtime";
import { eventOfCommand, eventOfReport, type AccountEvent } from "./account-event.js";
import { AccountAtWork } from "./account-at-work.js";
import { AccountMemory, beginJournal } from "./account-memory.js";
import type { AccountSetup } from "./account-setup.js";
import { deskOfSetup, memberFinder, type AccountDesk } from "./desk-of-setup.js";
import type { Instant } from "./instants.js";
import type { OwnParts } from "./own-parts.js";
import type { RunningAccount, Told } from "./running-account.js";

/** How an account at a venue is opened: who trades what, over which broker, by which clock, and where it is kept. */
export interface LiveAccountOptions {
  /** Of the venue of the broker: with its name, and what it can do. */
  readonly setup: AccountSetup;
  readonly broker: Broker;
  /** A folder, or a store: without one nobody would know after a crash what was sent. */
  readonly journal: string | JournalStore;
  readonly clock: LiveClock;
  /** Whether entries that rest are taken back when it is closed; what protects a position stays in any case. */
  readonly stops?: StopOptions | undefined;
  /** Between two looks at what waits too long, in milliseconds; a second when left out. */
  readonly beatMs?: number | undefined;
  readonly recordsPerSnapshot?: number | undefined;
  readonly keptTrades?: number | undefined;
  readonly onEvent?: ((event: AccountEvent) => void) | undefined;
  /** What the plug-ins of the setup bring. */
  readonly own?: OwnParts | undefined;
}

/**
 * An account at a venue: strategies at work behind gates, with orders that are meant in earnest, kept in a journal from which it
 * goes on.
 *
 * @example
 * const account = await LiveAccount.open({ setup, broker, journal: "my-account", clock });
 * account.tell({ closedAt, bars: closedBars });
 * await account.close();
 */
export class LiveAccount extends AccountAtWork implements RunningAccount {
  readonly recoveredTurns: number;
  private readonly trading: LiveTrading;
  protected readonly memory: AccountMemory;
  /** What the venue has told, by its ids: it tells much of it more than once. */
  private readonly news = new Set<string>();
  /** What is told again while it is made was told of before. */
  private isSilent = true;
  private isOver = false;

  private constructor(
    private readonly options: LiveAccountOptions,
    made: AccountDesk,
    journal: Journal,
  ) {
    super(options, made, journal);
    const { setup, own, clock, beatMs, recordsPerSnapshot, keptTrades } = options;
    const find = memberFinder(made);
    this.trading = new LiveTrading({
      ...{ desk: made.desk, journal, clock, beatMs, recordsPerSnapshot, keptTrades },
      broker: this.overheard((report) => {
        this.emit(eventOfReport(report, clock.now(), find));
      }),
      onCommand: (command) => {
        this.emit(eventOfCommand(command, clock.now(), find));
      },
    });
    this.recoveredTurns = this.trading.recovered.turns;
    for (const [id] of made.desk.snapshot().heard.ids) this.news.add(id);
    this.memory = new AccountMemory({ setup, own, made, journal });
    this.isSilent = false;
  }

  /**
   * Begins an account at a venue, or goes on where its journal ends; once it is there positions and orders are being compared.
   *
   * @throws BitFeverError BF5181 for the journal of another setup, BF5182 for that of something else, BF5190 where what is decided
   *   now is not what was decided then, BF5160 to BF5166 for the journal, BF5191 where the venue cannot be reached, BF5177, BF5193
   *   and BF5194 where a strategy cannot trade there, and as `setUp` does
   */
  static async open(options: LiveAccountOptions): Promise<LiveAccount> {
    const { setup } = options;
    const made = deskOfSetup(setup, options.own);
    const store = typeof options.journal === "string" ? fileStore(options.journal) : options.journal;
    const journal = Journal.open(store, { create: setup.account });
    try {
      beginJournal(journal, setup, store.place);
      const account = new LiveAccount(options, made, journal);
      await account.trading.start();
      return account;
    } catch (error) {
      journal.close();
      await options.broker.close().catch(() => undefined);
      throw error;
    }
  }

  get ended(): Promise<void> {
    return this.trading.ended;
  }

  /** Those that it has heard of are passed over; what comes late is told, and gates say what is too old to act on. */
  tell(instant: Instant): Told {
    const bars = this.memory.fresh(instant);
    if (bars.length === 0) return "kept already";
    const { closedAt } = instant;
    const now = (): number => this.options.clock.now();
    this.hearBars(instant, bars, now, () => {
      this.trading.bars({ closedAt, bars });
    });
    return "told";
  }

  operate(order: OperatorOrder): void {
    this.trading.operate(order);
  }

  /** @throws what ended it before, if something did */
  async close(): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    await this.trading.stop(this.options.stops);
  }

  abandon(): void {
    // The venue keeps what it has; the journal is let go as it is.
    if (!this.isOver) this.trading.stop().catch(() => undefined);
    this.isOver = true;
  }

  /** The broker, with who is shown each piece of its news once, if it is of a strategy here. */
  private overheard(show: (report: VenueReport) => void): Broker {
    const { broker, setup } = this.options;
    const isOurs = ({ strategy, symbol }: { readonly strategy: string; readonly symbol: string }): boolean =>
      setup.seats.some((each) => each.strategy === strategy && each.symbol === symbol);
    const hear = (report: VenueReport): void => {
      if (report.kind === "snapshot") for (const trade of report.trades) hear({ kind: "trade", trade });
      const of = report.kind === "trade" ? report.trade : "strategy" in report ? report : null;
      if (of !== null && !isOurs(of)) return;
      const id = idOf(report);
      if (id !== null && this.news.has(id)) return;
      if (id !== null) this.note(id);
      show(report);
    };
    return {
      name: broker.name,
      capabilities: broker.capabilities,
      connect: (tell, instruments) =>
        broker.connect((report) => {
          hear(report);
          tell(report);
        }, instruments),
      submit: (order) => broker.submit(order),
      cancel: (request) => broker.cancel(request),
      modify: (request, order) => broker.modify(request, order),
      snapshot: (request) => broker.snapshot(request),
      close: () => broker.close(),
    };
  }

  private note(id: string): void {
    this.news.add(id);
    if (this.news.size <= mostNews) return;
    const [oldest] = this.news;
    this.news.delete(oldest);
  }

  protected override emit(event: AccountEvent | null): void {
    if (!this.isSilent) super.emit(event);
  }
}

/** A venue tells again what is not older than a day or so. */
const mostNews = 20_000;

/** The same however often it is told; null for what is news each time. */
function idOf(report: VenueReport): string | null {
  switch (report.kind) {
    case "trade":
      return report.trade.tradeId;
    case "cash":
      return report.id;
    case "accepted":
    case "cancelled":
    case "rejected":
      return `${report.kind} ${report.clientId}`;
    default:
      return null;
  }
}
