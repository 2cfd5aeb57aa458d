import { BitFeverError } from "@bitfever/lang";
import type { Trade } from "@bitfever/engine";
import {
  damageText,
  deskRecords,
  fileStore,
  Journal,
  PaperTrading,
  replay,
  type ClosedBar,
  type JournalStore,
  type OperatorOrder,
  type ReplayDifference,
} from "@bitfever/runtime";
import { eventOfCommand, eventOfReport, type AccountEvent } from "./account-event.js";
import type { AccountSetup } from "./account-setup.js";
import { accountState, type AccountState } from "./account-state.js";
import { deskOfSetup, mostBetweenBars, type AccountDesk } from "./desk-of-setup.js";
import { differenceText } from "./difference-text.js";
import type { Instant } from "./instants.js";
import { keptSetup } from "./kept-setup.js";
import { setupDifferences } from "./setup-differences.js";

export interface AccountOptions {
  readonly setup: AccountSetup;
  /** A folder, or a store: where the account is kept. Left out, it ends with its process. */
  readonly journal?: string | JournalStore | undefined;
  /** How many records may lie between two snapshots: so many are told again after a crash. */
  readonly recordsPerSnapshot?: number | undefined;
  /** How many closed trades of each strategy in each symbol stay in memory beside a journal; 1,000 when left out. */
  readonly keptTrades?: number | undefined;
  readonly onEvent?: ((event: AccountEvent) => void) | undefined;
}

/** What became of bars that an account was given. */
export type Told = "told" | "kept already" | "too late";

/**
 * An account on paper: strategies at work on a simulated venue, behind gates, kept in a journal from which it goes on.
 *
 * @example
 * const account = TradingAccount.open({ setup, journal: "my-account" });
 * for (const instant of instantsOf([bars], account)) account.tell(instant);
 * console.log(account.state.equity);
 * account.close();
 */
export class TradingAccount {
  readonly setup: AccountSetup;
  /** What was damaged in the journal, in words: it goes on without it. */
  readonly damage: readonly string[];
  /** How many turns were told again to get here. */
  readonly recoveredTurns: number;
  /** When bars of each symbol open and close. */
  readonly timings: AccountDesk["timings"];
  private readonly made: AccountDesk;
  private readonly trading: PaperTrading;
  private readonly prices = new Map<string, number>();
  /** When the newest bar of each symbol closed. */
  private readonly closes = new Map<string, number>();
  /** How many bars of other markets have come since the last of each seat's own. */
  private readonly between: number[];
  /** How many alerts of each seat were told. */
  private readonly alerts: number[];
  /** When the newest bar closed. */
  private newest = -Infinity;
  /** By the clock of whoever tells it. */
  private now = -Infinity;
  private isOver = false;

  private constructor(
    private readonly options: AccountOptions,
    made: AccountDesk,
    private readonly journal: Journal | undefined,
  ) {
    const { setup, onEvent, recordsPerSnapshot, keptTrades } = options;
    this.setup = setup;
    this.made = made;
    this.timings = made.timings;
    this.between = made.seats.map(() => 0);
    this.damage = journal === undefined ? [] : damageOf(journal);
    const find = (strategy: string, symbol: string) => {
      const found = made.desk.members.find((each) => each.strategy === strategy && each.symbol === symbol);
      if (found === undefined) throw new Error(`account: nobody is ${strategy} on ${symbol}`);
      return found;
    };
    const emit = (event: AccountEvent | null): void => {
      if (event !== null) onEvent?.(event);
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
    this.alerts = made.seats.map(({ member }) => member.session.alertCount);
    const { now, account } = made.desk.snapshot();
    this.now = now;
    for (const [symbol, { lastPrice, lastDataTime }] of account.quotes) {
      // Of what has had no bar yet nothing is known.
      if (Number.isNaN(lastDataTime)) continue;
      this.newest = Math.max(this.newest, lastDataTime);
      this.prices.set(symbol, lastPrice);
      this.closes.set(symbol, lastDataTime);
    }
  }

  /**
   * Begins an account, or goes on where its journal ends.
   *
   * @throws BitFeverError BF5181 for the journal of another setup, BF5182 for that of something else, BF5183 where what is
   *   decided now is not what was decided then, BF5160 to BF5166 for the journal, and as `setUp` does
   */
  static open(options: AccountOptions): TradingAccount {
    const made = deskOfSetup(options.setup);
    if (options.journal === undefined) return new TradingAccount(options, made, undefined);
    const store = typeof options.journal === "string" ? fileStore(options.journal) : options.journal;
    const journal = Journal.open(store, { create: options.setup.account });
    try {
      begin(journal, options.setup, store.place);
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
  tell({ closedAt, bars: given }: Instant, at = closedAt): Told {
    const bars = given.filter(({ symbol }) => (this.closes.get(symbol) ?? -Infinity) < closedAt);
    if (bars.length === 0) return "kept already";
    if (closedAt < this.newest) return "too late";
    this.countBetween(bars.map(({ symbol }) => symbol));
    for (const { symbol, bar } of bars) {
      this.prices.set(symbol, bar.close);
      this.closes.set(symbol, closedAt);
    }
    this.newest = closedAt;
    this.now = Math.max(this.now, at);
    this.options.onEvent?.({ kind: "bars", time: this.now, closedAt, bars });
    this.trading.bars(bars, closedAt, this.now);
    this.tellAlerts();
    return "told";
  }

  /** When the newest bar closed that it has heard of; -Infinity before the first. */
  get time(): number {
    return this.newest;
  }

  /** The newest bar of each symbol, as its journal has them; none without a journal. */
  get keptBars(): ReadonlyMap<string, ClosedBar> {
    const newest = new Map<string, ClosedBar>();
    for (const record of this.journal === undefined ? [] : deskRecords(this.journal)) {
      const heard = "in" in record ? record.in : [];
      for (const input of heard)
        if (input.kind === "bars") for (const { symbol, bar } of input.bars) newest.set(symbol, bar);
    }
    return newest;
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

  get state(): AccountState {
    return accountState(
      this.setup,
      this.made,
      Number.isFinite(this.newest) ? this.newest : null,
      this.prices,
      this.closes,
    );
  }

  /** What each strategy has traded, open positions marked at the last price; what is in memory no more is read from the journal. */
  get trades(): readonly (Trade & { readonly strategy: string; readonly symbol: string })[] {
    const hasAll = this.made.seats.every(({ member }) => member.session.hasAllTrades);
    const { seats } = hasAll || this.journal === undefined ? this.made : toldAgain(this.setup, this.journal);
    return seats.flatMap(({ member: { strategy, symbol, session } }) =>
      session.trades(this.prices.get(symbol) ?? 0).map((trade) => ({ ...trade, strategy, symbol })),
    );
  }

  /** Keeps how it stands, and closes the journal. */
  close(): void {
    if (!this.isOver) this.trading.close();
    this.isOver = true;
  }

  /** After something was thrown: lets the journal go as it is, and what is not in it is told again. */
  abandon(): void {
    if (!this.isOver) this.journal?.close();
    this.isOver = true;
  }

  private tellAlerts(): void {
    for (const [place, { member }] of this.made.seats.entries()) {
      const { strategy, symbol, session } = member;
      const { sentAlerts, alertCount } = session;
      for (const { text } of sentAlerts.slice(sentAlerts.length - (alertCount - this.alerts[place])))
        this.options.onEvent?.({ kind: "alert", time: this.now, strategy, symbol, text });
      this.alerts[place] = alertCount;
    }
  }

  /** Memory is made for so many bars of a market that is read between two of the strategy. */
  private countBetween(symbols: readonly string[]): void {
    for (const [place, { strategy, symbol, reads }] of this.setup.seats.entries()) {
      const more = reads.filter((each) => symbols.includes(each.symbol)).length;
      const count = more === 0 ? this.between[place] : this.between[place] + 1;
      this.between[place] = symbols.includes(symbol) ? 0 : count;
      if (count > mostBetweenBars)
        throw new BitFeverError(
          "BF5188",
          `"${strategy}" has had no bar of ${symbol} while ${mostBetweenBars} came of the markets that it reads`,
          { hint: `let the histories begin together, or look where the bars of ${symbol} are` },
        );
    }
  }
}

/** The setup is kept first of all, and is that of who goes on. */
function begin(journal: Journal, setup: AccountSetup, place: string): void {
  if (journal.last === 0) {
    journal.append({ setup });
    journal.sync();
    return;
  }
  const [first, ...more] = setupDifferences(keptSetup(journal, place), setup);
  if (first === undefined) return;
  const rest = more.length === 0 ? "" : ` (and ${more.length} more: ${more.slice(0, 3).join("; ")})`;
  throw new BitFeverError("BF5181", `${place} is the journal of another setup: ${first}${rest}`, {
    hint: "go on with the setup it began with, or give the new one a folder of its own",
  });
}

/** The desk that a journal makes when all of it is told again. */
function toldAgain(setup: AccountSetup, journal: Journal): AccountDesk {
  const made = deskOfSetup(setup);
  replay(made.desk, deskRecords(journal, 1));
  return made;
}

const damageOf = ({ damage, passedOver }: Journal): readonly string[] => [
  ...(damage === undefined ? [] : [damageText(damage)]),
  ...passedOver.map(({ snapshot, reason }) => `the state ${snapshot} is not used (${reason})`),
];

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
