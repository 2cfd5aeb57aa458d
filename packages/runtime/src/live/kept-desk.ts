import type { DeskCommand } from "../desk/command.js";
import type { Desk, DeskSnapshot } from "../desk/desk.js";
import type { DeskInput } from "../desk/input.js";
import type { Journal } from "../journal/journal.js";
import type { JournalReader } from "../journal/reader.js";
import { recover } from "./recovery.js";
import type { Onlooker, Replayed } from "./replay.js";
import { Runner, type DeskLog, type DeskRecord } from "./runner.js";

/** What else has a state that goes with that of the desk: a venue in the same process. */
export interface Beside extends Onlooker {
  snapshot(): unknown;
  restore(snapshot: never): void;
}

export interface KeptDeskOptions {
  /** Fresh: it is brought to where the journal ends. */
  readonly desk: Desk;
  readonly journal: Journal;
  readonly send: (command: DeskCommand) => void;
  readonly beside?: Beside | undefined;
  /**
   * How many records lie between two snapshots: so many are told again after a crash. Left out, 5,000, or 10 for each order that is
   * remembered where that is more, as a snapshot takes longer then.
   */
  readonly recordsPerSnapshot?: number | undefined;
  /**
   * How many closed trades of each strategy in each symbol stay in memory, and as many alerts and cash flows: 1,000 when left
   * out, at least one. All of them are in the journal.
   */
  readonly keptTrades?: number | undefined;
}

/** What a snapshot in the journal holds. */
export interface KeptState {
  readonly desk: DeskSnapshot;
  readonly beside: unknown;
}

const [fewestRecords, recordsPerOrder] = [5_000, 10];
const usualKeptTrades = 1_000;

/** A desk whose inputs and commands are kept in a journal, and which goes on where that ends. */
export class KeptDesk {
  /** What was told again to get here. */
  readonly recovered: Replayed;
  private readonly runner: Runner;
  private keptAt: number;
  private recordsPerSnapshot: number;

  /** The recovered turns were compared with what was decided then: whoever opens it looks at `recovered.difference` first. */
  constructor(private readonly options: KeptDeskOptions) {
    const { desk, journal, beside, send } = options;
    const log: DeskLog = {
      append: (record) => void journal.append(record),
      sync: () => {
        journal.sync();
      },
    };
    const newest = journal.newestSnapshot;
    this.keptAt = newest?.sequence ?? 0;
    if (newest !== undefined) {
      const state = newest.state as KeptState;
      desk.restore(state.desk);
      beside?.restore(state.beside as never);
    }
    this.recovered = recover(desk, deskRecords(journal, this.keptAt + 1), log, beside);
    this.runner = new Runner(desk, send, log);
    this.recordsPerSnapshot = this.recordsNow();
  }

  hear(...inputs: readonly DeskInput[]): void {
    this.runner.hear(...inputs);
    const { last } = this.options.journal;
    if (!this.runner.isResting || last - this.keptAt < this.recordsPerSnapshot) return;
    this.keepState();
  }

  /** Keeps the state now, and closes the journal. */
  close(): void {
    this.keepState();
    this.options.journal.close();
  }

  /** What is over is in the records by now: it is let go first, so that no state grows with the time that has passed. */
  private keepState(): void {
    const { desk, journal, beside, keptTrades = usualKeptTrades } = this.options;
    for (const { session } of desk.members) session.release(keptTrades);
    const state: KeptState = { desk: desk.snapshot(), beside: beside?.snapshot() ?? null };
    journal.saveSnapshot(state);
    this.keptAt = journal.last;
    this.recordsPerSnapshot = this.recordsNow();
  }

  private recordsNow(): number {
    const { recordsPerSnapshot, desk } = this.options;
    return recordsPerSnapshot ?? Math.max(fewestRecords, recordsPerOrder * desk.orders.length);
  }
}

/** What a desk heard and asked for, of all that a journal has. */
export function* deskRecords(journal: JournalReader, from?: number): Generator<DeskRecord, void> {
  for (const { body } of journal.records(from)) {
    const record = body as DeskRecord | { readonly setup: unknown };
    if (!("setup" in record)) yield record;
  }
}
