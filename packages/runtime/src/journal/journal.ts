import { BitFeverError } from "@bitfever/lang";
import type { JournalDamage, PassedOver } from "./damage.js";
import { isJournal, missing } from "./examined.js";
import { headerLine } from "./header.js";
import { checksumAfter, lineOf } from "./line.js";
import { segmentFiles, snapshotFiles } from "./names.js";
import { checkedStart, type JournalReader } from "./reader.js";
import { recordsOf, type JournalRecord } from "./records.js";
import { begun, recovered, type Standing } from "./recovery.js";
import { keepSnapshot, snapshotLine, stateOf, type JournalSnapshot } from "./snapshots.js";
import type { JournalStore } from "./store.js";
import { textOf } from "./values.js";

export interface JournalOptions {
  /** What a new journal is called; left out, there has to be one. */
  readonly create?: string;
  /** How long a segment may get before the next begins; 64 MiB when left out. */
  readonly segmentBytes?: number;
}

const usualSegmentBytes = 64 * 2 ** 20;

/**
 * A list of values that outlives the process that appends to it, and with `sync` the machine.
 *
 * Whatever happens to its files is found when it is opened: it goes on behind the last record that is good; what cannot be read any
 * more is kept beside, and told.
 *
 * @example
 * ```ts
 * const journal = Journal.open(fileStore("my-journal"), { create: "breakout on BTCUSDT" });
 * journal.append({ kind: "bar", close: 101.5 });
 * journal.sync();
 * for (const { sequence, body } of journal.records()) console.log(sequence, body);
 * journal.close();
 * ```
 */
export class Journal implements JournalReader {
  readonly id: string;
  readonly first: number;
  readonly damage: JournalDamage | undefined;
  readonly passedOver: readonly PassedOver[];
  private readonly segments: { readonly name: string; readonly follows: number }[];
  private lastSequence: number;
  private lastChecksum: number;
  /** From which the next line carries on. */
  private chain: number;
  /** Of the newest segment. */
  private bytes: number;
  /** Why nothing can be written any more. */
  private broken: Error | undefined;

  private constructor(
    private readonly store: JournalStore,
    private readonly segmentBytes: number,
    standing: Standing,
  ) {
    this.id = standing.id;
    this.first = standing.first;
    this.damage = standing.damage;
    this.passedOver = standing.passedOver;
    this.segments = standing.segments.map(({ name, header }) => ({ name, follows: header.follows }));
    this.lastSequence = standing.last;
    this.lastChecksum = standing.lastChecksum;
    this.chain = standing.chain;
    this.bytes = standing.segments[standing.segments.length - 1].bytes;
  }

  /**
   * Opens a journal to go on with it, or begins one; nobody else can until it is closed.
   *
   * @throws BitFeverError BF5160 where there is none, BF5161 where another process has it, BF5162 for what is no journal, BF5163 for one
   *   of another version, BF5164 where its first line is damaged, BF5165 where it cannot be read or written
   */
  static open(store: JournalStore, options: JournalOptions = {}): Journal {
    const { create, segmentBytes = usualSegmentBytes } = options;
    // Before the lock, which makes the folder.
    if (!isJournal(store) && create === undefined) throw missing(store);
    store.lock();
    try {
      if (create !== undefined && !isJournal(store)) begun(store, create);
      return new Journal(store, segmentBytes, recovered(store, create));
    } catch (error) {
      store.close();
      throw error;
    }
  }

  get last(): number {
    return this.lastSequence;
  }

  get newestSnapshot(): JournalSnapshot | undefined {
    const newest = snapshotFiles.numbersIn(this.store.list()).at(-1);
    return newest === undefined ? undefined : stateOf(this.store, newest);
  }

  /**
   * Writes a value behind the others; it outlives the process from then on, and the machine from the next `sync` on.
   *
   * @param body  plain data, as `textOf` keeps it
   * @returns its number
   * @throws BitFeverError BF5165 where it cannot be written, and for all that follows; BF5166 for a body that cannot be kept
   */
  append(body: unknown): number {
    const json = textOf(body);
    return this.writing(() => {
      const isFull = this.bytes + json.length > this.segmentBytes;
      if (isFull && this.lastSequence > this.newest.follows) this.rotate();
      const sequence = this.lastSequence + 1;
      const checksum = checksumAfter(this.chain, json);
      const line = lineOf(sequence, checksum, json);
      this.store.append(this.newest.name, line);
      this.bytes += line.length;
      this.lastSequence = sequence;
      this.lastChecksum = this.chain = checksum;
      return sequence;
    });
  }

  /** Returns when all that was appended is on the disk. */
  sync(): void {
    this.writing(() => {
      this.store.sync(this.newest.name);
    });
  }

  /** Keeps a state that follows the last record; of the older snapshots the newest stays. */
  saveSnapshot(state: unknown): void {
    const line = snapshotLine(this.id, this.lastSequence, this.lastChecksum, state);
    // A snapshot of records that are not there yet would be of no use.
    this.sync();
    this.writing(() => {
      keepSnapshot(this.store, this.lastSequence, line);
    });
  }

  records(from = this.first): Generator<JournalRecord, void, void> {
    const { store, segments, first, last } = this;
    return recordsOf(store, segments, checkedStart(store, from, first), last);
  }

  close(): void {
    try {
      if (this.broken === undefined) this.sync();
    } finally {
      this.broken ??= new BitFeverError("BF5165", `the journal ${this.store.place} is closed`);
      this.store.close();
    }
  }

  private get newest(): { readonly name: string; readonly follows: number } {
    return this.segments[this.segments.length - 1];
  }

  /** The segment before is on the disk before the next begins, so that a crash can tear the newest one alone. */
  private rotate(): void {
    this.store.sync(this.newest.name);
    const { line, checksum } = headerLine(this.id, this.lastSequence, this.lastChecksum);
    const name = segmentFiles.name(this.lastSequence + 1);
    this.store.writeWhole(name, line);
    this.segments.push({ name, follows: this.lastSequence });
    this.chain = checksum;
    this.bytes = line.length;
  }

  /** After a write that failed nobody knows what is there, and a second sync may lie: who goes on opens it again. */
  private writing<Result>(act: () => Result): Result {
    if (this.broken !== undefined) throw this.broken;
    try {
      return act();
    } catch (error) {
      this.broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }
}
