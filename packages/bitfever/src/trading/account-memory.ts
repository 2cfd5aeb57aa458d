import { BitFeverError } from "@bitfever/lang";
import { damageText, deskRecords, replay, type ClosedBar, type Journal } from "@bitfever/runtime";
import type { AccountEvent } from "./account-event.js";
import type { AccountSetup } from "./account-setup.js";
import { accountState, type AccountState } from "./account-state.js";
import { deskOfSetup, mostBetweenBars, type AccountDesk } from "./desk-of-setup.js";
import type { Instant } from "./instants.js";
import { keptSetup } from "./kept-setup.js";
import type { OwnParts } from "./own-parts.js";
import type { AccountTrade, RunningAccount } from "./running-account.js";
import { setupDifferences } from "./setup-differences.js";

/** A feed is late by so much without anything being wrong. */
const leastPastMs = 10_000;

/** Whether an event is but the refusal of an entry. */
export const isRefusal = (event: AccountEvent): boolean =>
  event.kind === "notice" && event.notice.what === "refused";

interface MemoryOptions {
  readonly setup: AccountSetup;
  readonly own: OwnParts | undefined;
  /** Brought to where the journal ends. */
  readonly made: AccountDesk;
  readonly journal: Journal | undefined;
}

/** What an account at work knows beside its desk, wherever its orders go: which bars it has heard, and what it has told of. */
export class AccountMemory {
  /** When the newest bar closed; -Infinity before the first. */
  newest = -Infinity;
  private readonly prices = new Map<string, number>();
  /** When the newest bar of each symbol closed. */
  private readonly closes = new Map<string, number>();
  /** How many bars of other markets have come since the last of each seat's own. */
  private readonly between: number[];
  /** How many alerts of each seat were told. */
  private readonly alerts: number[];

  private readonly setup: AccountSetup;
  private readonly made: AccountDesk;
  private readonly journal: Journal | undefined;

  constructor(private readonly options: MemoryOptions) {
    const { setup, made, journal } = options;
    this.setup = setup;
    this.made = made;
    this.journal = journal;
    this.between = made.seats.map(() => 0);
    this.alerts = made.seats.map(({ member }) => member.session.alertCount);
    for (const [symbol, { lastPrice, lastDataTime }] of made.desk.snapshot().account.quotes) {
      // Of what has had no bar yet nothing is known.
      if (Number.isNaN(lastDataTime)) continue;
      this.newest = Math.max(this.newest, lastDataTime);
      this.prices.set(symbol, lastPrice);
      this.closes.set(symbol, lastDataTime);
    }
  }

  /** Of bars that closed at one instant those that were not heard before. */
  fresh({ closedAt, bars }: Instant): Instant["bars"] {
    return bars.filter(({ symbol }) => (this.closes.get(symbol) ?? -Infinity) < closedAt);
  }

  /** @throws BitFeverError BF5188 where too many bars of other markets come between two of a strategy */
  hear({ closedAt, bars }: Instant): void {
    this.countBetween(bars.map(({ symbol }) => symbol));
    for (const { symbol, bar } of bars) {
      this.prices.set(symbol, bar.close);
      this.closes.set(symbol, closedAt);
    }
    this.newest = Math.max(this.newest, closedAt);
  }

  /**
   * Whether bars are of the past, heard to be warmed up with or because they were missed: that entries which come of them are refused
   * is meant so, and nobody has to be told of each.
   */
  isPast({ closedAt, bars }: Instant, now: number): boolean {
    const intervalMs = Math.max(...bars.map((each) => each.intervalMs));
    return now - closedAt > Math.max(leastPastMs, 2 * intervalMs);
  }

  /** Alerts that were not told yet. */
  newAlerts(time: number): readonly AccountEvent[] {
    return this.made.seats.flatMap(({ member }, place) => {
      const { strategy, symbol, session } = member;
      const { sentAlerts, alertCount } = session;
      const fresh = sentAlerts.slice(sentAlerts.length - (alertCount - this.alerts[place]));
      this.alerts[place] = alertCount;
      return fresh.map(({ text }): AccountEvent => ({ kind: "alert", time, strategy, symbol, text }));
    });
  }

  /** The newest bar of each symbol, as the journal has them; none without one. */
  get keptBars(): ReadonlyMap<string, ClosedBar> {
    const newest = new Map<string, ClosedBar>();
    for (const record of this.journal === undefined ? [] : deskRecords(this.journal)) {
      const heard = "in" in record ? record.in : [];
      for (const input of heard)
        if (input.kind === "bars") for (const { symbol, bar } of input.bars) newest.set(symbol, bar);
    }
    return newest;
  }

  get state(): AccountState {
    const time = Number.isFinite(this.newest) ? this.newest : null;
    return accountState(this.setup, this.made, time, this.prices, this.closes);
  }

  get desk(): RunningAccount["desk"] {
    return this.made.desk;
  }

  /** What is in memory no more is read from the journal. */
  get trades(): readonly AccountTrade[] {
    const hasAll = this.made.seats.every(({ member }) => member.session.hasAllTrades);
    const { seats } =
      hasAll || this.journal === undefined ? this.made : toldAgain(this.options, this.journal);
    return seats.flatMap(({ member: { strategy, symbol, session } }) =>
      session.trades(this.prices.get(symbol) ?? 0).map((trade) => ({ ...trade, strategy, symbol })),
    );
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

/**
 * The setup is kept first of all, and is that of who goes on.
 *
 * @throws BitFeverError BF5181 for the journal of another setup, BF5182 for that of something else
 */
export function beginJournal(journal: Journal, setup: AccountSetup, place: string): void {
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

/** What is damaged in a journal, in words. */
export const damageOf = ({ damage, passedOver }: Journal): readonly string[] => [
  ...(damage === undefined ? [] : [damageText(damage)]),
  ...passedOver.map(({ snapshot, reason }) => `the state ${snapshot} is not used (${reason})`),
];

/** The desk that a journal makes when all of it is told again. */
function toldAgain({ setup, own }: MemoryOptions, journal: Journal): AccountDesk {
  const made = deskOfSetup(setup, own);
  replay(made.desk, deskRecords(journal, 1));
  return made;
}
