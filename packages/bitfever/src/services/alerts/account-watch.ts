import type { JournalStore } from "@bitfever/runtime";
import { numberText } from "../../cli/number-text.js";
import type { AccountEvent } from "../../trading/account-event.js";
import type { AccountState } from "../../trading/account-state.js";
import { durationText } from "../duration.js";
import type { Alert } from "./alert.js";
import type { AlertName } from "./alert-kinds.js";
import { beginDay, dayOf, keepDay, readDay, type DayBook } from "./day-book.js";
import type { AlertsOptions } from "./options.js";

type WatchOptions = Pick<AlertsOptions, "daily_loss" | "stale_after" | "summary" | "zone">;

/** What no event says, because it is about what does not happen, or about a day: the account is looked at now and then. */
export class AccountWatch {
  private book: DayBook;
  private kept = "";
  private readonly stale = new Set<string>();
  /** How the run before has ended; null for the first. */
  private readonly before: "stopped" | "unknown" | null;

  constructor(
    private readonly options: WatchOptions,
    private readonly store: JournalStore | null,
    state: AccountState,
    private readonly startedAt: number,
  ) {
    const found = readDay(store);
    this.before = found === null ? null : found.isRunning ? "unknown" : "stopped";
    const { day } = dayOf(options.zone, startedAt);
    this.book = found?.day === day ? { ...found, isRunning: true } : beginDay(day, state);
    this.keep();
  }

  started(state: AccountState): Alert {
    const after = {
      stopped: "after it had been stopped",
      unknown: "after an end that nobody asked for",
      first: "for the first time",
    }[this.before ?? "first"];
    return this.alert("started", this.startedAt, {
      ...{ state: state.state, equity: moneyText(state.equity), after },
    });
  }

  stopped(state: AccountState, now: number): Alert {
    this.book.isRunning = false;
    this.keep();
    return this.alert("stopped", now, { state: state.state, equity: moneyText(state.equity) });
  }

  /** Counts what the summary of a day counts. */
  hear(event: AccountEvent): void {
    if (event.kind === "order") this.book.orders++;
    else if (event.kind === "fill") this.book.fills++;
    else if (event.kind === "rejected") this.book.rejected++;
    else if (event.kind === "notice" && event.notice.what === "refused") this.book.refused++;
  }

  look(state: AccountState, now: number): readonly Alert[] {
    const { day, clock } = dayOf(this.options.zone, now);
    if (day !== this.book.day) this.book = beginDay(day, state);
    const alerts = [
      ...this.lookAtFeeds(state, now),
      ...this.lookAtLoss(state, now),
      ...this.lookAtClock(state, now, clock),
    ];
    this.keep();
    return alerts;
  }

  private lookAtFeeds({ feeds }: AccountState, now: number): readonly Alert[] {
    const { stale_after: patience } = this.options;
    if (patience === null) return [];
    const fresh: string[] = [];
    const back: string[] = [];
    let overdue = 0;
    for (const { symbol, nextCloseAt } of feeds) {
      // What was due while nobody ran is due when somebody does.
      const late = nextCloseAt === null ? -Infinity : now - Math.max(nextCloseAt, this.startedAt);
      const isStale = late > patience;
      if (isStale === this.stale.has(symbol)) continue;
      (isStale ? fresh : back).push(symbol);
      if (isStale) this.stale.add(symbol);
      else this.stale.delete(symbol);
      overdue = Math.max(overdue, late);
    }
    return [
      ...(fresh.length === 0
        ? []
        : [
            this.alert("feed_stale", now, { symbols: someOf(fresh), overdue: durationText(overdue) }, [
              fresh.join(),
              String(now),
            ]),
          ]),
      ...(back.length === 0 ? [] : [this.alert("feed_back", now, { symbols: someOf(back) })]),
    ];
  }

  private lookAtLoss({ equity, capital }: AccountState, now: number): readonly Alert[] {
    const { book } = this;
    // What came and went is no profit.
    const loss = book.equity + (capital - book.capital) - equity;
    const reached = this.options.daily_loss.filter(
      (each) => loss >= each * book.equity && !book.toldLosses.includes(each),
    );
    if (!(book.equity > 0) || reached.length === 0) return [];
    book.toldLosses.push(...reached);
    // Of several at once the largest says all.
    const limit = Math.max(...reached);
    const values = {
      ...{ loss: moneyText(loss), percent: percentText(loss / book.equity) },
      ...{ limit: percentText(limit), equity: moneyText(equity) },
    };
    return [this.alert("daily_loss", now, values, [String(book.day), String(limit)])];
  }

  private lookAtClock(state: AccountState, now: number, clock: number): readonly Alert[] {
    const { summary } = this.options;
    const { book } = this;
    if (summary === undefined || book.isSummed || clock < summary.at) return [];
    book.isSummed = true;
    const change = state.equity - book.equity - (state.capital - book.capital);
    const held = state.seats.filter(({ position }) => position !== 0);
    const positions = held.map(({ symbol, position }) => `${numberText(position)} ${symbol}`);
    const values = {
      ...{ equity: moneyText(state.equity), change: moneyText(change), state: state.state },
      percent: percentText(book.equity === 0 ? NaN : change / book.equity),
      ...{ orders: String(book.orders), fills: String(book.fills) },
      ...{ refused: String(book.refused), rejected: String(book.rejected) },
      positions: held.length === 0 ? "nothing is held" : someOf(positions),
    };
    return [this.alert("day_summary", now, values, [String(book.day)])];
  }

  private alert(
    kind: AlertName,
    time: number,
    values: Readonly<Record<string, string>>,
    identity: readonly string[] = [String(time)],
  ): Alert {
    return { kind, time, values, key: [kind, ...identity].join("\u0000") };
  }

  /** Only what has changed is written. */
  private keep(): void {
    const text = JSON.stringify(this.book);
    if (text === this.kept) return;
    this.kept = text;
    keepDay(this.store, this.book);
  }
}

const moneyText = (value: number): string => value.toFixed(2);

const percentText = (value: number): string => `${Number((value * 100).toFixed(2))}%`;

/** A list that people read to its end. */
const someOf = (names: readonly string[]): string =>
  names.length <= 10 ? names.join(", ") : `${names.slice(0, 10).join(", ")} and ${names.length - 10} more`;
