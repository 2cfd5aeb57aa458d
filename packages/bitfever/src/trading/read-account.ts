import { reportedTrade, type ReportedTrade } from "@bitfever/engine";
import {
  damageText,
  deskRecords,
  fileStore,
  readJournal,
  replay,
  type Accepted,
  type JournalStore,
  type KeptState,
  type Onlooker,
  type OwnPosition,
  type ReplayDifference,
} from "@bitfever/runtime";
import type { AccountSetup } from "./account-setup.js";
import { accountState, type AccountState } from "./account-state.js";
import { deskOfSetup, type AccountDesk } from "./desk-of-setup.js";
import { keptSetup } from "./kept-setup.js";
import type { OwnParts } from "./own-parts.js";

/** What was told again. */
export interface ReplayCounts {
  readonly turns: number;
  /** Instants at which bars closed. */
  readonly instants: number;
  readonly orders: number;
  readonly cancels: number;
  readonly fills: number;
  /** Orders that were not sent, by the code of the gate. */
  readonly refused: Readonly<Record<string, number>>;
}

/** An account as its journal tells it. */
export interface ReadAccount {
  readonly setup: AccountSetup;
  /** The last record. */
  readonly last: number;
  /** The record whose state it was told again from; 0 from the beginning. */
  readonly from: number;
  /** In words, where the journal cannot be read to its end. */
  readonly damage: string | null;
  readonly counts: ReplayCounts;
  /** The first decision that is another now; nothing after it is told. */
  readonly difference: ReplayDifference | null;
  readonly made: AccountDesk;
  readonly state: AccountState;
  readonly trades: readonly (ReportedTrade & { readonly strategy: string; readonly symbol: string })[];
  /** What strategies hold, in lots. */
  readonly positions: readonly OwnPosition[];
  /** What of the venue's positions an operator has taken for somebody else's, in lots by symbol. */
  readonly accepted: Accepted;
}

/**
 * Makes an account from its journal alone, and tells it all again that it heard; also of one that another process is writing.
 *
 * @param from  the newest state that was kept is taken where it follows no later record; left out, all is told again
 * @param own  what the plug-ins of its setup bring
 * @throws BitFeverError BF5160, BF5162 to BF5165 for the journal, BF5182 for one that is of no account
 * @example
 * const { counts, difference } = readAccount("my-account");
 * if (difference === null) console.log(`${counts.turns} turns, decided as they were then`);
 */
export function readAccount(journal: string | JournalStore, from = 0, own?: OwnParts): ReadAccount {
  const store = typeof journal === "string" ? fileStore(journal) : journal;
  const reader = readJournal(store);
  try {
    const setup = keptSetup(reader, store.place);
    const made = deskOfSetup(setup, own);
    const newest = reader.newestSnapshot;
    const isUsed = newest !== undefined && newest.sequence <= from;
    if (isUsed) made.desk.restore((newest.state as KeptState).desk);
    const start = isUsed ? newest.sequence : 0;
    const counter = counting();
    const { turns, difference } = replay(made.desk, deskRecords(reader, start + 1), counter.onlooker);
    const { account, reconciliation } = made.desk.snapshot();
    const quotes = account.quotes.filter(([, { lastDataTime }]) => !Number.isNaN(lastDataTime));
    const prices = new Map(quotes.map(([symbol, { lastPrice }]) => [symbol, lastPrice]));
    const closes = new Map(quotes.map(([symbol, { lastDataTime }]) => [symbol, lastDataTime]));
    const time = Math.max(...closes.values());
    return {
      ...{ setup, made, difference, last: reader.last, from: start },
      damage: reader.damage === undefined ? null : damageText(reader.damage),
      counts: { turns, ...counter.counts() },
      state: accountState(setup, made, Number.isFinite(time) ? time : null, prices, closes),
      trades: made.seats.flatMap(({ member: { strategy, symbol, session } }) =>
        session.trades(prices.get(symbol) ?? 0).map((each) => ({ ...reportedTrade(each), strategy, symbol })),
      ),
      positions: made.seats.map(({ member: { strategy, symbol, session } }) => ({
        ...{ strategy, symbol },
        quantity: session.held.long - session.held.short,
      })),
      accepted: reconciliation.accepted,
    };
  } finally {
    reader.close();
  }
}

function counting(): {
  readonly onlooker: Onlooker;
  readonly counts: () => Omit<ReplayCounts, "turns">;
} {
  let [instants, orders, cancels, fills] = [0, 0, 0, 0];
  const refused = new Map<string, number>();
  return {
    onlooker: {
      heard(inputs) {
        for (const input of inputs) {
          if (input.kind === "bars") instants++;
          if (input.kind === "report" && input.report.kind === "trade") fills++;
        }
      },
      asked(commands) {
        for (const command of commands) {
          if (command.kind === "submit" || command.kind === "modify") orders++;
          if (command.kind === "cancel") cancels++;
          if (command.kind !== "notice" || command.notice.what !== "refused") continue;
          // As the desk says it: the code of the gate, then why.
          const [code] = command.notice.text.split(":");
          refused.set(code, (refused.get(code) ?? 0) + 1);
        }
      },
    },
    counts: () => ({ instants, orders, cancels, fills, refused: Object.fromEntries(refused) }),
  };
}
