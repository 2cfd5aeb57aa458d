import type { VenueEvent } from "@bitfever/engine";
import {
  fileStore,
  Journal,
  LiveTrading,
  type Broker,
  type ClosedBar,
  type JournalStore,
  type LiveClock,
  type Member,
  type OperatorOrder,
  type StopOptions,
} from "@bitfever/runtime";
import { eventOfCommand, type AccountEvent } from "./account-event.js";
import { AccountMemory, beginJournal, damageOf } from "./account-memory.js";
import type { AccountSetup } from "./account-setup.js";
import type { AccountState } from "./account-state.js";
import { deskOfSetup, memberFinder, type AccountDesk } from "./desk-of-setup.js";
import type { Instant } from "./instants.js";
import { Listeners } from "./listeners.js";
import type { OwnParts } from "./own-parts.js";
import type { AccountTrade, RunningAccount, Told } from "./running-account.js";

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
 * account.tell({ closedAt, bars });
 * await account.close();
 */
export class LiveAccount implements RunningAccount {
  readonly setup: AccountSetup;
  readonly damage: readonly string[];
  readonly recoveredTurns: number;
  readonly timings: AccountDesk["timings"];
  private readonly trading: LiveTrading;
  private readonly memory: AccountMemory;
  private readonly listeners = new Listeners<AccountEvent>();
  /** Ids of the newest orders that went out. */
  private readonly sent = new Set<string>();
  /** What is told again while it is made was told of before. */
  private isSilent = true;
  private isOver = false;

  private constructor(
    private readonly options: LiveAccountOptions,
    made: AccountDesk,
    journal: Journal,
  ) {
    const { setup, own, broker, clock, beatMs, recordsPerSnapshot, keptTrades, onEvent } = options;
    this.setup = setup;
    this.timings = made.timings;
    this.damage = damageOf(journal);
    if (onEvent !== undefined) this.listen(onEvent);
    const find = memberFinder(made);
    for (const { member } of made.seats)
      overhear(member, (event) => {
        // Of what a gate has refused is told by its notice: it never went out.
        if (event.kind === "rejected" && !this.sent.has(event.id)) return;
        this.emit(eventOf(event, member, clock.now()));
      });
    this.trading = new LiveTrading({
      ...{ desk: made.desk, broker, journal, clock, beatMs, recordsPerSnapshot, keptTrades },
      onCommand: (command) => {
        if (command.kind === "submit" || command.kind === "modify") this.note(command.order.order.id);
        this.emit(eventOfCommand(command, clock.now(), find));
      },
    });
    this.recoveredTurns = this.trading.recovered.turns;
    this.memory = new AccountMemory({ setup, own, made, journal });
    this.isSilent = false;
  }

  /**
   * Begins an account at a venue, or goes on where its journal ends; once it is there positions and orders are being compared.
   *
   * @throws BitFeverError BF5181 for the journal of another setup, BF5182 for that of something else, BF5190 where what is decided
   *   now is not what was decided then, BF5160 to BF5166 for the journal, BF5191 where the venue cannot be reached, BF5193 and
   *   BF5194 where a strategy cannot trade there, and as `setUp` does
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
    this.memory.hear({ closedAt, bars });
    this.trading.bars({ closedAt, bars });
    for (const alert of this.memory.newAlerts(this.options.clock.now())) this.emit(alert);
    return "told";
  }

  get time(): number {
    return this.memory.newest;
  }

  get keptBars(): ReadonlyMap<string, ClosedBar> {
    return this.memory.keptBars;
  }

  operate(order: OperatorOrder): void {
    this.trading.operate(order);
  }

  listen(hear: (event: AccountEvent) => void): () => void {
    return this.listeners.add(hear);
  }

  /** Who trades on it, which orders there are, and what would become of one by hand. */
  get desk(): RunningAccount["desk"] {
    return this.memory.desk;
  }

  get state(): AccountState {
    return this.memory.state;
  }

  get trades(): readonly AccountTrade[] {
    return this.memory.trades;
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

  private note(orderId: string): void {
    this.sent.add(orderId);
    if (this.sent.size <= mostNoted) return;
    const [oldest] = this.sent;
    this.sent.delete(oldest);
  }

  private emit(event: AccountEvent | null): void {
    if (event !== null && !this.isSilent) this.listeners.tell(event);
  }
}

/** News of an order comes while thousands of others may have followed it. */
const mostNoted = 10_000;

/** Shows what a strategy hears of the venue: each piece of news once, whatever the wire has made of it, and whose it is. */
function overhear({ session }: Member, hear: (event: VenueEvent) => void): void {
  const on = session.on.bind(session);
  session.on = (event) => {
    const commands = on(event);
    if (event.kind !== "bar" && event.kind !== "market") hear(event);
    return commands;
  };
}

/** What a strategy has heard, as an event; null for what nobody looks at. */
function eventOf(
  event: VenueEvent,
  { strategy, symbol, instrument }: Member,
  time: number,
): AccountEvent | null {
  const of = { time, strategy, symbol };
  switch (event.kind) {
    case "fill": {
      const { side, quantity, price, commission } = event.fill;
      return {
        ...{ ...of, kind: "fill", side },
        quantity: instrument.quantityDecimal(quantity),
        price: instrument.priceDecimal(price),
        commission: instrument.moneyDecimal(commission),
      };
    }
    case "cancelled":
      return { ...of, kind: "cancelled", reason: event.reason };
    case "rejected":
      return { ...of, kind: "rejected", reason: event.reason };
    case "cash":
      return { ...of, kind: "cash", amount: instrument.moneyDecimal(event.flow.amount) };
    default:
      return null;
  }
}
