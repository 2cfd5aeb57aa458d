import type { JournalStore } from "@bitfever/runtime";
import type { Message } from "./message.js";

/** A message on its way to a channel. */
export interface Waiting extends Message {
  readonly channel: string;
  /** From when on it waits, in milliseconds UTC: what happened may be long ago where a history is told. */
  readonly since: number;
}

type QueueLine = { readonly put: Waiting } | { readonly done: readonly string[] };

const waitingFile = "waiting.jsonl";
const undeliveredFile = "undelivered.jsonl";

/** A file is written anew once it holds so many lines more than messages. */
const mostSpentLines = 1_000;

/**
 * Messages until they are delivered, kept in a file of lines: one for each that comes, and one for those that are done. What was put
 * is there again in the next life, however this one ends, so that each is delivered at least once, under the same id.
 */
export class DeliveryQueue {
  /** What could not be read when it was opened, in words; it goes on without it. */
  readonly damage: string | null;
  private readonly byId = new Map<string, Waiting>();
  private lines = 0;
  private isUnsynced = false;

  /** @param store  locked; null where nothing is kept */
  constructor(private readonly store: JournalStore | null) {
    const spoilt = store === null ? 0 : this.read(store);
    this.damage =
      spoilt === 0 ? null : `${spoilt} ${spoilt === 1 ? "line" : "lines"} of ${waitingFile} cannot be read`;
    // Also takes a line away that was not written to its end, which the next would be put behind.
    if (this.lines > 0 || spoilt > 0) this.rewrite();
  }

  get size(): number {
    return this.byId.size;
  }

  /** In the order in which they came. */
  of(channel: string): readonly Waiting[] {
    return [...this.byId.values()].filter((each) => each.channel === channel);
  }

  /** It outlives the process once this returns, and the machine after the next `sync`. */
  put(message: Waiting): void {
    // Where the disk refuses it can be delivered all the same.
    this.byId.set(message.id, message);
    this.append({ put: message });
  }

  sync(): void {
    if (this.isUnsynced) this.store?.sync(waitingFile);
    this.isUnsynced = false;
  }

  /** They were delivered. */
  done(ids: readonly string[]): void {
    for (const id of ids) this.byId.delete(id);
    this.append({ done: ids });
    if (this.lines > this.byId.size + mostSpentLines) this.rewrite();
  }

  /** They are given up, and kept for people in a file of their own. */
  giveUp(messages: readonly Waiting[], why: string): void {
    for (const each of messages)
      this.store?.append(undeliveredFile, lineOf({ ...each, time: new Date(each.time).toISOString(), why }));
    this.store?.sync(undeliveredFile);
    this.done(messages.map(({ id }) => id));
  }

  close(): void {
    this.sync();
    this.store?.close();
  }

  private append(line: QueueLine): void {
    this.store?.append(waitingFile, lineOf(line));
    this.lines++;
    this.isUnsynced = true;
  }

  private rewrite(): void {
    const lines = [...this.byId.values()].map((put) => lineOf({ put }));
    this.store?.writeWhole(waitingFile, Buffer.concat(lines));
    this.lines = lines.length;
    this.isUnsynced = false;
  }

  /** How many lines could not be read. */
  private read(store: JournalStore): number {
    if (!store.list().includes(waitingFile)) return 0;
    const bytes = store.read(waitingFile, 0, store.size(waitingFile));
    let spoilt = 0;
    for (const text of new TextDecoder().decode(bytes).split("\n")) {
      if (text === "") continue;
      const line = read(text);
      if (line === null) spoilt++;
      else if ("put" in line) this.byId.set(line.put.id, line.put);
      else for (const id of line.done) this.byId.delete(id);
      this.lines++;
    }
    return spoilt;
  }
}

const lineOf = (data: unknown): Uint8Array => Buffer.from(`${JSON.stringify(data)}\n`);

function read(text: string): QueueLine | null {
  try {
    const found = JSON.parse(text) as Partial<{ put: Partial<Waiting>; done: unknown }> | null;
    if (Array.isArray(found?.done)) return { done: found.done as string[] };
    const { id, channel } = found?.put ?? {};
    return typeof id === "string" && typeof channel === "string" ? (found as QueueLine) : null;
  } catch {
    return null;
  }
}
